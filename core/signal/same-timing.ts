import type { Plan } from "./plan.ts";

const timingOf = ({ cycle_s, offset_s, sequence, splits }: Plan): string =>
  JSON.stringify([cycle_s, offset_s, sequence, splits]);

/** The same plan but for the pattern number it stands under: sending it again would change nothing in the street. */
export const sameTiming = (a: Plan, b: Plan): boolean => timingOf(a) === timingOf(b);
