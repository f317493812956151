/** How well a text explains what a reader saw. */
import { type Lattice, latticeWidth } from "./lattice.ts";
import { symbolIndex } from "./symbols.ts";

/**
 * Natural logarithm of the chance of `text` on one line, summed over all ways to lay it along the steps: the forward
 * algorithm of Graves et al. (ICML 2006, section 4.1). Negative infinity when the line is too short for the text.
 */
export function logLikelihood({ steps, chances }: Lattice, text: string): number {
  // Blank, character, blank, character, …, blank.
  const path = [0, ...[...text].flatMap((symbol) => [symbolIndex(symbol) + 1, 0])];
  let now = new Float64Array(path.length);
  now[0] = 1;
  let log = 0;
  for (let step = 0; step < steps; step++) {
    const next = new Float64Array(path.length);
    let sum = 0;
    for (let i = 0; i < path.length; i++) {
      const symbol = path[i] as number;
      // At the first step a path may start with the blank or with the first character.
      let reach = (now[i] as number) + (i > 0 ? (now[i - 1] as number) : 0);
      if (i > 1 && symbol !== 0 && symbol !== path[i - 2]) reach += now[i - 2] as number;
      next[i] = reach * (chances[step * latticeWidth + symbol] as number);
      sum += next[i] as number;
    }
    if (sum === 0) return Number.NEGATIVE_INFINITY;
    log += Math.log(sum);
    now = next.map((value) => value / sum);
  }
  return log + Math.log((now.at(-1) ?? 0) + (path.length > 1 ? (now.at(-2) ?? 0) : 0));
}

/** The chance of each character of `text` at the step where the likeliest alignment puts it most surely. */
export function characterChances({ steps, chances }: Lattice, text: string): number[] {
  const path = [0, ...[...text].flatMap((symbol) => [symbolIndex(symbol) + 1, 0])];
  const cost = (step: number, i: number): number =>
    Math.log((chances[step * latticeWidth + (path[i] as number)] as number) + Number.MIN_VALUE);
  const from = new Int32Array(steps * path.length);
  let now = new Float64Array(path.length).fill(Number.NEGATIVE_INFINITY);
  now[0] = 0;
  for (let step = 0; step < steps; step++) {
    const next = new Float64Array(path.length);
    for (let i = 0; i < path.length; i++) {
      const origin = bestOrigin(now, path, i);
      from[step * path.length + i] = origin;
      next[i] = (now[origin] as number) + cost(step, i);
    }
    now = next;
  }
  const best = new Array<number>((path.length - 1) / 2).fill(0);
  let at = (now.at(-1) ?? 0) >= (now.at(-2) ?? Number.NEGATIVE_INFINITY) ? path.length - 1 : path.length - 2;
  for (let step = steps - 1; step >= 0; step--) {
    const character = (at - 1) / 2;
    if (Number.isInteger(character)) best[character] = Math.max(best[character] ?? 0, Math.exp(cost(step, at)));
    at = from[step * path.length + at] as number;
  }
  return best;
}

function bestOrigin(now: Float64Array, path: readonly number[], i: number): number {
  let origin = i;
  if (i > 0 && (now[i - 1] as number) > (now[origin] as number)) origin = i - 1;
  const skips = i > 1 && path[i] !== 0 && path[i] !== path[i - 2];
  return skips && (now[i - 2] as number) > (now[origin] as number) ? i - 2 : origin;
}
