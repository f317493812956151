import { describe, expect, it } from "vitest";
import { InProcessBus } from "../../../api/bus/in-process-bus.ts";
import type { Crossing } from "../../../core/ports/detection-feed.ts";
import { offTheGround } from "../../support/off-the-ground.ts";

const crossing = (track: number): Crossing => ({
  feed: "camera-1",
  line: "stop",
  lane: "ndl-eb-1",
  at_ms: 1_000,
  class: "motorcycle",
  direction: "forward",
  track,
  ...offTheGround,
});

function busAndLog() {
  const failures: unknown[] = [];
  const bus = new InProcessBus({ log: { error: (words) => failures.push(words) } });
  return { bus, failures };
}

describe("the in-process bus", () => {
  it("tells every listener of a topic, in the order of subscription, and no other", () => {
    const { bus } = busAndLog();
    const heard: string[] = [];
    bus.subscribe("crossing", ({ track }) => heard.push(`a${track}`));
    bus.subscribe("crossing", ({ track }) => heard.push(`b${track}`));
    bus.subscribe("ledger", () => heard.push("ledger"));
    bus.publish("crossing", crossing(1));
    bus.publish("crossing", crossing(2));
    expect(heard).toEqual(["a1", "b1", "a2", "b2"]);
  });

  it("logs a listener that throws, or rejects later, and tells the others all the same", async () => {
    const { bus, failures } = busAndLog();
    const heard: number[] = [];
    const thrown = new Error("now");
    const rejected = new Error("later");
    bus.subscribe("crossing", () => {
      throw thrown;
    });
    // A promise hides behind `void` in the type of a listener; TypeScript lets it pass.
    bus.subscribe("crossing", () => Promise.reject(rejected) as unknown as undefined);
    bus.subscribe("crossing", ({ track }) => heard.push(track));
    bus.publish("crossing", crossing(7));
    await new Promise(setImmediate);
    expect(heard).toEqual([7]);
    expect(failures).toEqual([
      { err: thrown, topic: "crossing" },
      { err: rejected, topic: "crossing" },
    ]);
  });

  it("tells nothing more to a listener that left, even while the message is going round", () => {
    const { bus } = busAndLog();
    const heard: string[] = [];
    const leave = bus.subscribe("crossing", () => {
      heard.push("first");
      leaveSecond();
    });
    const leaveSecond = bus.subscribe("crossing", () => heard.push("second"));
    bus.publish("crossing", crossing(1));
    leave();
    leave();
    bus.publish("crossing", crossing(2));
    expect(heard).toEqual(["first"]);
  });

  it("keeps the same function subscribed twice as two listeners", () => {
    const { bus } = busAndLog();
    let heard = 0;
    const listener = () => {
      heard += 1;
    };
    const leave = bus.subscribe("crossing", listener);
    bus.subscribe("crossing", listener);
    leave();
    bus.publish("crossing", crossing(1));
    expect(heard).toBe(1);
  });

  it("forgets listeners that left, and refuses the one after a thousand that stayed", () => {
    const { bus } = busAndLog();
    for (let i = 0; i < 5000; i += 1) bus.subscribe("flow", () => {})();
    for (let i = 0; i < 1000; i += 1) bus.subscribe("flow", () => {});
    expect(() => bus.subscribe("flow", () => {})).toThrow("does not unsubscribe");
    expect(() => bus.subscribe("plan", () => {})).not.toThrow();
  });

  it("is silent once closed", async () => {
    const { bus } = busAndLog();
    const heard: number[] = [];
    bus.subscribe("crossing", ({ track }) => heard.push(track));
    await bus.close();
    bus.publish("crossing", crossing(1));
    bus.subscribe("crossing", ({ track }) => heard.push(track));
    bus.publish("crossing", crossing(2));
    expect(heard).toEqual([]);
  });
});
