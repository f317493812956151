import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { flowIntervalSchema } from "../../../core/traffic/flow-interval.ts";
import { vehicleClasses } from "../../../core/traffic/vehicle-class.ts";
import { FlowWindows } from "../../../detectors/lane/flow-windows.ts";

const car = vehicleClasses.indexOf("car");
const motorcycle = vehicleClasses.indexOf("motorcycle");
const noon_ms = Date.UTC(2026, 2, 2, 5, 0, 0);
const lanes = [
  { intersection: "x", lane: "a" },
  { intersection: "x", lane: "b" },
];

const windowsFrom = (from_ms: number, interval_s = 60) =>
  new FlowWindows({ feed: "camera", lanes, interval_s, from_ms });

/** A picture every 100 ms, from the first to the last instant. */
function film(windows: FlowWindows, from_ms: number, to_ms: number): void {
  for (let at_ms = from_ms; at_ms <= to_ms; at_ms += 100) windows.frame(at_ms);
}

describe("the flow of a camera's lanes", () => {
  test("comes in windows that start at whole multiples of their length on the wall clock", () => {
    const windows = windowsFrom(noon_ms + 17_000);
    film(windows, noon_ms + 17_000, noon_ms + 130_000);
    const intervals = windows.due(noon_ms + 130_000).filter(({ lane }) => lane === "a");
    expect(intervals.map(({ start_ms }) => start_ms - noon_ms)).toEqual([0, 60_000]);
    expect(intervals.map(({ quality, gap_s }) => [quality, gap_s])).toEqual([
      ["partial", 17],
      ["valid", 0],
    ]);
  });

  test("counts each lane's vehicles by class", () => {
    const windows = windowsFrom(noon_ms);
    film(windows, noon_ms, noon_ms + 63_000);
    windows.crossed(0, noon_ms + 10_000, car);
    windows.crossed(0, noon_ms + 14_000, motorcycle);
    windows.crossed(0, noon_ms + 22_000, car);
    windows.crossed(1, noon_ms + 61_000, car);
    const [a, b] = windows.due(noon_ms + 62_000);
    expect(a).toMatchObject({ lane: "a", total: 3, by_class: { car: 2, motorcycle: 1 }, mean_headway_s: 6 });
    expect(b).toMatchObject({ lane: "b", total: 0, by_class: {}, mean_headway_s: null });
    expect(flowIntervalSchema.safeParse(a).success).toBe(true);
  });

  test("waits a moment for crossings that become certain only after the window", () => {
    const windows = windowsFrom(noon_ms);
    film(windows, noon_ms, noon_ms + 61_500);
    expect(windows.due(noon_ms + 61_999)).toEqual([]);
    windows.crossed(0, noon_ms + 59_900, car);
    expect(windows.due(noon_ms + 62_000)[0]).toMatchObject({ start_ms: noon_ms, total: 1 });
  });

  test("counts a crossing that became certain much later in the oldest open window, once", () => {
    const windows = windowsFrom(noon_ms);
    film(windows, noon_ms, noon_ms + 70_000);
    windows.due(noon_ms + 70_000);
    windows.crossed(0, noon_ms + 30_000, car);
    const [late] = windows.due(noon_ms + 122_000);
    expect(late).toMatchObject({ start_ms: noon_ms + 60_000, total: 1 });
  });

  test("is partial where pictures are missing, and the hole is told", () => {
    const windows = windowsFrom(noon_ms);
    film(windows, noon_ms, noon_ms + 20_000);
    film(windows, noon_ms + 40_000, noon_ms + 62_000);
    expect(windows.due(noon_ms + 62_000)[0]).toMatchObject({ quality: "partial", gap_s: 20, frames_seen: 201 + 200 });
  });

  test("is missing, never zero traffic, where next to nothing was seen", () => {
    const windows = windowsFrom(noon_ms);
    film(windows, noon_ms, noon_ms + 5000);
    const intervals = windows.due(noon_ms + 182_000).filter(({ lane }) => lane === "b");
    expect(intervals.map(({ quality, occupancy, gap_s }) => [quality, occupancy, gap_s])).toEqual([
      ["missing", null, 55],
      ["missing", null, 60],
      ["missing", null, 60],
    ]);
  });

  test("takes no headway across a hole", () => {
    const windows = windowsFrom(noon_ms);
    film(windows, noon_ms, noon_ms + 20_000);
    windows.crossed(0, noon_ms + 10_000, car);
    windows.crossed(0, noon_ms + 12_000, car);
    film(windows, noon_ms + 40_000, noon_ms + 62_000);
    windows.crossed(0, noon_ms + 50_000, car);
    windows.crossed(0, noon_ms + 54_000, car);
    expect(windows.due(noon_ms + 62_000)[0]?.mean_headway_s).toBe(3);
  });

  test("gives occupancy as the share of the time that was seen", () => {
    const windows = windowsFrom(noon_ms);
    film(windows, noon_ms, noon_ms + 30_000);
    windows.covered(0, noon_ms + 10_000, noon_ms + 19_000);
    film(windows, noon_ms + 61_000, noon_ms + 62_000);
    expect(windows.due(noon_ms + 62_000)[0]?.occupancy).toBeCloseTo(0.3, 9);
  });

  test("after hours of sleep tells of the last hour's silence, and of nothing older", () => {
    const windows = windowsFrom(noon_ms);
    film(windows, noon_ms, noon_ms + 62_000);
    windows.crossed(0, noon_ms + 61_000, car);
    const woken_ms = noon_ms + 10 * 3_600_000;
    const intervals = windows.due(woken_ms).filter(({ lane }) => lane === "a");
    expect(intervals[0]).toMatchObject({ start_ms: noon_ms, quality: "valid" });
    expect(intervals[1]).toMatchObject({ start_ms: noon_ms + 60_000, total: 1 });
    expect(intervals.length).toBeLessThan(70);
    expect(intervals.at(-1)?.start_ms).toBe(woken_ms - 120_000);
  });

  test("tells the shortest and the middle headway, and how they are spread", () => {
    const windows = windowsFrom(noon_ms);
    film(windows, noon_ms, noon_ms + 63_000);
    for (const second of [10, 10.3, 12, 15, 30]) windows.crossed(0, noon_ms + second * 1000, car);
    const [a, b] = windows.due(noon_ms + 62_000);
    // 0.3, 1.7, 3 and 15 s.
    expect(a?.min_headway_s).toBeCloseTo(0.3, 9);
    expect(a).toMatchObject({ median_headway_s: 2.35, headway_counts: [1, 0, 0, 1, 0, 0, 1, 0, 0, 1] });
    expect(b).toMatchObject({ min_headway_s: null, median_headway_s: null, headway_counts: Array(10).fill(0) });
  });

  test("has the mean speed of the vehicles whose speed is known, and no speed where none is", () => {
    const windows = windowsFrom(noon_ms);
    film(windows, noon_ms, noon_ms + 63_000);
    for (const [index, speed_kmh] of [30, null, 40, 50].entries()) {
      windows.crossed(0, noon_ms + index * 1000, car, speed_kmh);
    }
    windows.crossed(1, noon_ms, car);
    const [a, b] = windows.due(noon_ms + 62_000);
    expect(a).toMatchObject({ total: 4, speeds: 3, mean_speed_kmh: 40, p85_speed_kmh: 47 });
    expect(b).toMatchObject({ total: 1, speeds: 0, mean_speed_kmh: null, p85_speed_kmh: null });
  });

  test("has the longest and the mean queue where one is looked at, and null where none is", () => {
    const measured = { intersection: "x", lane: "a", queue: "measured" } as const;
    const counted = { intersection: "x", lane: "b", queue: "counted" } as const;
    const unseen = { intersection: "x", lane: "c" };
    const windows = new FlowWindows({
      feed: "camera",
      lanes: [measured, counted, unseen],
      interval_s: 60,
      from_ms: noon_ms,
    });
    film(windows, noon_ms, noon_ms + 63_000);
    for (const lane of [0, 1, 2]) {
      windows.queued(lane, noon_ms, noon_ms + 30_000, 4, 26);
      windows.queued(lane, noon_ms + 30_000, noon_ms + 60_000, 0, 0);
    }
    const intervals = windows.due(noon_ms + 62_000);
    expect(
      intervals.map(({ mean_queue_veh, max_queue_veh, max_queue_m }) => [mean_queue_veh, max_queue_veh, max_queue_m]),
    ).toEqual([
      [2, 4, 26],
      [2, 4, null],
      [null, null, null],
    ]);
    for (const interval of intervals) expect(flowIntervalSchema.safeParse(interval).success).toBe(true);
  });

  test("says how many pictures its rate promised, which stretches were not seen, and which were damaged", () => {
    const windows = windowsFrom(noon_ms);
    film(windows, noon_ms, noon_ms + 20_000);
    film(windows, noon_ms + 26_000, noon_ms + 40_000);
    film(windows, noon_ms + 44_000, noon_ms + 63_000);
    const [a] = windows.due(noon_ms + 62_000);
    expect(a).toMatchObject({ frames_expected: 600, frames_seen: 201 + 141 + 160, gaps: 2, longest_gap_s: 6 });
    expect(a).toMatchObject({ gap_s: 10, damaged_frames: null, flags: ["gap"] });
  });

  test("flags damage only where somebody looked for it, and pictures that came too seldom", () => {
    const windows = windowsFrom(noon_ms);
    for (let at_ms = noon_ms; at_ms <= noon_ms + 63_000; at_ms += 100) {
      const slow = at_ms >= noon_ms + 20_000 && at_ms <= noon_ms + 50_000 && at_ms % 500 !== 0;
      if (!slow) windows.frame(at_ms, at_ms === noon_ms + 1000);
    }
    expect(windows.due(noon_ms + 62_000)[0]).toMatchObject({
      quality: "valid",
      damaged_frames: 1,
      flags: ["few_frames", "damage"],
    });
  });

  test("counts a stretch without pictures in each of the windows it falls into", () => {
    const windows = windowsFrom(noon_ms);
    film(windows, noon_ms, noon_ms + 50_000);
    film(windows, noon_ms + 65_000, noon_ms + 123_000);
    const intervals = windows.due(noon_ms + 123_000).filter(({ lane }) => lane === "a");
    expect(intervals.map(({ gaps, longest_gap_s, gap_s }) => [gaps, longest_gap_s, gap_s])).toEqual([
      [1, 10, 10],
      [1, 5, 5],
    ]);
  });

  const crossing = fc.record({
    lane: fc.integer({ min: 0, max: 1 }),
    vehicleClass: fc.integer({ min: 0, max: vehicleClasses.length - 1 }),
    /** How long it took to become certain. */
    age_ms: fc.integer({ min: 0, max: 90_000 }),
  });
  const moment = fc.record({
    wait_ms: fc.oneof(fc.integer({ min: 1, max: 1000 }), fc.integer({ min: 1001, max: 200_000 })),
    crossings: fc.array(crossing, { maxLength: 3 }),
    close: fc.boolean(),
  });

  test("loses no crossing and counts none twice, however windows, pictures and holes fall", () => {
    fc.assert(
      fc.property(fc.array(moment, { maxLength: 120 }), fc.integer({ min: 10, max: 900 }), (moments, interval_s) => {
        const windows = windowsFrom(noon_ms, interval_s);
        const intervals = [];
        const crossed = [0, 0];
        let now_ms = noon_ms;
        for (const { wait_ms, crossings, close } of moments) {
          now_ms += wait_ms;
          windows.frame(now_ms);
          for (const { lane, vehicleClass, age_ms } of crossings) {
            windows.crossed(lane, now_ms - age_ms, vehicleClass);
            crossed[lane] = (crossed[lane] ?? 0) + 1;
          }
          if (close) intervals.push(...windows.due(now_ms));
        }
        intervals.push(...windows.cut(now_ms));
        for (const [index, { lane }] of lanes.entries()) {
          const own = intervals.filter((each) => each.lane === lane);
          expect(own.reduce((sum, { total }) => sum + total, 0)).toBe(crossed[index]);
          expect(new Set(own.map(({ start_ms }) => start_ms)).size).toBe(own.length);
          expect(own.map(({ start_ms }) => start_ms)).toEqual(
            own.map(({ start_ms }) => start_ms).toSorted((p, q) => p - q),
          );
        }
      }),
    );
  });

  test("is valid exactly when no two pictures around it are more than a second apart", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 1500 }), { minLength: 50, maxLength: 300 }), (waits) => {
        const windows = windowsFrom(noon_ms, 10);
        const times = [noon_ms];
        for (const wait_ms of waits) times.push((times.at(-1) ?? noon_ms) + wait_ms);
        for (const at_ms of times) windows.frame(at_ms);
        const last_ms = times.at(-1) ?? noon_ms;
        for (const { start_ms, quality, gap_s, length_s } of windows.due(last_ms)) {
          const end_ms = start_ms + length_s * 1000;
          const holes = times
            .slice(1)
            .map((at, index) => [times[index] ?? 0, at] as const)
            .filter(([from, to]) => to - from > 1000)
            .map(([from, to]) => Math.max(0, Math.min(to, end_ms) - Math.max(from, start_ms)));
          expect(gap_s * 1000).toBeCloseTo(
            holes.reduce((sum, ms) => sum + ms, 0),
            6,
          );
          expect(quality === "valid").toBe(gap_s === 0);
        }
      }),
    );
  });
});
