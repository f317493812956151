import { describe, expect, it } from "vitest";
import { intersectionSchema } from "../../../core/network/schema.ts";
import type { Clock } from "../../../core/ports/clock.ts";
import type { Crossing, DetectionSink, DetectorEvent, FeedStatus } from "../../../core/ports/detection-feed.ts";
import { type FlowInterval, flowIntervalSchema } from "../../../core/traffic/flow-interval.ts";
import { createSimulatedFeed, type SimulatedFeedOptions } from "../../../sim/index.ts";

/** Time moves only when told to, and a tick of the feed is over before `advance` resolves. */
class ScriptedClock implements Clock {
  #now_ms: number;
  #sleepers: { readonly until_ms: number; readonly wake: () => void }[] = [];

  constructor(now_ms: number) {
    this.#now_ms = now_ms;
  }

  nowMs(): number {
    return this.#now_ms;
  }

  sleep(ms: number, stop?: AbortSignal): Promise<void> {
    if (stop?.aborted === true) return Promise.reject(stop.reason);
    return new Promise((resolve, reject) => {
      const refuse = (): void => reject(stop?.reason as Error);
      stop?.addEventListener("abort", refuse, { once: true });
      const wake = (): void => {
        stop?.removeEventListener("abort", refuse);
        resolve();
      };
      this.#sleepers.push({ until_ms: this.#now_ms + ms, wake });
    });
  }

  /** Second by second, so that every sleeper wakes when it is due. */
  async advance(seconds: number): Promise<void> {
    for (let s = 0; s < seconds; s += 1) await this.jump(1000);
  }

  async jump(ms: number): Promise<void> {
    this.#now_ms += ms;
    const due = this.#sleepers.filter(({ until_ms }) => until_ms <= this.#now_ms);
    this.#sleepers = this.#sleepers.filter(({ until_ms }) => until_ms > this.#now_ms);
    for (const { wake } of due) wake();
    // Every chain of promises that hangs on the tick runs before the next turn of the event loop.
    await new Promise((resolve) => setImmediate(resolve));
  }
}

const intersection = intersectionSchema.parse({
  id: "first",
  name: "First",
  approaches: [
    {
      id: "west",
      from: "W",
      lanes: [
        { id: "west-1", phase: 2, turns: ["through"], detector_channel: 11 },
        { id: "west-2", phase: 2, turns: ["through"], detector_channel: 12 },
      ],
    },
    { id: "south", from: "S", lanes: [{ id: "south-1", phase: 4, turns: ["through"], detector_channel: 13 }] },
  ],
  signal: {
    phases: [
      { number: 2, min_green_s: 10, max_green_s: 40 },
      { number: 4, min_green_s: 10, max_green_s: 40 },
    ],
    rings: [[[2], [4]]],
    clearances: [
      { phase: 2, yellow_s: 3.3, red_clear_s: 2.3 },
      { phase: 4, yellow_s: 3.3, red_clear_s: 2.3 },
    ],
    conflicts: [{ a: 2, b: 4 }],
    coord_phases: [2],
  },
});

/** A minute begins here. */
const MINUTE_MS = 28_333_333 * 60_000;

function stage(change: Partial<SimulatedFeedOptions> = {}, start_ms = MINUTE_MS) {
  const clock = new ScriptedClock(start_ms);
  const intervals: FlowInterval[] = [];
  const events: DetectorEvent[] = [];
  const crossings: Crossing[] = [];
  const statuses: FeedStatus[] = [];
  const sink: DetectionSink = {
    status: (status) => statuses.push(status),
    flowInterval: async (interval) => {
      intervals.push(interval);
    },
    detectorEvent: (event) => events.push(event),
    crossing: (crossing) => crossings.push(crossing),
    movement: () => undefined,
    movementInterval: () => Promise.resolve(),
    view: () => undefined,
    sightings: () => undefined,
    ...change.sink,
  };
  const feed = createSimulatedFeed({
    intersections: [intersection],
    volumes: [
      { lane: "west-1", flow_veh_h: 900 },
      { lane: "south-1", flow_veh_h: 500 },
    ],
    lanesToSimulate: ["west-1", "south-1"],
    seed: 1,
    clock,
    signal: () => (Math.floor(clock.nowMs() / 1000) % 60 < 35 ? [2] : [4]),
    interval_s: 60,
    ...change,
    sink,
  });
  return { clock, feed, intervals, events, crossings, statuses };
}

const never = new AbortController().signal;

describe("the simulated feed", () => {
  it("stores one interval a lane and a minute, on the full minute, saying it is simulated", async () => {
    const { clock, feed, intervals } = stage();
    await feed.start(never);
    await clock.advance(180);
    await feed.close("done");
    expect(intervals.map(({ lane, start_ms }) => [lane, (start_ms - MINUTE_MS) / 60_000])).toEqual([
      ["west-1", 0],
      ["south-1", 0],
      ["west-1", 1],
      ["south-1", 1],
      ["west-1", 2],
      ["south-1", 2],
    ]);
    for (const interval of intervals) {
      expect(flowIntervalSchema.parse(interval)).toEqual(interval);
      expect(interval).toMatchObject({ origin: "simulated", feed: "simulated", quality: "valid", gap_s: 0 });
    }
  });

  it("counts in its intervals exactly the crossings it reported", async () => {
    const { clock, feed, intervals, crossings } = stage();
    await feed.start(never);
    await clock.advance(600);
    await feed.close("done");
    expect(crossings.length).toBeGreaterThan(100);
    for (const { lane, start_ms, total, by_class } of intervals) {
      const mine = crossings.filter((c) => c.lane === lane && c.at_ms >= start_ms && c.at_ms < start_ms + 60_000);
      expect(total).toBe(mine.length);
      expect(by_class["motorcycle"] ?? 0).toBe(mine.filter((c) => c.class === "motorcycle").length);
    }
    expect(new Set(crossings.map(({ track }) => track)).size).toBe(crossings.length);
  });

  it("lets a lane go only while its own phase is green", async () => {
    const { clock, feed, crossings } = stage();
    await feed.start(never);
    await clock.advance(300);
    await feed.close("done");
    for (const { lane, at_ms } of crossings) {
      const second = Math.floor(at_ms / 1000) % 60;
      // A step ends at the instant its signal was asked for.
      expect((second + 1) % 60 < 35, `${lane} at ${second}`).toBe(lane === "west-1");
    }
  });

  it("marks the interval it started in as partial", async () => {
    const { clock, feed, intervals } = stage({}, MINUTE_MS + 20_500);
    await feed.start(never);
    await clock.advance(100);
    await feed.close("done");
    expect(intervals.map(({ quality, gap_s, start_ms }) => [quality, gap_s, start_ms - MINUTE_MS])).toEqual([
      ["partial", 20.5, 0],
      ["partial", 20.5, 0],
      ["valid", 0, 60_000],
      ["valid", 0, 60_000],
    ]);
  });

  it("holds its queues while nobody knows the signal, and never calls that no demand", async () => {
    let known = false;
    const { clock, feed, intervals, crossings, events } = stage({ signal: () => (known ? [2, 4] : null) });
    await feed.start(never);
    await clock.advance(90);
    expect(crossings).toEqual([]);
    expect(events.some(({ on }) => on)).toBe(true);
    known = true;
    await clock.advance(90);
    await feed.close("done");
    expect(crossings.length).toBeGreaterThan(0);
    expect(intervals.filter(({ lane }) => lane === "west-1").map(({ quality, gap_s }) => [quality, gap_s])).toEqual([
      ["missing", 60],
      ["partial", 30],
      ["valid", 0],
    ]);
  });

  it("calls a lane without a stated volume missing, not empty", async () => {
    const { clock, feed, intervals } = stage({ lanesToSimulate: ["west-2"] });
    await feed.start(never);
    await clock.advance(60);
    await feed.close("done");
    expect(intervals).toMatchObject([{ lane: "west-2", quality: "missing", total: 0, occupancy: null, gap_s: 60 }]);
  });

  it("forgets an interval only once it is stored, and offers it again in order", async () => {
    let broken = true;
    const stored: FlowInterval[] = [];
    const flowInterval = async (interval: FlowInterval): Promise<void> => {
      if (broken) throw new Error("disk full");
      stored.push(interval);
    };
    const sink = { flowInterval } as DetectionSink;
    const { clock, feed } = stage({ sink });
    await feed.start(never);
    await clock.advance(130);
    expect(stored).toEqual([]);
    expect(feed.status()).toMatchObject({ phase: "stalled" });
    expect(feed.status().message).toContain("disk full");
    broken = false;
    await clock.advance(60);
    expect(feed.status()).toMatchObject({ phase: "live", message: null });
    await feed.close("done");
    expect(stored.map(({ start_ms }) => (start_ms - MINUTE_MS) / 60_000)).toEqual([0, 0, 1, 1, 2, 2]);
  });

  it("makes nothing up for the time the machine slept: a gap, and intervals that say so", async () => {
    const { clock, feed, intervals, crossings } = stage();
    await feed.start(never);
    await clock.advance(90);
    await clock.jump(300_000);
    await clock.advance(30);
    await feed.close("done");
    const asleep = { from_ms: MINUTE_MS + 90_000, to_ms: MINUTE_MS + 390_000 };
    expect(feed.status().gaps).toEqual([asleep]);
    expect(crossings.some(({ at_ms }) => at_ms >= asleep.from_ms && at_ms < asleep.to_ms)).toBe(false);
    expect(intervals.filter(({ lane }) => lane === "west-1").map(({ quality }) => quality)).toEqual([
      "valid",
      "partial",
      "missing",
      "missing",
      "missing",
      "missing",
      "partial",
    ]);
  });

  it("hurries when told to: at tenfold speed a minute takes six seconds", async () => {
    const { clock, feed, intervals } = stage({ speed: 10, signal: () => [2, 4] });
    await feed.start(never);
    for (let tick = 0; tick < 60; tick += 1) await clock.jump(100);
    await feed.close("done");
    expect(intervals.map(({ start_ms, quality }) => [start_ms, quality])).toEqual([
      [MINUTE_MS, "valid"],
      [MINUTE_MS, "valid"],
    ]);
  });

  it("lifts its detectors when it stops, and is stopped twice as well as once", async () => {
    const { clock, feed, events, statuses } = stage({ signal: () => [] });
    await feed.start(never);
    await clock.advance(120);
    await feed.close("done");
    await feed.close("again");
    for (const channel of [11, 13]) expect(events.findLast((event) => event.channel === channel)?.on).toBe(false);
    expect(statuses.at(-1)?.phase).toBe("stopped");
  });

  it("ends by the signal it was started with", async () => {
    const { clock, feed } = stage();
    const stop = new AbortController();
    await feed.start(stop.signal);
    await clock.advance(5);
    stop.abort(new Error("shutting down"));
    await feed.close("done");
    expect(feed.status().phase).toBe("stopped");
    expect(await feed.still()).toBeNull();
  });
});
