import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { assumedClassMix, assumedPcuPerVehicle } from "../../../core/network/class-mix.ts";
import { vehicleClasses } from "../../../core/traffic/vehicle-class.ts";
import { UPSTREAM_CYCLE_MS } from "../../../sim/arrivals/arrival-times.ts";
import { LaneQueues, type QueueLane } from "../../../sim/arrivals/queue.ts";

const START_MS = 1_700_000_000_000;

interface Seen {
  readonly kind: "crossing" | "on" | "off";
  readonly lane: number;
  readonly at_ms: number;
  readonly vehicleClass: number;
}

/** Runs the lanes second by second under `green(lane, second)`. */
function run(lanes: readonly QueueLane[], seed: number, seconds: number, green: (lane: number, s: number) => boolean) {
  const seen: Seen[] = [];
  const queues = new LaneQueues(lanes, seed, START_MS, {
    crossed: (lane, at_ms, vehicleClass) => seen.push({ kind: "crossing", lane, at_ms, vehicleClass }),
    detector: (lane, at_ms, on) => seen.push({ kind: on ? "on" : "off", lane, at_ms, vehicleClass: -1 }),
  });
  const covered = lanes.map(() => 0);
  for (let s = 0; s < seconds; s += 1) {
    for (const lane of lanes.keys()) {
      queues.step(lane, START_MS + s * 1000, START_MS + (s + 1) * 1000, green(lane, s));
      covered[lane] = (covered[lane] ?? 0) + queues.takeCovered(lane);
    }
  }
  return { queues, seen, covered, crossings: seen.filter(({ kind }) => kind === "crossing") };
}

const lane = (id: string, flow_veh_h: number, saturation_pcu_h = 1800): QueueLane => ({
  id,
  flow_veh_h,
  saturation_pcu_h,
});

const someLanes = fc.array(
  fc.record({
    id: fc.stringMatching(/^[a-z]{3,8}$/),
    flow_veh_h: fc.integer({ min: 0, max: 8000 }),
    saturation_pcu_h: fc.integer({ min: 300, max: 3600 }),
  }),
  { minLength: 1, maxLength: 4 },
);
/** Second by second; read again from the start when it ends. */
const someSignal = fc.array(fc.boolean(), { minLength: 1, maxLength: 60 });
const shownBy = (signal: readonly boolean[]) => (_: number, s: number) => signal[s % signal.length] === true;

describe("queues at a stop line", () => {
  it("lose nobody: who arrived has crossed, waits, or turned away", () => {
    fc.assert(
      fc.property(someLanes, someSignal, fc.integer(), (lanes, signal, seed) => {
        const { queues, crossings } = run(lanes, seed, 300, shownBy(signal));
        for (const each of lanes.keys()) {
          const gone = (queues.crossed[each] ?? 0) + (queues.queued[each] ?? 0) + (queues.turnedAway[each] ?? 0);
          expect(queues.arrived[each]).toBe(gone);
          expect(crossings.filter((c) => c.lane === each)).toHaveLength(queues.crossed[each] ?? -1);
        }
      }),
    );
  });

  it("never discharge while the signal is not green", () => {
    fc.assert(
      fc.property(someLanes, someSignal, fc.integer(), (lanes, signal, seed) => {
        const green = shownBy(signal);
        for (const { lane: each, at_ms } of run(lanes, seed, 200, green).crossings) {
          expect(green(each, Math.floor((at_ms - START_MS) / 1000))).toBe(true);
        }
      }),
    );
  });

  it("tell the same story again for the same seed, and another for another", () => {
    const lanes = [lane("a", 900), lane("b", 1400)];
    const green = (_: number, s: number): boolean => s % 80 < 35;
    expect(run(lanes, 7, 900, green).seen).toEqual(run(lanes, 7, 900, green).seen);
    expect(run(lanes, 8, 900, green).seen).not.toEqual(run(lanes, 7, 900, green).seen);
  });

  it("are not disturbed by a lane added beside them", () => {
    const alone = run([lane("a", 900)], 7, 600, () => true).seen;
    const beside = run([lane("new", 500), lane("a", 900)], 7, 600, () => true).seen;
    expect(beside.filter((each) => each.lane === 1).map((each) => ({ ...each, lane: 0 }))).toEqual(alone);
  });

  it("do not depend on how time is cut, while the signal stays", () => {
    const seen: number[][] = [[], []];
    for (const [index, step_ms] of [1000, 250].entries()) {
      const listener = { crossed: (_: number, at_ms: number) => seen[index]?.push(at_ms), detector: () => undefined };
      const queues = new LaneQueues([lane("a", 1500)], 3, START_MS, listener);
      for (let at = START_MS; at < START_MS + 600_000; at += step_ms) queues.step(0, at, at + step_ms, true);
    }
    expect(seen[0]?.length).toBeGreaterThan(100);
    expect(seen[0]).toEqual(seen[1]);
  });

  it("report each lane's events in time order, a detector off only after on", () => {
    fc.assert(
      fc.property(someLanes, someSignal, fc.integer(), (lanes, signal, seed) => {
        const { seen } = run(lanes, seed, 200, shownBy(signal));
        for (const each of lanes.keys()) {
          const detector = seen.filter((s) => s.lane === each && s.kind !== "crossing");
          expect(detector.map(({ kind }) => kind)).toEqual(detector.map((_, i) => (i % 2 === 0 ? "on" : "off")));
          const times = detector.map(({ at_ms }) => at_ms);
          expect(times).toEqual(times.toSorted((a, b) => a - b));
        }
      }),
    );
  });

  it("cover the detector for the time between on and off", () => {
    fc.assert(
      fc.property(someSignal, fc.integer(), (signal, seed) => {
        const { seen, covered } = run([lane("a", 600)], seed, 300, shownBy(signal));
        const detector = seen.filter(({ kind }) => kind !== "crossing");
        const total = detector.reduce((sum, { kind, at_ms }) => sum + (kind === "on" ? -at_ms : at_ms), 0);
        const open = detector.at(-1)?.kind === "on" ? START_MS + 300_000 : 0;
        expect(covered[0]).toBeCloseTo(total + open, 3);
      }),
    );
  });

  it("wait two seconds into green, then leave at saturation flow", () => {
    const seconds = 3600;
    const { crossings, queues } = run([lane("a", 7500)], 11, seconds, (_, s) => s % 90 < 45 && s >= 90);
    expect(queues.queued[0]).toBeGreaterThan(0);
    for (const { at_ms } of crossings) expect(((at_ms - START_MS) / 1000) % 90).toBeGreaterThanOrEqual(2);
    const greens = (seconds - 90) / 90;
    const expected = (greens * (45 - 2) * (1800 / 3600)) / assumedPcuPerVehicle;
    expect(crossings.length / expected).toBeGreaterThan(0.97);
    expect(crossings.length / expected).toBeLessThan(1.03);
  });

  it("turn away who no longer fits, and say how many", () => {
    const { queues } = run([lane("a", 9000)], 1, 1800, () => false);
    expect(queues.queued[0]).toBe(2048);
    expect(queues.turnedAway[0]).toBe((queues.arrived[0] ?? 0) - 2048);
    expect(queues.turnedAway[0]).toBeGreaterThan(0);
  });
});

describe("arrivals", () => {
  const hour = (seed: number, flow_veh_h: number) => run([lane("a", flow_veh_h, 4000)], seed, 3600, () => true);

  it("come at the stated volume: within 5 standard deviations over fresh seeds", () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 50, max: 2500 }), (seed, flow) => {
        // An hour is 40 upstream cycles, so the platoons' rates average out exactly: a Poisson count of mean `flow`.
        expect(3_600_000 % UPSTREAM_CYCLE_MS).toBe(0);
        const { queues } = hour(seed, flow);
        expect(Math.abs((queues.arrived[0] ?? 0) - flow)).toBeLessThan(5 * Math.sqrt(flow));
      }),
      { numRuns: 60 },
    );
  });

  it("never come where the volume is nought", () => {
    expect(hour(5, 0).queues.arrived[0]).toBe(0);
  });

  it("are of the assumed mix: within 5 standard deviations over ten hours", () => {
    const counts = vehicleClasses.map(() => 0);
    for (let seed = 0; seed < 10; seed += 1) {
      for (const { vehicleClass } of hour(seed, 2000).crossings) counts[vehicleClass] = (counts[vehicleClass] ?? 0) + 1;
    }
    const all = counts.reduce((sum, count) => sum + count, 0);
    for (const [index, each] of vehicleClasses.entries()) {
      const share = assumedClassMix[each];
      const deviation = Math.sqrt(all * share * (1 - share));
      expect(Math.abs((counts[index] ?? 0) - all * share), each).toBeLessThanOrEqual(5 * deviation);
    }
  });

  it("come in platoons: counts of 10 s vary more than a steady stream's would", () => {
    const counts = Array.from({ length: 360 }, () => 0);
    for (const { at_ms } of hour(2, 1800).crossings) {
      const slot = Math.floor((at_ms - START_MS) / 10_000);
      counts[slot] = (counts[slot] ?? 0) + 1;
    }
    const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length;
    const variance = counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / (counts.length - 1);
    expect(variance / mean).toBeGreaterThan(1.3);
  });
});
