import { describe, expect, it } from "vitest";
import { PassersBy } from "../../../core/plates/passers-by.ts";
import type { Crossing, FeedView } from "../../../core/ports/detection-feed.ts";

const session_ms = 1_000_000;
type Box = readonly [number, number, number, number];

const view = (pts_s: number, boxes: Readonly<Record<number, Box>>, feed = "camera-1"): FeedView => ({
  feed,
  at_ms: session_ms + pts_s * 1000,
  stream: { session_ms, pts_s },
  tracks: Object.entries(boxes).map(([track, box]) => ({ track: Number(track), class: "car", box })),
});

const crossing = (track: number, pts_s: number, change: Partial<Crossing> = {}): Crossing => ({
  feed: "camera-1",
  line: "stop",
  lane: null,
  at_ms: session_ms + pts_s * 1000,
  class: "car",
  direction: "forward",
  track,
  speed_kmh: null,
  speed_error_kmh: null,
  distance_m: null,
  stream: { session_ms, pts_s },
  ...change,
});

function street(mostWaiting = 10) {
  const lost: string[] = [];
  const passers = new PassersBy({
    cameras: ["camera-1"],
    mostWaiting,
    lost: (why, camera) => lost.push(`${why} ${camera}`),
  });
  return { passers, lost };
}

describe("vehicles whose plate is to be read", () => {
  it("are shown where they are large and whole, in pictures that differ, before and after the line", () => {
    const { passers } = street();
    // It comes closer from 0 s to 4 s, and from 3.5 s on the picture's edge cuts it off.
    for (let i = 0; i <= 40; i++) {
      const size = 0.05 + i * 0.005;
      passers.saw(view(i / 10, { 7: [0.4, i >= 35 ? 1 - size : 0.5, size, size] }));
    }
    passers.crossed(crossing(7, 3), 3000);
    passers.gather(4999);
    expect(passers.take(9)).toEqual([]);
    passers.gather(5000);
    const [passer] = passers.take(9);
    expect(passer?.points.map(({ stream }) => stream.pts_s)).toEqual([2.6, 2.8, 3, 3.2, 3.4]);
    expect(passers.take(9)).toEqual([]);
  });

  it("count once, however many lines they cross, and again under another connection", () => {
    const { passers } = street();
    passers.saw(view(1, { 7: [0.4, 0.4, 0.1, 0.1] }));
    passers.crossed(crossing(7, 1), 0);
    passers.crossed(crossing(7, 1, { line: "exit" }), 0);
    expect(passers.waiting).toBe(1);
    passers.crossed(crossing(7, 1, { stream: { session_ms: session_ms + 1, pts_s: 1 } }), 0);
    expect(passers.waiting).toBe(2);
  });

  it("are lost when too many wait, and when no view shows them", () => {
    const { passers, lost } = street(1);
    passers.crossed(crossing(7, 1), 0);
    passers.crossed(crossing(8, 1), 0);
    passers.gather(2000);
    expect(lost).toEqual(["too_many camera-1", "unseen camera-1"]);
    expect(passers.waiting).toBe(0);
  });

  it("are none before cameras that do not read plates, or have no stream", () => {
    const { passers, lost } = street();
    passers.saw(view(1, { 7: [0.4, 0.4, 0.1, 0.1] }, "camera-2"));
    passers.crossed(crossing(7, 1, { feed: "camera-2" }), 0);
    passers.crossed(crossing(7, 1, { stream: undefined }), 0);
    passers.gather(9000);
    expect([passers.waiting, lost]).toEqual([0, []]);
  });
});
