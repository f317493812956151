/** How the cost of a vehicle-step grows from hundreds of vehicles to tens of thousands. */
import { spawnSync } from "node:child_process";
import type { GridCost } from "./grid-cost.child.ts";
import { oneAnswer } from "./one-answer.ts";

/** Streets a side, for some 500, 5,000 and 50,000 cars at once. */
const sides = [5, 15, 46] as const;

export const hasGenerator = (): boolean => spawnSync("netgenerate", ["--version"]).status === 0;

/** One round: every size once, so that whatever else the machine does falls on all alike. */
export async function growthRound(): Promise<readonly GridCost[]> {
  const found: GridCost[] = [];
  for (const side of sides) found.push(await oneAnswer<GridCost>("grid-cost", side));
  return found;
}
