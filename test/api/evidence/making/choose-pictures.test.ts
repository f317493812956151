import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { choosePictures } from "../../../../api/evidence/making/choose-pictures.ts";
import { actPts_s, boxAt, picturesAt_ms } from "../../../../api/evidence/making/stream-time.ts";
import type { ClipPicture } from "../../../../detectors/index.ts";
import { stagedAct } from "../../../support/staged-act.ts";

const start_ms = 1_700_000_000_000;

/** Pictures of one connection: 25 a second from `from_s` on, that arrive `late_ms` after they were seen. */
const film = (from_s: number, count: number, late_ms = 0, session_ms = start_ms): readonly ClipPicture[] =>
  Array.from({ length: count }, (_, n) => {
    const pts_s = from_s + n / 25;
    const arrival_ms = session_ms + pts_s * 1000 + late_ms;
    return { clip_s: n / 25, session_ms, pts_s, arrival_ms, key: n % 25 === 0, guessed: false };
  });

function chosenOf(pictures: readonly ClipPicture[], detection: ReturnType<typeof stagedAct>) {
  return choosePictures(pictures, picturesAt_ms(pictures, detection), detection, actPts_s(detection));
}

describe("the stills of an act", () => {
  test("are the last picture before it, the first of it, and the end of the track", () => {
    fc.assert(
      fc.property(fc.double({ min: 4, max: 6, noNaN: true }), fc.integer({ min: 0, max: 900 }), (act_s, late_ms) => {
        const pictures = film(0, 250, late_ms);
        const chosen = chosenOf(pictures, stagedAct({ start_ms, act_s, change: { uncertainty_ms: 0 } }));
        const seen_s = [chosen?.a, chosen?.b, chosen?.c].map(
          (each) => pictures[each?.index ?? -1]?.pts_s ?? Number.NaN,
        );
        const [a, b, c] = seen_s as [number, number, number];
        expect(b - a).toBeCloseTo(0.04);
        expect(a).toBeLessThan(act_s + 1e-6);
        expect(b).toBeGreaterThan(act_s - 1e-6);
        expect(Math.abs(c - (act_s + 1))).toBeLessThanOrEqual(0.0201);
      }),
    );
  });

  test("before it keep away by as much as its time is uncertain", () => {
    const chosen = chosenOf(film(0, 250), stagedAct({ start_ms, act_s: 5, change: { uncertainty_ms: 100 } }));
    expect([chosen?.a.index, chosen?.b.index]).toEqual([122, 125]);
  });

  test("say where the vehicle is in each, and nothing where its track does not", () => {
    const detection = stagedAct({ start_ms, act_s: 5 });
    const whole = chosenOf(film(0, 250), detection);
    const [x] = whole?.b.box ?? [];
    expect(x).toBeCloseTo(0.1 + 30 * 0.015, 2);
    const short = { ...detection, points: detection.points.slice(0, 31) };
    expect(chosenOf(film(0, 250), short)?.c).toMatchObject({ index: 150, box: null });
  });

  test("of a clip without the act are none", () => {
    expect(chosenOf(film(20, 100), stagedAct({ start_ms, act_s: 5 }))).toBeNull();
    expect(chosenOf(film(0, 250, 0, start_ms + 1), stagedAct({ start_ms, act_s: 5 }))).toBeNull();
  });

  test("for the plate are few, apart, and the largest whole views first", () => {
    const detection = stagedAct({ start_ms, act_s: 5 });
    const points = detection.points.map((point, n) => {
      const box: [number, number, number, number] = n > 35 ? [0.9, 0.5, 0.1, 0.4] : [0.3, 0.3, 0.1 + n / 400, 0.2];
      return { ...point, box };
    });
    const frames = chosenOf(film(0, 250), { ...detection, points })?.plate ?? [];
    expect(frames.length).toBeGreaterThan(4);
    expect(frames.length).toBeLessThanOrEqual(8);
    // At 5.5 s, between two pictures.
    expect(frames[0]?.index).toBe(137);
    const sorted = frames.map(({ index }) => index).toSorted((a, b) => a - b);
    expect(Math.min(...sorted.slice(1).map((index, n) => index - (sorted[n] ?? 0)))).toBeGreaterThanOrEqual(3);
  });
});

describe("the time of a picture", () => {
  test("is the stream's own, set by the act, and never runs backwards across an outage", () => {
    const detection = stagedAct({ start_ms, act_s: 5 });
    // Before the outage pictures came half a second late; the next connection has another clock.
    const pictures = [...film(3, 75, 500), ...film(0, 50, 200, start_ms + 6000)];
    const at_ms = picturesAt_ms(pictures, detection);
    expect(at_ms[50]).toBeCloseTo(start_ms + 5000);
    expect(at_ms[75]).toBeCloseTo(start_ms + 6200);
    expect(at_ms.every((at, n) => n === 0 || at >= (at_ms[n - 1] as number))).toBe(true);
  });

  test("of a track's box lies between its points, and far from them nowhere", () => {
    const { points } = stagedAct({ start_ms, act_s: 5 });
    expect(boxAt(points, 2.05)?.[0]).toBeCloseTo(0.1 + 0.5 * 0.015);
    expect(boxAt(points, 6.2)).toEqual(points.at(-1)?.box);
    expect(boxAt(points, 7)).toBeNull();
    expect(boxAt(points, 1)).toBeNull();
  });
});
