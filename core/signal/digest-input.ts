import type { Plan } from "./plan.ts";

/**
 * The one text that stands for a plan, to be hashed wherever a plan is named by its digest: JSON with a fixed key
 * order, splits in order of phase, no white space. Plans that mean the same give the same text.
 */
export function digestInput(plan: Plan): string {
  return JSON.stringify({
    intersection: plan.intersection,
    pattern: plan.pattern,
    cycle_s: plan.cycle_s,
    offset_s: plan.offset_s,
    offset_reference: plan.offset_reference,
    sequence: plan.sequence,
    splits: plan.splits
      .map(({ phase, split_s, mode }) => ({ phase, split_s, mode }))
      .toSorted((a, b) => a.phase - b.phase),
  });
}
