import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { vehicleClasses } from "../../../core/traffic/vehicle-class.ts";
import { Tracker } from "../../../detectors/track/tracker.ts";
import { detectionsOf, type Sighting, seenAt } from "../../support/drive.ts";

const [width, height] = [640, 360];

interface Followed {
  readonly id: number;
  readonly class: string;
  readonly x: number;
  readonly y: number;
}

function provedTracks(tracker: Tracker): readonly Followed[] {
  const slots = [...tracker.ids.keys()].filter((slot) => tracker.ids[slot] !== 0 && tracker.proved(slot));
  return slots.map((slot) => {
    const [x = 0, y = 0, w = 0, h = 0] = tracker.boxes.subarray(slot * 4, slot * 4 + 4);
    return {
      id: tracker.ids[slot] ?? 0,
      class: vehicleClasses[tracker.classOf(slot)] ?? "",
      x: x + w / 2,
      y: y + h / 2,
    };
  });
}

/** Feeds `frames` pictures at `rate` a second; returns who was followed and proved after each. */
function watch(frames: number, rate: number, street: (frame: number) => readonly Sighting[], tracker = new Tracker()) {
  const history: (readonly Followed[])[] = [];
  for (let frame = 0; frame < frames; frame += 1) {
    tracker.update(detectionsOf(street(frame)), width, height, frame / rate);
    history.push(provedTracks(tracker));
  }
  return history;
}

const ids = (followed: readonly Followed[] | undefined): readonly number[] => (followed ?? []).map(({ id }) => id);

describe("following road users", () => {
  test("two cars that meet keep their tracks", () => {
    const history = watch(60, 25, (f) => [seenAt(50 + f * 8, 150), seenAt(590 - f * 8, 200)]);
    const [first, last] = [history[10], history.at(-1)];
    expect(first).toHaveLength(2);
    expect(ids(last)).toEqual(ids(first));
    const rightwards = first?.find(({ y }) => y < 175)?.id;
    expect(last?.find(({ id }) => id === rightwards)?.x).toBeGreaterThan(500);
  });

  test("a motorcycle faster than its own length a picture is one track", () => {
    const history = watch(20, 10, (f) => [seenAt(20 + f * 28, 180, [20, 34], 0.7, "motorcycle")]);
    expect(new Set(history.flatMap(ids)).size).toBe(1);
    expect(history.at(-1)).toHaveLength(1);
  });

  test("a car hidden for half a second behind a sign is the same car afterwards", () => {
    const hidden = (f: number): boolean => f >= 25 && f < 37;
    const history = watch(60, 25, (f) => (hidden(f) ? [] : [seenAt(60 + f * 8, 180)]));
    expect(ids(history.at(-1))).toEqual(ids(history[10]));
  });

  test("a car that is only doubtfully seen for a while keeps its track", () => {
    const history = watch(60, 25, (f) => [seenAt(60 + f * 8, 180, [60, 40], f > 20 && f < 45 ? 0.18 : 0.8)]);
    expect(new Set(history.flatMap(ids)).size).toBe(1);
  });

  test("the next car of a queue does not take over the track of the one that left the picture", () => {
    const history = watch(80, 25, (f) =>
      [seenAt(400 + f * 8, 180), seenAt(250 + f * 8, 180)].filter(({ box }) => box[0] + box[2] / 2 < width),
    );
    const leader = history[10]?.find(({ x }) => x > 400)?.id;
    expect(ids(history.at(-1))).not.toContain(leader);
  });

  test("a car keeps its track when the detector goes over from one box on it to another", () => {
    const front = (f: number): Sighting => seenAt(60 + f * 8, 180, [60, 40]);
    const whole = (f: number): Sighting => seenAt(48 + f * 8, 176, [92, 62]);
    const history = watch(50, 25, (f) => (f < 22 ? [front(f)] : f < 28 ? [front(f), whole(f)] : [whole(f)]));
    expect(ids(history.at(-1))).toEqual(ids(history[10]));
  });

  test("a car that appears a length behind where a hidden one must be is another car", () => {
    const place = (f: number): number => 60 + f * 8;
    const history = watch(60, 25, (f) =>
      f < 25 ? [seenAt(place(f), 180)] : f < 44 ? [] : [seenAt(place(f) - 75, 180)],
    );
    expect(history.at(-1)?.filter(({ x }) => Math.abs(x - (place(59) - 75)) < 10)).toHaveLength(1);
    expect(ids(history.at(-1)?.filter(({ x }) => x < place(59) - 40))).not.toContain(history[10]?.[0]?.id);
  });

  test("uneven picture times change nothing: a late picture is a longer step", () => {
    const tracker = new Tracker();
    const times = [0, 0.04, 0.08, 0.2, 0.24, 0.36, 0.4, 0.6, 0.64, 0.9];
    for (const t of times) tracker.update(detectionsOf([seenAt(60 + t * 250, 180)]), width, height, t);
    expect(provedTracks(tracker)).toHaveLength(1);
    expect(tracker.ids.filter((id) => id !== 0)).toHaveLength(1);
  });

  test("the class is voted over the track's life", () => {
    const history = watch(30, 25, (f) => [seenAt(60 + f * 8, 180, [90, 60], 0.7, f % 4 === 0 ? "car" : "bus")]);
    expect(history.at(-1)?.[0]?.class).toBe("bus");
  });
});

describe("believing what was seen", () => {
  test("a flicker of two pictures is no road user", () => {
    const history = watch(20, 25, (f) => (f < 2 ? [seenAt(300, 180)] : []));
    expect(history.flat()).toHaveLength(0);
  });

  test("a road marking that the detector doubtfully takes for a car all the time is none", () => {
    const history = watch(500, 25, (f) => [seenAt(300 + (f % 3), 180, [60, 40], 0.3)]);
    expect(history.flat()).toHaveLength(0);
  });

  test("a car that is never seen surely is believed once it has moved like one", () => {
    const history = watch(40, 25, (f) => [seenAt(60 + f * 8, 180, [60, 40], 0.3)]);
    expect(history[3]).toHaveLength(0);
    expect(history.at(-1)).toHaveLength(1);
  });

  test("a van seen as car and as truck at once is one", () => {
    const history = watch(30, 25, (f) => [
      seenAt(60 + f * 8, 180, [60, 40], 0.7, "car"),
      seenAt(61 + f * 8, 181, [62, 41], 0.6, "truck"),
    ]);
    expect(history.at(-1)).toHaveLength(1);
  });

  test("the cab of a lorry is no vehicle of its own", () => {
    const history = watch(30, 25, (f) => [
      seenAt(100 + f * 8, 180, [120, 60], 0.7, "truck"),
      seenAt(135 + f * 8, 180, [50, 56], 0.35, "car"),
    ]);
    expect(history.at(-1)?.map((track) => track.class)).toEqual(["truck"]);
  });

  test("one box around two neighbours does not hide them", () => {
    const history = watch(30, 25, (f) => [
      seenAt(60 + f * 8, 160, [60, 38], 0.6),
      seenAt(60 + f * 8, 200, [60, 38], 0.6),
      seenAt(60 + f * 8, 180, [62, 80], 0.7),
    ]);
    expect(
      history
        .at(-1)
        ?.map(({ y }) => Math.round(y))
        .toSorted(),
    ).toEqual([160, 200]);
  });

  test("a rider and the motorcycle below are one road user", () => {
    const history = watch(30, 25, (f) => [
      seenAt(60 + f * 8, 190, [24, 36], 0.6, "motorcycle"),
      seenAt(60 + f * 8, 172, [18, 40], 0.7, "pedestrian"),
    ]);
    expect(history.at(-1)?.map((track) => track.class)).toEqual(["motorcycle"]);
  });

  test("a motorcycle and its wheel, both seen as motorcycles, are one", () => {
    const history = watch(30, 25, (f) => [
      seenAt(60 + f * 8, 180, [24, 60], 0.6, "motorcycle"),
      seenAt(62 + f * 8, 198, [18, 22], 0.5, "motorcycle"),
    ]);
    expect(history.at(-1)?.map(({ y }) => Math.round(y))).toEqual([180]);
  });

  test("a motorcycle half hidden behind another is one of its own", () => {
    const history = watch(30, 25, (f) => [
      seenAt(60 + f * 8, 190, [24, 60], 0.6, "motorcycle"),
      seenAt(70 + f * 8, 170, [24, 60], 0.5, "motorcycle"),
    ]);
    expect(history.at(-1)).toHaveLength(2);
  });

  test("a motorcycle seen as a car at once is one", () => {
    const history = watch(30, 25, (f) => [
      seenAt(60 + f * 8, 180, [30, 58], 0.6, "motorcycle"),
      seenAt(61 + f * 8, 181, [32, 60], 0.5, "car"),
    ]);
    expect(history.at(-1)?.map((track) => track.class)).toEqual(["motorcycle"]);
  });

  test("a motorcycle before a car leaves the car", () => {
    const history = watch(30, 25, (f) => [
      seenAt(60 + f * 8, 180, [26, 58], 0.6, "motorcycle"),
      seenAt(60 + f * 8, 170, [90, 66], 0.5, "car"),
    ]);
    expect(history.at(-1)).toHaveLength(2);
  });

  test("a box that fills most of the picture is the scene", () => {
    const history = watch(30, 25, (f) => [seenAt(320 + f, 180, [600, 330], 0.8)]);
    expect(history.flat()).toHaveLength(0);
  });
});

describe("the seam of a looping film", () => {
  test("ends every track, and never gives an id again", () => {
    const tracker = new Tracker();
    const drive = (f: number): readonly Sighting[] => [seenAt(60 + f * 8, 180)];
    const before = watch(30, 25, drive, tracker).at(-1);
    tracker.reset();
    expect(tracker.ids.every((id) => id === 0)).toBe(true);
    const after = watch(30, 25, drive, tracker).at(-1);
    expect(after).toHaveLength(1);
    expect(ids(before)).not.toContain(ids(after)[0]);
  });
});

test("the same pictures give the same tracks, however wild they are", () => {
  const sighting = fc.record({
    class: fc.constantFrom(...vehicleClasses),
    score: fc.integer({ min: 10, max: 99 }).map((percent) => percent / 100),
    box: fc.tuple(
      fc.integer({ min: -20, max: 640 }),
      fc.integer({ min: -20, max: 360 }),
      fc.integer({ min: 0, max: 200 }),
      fc.integer({ min: 0, max: 200 }),
    ),
  });
  const film = fc.array(fc.array(sighting, { maxLength: 12 }), { minLength: 5, maxLength: 25 });
  fc.assert(
    fc.property(film, (frames) => {
      const street = (f: number): readonly Sighting[] => frames[f] ?? [];
      const once = watch(frames.length, 25, street);
      expect(watch(frames.length, 25, street)).toEqual(once);
      for (const { x, y } of once.flat()) expect(Number.isFinite(x) && Number.isFinite(y)).toBe(true);
    }),
  );
});
