import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { runQueue } from "../../../core/profile/cyclic-queue.ts";
import { addDispersed, smoothing } from "../../../core/profile/dispersion.ts";
import { NetworkProfile, type ProfileStream } from "../../../core/profile/network-profile.ts";
import { searchOffsets } from "../../../core/profile/offset-search.ts";

const sum = (values: Float64Array): number => values.reduce((all, value) => all + value, 0);
const flows = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 20, maxLength: 120 });

/** One second in each of `from` to `to` lets half a vehicle go. */
const greenFrom = (cycle_s: number, from: number, to: number): Float64Array =>
  Float64Array.from({ length: cycle_s }, (_, t) => (t >= from && t < to ? 0.5 : 0));

describe("a platoon on its way", () => {
  it("loses no vehicle, however long the way", () => {
    fc.assert(
      fc.property(flows, fc.integer({ min: 1, max: 400 }), (list, travel_s) => {
        const [out, inflow] = [Float64Array.from(list), new Float64Array(list.length)];
        addDispersed(out, inflow, 1, travel_s, 1);
        expect(sum(inflow)).toBeCloseTo(sum(out), 6);
      }),
    );
  });

  it("comes after four fifths of the travel time, first and densest (Robertson 1969)", () => {
    const out = new Float64Array(200);
    out[0] = 1;
    const inflow = new Float64Array(200);
    addDispersed(out, inflow, 1, 50, 1);
    expect(inflow.indexOf(Math.max(...inflow))).toBe(40);
    expect(inflow[40]).toBeCloseTo(smoothing(50), 3);
    expect(smoothing(50)).toBeCloseTo(1 / (1 + 0.35 * 40), 12);
  });
});

describe("a queue before a light that repeats", () => {
  it("lets out what came in, where the green is long enough, and never more than the green allows", () => {
    fc.assert(
      fc.property(flows, fc.integer({ min: 5, max: 15 }), (list, green_s) => {
        const inflow = Float64Array.from(list, (value) => value / 4);
        const capacity = greenFrom(list.length, 2, 2 + green_s);
        const outflow = new Float64Array(list.length);
        runQueue(inflow, capacity, outflow);
        expect(sum(outflow)).toBeCloseTo(Math.min(sum(inflow), sum(capacity)), 6);
        for (const [t, out] of outflow.entries()) expect(out).toBeLessThanOrEqual((capacity[t] as number) + 1e-9);
      }),
    );
  });

  it("waits as Webster's first term says when arrivals are even", () => {
    const [cycle_s, green_s, flow] = [100, 40, 0.1];
    const inflow = new Float64Array(cycle_s).fill(flow);
    const { waiting } = runQueue(inflow, greenFrom(cycle_s, 0, green_s), new Float64Array(cycle_s));
    const delay_s = (cycle_s * (1 - green_s / cycle_s) ** 2) / (2 * (1 - flow / 0.5));
    expect(waiting).toBeCloseTo(flow * delay_s, 1);
  });
});

describe("two lights, one behind the other", () => {
  const [cycle_s, travel_s] = [60, 25];
  const streams: ProfileStream[] = [
    { signal: 0, flow_h: 400, capacity: greenFrom(cycle_s, 0, 20), feeders: [], room: 40 },
    {
      signal: 1,
      flow_h: 400,
      capacity: greenFrom(cycle_s, 0, 20),
      feeders: [{ from: 0, flow_h: 400, travel_s }],
      room: 40,
    },
  ];

  it("are set so that the second turns green as the platoon comes", () => {
    const profile = new NetworkProfile(streams, 2);
    profile.settle();
    const before = profile.cost();
    searchOffsets(profile, [0, 1], { coarse: 12, sweeps: 6, goOn: () => true });
    const after = ((profile.offsets[1] as number) - (profile.offsets[0] as number) + cycle_s) % cycle_s;
    expect(after).toBeGreaterThanOrEqual(0.8 * travel_s - 4);
    expect(after).toBeLessThanOrEqual(travel_s + 4);
    expect(profile.cost()).toBeLessThan(before);
  });
});
