/** Which cases two people see whatever the first says: so that reviewers are measured, and nobody can tell which. */
import type { Hasher } from "../ports/hasher.ts";

const HEX_DIGITS = 8;

/**
 * True for `share` (0 to 1) of all ids. `seed` is the site's: who knows the id of a case does not know whether it is
 * among them. The same id gets the same answer, on every machine and after every restart.
 */
export function isSampled(id: string, share: number, seed: string, hash: Hasher): boolean {
  const drawn = Number.parseInt(hash(`sampled ${seed} ${id}`).slice(0, HEX_DIGITS), 16);
  return drawn < share * 16 ** HEX_DIGITS;
}
