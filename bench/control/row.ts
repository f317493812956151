/** One scenario under one policy, and what it comes to against the figures that were saved before. */
import { z } from "zod";
import type { Run } from "../../sim/index.ts";
import { halfWidth, mean } from "../../sim/runner/score.ts";

export const savedSchema = z.record(z.string(), z.record(z.string(), z.number()));
/** Delay in seconds by scenario, engine and policy (`keyOf`), and by seed. */
export type Saved = z.infer<typeof savedSchema>;

export interface Row {
  readonly scenario: string;
  readonly engine: "own" | "sumo";
  readonly policy: string;
  readonly runs: readonly Run[];
}

export interface Comparison {
  /** Mean of the differences, seed by seed of those in both, and half the width of its 95 % interval, s; null of one seed. */
  readonly worse_s: number;
  readonly halfWidth_s: number | null;
  /** Worse by more than chance, and by more than a hundredth of the delay. */
  readonly lost: boolean;
}

const keyOf = ({ scenario, engine, policy }: Row): string => `${scenario} ${engine} ${policy}`;

export const savedOf = (rows: readonly Row[]): Saved =>
  Object.fromEntries(
    rows.map((row) => [keyOf(row), Object.fromEntries(row.runs.map(({ seed, delay_s }) => [String(seed), delay_s]))]),
  );

/** Differences too small to matter, as a share of the delay. */
const small = 0.01;

/** Null where nothing was saved for these seeds. */
export function compared(row: Row, saved: Saved): Comparison | null {
  const before = saved[keyOf(row)] ?? {};
  const differences = row.runs.flatMap(({ seed, delay_s }) => {
    const was = before[String(seed)];
    return was === undefined ? [] : [delay_s - was];
  });
  if (differences.length === 0) return null;
  const [worse_s, halfWidth_s] = [mean(differences), halfWidth(differences)];
  const least_s = small * mean(row.runs.map(({ delay_s }) => delay_s));
  return { worse_s, halfWidth_s, lost: worse_s - (halfWidth_s ?? 0) > 0 && worse_s > least_s };
}
