import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { iou } from "../../../core/geometry/box.ts";
import { directedLine } from "../../../core/geometry/segment.ts";
import { vehicleClasses } from "../../../core/traffic/vehicle-class.ts";
import { type BackgroundOptions, createBackgroundDetector } from "../../../detectors/background/background-detector.ts";
import type { Detections } from "../../../detectors/inference/detector.ts";
import { LineCounter } from "../../../detectors/lane/line-counter.ts";
import { Tracker } from "../../../detectors/track/tracker.ts";
import {
  type Box,
  drivesDown,
  type Mover,
  type StreetOptions,
  SyntheticStreet,
} from "../../support/synthetic-street.ts";

const size = { width: 200, height: 112 } as const;
const perSecond = 10;
const options: BackgroundOptions = { longSide_px: 200, scoreThreshold: 0.15, calibration: null };

const white = [225, 228, 230] as const;
const red = [170, 40, 45] as const;
const black = [28, 28, 32] as const;
const silver = [135, 140, 146] as const;

const carSize = [22, 40] as const;

const car = (x: number, from_s: number, more: Partial<Mover> = {}): Mover => ({
  size: carSize,
  colour: white,
  at: drivesDown(x, 40, from_s, 32),
  ...more,
});

interface Look {
  readonly t_s: number;
  readonly truth: readonly Box[];
  readonly boxes: readonly Box[];
  readonly scores: readonly number[];
  readonly classes: readonly string[];
}

const copied = ({ count, boxes, scores, classes }: Detections) => ({
  boxes: Array.from({ length: count }, (_, i) => [...boxes.subarray(i * 4, i * 4 + 4)] as unknown as Box),
  scores: [...scores.subarray(0, count)],
  classes: Array.from(classes.subarray(0, count), (index) => vehicleClasses[index] ?? ""),
});

async function watch(
  street: Omit<StreetOptions, "width" | "height">,
  for_s: number,
  chosen: BackgroundOptions = options,
): Promise<readonly Look[]> {
  const drawn = new SyntheticStreet({ ...size, ...street });
  const detector = createBackgroundDetector(chosen);
  const looks: Look[] = [];
  for (let picture = 0; picture < for_s * perSecond; picture++) {
    const t_s = picture / perSecond;
    const found = await detector.detect(drawn.draw(t_s), size.width, size.height, t_s);
    looks.push({ t_s, truth: drawn.truth(t_s), ...copied(found) });
  }
  return looks;
}

const overlap = (a: Box, b: Box): number => iou(a, 0, b, 0);

/** Share of the vehicles wholly or mostly in the picture that have a box of their own with this overlap. */
function recall(looks: readonly Look[], least: number): number {
  const seen = looks.flatMap(({ truth, boxes }) =>
    truth.filter(([, , w, h]) => w * h > 300).map((each) => Number(boxes.some((box) => overlap(box, each) >= least))),
  );
  return seen.reduce((sum, one) => sum + one, 0) / seen.length;
}

const strays = (looks: readonly Look[]): number =>
  looks.reduce(
    (sum, { truth, boxes }) => sum + boxes.filter((box) => truth.every((each) => overlap(box, each) < 0.3)).length,
    0,
  );

const since = (looks: readonly Look[], from_s: number): readonly Look[] => looks.filter(({ t_s }) => t_s >= from_s);

describe("seeing what differs from the empty street", () => {
  test("finds vehicles of all colours where they are, and nothing else", async () => {
    const movers = [
      car(10, 2),
      car(60, 3, { colour: red }),
      car(110, 2.5, { colour: black }),
      car(160, 3.5, { colour: silver }),
    ];
    const looks = await watch({ movers }, 9);
    expect(recall(looks, 0.75)).toBeGreaterThan(0.95);
    expect(strays(looks)).toBe(0);
  });

  test("says nothing before it has learned the street", async () => {
    const looks = await watch({ movers: [car(90, 0.2)] }, 3);
    expect(looks.filter(({ t_s }) => t_s < 1.5).every(({ boxes }) => boxes.length === 0)).toBe(true);
    expect(looks.some(({ boxes }) => boxes.length > 0)).toBe(true);
  });

  test("leaves the shadow beside a vehicle to the road", async () => {
    const movers = [car(40, 2, { shadow: 9 }), car(120, 2.6, { shadow: 9, colour: red })];
    const looks = await watch({ movers }, 8);
    expect(recall(looks, 0.7)).toBeGreaterThan(0.95);
    expect(strays(looks)).toBe(0);
  });

  test.each([
    ["a cloud", (t_s: number) => (t_s > 4 ? 0.7 : 1)],
    ["the sun", (t_s: number) => (t_s > 4 ? 1.4 : 1)],
    ["an exposure that follows each vehicle", (t_s: number) => 0.8 + 0.2 * Math.cos(t_s * 3)],
  ])("is not misled by %s", async (_, light) => {
    const looks = await watch({ movers: [car(40, 2), car(120, 3, { colour: black })], light }, 8);
    expect(strays(looks)).toBe(0);
    expect(recall(looks, 0.6)).toBeGreaterThan(0.9);
  });

  test("follows a light that stays", async () => {
    const looks = await watch({ movers: [car(90, 50)], light: (t_s) => (t_s > 5 ? 0.45 : 1) }, 55);
    expect(strays(looks)).toBe(0);
    expect(recall(since(looks, 50), 0.6)).toBeGreaterThan(0.9);
  });

  test("does not take a trembling camera's lane markings for traffic", async () => {
    const shake = (t_s: number) => [Math.round(Math.sin(t_s * 17)), Math.round(Math.cos(t_s * 23))] as const;
    const looks = await watch({ movers: [car(40, 2), car(120, 3, { colour: red })], shake }, 8);
    expect(strays(looks)).toBe(0);
    expect(recall(looks, 0.6)).toBeGreaterThan(0.9);
  });

  test.each([8, 18])("stands a night camera with noise of %d grey levels", async (noise) => {
    const looks = await watch({ movers: [car(40, 2), car(120, 3)], noise, light: () => 0.6 }, 8);
    expect(strays(looks)).toBe(0);
    expect(recall(looks, 0.6)).toBeGreaterThan(0.9);
  });

  test("is rid of the ghost of a vehicle that stood there at first, within a second", async () => {
    const parked: Mover = {
      size: carSize,
      colour: white,
      at: (t_s) => (t_s < 6 ? [90, 30] : [90, 30 + (t_s - 6) * 40]),
    };
    const looks = await watch({ movers: [parked] }, 12);
    // A second at 40 pixels a second until it has left its place, which is 40 long; then another.
    expect(strays(since(looks, 8))).toBe(0);
  });

  test("keeps seeing a vehicle that waits a minute for green", async () => {
    const waits: Mover = {
      size: carSize,
      colour: silver,
      at: (t_s) => (t_s < 2 ? null : [90, Math.min(40, (t_s - 2) * 32 - 40)]),
    };
    const looks = await watch({ movers: [waits] }, 65);
    expect(recall(since(looks, 5), 0.7)).toBe(1);
  });

  test("sees a car torn in two by its windscreen as one, once it knows what cars are like here", async () => {
    const plain = Array.from({ length: 4 }, (_, i) => car(10 + 45 * i, 2 + i * 0.5));
    const torn = car(90, 9, { windscreen: [0.4, 0.55] });
    const watched = await watch({ movers: [...plain, torn] }, 14);
    const looks = since(watched, 9);
    const inside = looks.filter(({ truth }) => (truth[0]?.[3] ?? 0) >= 40);
    expect(inside.length).toBeGreaterThan(10);
    for (const { boxes } of inside) expect(boxes).toHaveLength(1);
  });

  test("sees two cars that drive almost touching as two, once it knows what cars are like here", async () => {
    const plain = Array.from({ length: 4 }, (_, i) => car(10 + 45 * i, 2 + i * 0.5));
    const pair = [car(80, 9), car(80 + 22 + 3, 9, { colour: red })];
    const watched = await watch({ movers: [...plain, ...pair] }, 14);
    const looks = since(watched, 9);
    const inside = looks.filter(({ truth }) => truth.length === 2 && (truth[0]?.[3] ?? 0) >= 40);
    expect(inside.length).toBeGreaterThan(10);
    for (const { boxes } of inside) expect(boxes).toHaveLength(2);
  });

  test("tells motorcycles, cars and trucks apart where the picture is tied to the ground", async () => {
    // 9 pixels a metre.
    const metres = (x: number, y: number) => ({
      picture: [x / size.width, y / size.height] as [number, number],
      ground_m: [x / 9, -y / 9] as [number, number],
    });
    const calibration: NonNullable<BackgroundOptions["calibration"]> = {
      picture_px: [size.width, size.height],
      points: [metres(0, 0), metres(200, 0), metres(200, 112), metres(0, 112)],
    };
    const movers: Mover[] = [
      { size: [7, 18], colour: red, at: drivesDown(20, 18, 2, 32) },
      car(80, 2),
      { size: [22, 80], colour: white, at: drivesDown(140, 80, 2, 32) },
    ];
    const looks = await watch({ movers }, 6, { ...options, calibration });
    const classesAt = (x: number) =>
      new Set(
        looks.flatMap(({ boxes, classes }) =>
          boxes.flatMap(([left, top, w, h], i) =>
            left <= x && x <= left + w && top > 2 && top + h < size.height - 2 ? [classes[i]] : [],
          ),
        ),
      );
    expect([...classesAt(23)]).toEqual(["motorcycle"]);
    expect([...classesAt(90)]).toEqual(["car"]);
    expect([...classesAt(150)]).toEqual(["truck"]);
  });

  test("sees the same in the same pictures", async () => {
    const street = { movers: [car(40, 2, { shadow: 6 }), car(120, 2.2)] };
    expect(await watch(street, 6)).toEqual(await watch(street, 6));
  });

  test("learns anew when everything is different", async () => {
    const detector = createBackgroundDetector(options);
    const [one, other] = [
      new SyntheticStreet({ ...size, movers: [] }, 1),
      new Uint8Array(size.width * size.height * 3),
    ];
    for (let i = 0; i < other.length; i++) other[i] = (i * 7919) % 251;
    for (let i = 0; i < 30; i++) await detector.detect(one.draw(i / 10), size.width, size.height, i / 10);
    for (let i = 30; i < 60; i++) {
      expect((await detector.detect(other, size.width, size.height, i / 10)).count).toBe(0);
    }
  });
});

describe("counting with it", () => {
  const scene = fc.record({
    cars: fc.array(
      fc.record({
        gap_s: fc.double({ min: 1.9, max: 4, noNaN: true }),
        speed: fc.integer({ min: 28, max: 56 }),
        colour: fc.constantFrom(white, red, black),
      }),
      { minLength: 1, maxLength: 4 },
    ),
    shadow: fc.constantFrom(0, 6),
  });

  test("counts every vehicle of random traffic once", async () => {
    await fc.assert(
      fc.asyncProperty(scene, async ({ cars, shadow }) => {
        let from_s = 2;
        const movers = cars.map(({ gap_s, speed, colour }, i) => {
          const mover = {
            size: carSize,
            colour,
            shadow,
            at: drivesDown(20 + 50 * (i % 3), 40, from_s, speed),
          };
          from_s += gap_s;
          return mover;
        });
        const street = new SyntheticStreet({ ...size, movers });
        const detector = createBackgroundDetector(options);
        const tracker = new Tracker();
        const counter = new LineCounter([directedLine(0, 56, 200, 56)]);
        let [forward, backward] = [0, 0];
        for (let t_s = 0; t_s < from_s + 6; t_s += 1 / perSecond) {
          const found = await detector.detect(street.draw(t_s), size.width, size.height, t_s);
          tracker.update(found, size.width, size.height, t_s);
          counter.observe(tracker, t_s, ({ direction }) => {
            if (direction === "forward") forward += 1;
            else backward += 1;
          });
        }
        expect([forward, backward]).toEqual([cars.length, 0]);
      }),
      { numRuns: 6 },
    );
  });
});
