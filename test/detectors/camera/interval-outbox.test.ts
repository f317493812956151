import { describe, expect, test } from "vitest";
import type { Clock } from "../../../core/ports/clock.ts";
import type { FlowInterval } from "../../../core/traffic/flow-interval.ts";
import { IntervalOutbox } from "../../../detectors/camera/interval-outbox.ts";

const interval = (minute: number): FlowInterval => ({
  intersection: "x",
  lane: "a",
  feed: "camera",
  origin: "camera",
  start_ms: minute * 60_000,
  length_s: 60,
  total: minute,
  by_class: {},
  occupancy: 0,
  mean_headway_s: null,
  quality: "valid",
  frames_seen: 1500,
  gap_s: 0,
});

/** Sleeps end at once, and are noted. */
function hurriedClock(): Clock & { readonly slept_ms: number[] } {
  const slept_ms: number[] = [];
  return {
    slept_ms,
    nowMs: () => 0,
    sleep: async (ms) => {
      slept_ms.push(ms);
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

/** A storage that refuses the first so many offers. */
function storage(refusals: number) {
  const stored: number[] = [];
  const state = { offers: 0 };
  const store = async ({ start_ms }: FlowInterval): Promise<void> => {
    state.offers += 1;
    if (state.offers <= refusals) throw new Error("the disk is full");
    stored.push(start_ms / 60_000);
  };
  return { stored, store, state };
}

describe("flow intervals on their way to storage", () => {
  test("arrive once each, in order, however often storage refuses", async () => {
    const { stored, store } = storage(7);
    const clock = hurriedClock();
    const outbox = new IntervalOutbox({ store, clock, chance: () => 0 });
    for (let minute = 0; minute < 5; minute += 1) outbox.add(interval(minute));
    while (outbox.waiting > 0) await new Promise((resolve) => setImmediate(resolve));
    expect(stored).toEqual([0, 1, 2, 3, 4]);
    expect(clock.slept_ms).toEqual([500, 1000, 2000, 4000, 4000, 4000, 4000]);
    expect(outbox.trouble).toBeNull();
  });

  test("say why they wait", async () => {
    const { store } = storage(Number.POSITIVE_INFINITY);
    const outbox = new IntervalOutbox({ store, clock: hurriedClock(), chance: () => 0 });
    outbox.add(interval(0));
    await outbox.finish();
    expect(outbox).toMatchObject({ waiting: 1, trouble: "the disk is full" });
  });

  test("are bounded: of too many the oldest are dropped, and counted", async () => {
    const { stored, store } = storage(1);
    let open: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    const outbox = new IntervalOutbox({
      store: (each: FlowInterval) => gate.then(() => store(each)),
      clock: hurriedClock(),
      chance: () => 0,
    });
    for (let minute = 0; minute < 1010; minute += 1) outbox.add(interval(minute));
    expect(outbox).toMatchObject({ waiting: 1000, dropped: 10 });
    open();
    await outbox.finish();
    expect(stored).toEqual(Array.from({ length: 1000 }, (_, index) => index + 10));
  });

  test("are offered once more at the end", async () => {
    const { stored, store } = storage(1);
    const never: Clock = {
      nowMs: () => 0,
      sleep: (_, stop) => new Promise((_resolve, reject) => stop?.addEventListener("abort", () => reject(stop.reason))),
    };
    const outbox = new IntervalOutbox({ store, clock: never, chance: () => 0 });
    outbox.add(interval(0));
    outbox.add(interval(1));
    await outbox.finish();
    expect(stored).toEqual([0, 1]);
  });
});
