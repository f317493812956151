/**
 * A plan's splits in the words of an RSMP site, and back. A site's own plan gives each stage its share of the cycle; a dynamic
 * band moves seconds from one stage to another (M0014). RSMP has no other word for splits.
 */
import { failed, ok, problem, type Result } from "../../../core/problems/problem.ts";
import type { Plan, Split } from "../../../core/signal/plan.ts";

/** How the site is made; stages count from 1, in their order. */
export interface StageLayout {
  readonly stages: readonly { readonly phases: readonly number[]; readonly share: number }[];
  readonly bands: readonly { readonly band: number; readonly from: number; readonly to: number }[];
}

/** Seconds of each band. */
export type Bands = Readonly<Record<number, number>>;

/** Without bands: whole seconds, rounded down, and the last stage has the rest. */
function ownLengths_s({ stages }: StageLayout, cycle_s: number): number[] {
  const total = stages.reduce((sum, { share }) => sum + share, 0);
  const lengths = stages.map(({ share }) => Math.floor((cycle_s * share) / total));
  const rest = cycle_s - lengths.reduce((sum, length) => sum + length, 0);
  return lengths.map((length, i) => (i === lengths.length - 1 ? length + rest : length));
}

/** Fails with RSMP_SPLITS where the plan asks for what no band of the site can give. */
export function bandsOf(layout: StageLayout, { cycle_s, intersection, splits }: Plan): Result<Bands> {
  const { bands, stages } = layout;
  const cannot = (what: string): Result<never> => failed(problem("RSMP_SPLITS", { intersection, what }));
  const wanted: number[] = [];
  for (const [i, { phases }] of stages.entries()) {
    const lengths = new Set(phases.map((phase) => splits.find((split) => split.phase === phase)?.split_s ?? 0));
    const [length = 0] = lengths;
    if (lengths.size !== 1 || length === 0) return cannot(`its phases of stage ${i + 1} do not all take the same time`);
    wanted.push(length);
  }
  if (wanted.reduce((sum, length) => sum + length, 0) !== cycle_s) return cannot("its stages do not fill the cycle");
  const own = ownLengths_s(layout, cycle_s);
  const left = wanted.map((length, i) => length - (own[i] ?? 0));
  const found: Record<number, number> = {};
  for (const { band, from, to } of bands) {
    const moved = Math.min(Math.max(0, left[to - 1] ?? 0), Math.max(0, -(left[from - 1] ?? 0)));
    left[to - 1] = (left[to - 1] ?? 0) - moved;
    left[from - 1] = (left[from - 1] ?? 0) + moved;
    found[band] = moved;
  }
  return left.every((seconds) => seconds === 0)
    ? ok(found)
    : cannot("no dynamic band moves seconds between its stages");
}

/** What the site runs with these bands. */
export function splitsOf(layout: StageLayout, cycle_s: number, bands: Bands): readonly Split[] {
  const lengths = ownLengths_s(layout, cycle_s);
  for (const { band, from, to } of layout.bands) {
    const moved = bands[band] ?? 0;
    lengths[to - 1] = (lengths[to - 1] ?? 0) + moved;
    lengths[from - 1] = (lengths[from - 1] ?? 0) - moved;
  }
  return layout.stages
    .flatMap(({ phases }, i) => phases.map((phase) => ({ phase, split_s: lengths[i] ?? 0, mode: "none" as const })))
    .sort((a, b) => a.phase - b.phase);
}
