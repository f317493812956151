/** Traffic made of numbers: tracks for which a test knows the answer. */
import type { TrackedBox } from "../../../../core/measures/tracking/paired-sequence.ts";
import { COMBINED, scoreTracks } from "../../../../core/measures/tracking/score-tracks.ts";

/** A 10 x 10 box that stands still in a lane of its own; lanes are too far apart to overlap. */
export const standing = (id: number, lane: number, frames: readonly number[], shift = 0): TrackedBox[] =>
  frames.map((frame) => ({ frame, id, box: [100 * lane + shift, 0, 10, 10] }));

export const frames = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);

export function scoresOf(truth: readonly TrackedBox[], tracks: readonly TrackedBox[]) {
  const scores = scoreTracks([{ name: "street", truth, tracks }])[COMBINED];
  if (scores === undefined) throw new Error("no combined scores");
  return scores;
}

/** Chance with a seed (Mulberry32): boxes from it are never alike, so that no two pairings are equally good. */
function chance(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Objects that drive through each other's boxes, and a tracker that misses, invents, drifts and swaps. */
export function crowd(seed: number): { truth: TrackedBox[]; tracks: TrackedBox[] } {
  const random = chance(seed);
  const truth: TrackedBox[] = [];
  const tracks: TrackedBox[] = [];
  const objects = 2 + Math.floor(random() * 5);
  for (let id = 0; id < objects; id += 1) {
    const [x, y, speed] = [random() * 60, random() * 20, random() * 4 - 2];
    const [first, last] = [Math.floor(random() * 8), 10 + Math.floor(random() * 10)];
    let name = id * 100;
    for (let frame = first + 1; frame <= last; frame += 1) {
      const left = x + speed * frame;
      truth.push({ frame, id, box: [left, y, 20, 15] });
      if (random() < 0.1) name += 1;
      if (random() < 0.15) continue;
      tracks.push({ frame, id: name, box: [left + random() * 6 - 3, y + random() * 4 - 2, 20, 15] });
    }
  }
  for (let ghost = 0; ghost < 5; ghost += 1) {
    const frame = 1 + Math.floor(random() * 20);
    tracks.push({ frame, id: 10_000 + ghost, box: [random() * 60, random() * 20, 20, 15] });
  }
  return { truth, tracks };
}
