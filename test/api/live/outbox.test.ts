import { describe, expect, it } from "vitest";
import { OUTBOX_LIMIT, Outbox } from "../../../api/live/outbox.ts";
import { defaultTopics, liveTopics } from "../../../api/live/topics.ts";
import { minuteOf, sampleSite, statusOf } from "../../support/front-door.ts";

const site = sampleSite();
const signal = (at_ms: number) => statusOf(site, "ham-nghi", [2, 6], at_ms);

describe("what waits for a reader", () => {
  it("holds only the newest status of a controller, however slow the reader", () => {
    const outbox = new Outbox(defaultTopics);
    for (let at_ms = 0; at_ms < 100_000; at_ms += 1) outbox.put("signal", signal(at_ms));
    expect(outbox.take()).toEqual([{ topic: "signal", messages: [signal(99_999)] }]);
    expect(outbox.take()).toEqual([]);
  });

  it("keeps every flow interval, since each says something new", () => {
    const outbox = new Outbox(defaultTopics);
    for (const minute of [1, 2, 3]) outbox.put("flow", minuteOf("hn-eb-1", "ham-nghi", minute * 60_000, minute));
    expect(outbox.take()[0]?.messages).toHaveLength(3);
  });

  it("forgets everything past its limit and asks for a snapshot instead", () => {
    const outbox = new Outbox(defaultTopics);
    for (let minute = 0; minute <= OUTBOX_LIMIT; minute += 1)
      outbox.put("flow", minuteOf("l", "i", minute * 60_000, 1));
    expect(outbox.overflowed).toBe(true);
    outbox.put("signal", signal(1));
    expect(outbox.take()).toEqual([]);
    outbox.clear();
    outbox.put("signal", signal(2));
    expect(outbox.overflowed).toBe(false);
    expect(outbox.take()).toEqual([{ topic: "signal", messages: [signal(2)] }]);
  });

  it("carries only the topics that were asked for; detector actuations only when named", () => {
    const event = { intersection: "ham-nghi", channel: 1, at_ms: 1, on: true, origin: "simulated" } as const;
    const usual = new Outbox(defaultTopics);
    const all = new Outbox(liveTopics);
    for (const outbox of [usual, all]) outbox.put("detector", event);
    expect(usual.take()).toEqual([]);
    expect(all.take()).toEqual([{ topic: "detector", messages: [event] }]);
  });
});
