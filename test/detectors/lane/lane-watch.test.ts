import { describe, expect, test } from "vitest";
import type { Crossing, DetectorEvent, Movement } from "../../../core/ports/detection-feed.ts";
import { type VehicleClass, vehicleClasses } from "../../../core/traffic/vehicle-class.ts";
import { LaneWatch, lanesOf } from "../../../detectors/lane/lane-watch.ts";
import { cameraSchema } from "../../../detectors/schema.ts";
import { Tracker } from "../../../detectors/track/tracker.ts";
import { crossroads } from "../../support/crossroads.ts";

const noon_ms = Date.UTC(2026, 2, 2, 5, 0, 0);
const [width, height] = [640, 360];
/** From left to right across the picture, half way down: forward is downwards. */
const line = { id: "stop-line", lane: "n-through", from: [0, 0.5], to: [1, 0.5] };

const cameraWith = (...lines: readonly object[]) =>
  cameraSchema.parse({ id: "camera", intersection: crossroads.id, interval_s: 10, lines });

interface Mover {
  readonly class: VehicleClass;
  readonly x: number;
  /** Box centre at second t; null when it is not in the picture. */
  readonly y: (t_s: number) => number | null;
}

const downwards = (start_s: number, name: VehicleClass = "car"): Mover => ({
  class: name,
  x: 320,
  y: (t) => (t < start_s || t > start_s + 4 ? null : 20 + (t - start_s) * 80),
});
const upwards = (start_s: number): Mover => ({
  class: "car",
  x: 320,
  y: (t) => (t < start_s || t > start_s + 4 ? null : 340 - (t - start_s) * 80),
});

/**
 * Twelve seconds at 25 pictures a second, whose stream's clock has nothing to do with the wall's. A film of several reels
 * shows the same pictures again, each reel a new epoch whose stream's clock starts over.
 */
function film(camera: ReturnType<typeof cameraWith>, movers: readonly Mover[], reels = 1) {
  const crossings: Crossing[] = [];
  const events: DetectorEvent[] = [];
  const movements: Movement[] = [];
  const lanes = lanesOf(camera, crossroads);
  const listener = {
    crossing: (crossing: Crossing) => void crossings.push(crossing),
    detectorEvent: (event: DetectorEvent) => void events.push(event),
    movement: (movement: Movement) => void movements.push(movement),
  };
  const watch = new LaneWatch({ camera, lanes, from_ms: noon_ms, listener });
  const tracker = new Tracker();
  for (let shown = 0; shown <= 300 * reels; shown += 1) {
    const frame = shown % 300;
    const t_s = frame / 25;
    if (shown > 0 && frame === 0) {
      tracker.reset();
      watch.epoch();
    }
    const seen = movers.flatMap((mover) => {
      const y = mover.y(t_s);
      return y === null ? [] : [{ box: [mover.x - 30, y - 20, 60, 40], kind: vehicleClasses.indexOf(mover.class) }];
    });
    const detections = {
      count: seen.length,
      boxes: Float32Array.from(seen.flatMap(({ box }) => box)),
      scores: new Float32Array(seen.length).fill(0.8),
      classes: Uint8Array.from(seen, ({ kind }) => kind),
    };
    const pts_s = 7000 + t_s;
    tracker.update(detections, width, height, pts_s);
    watch.observe(tracker, { width, height, pts_s, arrival_ms: noon_ms + shown * 40 });
  }
  const end_ms = noon_ms + 12_000 * reels;
  return { crossings, events, movements, intervals: watch.due(end_ms), turning: watch.finishMovements(end_ms) };
}

describe("the lanes of a camera", () => {
  test("count a vehicle when its centre was on the line, on the wall clock", () => {
    const { crossings, intervals } = film(cameraWith(line), [downwards(1)]);
    expect(crossings).toHaveLength(1);
    expect(crossings[0]).toMatchObject({ line: "stop-line", lane: "n-through", class: "car", direction: "forward" });
    // 160 pixels at 80 a second after it came into the picture.
    expect(Math.abs((crossings[0]?.at_ms ?? 0) - (noon_ms + 3000))).toBeLessThanOrEqual(40);
    expect(intervals).toHaveLength(1);
    expect(intervals[0]).toMatchObject({ lane: "n-through", total: 1, by_class: { car: 1 }, quality: "valid" });
  });

  test("count the same pictures again in every loop of a film", () => {
    const { crossings } = film(cameraWith(line), [downwards(1), upwards(6)], 3);
    expect(crossings.map(({ direction }) => direction)).toEqual(Array(3).fill(["forward", "backward"]).flat());
  });

  test("count only the direction that is theirs; the other way is told, for no lane", () => {
    const movers = [downwards(0), upwards(5)];
    const forward = film(cameraWith({ ...line, direction: "forward" }), movers);
    expect(forward.crossings.map(({ direction, lane }) => [direction, lane])).toEqual([
      ["forward", "n-through"],
      ["backward", null],
    ]);
    expect(forward.intervals[0]?.total).toBe(1);
    expect(film(cameraWith({ ...line, direction: "both" }), movers).intervals[0]?.total).toBe(2);
  });

  test("do not take a pedestrian for a vehicle, nor for one on their detector", () => {
    const { crossings, events, intervals } = film(cameraWith(line), [downwards(0, "pedestrian")]);
    expect(crossings.map(({ class: name, lane }) => [name, lane])).toEqual([["pedestrian", null]]);
    expect(events).toEqual([]);
    expect(intervals[0]).toMatchObject({ total: 0, occupancy: 0 });
  });

  test("switch their detector channel on while a vehicle is over the line", () => {
    const { events, intervals } = film(cameraWith(line), [downwards(1)]);
    expect(events.map(({ on, channel }) => [on, channel])).toEqual([
      [true, 2],
      [false, 2],
    ]);
    const on_s = ((events[1]?.at_ms ?? 0) - (events[0]?.at_ms ?? 0)) / 1000;
    // The lower half of a box 40 pixels high, less its margin, at 80 pixels a second.
    expect(on_s).toBeGreaterThan(0.2);
    expect(on_s).toBeLessThan(0.4);
    expect(intervals[0]?.occupancy).toBeCloseTo(on_s / 10, 6);
  });

  test("each have their own count", () => {
    const left = { ...line, id: "left", to: [0.25, 0.5], lane: "n-left" };
    const right = { ...line, id: "right", from: [0.25, 0.5] };
    const { intervals } = film(cameraWith(left, right), [downwards(0), { ...downwards(4), x: 80 }, downwards(5)]);
    expect(intervals.map(({ lane, total }) => [lane, total])).toEqual([
      ["n-left", 1],
      ["n-through", 2],
    ]);
  });

  test("say how fast a vehicle crossed, how far it had come, and how often their detector went on", () => {
    // A picture from straight above, 20 pixels a metre: 80 pixels a second are 14.4 km/h.
    const corners = [
      [0, 0],
      [1, 0],
      [1, 1],
      [0, 1],
    ] as const;
    const points = corners.map(([x, y]) => ({ picture: [x, y], ground_m: [x * 32, (1 - y) * 18] }));
    const camera = cameraSchema.parse({ ...cameraWith(line), calibration: { picture_px: [width, height], points } });
    const { crossings, intervals } = film(camera, [downwards(0), downwards(5)]);
    for (const { speed_kmh, speed_error_kmh, distance_m } of crossings) {
      expect(Math.abs((speed_kmh ?? 0) - 14.4)).toBeLessThan(0.5);
      expect(speed_error_kmh).toBeLessThan(1);
      expect(distance_m).toBeGreaterThan(7);
      expect(distance_m).toBeLessThan(9.5);
    }
    expect(intervals[0]).toMatchObject({ speeds: 2, actuations: 2, max_queue_veh: null, flags: [] });
    expect(Math.abs((intervals[0]?.mean_speed_kmh ?? 0) - 14.4)).toBeLessThan(0.5);
    expect(intervals[0]?.min_headway_s).toBeCloseTo(5, 1);
  });

  test("know no speed where nobody calibrated the camera", () => {
    const { crossings, intervals } = film(cameraWith(line), [downwards(1)]);
    expect(crossings[0]).toMatchObject({ speed_kmh: null, speed_error_kmh: null, distance_m: null });
    expect(intervals[0]).toMatchObject({ speeds: 0, mean_speed_kmh: null });
  });

  test("lead into movements, told one by one and summed up", () => {
    const out = { id: "out", from: [0, 0.8], to: [1, 0.8] };
    const movements = [{ id: "ahead", entry: "stop-line", exit: "out", turn: "through" }];
    const camera = cameraSchema.parse({ ...cameraWith(line), lines: [line, out], movements });
    const lost: Mover = { ...downwards(6), y: (t) => (t < 6 || t > 9.5 ? null : 20 + (t - 6) * 60) };
    const { movements: told, turning } = film(camera, [downwards(1), lost]);
    expect(told).toMatchObject([
      {
        feed: "camera",
        movement: "ahead",
        turn: "through",
        entry: "stop-line",
        exit: "out",
        class: "car",
        distance_m: null,
      },
    ]);
    // 108 pixels at 80 a second.
    expect(((told[0]?.left_ms ?? 0) - (told[0]?.entered_ms ?? 0)) / 1000).toBeCloseTo(1.35, 1);
    const sum = turning.flatMap((interval) => interval.movements).reduce((total, each) => total + each.total, 0);
    expect(sum).toBe(1);
    expect(turning.flatMap(({ unfinished }) => unfinished)).toEqual([
      { entry: "stop-line", total: 1, by_class: { car: 1 } },
    ]);
  });

  test("must be lanes of the camera's intersection", () => {
    expect(() => lanesOf(cameraWith({ ...line, lane: "elsewhere" }), crossroads)).toThrow(/elsewhere/);
  });
});
