/** Plans for green waves: the main road's offsets are those of its widest bands, the others those of the profile. */
import { objective } from "../../core/retime/bands.ts";
import { optimiseOffsets } from "../../core/retime/offsets.ts";
import type { RoadNetwork } from "../network/road-network.ts";
import { corridorOf } from "./corridor-bands.ts";
import type { Retimed } from "./retimed-signals.ts";
import type { StartPlan } from "./start-plans.ts";

/** So much narrower than the widest, as a share of the cycle, a band may be where delay is less. */
const asGood = 0.9;

/** Of these plans those with the widest bands for their cycle; empty where none has a road to coordinate. */
export function bandPlans(retimed: Retimed, starts: readonly StartPlan[], network: RoadNetwork): readonly StartPlan[] {
  const made = starts.flatMap(({ name, plan }) => {
    const corridor = corridorOf(retimed, plan, network);
    if (corridor === null) return [];
    const { cycle_s, outbound_weight } = corridor.problem;
    const solution = optimiseOffsets(corridor.problem);
    const waved = [...plan];
    for (const [at, place] of corridor.places.entries()) {
      const timing = plan[place];
      if (timing != null) waved[place] = { ...timing, offset_s: solution.offsets_s[at] as number };
    }
    return [{ name, plan: waved, share: objective(solution, outbound_weight) / cycle_s }];
  });
  const widest = Math.max(0, ...made.map(({ share }) => share));
  return made.filter(({ share }) => share > 0 && share >= asGood * widest).map(({ name, plan }) => ({ name, plan }));
}
