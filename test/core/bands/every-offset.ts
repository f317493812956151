/** Brute force for small streets of whole seconds: every offset in steps of half a second, greens as bits of a word. */

export interface BitLight {
  readonly green_out: number;
  readonly green_in: number;
  /** Begins of inbound green after outbound green that may be chosen. */
  readonly inbound_after: readonly number[];
  readonly times: 1 | 2;
  /** Whole seconds from the first light, and back to it. */
  readonly there: number;
  readonly back: number;
}

/** Best value over all offsets and phasings. At most 15 s of cycle: two bits a second. */
export function bestOfEveryOffset(
  lights: readonly BitLight[],
  cycle_s: number,
  value: (out: number, back: number) => number,
) {
  const bits = 2 * cycle_s;
  const all = 2 ** bits - 1;
  const turned = (mask: number, by: number): number => {
    const shift = ((by % bits) + bits) % bits;
    return ((mask << shift) | (mask >>> (bits - shift))) & all;
  };
  const green = (length_s: number, times: 1 | 2): number => {
    const once = 2 ** (2 * length_s) - 1;
    return times === 2 ? (once | turned(once, cycle_s)) & all : once;
  };
  const words = lights.map((light) => ({
    out: turned(green(light.green_out, light.times), -2 * light.there),
    back: light.inbound_after.map((after) => turned(green(light.green_in, light.times), 2 * (light.back + after))),
  }));
  let best = Number.NEGATIVE_INFINITY;
  const go = (i: number, out: number, back: number): void => {
    const light = words[i];
    if (light === undefined) {
      best = Math.max(best, value(longestRun(out, bits) / 2, longestRun(back, bits) / 2));
      return;
    }
    for (let offset = 0; offset < (i === 0 ? 1 : bits); offset++) {
      const nextOut = out & turned(light.out, offset);
      for (const inbound of light.back) go(i + 1, nextOut, back & turned(inbound, offset));
    }
  };
  go(0, all, all);
  return best;
}

/** Longest run of ones in a ring of bits. */
function longestRun(mask: number, bits: number): number {
  if (mask === 2 ** bits - 1) return bits;
  let [best, run] = [0, 0];
  for (let k = 0; k < 2 * bits; k++) {
    run = (mask >>> (k % bits)) & 1 ? run + 1 : 0;
    best = Math.max(best, run);
  }
  return best;
}
