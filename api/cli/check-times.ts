/** The times that geometry and speed give, beside those the site holds: what went into each, and by which formula. */
import type { Intersection } from "../../core/network/schema.ts";
import { type Derivation, derivations } from "../../core/signal/derive/derivations.ts";
import { formulas } from "../../core/signal/derive/derived.ts";

export interface TimeRow {
  readonly intersection: string;
  readonly what: Derivation["what"];
  readonly phase: number;
  /** Of an intergreen, the phase that starts; else null. */
  readonly to: number | null;
  /** What the site holds: stated, or taken from the formula. */
  readonly holds_s: number;
  readonly needs_s: number;
  readonly inputs: Readonly<Record<string, number>>;
  readonly formula: string;
  readonly source: string;
}

export function timesOf(intersections: readonly Intersection[]): readonly TimeRow[] {
  return intersections.flatMap((intersection) =>
    derivations(intersection).map(({ what, phase, to, stated_s, derived }) => ({
      intersection: intersection.id,
      what,
      phase,
      to: to ?? null,
      holds_s: stated_s ?? derived.value_s,
      needs_s: derived.value_s,
      inputs: derived.inputs,
      formula: formulas[derived.formula].text,
      source: formulas[derived.formula].source,
    })),
  );
}

/** One line for each, in columns. */
export function timesText(rows: readonly TimeRow[]): string {
  const cells = rows.map(({ intersection, what, phase, to, holds_s, needs_s, inputs, formula, source }) => [
    intersection,
    to === null ? `${what} ${phase}` : `${what} ${phase} to ${to}`,
    `${holds_s.toFixed(1)} s held`,
    `${needs_s.toFixed(1)} s needed`,
    Object.entries(inputs)
      .map(([name, value]) => `${name} ${value}`)
      .join(", "),
    `${formula} (${source})`,
  ]);
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(0, ...cells.map((row) => (row[column] ?? "").length)));
  return cells.map((row) => row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join("  ")).join("\n");
}
