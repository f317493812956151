import { describe, expect, it } from "vitest";
import { examplesOf, width } from "../../../core/forecast/examples.ts";
import { forecast } from "../../../core/forecast/forecast.ts";
import { type SlotSeries, slot_ms, slotSeries, slotsOfDay, slotsOfWeek } from "../../../core/forecast/slot-series.ts";
import type { Learner } from "../../../core/ports/learner.ts";
import type { FlowInterval } from "../../../core/traffic/flow-interval.ts";
import { Seeded } from "../../support/seeded.ts";

/** Two peaks a day, quiet Sundays. */
function usually(at: number): number {
  const hour = ((at % slotsOfDay) * 24) / slotsOfDay;
  const peak = (of: number): number => Math.exp(-((hour - of) ** 2) / 4);
  const sunday = Math.floor(at / slotsOfDay) % 7 === 3 ? 0.4 : 1;
  return sunday * (20 + 120 * peak(8) + 100 * peak(17));
}

const seriesOf = (weeks: number, more: (at: number) => number, lane = "a"): SlotSeries => ({
  lane,
  first_ms: 0,
  vehicles: Array.from({ length: weeks * slotsOfWeek }, (_, at) => Math.max(0, usually(at) + more(at))),
});

/** What is above usual goes on for hours and fades. */
function lasting(seed: number, share: number, size: number): (at: number) => number {
  const random = new Seeded(seed);
  let level = 0;
  return () => {
    level = share * level + size * (random.next() + random.next() - 1);
    return level;
  };
}

const only = async (series: SlotSeries, learner: Learner | null = null) => {
  const [found] = await forecast([series], learner);
  if (found === undefined) throw new Error("a forecast is expected");
  return found;
};

/** Learns that the next slot is off as much as the last was. */
const persistent: Learner = {
  learn: async () => (inputs) =>
    Float32Array.from({ length: inputs.length / width }, (_, at) => 0.95 * (inputs[at * width] as number)),
};

describe("the next quarter of an hour", () => {
  it("is as last week where every week is the same, with an interval of no width", async () => {
    const found = await only(seriesOf(4, () => 0));
    expect(found.vehicles).toBeCloseTo(usually(4 * slotsOfWeek), 6);
    expect(found.high - found.low).toBeLessThan(1e-9);
    expect(found.start_ms).toBe(4 * slotsOfWeek * slot_ms);
  });

  it("is better smoothed than as last week where today goes on as it began", async () => {
    const found = await only(seriesOf(8, lasting(3, 0.9, 20)));
    expect(found.method).toBe("smoothing");
    expect(found.errors.smoothing).toBeLessThan(0.7 * (found.errors.last_week as number));
    expect(found.errors.network).toBeNull();
  });

  it("lies in its interval about as often as that promises, on days that decided nothing", async () => {
    const all = Array.from({ length: 8 }, (_, lane) => seriesOf(8, lasting(lane + 1, 0.8, 15), `lane-${lane}`));
    const found = await forecast(all, null);
    const mean = found.reduce((sum, { coverage }) => sum + (coverage as number), 0) / found.length;
    expect(mean).toBeGreaterThan(0.84);
    expect(mean).toBeLessThan(0.96);
  });

  it("is the learner's only where that was better on days that it had not learned from", async () => {
    const off: Learner = { learn: async () => (inputs) => new Float32Array(inputs.length / width).fill(0.5) };
    const series = seriesOf(8, lasting(5, 0.97, 12));
    expect((await only(series, persistent)).method).toBe("network");
    expect((await only(series, off)).method).not.toBe("network");
  });

  it("does not learn from what it is judged by", () => {
    const series = seriesOf(4, () => 0);
    const until = 2 * slotsOfWeek;
    const changed = { ...series, vehicles: series.vehicles.map((value, at) => (at < until ? value : 9999)) };
    expect(examplesOf([changed], () => until)).toEqual(examplesOf([series], () => until));
  });

  it("is not told of a lane that was seen for less than two weeks", async () => {
    expect(await forecast([seriesOf(1, () => 0)], null)).toEqual([]);
  });
});

describe("quarters of an hour", () => {
  const interval = (start_ms: number, total: number, gap_s = 0): FlowInterval =>
    ({ lane: "a", start_ms, total, length_s: 300, gap_s, quality: "valid" }) as FlowInterval;

  it("are made of the intervals within, scaled up where a little was not seen, and unknown where much was not", () => {
    const intervals = [0, 300_000, 600_000].map((start_ms) => interval(start_ms, 10));
    const second = [900_000, 1_200_000, 1_500_000].map((start_ms) => interval(start_ms, 8, 60));
    const third = [interval(1_800_000, 10)];
    const series = slotSeries("a", [...third, ...second, ...intervals], 2_800_000);
    expect(series?.vehicles[0]).toBe(30);
    expect(series?.vehicles[1]).toBeCloseTo(30, 6);
    expect(series?.vehicles[2]).toBeNull();
    expect(slotSeries("b", intervals, 2_800_000)).toBeNull();
  });
});
