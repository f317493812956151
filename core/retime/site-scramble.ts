/** A scramble at an intersection of a site: the question of `core/timing/scramble` put with what the site file and counts say. */

import { usualTurnShare } from "../network/turn-shares.ts";
import type { Phase } from "../signal/schema.ts";
import { compareScramble, type ScrambleAnswer, type ScramblePhase } from "../timing/scramble.ts";
import type { Assessment } from "./intersection-plan.ts";
import type { PhaseDemand } from "./phase-demand.ts";

export interface SiteScramble extends ScrambleAnswer {
  readonly intersection: string;
  readonly diagonal_m: number;
  readonly people_h: number;
  /** What everybody together would wait, person-hours an hour, for other numbers of people; null where a way does not fit. */
  readonly by_people: readonly {
    readonly people_h: number;
    readonly beside_h: number | null;
    readonly scramble_h: number | null;
  }[];
}

export interface SiteScrambleOptions {
  readonly assessment: Assessment;
  /** On all crossings together, both ways. */
  readonly people_h: number;
  readonly diagonal_share: number;
}

/** Of who crosses, where the file states the clearance alone (docs/sample-site.yaml: D / 1.07 - 3). */
const usualWalking_ms = 1.07;
const alsoCounted_s = 3;
const looked = [0, 200, 500, 1000, 2000, 5000];

const crossingOf = ({ crossing_m, ped_clear_s, walk_s, walking_speed_ms = usualWalking_ms }: Phase): number | null =>
  walk_s === 0 ? null : (crossing_m ?? (ped_clear_s + alsoCounted_s) * walking_speed_ms);

/** Of the fullest lane: who leaves it another way than straight on. */
function turningShare({ lanes }: PhaseDemand): number {
  const fullest = lanes.reduce<(typeof lanes)[number] | null>(
    (best, each) => (best === null || each.flow_pcu_h > best.flow_pcu_h ? each : best),
    null,
  );
  if (fullest === null) return 0;
  const { turns } = fullest.lane;
  const all = turns.reduce((sum, turn) => sum + usualTurnShare[turn], 0);
  return turns.includes("through") ? 1 - usualTurnShare.through / all : 1;
}

/** The critical phase of each barrier group that is longest walks with the group's longest crossing. */
function phasesOf({ critical, demands, intersection }: Assessment): ScramblePhase[] {
  const { phases, rings } = intersection.signal;
  const groups = rings[0]?.length ?? 0;
  return Array.from({ length: groups }, (_, group) => {
    const inGroup = rings.flatMap((ring) => ring[group] ?? []);
    const crossings = phases.filter(({ number }) => inGroup.includes(number)).flatMap((each) => crossingOf(each) ?? []);
    const chain = demands.filter(({ phase }) => inGroup.includes(phase) && critical.phases.includes(phase));
    const longest = chain.reduce<PhaseDemand | null>(
      (best, each) => (best === null || each.flow_pcu_h > best.flow_pcu_h ? each : best),
      null,
    );
    return chain.map((demand): ScramblePhase => {
      const walks = demand === longest && crossings.length > 0;
      return {
        flow_h: demand.flow_pcu_h,
        saturation_h: Math.max(1, demand.saturation_pcu_h),
        turning_share: walks ? turningShare(demand) : 0,
        lost_s: demand.lost_s,
        min_green_s: phases.find(({ number }) => number === demand.phase)?.min_green_s ?? 1,
        crossing_m: walks ? Math.max(...crossings) : null,
        people_h: 0,
      };
    });
  }).flat();
}

/** Null where nobody crosses at the intersection. */
export function siteScramble({ assessment, diagonal_share, people_h }: SiteScrambleOptions): SiteScramble | null {
  const phases = phasesOf(assessment);
  const crossings = phases.flatMap(({ crossing_m }) => crossing_m ?? []).toSorted((a, b) => b - a);
  const [longest, second = longest] = crossings;
  if (longest === undefined || second === undefined) return null;
  const diagonal_m = Math.round(Math.hypot(longest, second));
  const asked = (people: number): ScrambleAnswer =>
    compareScramble({
      phases: phases.map((each) => ({
        ...each,
        people_h: each.crossing_m === null ? 0 : people / crossings.length,
      })),
      diagonal_m,
      diagonal_share,
      longest_cycle_s: assessment.longest_s,
    });
  return {
    intersection: assessment.intersection.id,
    diagonal_m,
    people_h,
    ...asked(people_h),
    by_people: looked.map((people) => {
      const { beside, scramble } = asked(people);
      return { people_h: people, beside_h: beside?.waiting_h ?? null, scramble_h: scramble?.waiting_h ?? null };
    }),
  };
}
