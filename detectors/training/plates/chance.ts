/** Chance that is the same at every run with the same seed: Park and Miller's minimal standard generator (1988). */
export type Chance = () => number;

const modulus = 2_147_483_647;

/** Numbers in (0, 1). */
export function seededChance(seed: number): Chance {
  let state = (seed % (modulus - 1)) + 1;
  const next = (): number => {
    state = (state * 48_271) % modulus;
    return state / modulus;
  };
  // The first numbers of neighbouring seeds are alike.
  for (let skip = 0; skip < 8; skip++) next();
  return next;
}

export const between = (chance: Chance, least: number, most: number): number => least + chance() * (most - least);

export const pick = <T>(chance: Chance, from: ArrayLike<T>): T => from[Math.floor(chance() * from.length)] as T;
