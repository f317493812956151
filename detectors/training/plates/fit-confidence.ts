/**
 * The weights of `core/plates/confidence.ts`, fitted on trials: logistic regression by Newton's method with a ridge, as in
 * Hastie, Tibshirani and Friedman, "The Elements of Statistical Learning" (2009), section 4.4.
 */
import {
  type ConfidenceWeights,
  confidenceFeatures,
  confidenceOf,
  confidenceWeights,
} from "../../../core/plates/confidence.ts";
import type { Trial } from "./drawn-trials.ts";

/** What a trial says of the confidence: nothing where no plate was found. */
interface Sample {
  readonly x: readonly [number, number, number, number];
  readonly right: boolean;
}

const RIDGE = 0.5;
const ROUNDS = 30;
/** A wrong text costs as much as so many plates that are not read. */
const WRONG_COST = 5;

const samplesOf = (trials: readonly Trial[]): Sample[] =>
  trials.flatMap(({ evidence, read, text }) => {
    if (evidence === null) return [];
    const { share, weakest, score } = confidenceFeatures(evidence);
    return [{ x: [1, share, weakest, score] as const, right: read === text }];
  });

export function fittedWeights(trials: readonly Trial[]): ConfidenceWeights {
  const samples = samplesOf(trials);
  let weights = [0, 0, 0, 0];
  for (let round = 0; round < ROUNDS; round++) {
    const slope = weights.map((weight, i) => (i === 0 ? 0 : -RIDGE * weight));
    const curve = weights.map((_, i) => weights.map((__, j) => (i === j && i > 0 ? RIDGE : 0)));
    for (const { x, right } of samples) {
      const chance = 1 / (1 + Math.exp(-x.reduce((sum, value, i) => sum + value * (weights[i] as number), 0)));
      x.forEach((a, i) => {
        slope[i] = (slope[i] as number) + (Number(right) - chance) * a;
        x.forEach((b, j) => {
          const row = curve[i] as number[];
          row[j] = (row[j] as number) + chance * (1 - chance) * a * b;
        });
      });
    }
    const step = solved(curve, slope);
    weights = weights.map((weight, i) => weight + (step[i] as number));
  }
  const [bias = 0, share = 0, weakest = 0, score = 0] = weights;
  return { bias, share, weakest, score };
}

/** Gauss's elimination with the largest pivot. */
function solved(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, i) => [...row, right[i] as number]);
  const size = rows.length;
  for (let i = 0; i < size; i++) {
    const pivot = rows
      .slice(i)
      .reduce((best, row) => (Math.abs(row[i] as number) > Math.abs(best[i] as number) ? row : best));
    rows.splice(rows.indexOf(pivot), 1);
    rows.splice(i, 0, pivot);
    for (const row of rows) {
      if (row === pivot) continue;
      const factor = (row[i] as number) / (pivot[i] as number);
      for (let j = i; j <= size; j++) row[j] = (row[j] as number) - factor * (pivot[j] as number);
    }
  }
  return rows.map((row, i) => (row[size] as number) / (row[i] as number));
}

export interface Reliability {
  readonly from: number;
  readonly to: number;
  readonly plates: number;
  /** Mean of the confidence, and share that was right. */
  readonly said: number;
  readonly were: number;
}

/** How far the confidence tells the truth, in bins; with the weights in force unless others are given. */
export function reliability(trials: readonly Trial[], weights: ConfidenceWeights = confidenceWeights): Reliability[] {
  const edges = [0, 0.35, 0.5, 0.65, 0.8, 0.9, 0.95, 0.98, 1.01];
  const judged = confidences(trials, weights);
  return edges.slice(1).map((to, i) => {
    const from = edges[i] as number;
    const inside = judged.filter(({ confidence }) => confidence >= from && confidence < to);
    const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
    const said = mean(inside.map(({ confidence }) => confidence));
    return {
      from,
      to: Math.min(1, to),
      plates: inside.length,
      said,
      were: mean(inside.map(({ right }) => Number(right))),
    };
  });
}

export interface Outcome {
  readonly readableFrom: number;
  readonly right: number;
  readonly wrong: number;
  /** Unreadable or not found. */
  readonly unread: number;
  /** Wrong texts count five times. */
  readonly cost: number;
}

/** What each threshold would make of the trials. */
export function outcomes(trials: readonly Trial[], weights: ConfidenceWeights = confidenceWeights): Outcome[] {
  const judged = confidences(trials, weights);
  return [0.4, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9].map((readableFrom) => {
    const read = judged.filter(({ confidence }) => confidence >= readableFrom);
    const right = read.filter((each) => each.right).length;
    const wrong = read.length - right;
    const unread = trials.length - read.length;
    return { readableFrom, right, wrong, unread, cost: WRONG_COST * wrong + unread };
  });
}

const confidences = (trials: readonly Trial[], weights: ConfidenceWeights): { confidence: number; right: boolean }[] =>
  trials.flatMap(({ evidence, read, text }) =>
    evidence === null ? [] : [{ confidence: confidenceOf(evidence, weights), right: read === text }],
  );
