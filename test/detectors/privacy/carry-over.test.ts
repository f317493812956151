import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CarriedUsers, type Look } from "../../../detectors/privacy/carry-over.ts";
import type { Box, Present, Seen } from "../../../detectors/privacy/region.ts";

const rider = (box: Box, plates: readonly Box[] | null = null): Seen => ({
  kind: "motorcycle",
  score: 0.6,
  box,
  plates,
});

/** A rider of 60 x 120 pixels who moves to the right. */
const place = (time_s: number, speed_px: number): Box => [100 + speed_px * time_s, 200, 60, 120];

const looksAt = (times: readonly number[], see: (time_s: number) => readonly Seen[]): Look[] =>
  times.map((time_s) => ({ time_s, seen: see(time_s) }));

const contains = (outer: Box, inner: Box): boolean =>
  outer[0] <= inner[0] + 1e-6 &&
  outer[1] <= inner[1] + 1e-6 &&
  outer[0] + outer[2] >= inner[0] + inner[2] - 1e-6 &&
  outer[1] + outer[3] >= inner[1] + inner[3] - 1e-6;

const only = (present: readonly Present[]): Present => {
  expect(present).toHaveLength(1);
  return present[0] as Present;
};

describe("people between looks", () => {
  it("moves somebody seen at two looks from one place to the other", () => {
    fc.assert(
      fc.property(
        fc.double({ min: -300, max: 300, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (speed, at) => {
          const users = new CarriedUsers(looksAt([0, 0.2, 0.4, 0.6, 0.8, 1], (t) => [rider(place(t, speed))]));
          const { box } = only(users.at(at));
          for (const side of [0, 1, 2, 3] as const) expect(box[side]).toBeCloseTo(place(at, speed)[side], 6);
        },
      ),
    );
  });

  it("bridges looks that missed somebody, and is less sure the farther it is from a look", () => {
    const missed = looksAt([0, 0.2, 0.4, 0.6, 0.8], (t) => (t > 0.3 && t < 0.7 ? [] : [rider(place(t, 150))]));
    const users = new CarriedUsers(missed);
    expect(only(users.at(0.5)).box[0]).toBeCloseTo(place(0.5, 150)[0], 6);
    expect(only(users.at(0.5)).slack_px).toBeGreaterThan(only(users.at(0.3)).slack_px);
    expect(only(users.at(0.2)).slack_px).toBe(0);
  });

  it("is there some way before the first sight and after the last, and then no longer", () => {
    const users = new CarriedUsers(
      looksAt([0, 1, 1.2, 1.4, 2.4], (t) => (t < 1 || t > 2 ? [] : [rider(place(t, 150))])),
    );
    for (const time_s of [0.7, 0.9, 1.5, 1.7]) {
      expect(only(users.at(time_s)).box[0]).toBeCloseTo(place(time_s, 150)[0], 6);
    }
    expect(users.at(0.5)).toEqual([]);
    expect(users.at(1.9)).toEqual([]);
  });

  it("leaves out what was seen once and weakly, but not in a clip that was looked at once", () => {
    const weak: Seen = { kind: "pedestrian", score: 0.15, box: [10, 10, 20, 50], plates: null };
    const looks = looksAt([0, 0.2, 0.4], (t) => (t === 0.2 ? [weak] : []));
    expect(new CarriedUsers(looks).at(0.2)).toEqual([]);
    expect(new CarriedUsers([{ time_s: 0, seen: [weak] }]).at(0)).toHaveLength(1);
    const sure = looksAt([0, 0.2, 0.4], (t) => (t === 0.2 ? [{ ...weak, score: 0.5 }] : []));
    expect(new CarriedUsers(sure).at(0.25)).toHaveLength(1);
  });

  it("keeps two who ride side by side apart", () => {
    const beside = (box: Box): Box => [box[0], box[1] + 130, box[2], box[3]];
    const users = new CarriedUsers(
      looksAt([0, 0.2, 0.4, 0.6], (t) => {
        const both = [rider(place(t, 200)), rider(beside(place(t, 200)))];
        return t === 0.2 ? both.reverse() : both;
      }),
    );
    const tops = users.at(0.3).map(({ box }) => box[1]);
    expect(tops.sort((a, b) => a - b)).toEqual([200, 330]);
  });
});

describe("plates between looks", () => {
  const plateOf = ([x, y, w, h]: Box): Box => [x + 0.3 * w, y + 0.8 * h, 0.4 * w, 0.1 * h];

  it("moves with a vehicle that is too fast to be followed by its plate alone", () => {
    // Plates are looked for twice a second; in that time it moves by ten plates.
    const looks = looksAt([0, 0.167, 0.333, 0.5, 0.667, 0.833, 1], (t) => {
      const box = place(t, 500);
      return [rider(box, t === 0.5 ? [plateOf(box)] : null)];
    });
    const users = new CarriedUsers(looks);
    for (const time_s of [0.05, 0.25, 0.4, 0.5, 0.61, 0.95]) {
      const { plates } = only(users.at(time_s));
      expect(plates).toHaveLength(1);
      expect(contains(plates[0] as Box, plateOf(place(time_s, 500)))).toBe(true);
    }
  });

  it("is drawn where it was seen before and where it is seen after", () => {
    const looks = looksAt([0, 0.5, 1], (t) => {
      const box = place(t, 40);
      const [x, y, w, h] = plateOf(box);
      return [rider(box, t === 0.5 ? [] : [[x + 8 * t, y, w, h]])];
    });
    expect(only(new CarriedUsers(looks).at(0.5)).plates).toHaveLength(2);
    expect(only(new CarriedUsers(looks).at(0)).plates).toHaveLength(1);
  });

  it("is not drawn onto a vehicle that has become several times as large", () => {
    const looks = looksAt([0, 0.25, 0.5], (t) => {
      const size = 1.6 ** (t * 4);
      const box: Box = [100, 100, 60 * size, 80 * size];
      return [rider(box, t === 0 ? [plateOf(box)] : null)];
    });
    const users = new CarriedUsers(looks);
    expect(only(users.at(0.25)).plates).toHaveLength(1);
    expect(only(users.at(0.5)).plates).toEqual([]);
  });

  it("is not drawn long after it was seen", () => {
    const times = Array.from({ length: 20 }, (_, i) => i / 5);
    const users = new CarriedUsers(
      looksAt(times, (t) => [rider(place(t, 20), t === 0 ? [plateOf(place(0, 20))] : null)]),
    );
    expect(only(users.at(1)).plates).toHaveLength(1);
    expect(only(users.at(3)).plates).toEqual([]);
  });
});
