/**
 * NanoDet's output to boxes. Each cell of a level scores every class and gives the distance from its centre to each
 * side of the box as a distribution over 0 to `bins - 1` strides, whose expectation is the distance
 * (Li et al. 2020, "Generalized Focal Loss", eq. 5).
 */
import type { Candidates } from "./candidates.ts";

/** One level of the network: a grid of `columns` x `rows` cells, `stride` input pixels apart. */
export interface Level {
  readonly stride: number;
  readonly columns: number;
  readonly rows: number;
  /** [cells x scoresPerCell], probabilities. */
  readonly scores: Float32Array;
  /** [cells x 4 x bins]: left, top, right, bottom. */
  readonly bins: Float32Array;
}

export interface Decoding {
  readonly scoresPerCell: number;
  readonly bins: number;
  /** Positions of the wanted classes among a cell's scores, and what each is to us. */
  readonly wanted: Int32Array;
  readonly vehicleClass: Uint8Array;
  readonly scoreThreshold: number;
  /** Frame pixels per input pixel, and the frame's size. */
  readonly scaleX: number;
  readonly scaleY: number;
  readonly frameWidth: number;
  readonly frameHeight: number;
}

/** Adds to `candidates` every cell whose best wanted class reaches the threshold, as a box on the frame. */
export function decodeLevel(level: Level, decoding: Decoding, candidates: Candidates): void {
  const { scores, columns } = level;
  const { scoresPerCell, wanted, scoreThreshold } = decoding;
  const cells = columns * level.rows;
  for (let cell = 0, at = 0; cell < cells; cell++, at += scoresPerCell) {
    let best = 0;
    let bestScore = -1;
    for (let w = 0; w < wanted.length; w++) {
      const score = scores[at + (wanted[w] as number)] as number;
      if (score > bestScore) {
        bestScore = score;
        best = w;
      }
    }
    if (bestScore >= scoreThreshold) addBox(level, decoding, cell, best, bestScore, candidates);
  }
}

function addBox(level: Level, decoding: Decoding, cell: number, best: number, score: number, out: Candidates): void {
  const { bins, scaleX, scaleY, frameWidth, frameHeight } = decoding;
  const { stride, columns } = level;
  const at = cell * 4 * bins;
  const x = ((cell % columns) + 0.5) * stride;
  const y = (Math.floor(cell / columns) + 0.5) * stride;
  const left = Math.max(0, (x - expectation(level.bins, at, bins) * stride) * scaleX);
  const top = Math.max(0, (y - expectation(level.bins, at + bins, bins) * stride) * scaleY);
  const right = Math.min(frameWidth, (x + expectation(level.bins, at + 2 * bins, bins) * stride) * scaleX);
  const bottom = Math.min(frameHeight, (y + expectation(level.bins, at + 3 * bins, bins) * stride) * scaleY);
  // Only on the grey border can a box lie outside the frame.
  if (right <= left || bottom <= top) return;
  const { count, corners } = out;
  corners[count * 4] = left;
  corners[count * 4 + 1] = top;
  corners[count * 4 + 2] = right;
  corners[count * 4 + 3] = bottom;
  out.scores[count] = score;
  out.classes[count] = decoding.vehicleClass[best] as number;
  out.count = count + 1;
}

/** Mean of 0, 1, ... under the softmax of `bins` values at `start`. */
export function expectation(values: Float32Array, start: number, bins: number): number {
  let largest = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < bins; i++) largest = Math.max(largest, values[start + i] as number);
  let sum = 0;
  let weighted = 0;
  for (let i = 0; i < bins; i++) {
    const e = Math.exp((values[start + i] as number) - largest);
    sum += e;
    weighted += e * i;
  }
  return weighted / sum;
}
