/** The player's reckoning: time, view, keys, lanes on the ground, and vehicles between two seconds. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hullOf } from "../../../api/web/src/player/hull.ts";
import { kindOf, kinds } from "../../../api/web/src/player/kinds.ts";
import { LanePaths, type Place } from "../../../api/web/src/player/lane-paths.ts";
import { Moments } from "../../../api/web/src/player/moments.ts";
import { advanced, clockText, paced, paces, soughtTo, stepped, toggled } from "../../../api/web/src/player/playback.ts";
import { commandOf, shortcuts } from "../../../api/web/src/player/shortcuts.ts";
import { boundsOf, fitted, groundAt, moved, scaleBar_m, zoomed } from "../../../api/web/src/player/view.ts";
import { openReplay, type Replay } from "../../../core/replay/decode.ts";
import { encodeHead, ReplayEncoder } from "../../../core/replay/encode.ts";
import type { ReplayHeader, ReplayLane } from "../../../core/replay/format.ts";

const playback = { at_s: 10, length_s: 100, playing: true, pace: 2 };

describe("playing back", () => {
  it("goes on by the reader's seconds times the pace, and stands at the end", () => {
    expect(advanced(playback, 1.5).at_s).toBe(13);
    expect(advanced({ ...playback, playing: false }, 5).at_s).toBe(10);
    expect(advanced(playback, 60)).toMatchObject({ at_s: 100, playing: false });
    expect(toggled({ ...playback, at_s: 100, playing: false })).toMatchObject({ at_s: 0, playing: true });
  });

  it("steps to whole seconds, and never beyond its ends", () => {
    expect(stepped({ ...playback, at_s: 10.4 }, 1)).toMatchObject({ at_s: 11, playing: false });
    expect(stepped({ ...playback, at_s: 10.4 }, -1)).toMatchObject({ at_s: 10, playing: false });
    fc.assert(
      fc.property(fc.double({ min: -1e4, max: 1e4, noNaN: true }), (at_s) => {
        const sought = soughtTo(playback, at_s).at_s;
        expect(sought).toBeGreaterThanOrEqual(0);
        expect(sought).toBeLessThanOrEqual(100);
      }),
    );
  });

  it("has paces from a quarter to sixty", () => {
    expect([paces[0], paces.at(-1)]).toEqual([0.25, 60]);
    expect(paced(playback, 1).pace).toBe(5);
    expect(paced({ ...playback, pace: 60 }, 1).pace).toBe(60);
    expect(paced({ ...playback, pace: 0.25 }, -1).pace).toBe(0.25);
  });

  it("tells the scenario's time of day", () => {
    expect(clockText(25_200)).toBe("07:00:00");
    expect(clockText(86_399.9)).toBe("23:59:59");
  });
});

describe("the view", () => {
  const size = { width: 800, height: 500 };

  it("keeps what is under the pointer there while it zooms", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.2, max: 5, noNaN: true }),
        fc.integer({ min: 0, max: 800 }),
        fc.integer({ min: 0, max: 500 }),
        (factor, px, py) => {
          const view = { x: 120, y: -40, scale: 2 };
          const [x, y] = groundAt(view, size, px, py);
          const [x2, y2] = groundAt(zoomed(view, size, factor, px, py), size, px, py);
          expect(x2).toBeCloseTo(x, 6);
          expect(y2).toBeCloseTo(y, 6);
        },
      ),
    );
  });

  it("has a bar of a round number of metres, from a third of a thumb to a thumb wide", () => {
    fc.assert(
      fc.property(fc.double({ min: 0.005, max: 60, noNaN: true }), (scale) => {
        const length_m = scaleBar_m({ x: 0, y: 0, scale });
        expect(length_m * scale).toBeLessThanOrEqual(140.0001);
        expect(length_m * scale).toBeGreaterThan(55);
        expect(["1", "2", "5"]).toContain(length_m.toExponential()[0]);
      }),
    );
  });

  it("moves with the hand, and shows all roads at first", () => {
    const view = fitted(boundsOf([Float64Array.from([0, 0, 1000, 500])]), size);
    expect(groundAt(view, size, 0, 500)[0]).toBeLessThan(0);
    expect(groundAt(view, size, 800, 0)[1]).toBeGreaterThan(500);
    const [x] = groundAt(view, size, 100, 100);
    expect(groundAt(moved(view, 30, 0), size, 130, 100)[0]).toBeCloseTo(x, 9);
  });
});

describe("keys", () => {
  const typed = (key: string, shiftKey = false) => ({ key, shiftKey, ctrlKey: false, altKey: false, metaKey: false });

  it("do everything that the pointer can", () => {
    const done = new Set(shortcuts.map(({ command }) => command));
    for (const command of [
      "play",
      "back",
      "on",
      "slower",
      "faster",
      "closer",
      "farther",
      "fit",
      "left",
      "up",
      "queues",
      "look",
    ] as const) {
      expect(done).toContain(command);
    }
    expect(commandOf(typed("ArrowLeft"), false)).toBe("back");
    expect(commandOf(typed("ArrowLeft", true), false)).toBe("left");
    expect(commandOf(typed("Q", true), false)).toBe("queues");
  });

  it("are left to a button or a slider that has the focus", () => {
    expect(commandOf(typed(" "), true)).toBeNull();
    expect(commandOf(typed("ArrowRight"), true)).toBeNull();
    expect(commandOf(typed("."), true)).toBe("faster");
    expect(commandOf({ ...typed("+"), ctrlKey: true }, false)).toBeNull();
  });
});

const corner: ReplayLane = {
  id: "a_0",
  // Driven length and drawn length differ, as in many networks.
  length_m: 40,
  width_m: 3.2,
  inside: false,
  shape: Float64Array.from([0, 0, 10, 0, 10, 10]),
};

describe("lanes on the ground", () => {
  const paths = new LanePaths([corner]);
  const at = (position_m: number, lateral_m = 0): Place => {
    const place = { x: 0, y: 0, dx: 0, dy: 0 };
    paths.place(0, position_m, lateral_m, place);
    return place;
  };

  it("are driven along from corner to corner, by the length that is driven", () => {
    expect(at(0)).toMatchObject({ x: 0, y: 0, dx: 1, dy: 0 });
    expect(at(30).x).toBeCloseTo(10, 9);
    expect(at(30).y).toBeCloseTo(5, 9);
    expect(at(30).dy).toBeCloseTo(1, 9);
  });

  it("have their left on the left", () => {
    expect(at(10, 1).y).toBeCloseTo(1, 9);
    expect(at(30, 1).x).toBeCloseTo(9, 9);
  });

  it("that are not drawn hold nobody anywhere", () => {
    const bare = new LanePaths([{ ...corner, shape: Float64Array.from([5, 5]) }, corner]);
    const place = { x: 0, y: 0, dx: 0, dy: 0 };
    bare.place(0, 3, 0, place);
    expect([place.x, place.y, bare.isDrawn(0), bare.isDrawn(1)]).toEqual([Number.NaN, Number.NaN, false, true]);
  });

  it("are found again from a point on them", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 40, noNaN: true }), (position_m) => {
        const { x, y } = at(position_m);
        const { off_m, at_m } = paths.nearest(0, x, y);
        expect(off_m).toBeCloseTo(0, 6);
        expect(at_m).toBeCloseTo(position_m, 6);
      }),
    );
  });
});

it("a junction's ground is the outer corners of its paths", () => {
  const points: [number, number][] = [
    [0, 0],
    [4, 0],
    [4, 4],
    [0, 4],
    [2, 2],
    [1, 3],
  ];
  expect(hullOf(points)).toHaveLength(4);
  expect(hullOf(points)).not.toContainEqual([2, 2]);
});

it("every class of vehicle has a kind", () => {
  expect([kindOf("passenger"), kindOf("moped"), kindOf("coach")].map((at) => kinds[at])).toEqual([
    "car",
    "motorcycle",
    "bus",
  ]);
  expect(kinds[kindOf("ship")]).toBe("other");
});

describe("vehicles between two seconds", () => {
  const straight: ReplayLane = { ...corner, length_m: 100, shape: Float64Array.from([0, 0, 100, 0]) };
  const header: ReplayHeader = {
    scenario: "straight",
    seed: 1,
    begin_s: 0,
    frame_s: 1,
    types: [{ id: "car", class: "passenger", length_m: 5, width_m: 1.8 }],
    vehicles: { ids: ["a", "b"], types: [0, 0] },
    signals: [],
  };

  /** `a` drives 10 m each second, `b` stands 50 m along and leaves after the first second. */
  function replay(): Replay {
    const encoder = new ReplayEncoder(header);
    const parts = [encodeHead(header, [straight]).slice()];
    for (let second = 0; second < 4; second += 1) {
      const count = second < 2 ? 2 : 1;
      const frame = {
        count,
        vehicle: Int32Array.from([0, 1]),
        lane: Int32Array.from([0, 0]),
        position_m: Float32Array.from([10 * second, 50]),
        lateral_m: Float32Array.from([0, 0]),
        speed_m_s: Float32Array.from([10, 0]),
        shown: [],
      };
      parts.push(encoder.frame(frame).slice());
    }
    parts.push(encoder.end().slice());
    const read = openReplay(Uint8Array.from(parts.flatMap((part) => [...part])));
    if (!read.ok) throw new Error(read.problems[0]?.code);
    return read.value;
  }

  it("are where they would be had they driven on evenly, in any order of moments", () => {
    const read = replay();
    const moments = new Moments(read, new LanePaths(read.lanes));
    for (const at_s of [2.25, 0.5, 1.75, 0, 3, 2.5]) {
      moments.show(at_s);
      expect(moments.x[0]).toBeCloseTo(10 * at_s, 4);
      expect(moments.y[0]).toBeCloseTo(0, 6);
    }
  });

  it("are counted with those who stand, and with where the queue begins", () => {
    const read = replay();
    const moments = new Moments(read, new LanePaths(read.lanes));
    moments.show(0.5);
    expect([moments.count, moments.standing, moments.queued[0], moments.queueFrom_m[0]]).toEqual([2, 1, 1, 45]);
    moments.show(2.5);
    expect([moments.count, moments.standing, moments.queueFrom_m[0]]).toEqual([1, 0, 100]);
  });
});
