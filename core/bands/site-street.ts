/** A corridor of the site, under plans, as bands see it. */
import type { Corridor, Intersection } from "../network/schema.ts";
import { failed, ok, problem, type Result } from "../problems/problem.ts";
import type { Plan } from "../signal/plan.ts";
import { timeline } from "../signal/timeline.ts";
import { type BandCorridor, type BandSignal, sums } from "./corridor.ts";

export interface SiteStreet {
  readonly corridor: BandCorridor;
  /** Begin of each light's outbound green after its local zero. */
  readonly begins_s: readonly number[];
  readonly positions_m: readonly number[];
}

/** One plan for each member, in the corridor's order, all of one cycle. */
export function siteStreet(
  corridor: Corridor,
  members: readonly Intersection[],
  plans: readonly Plan[],
): Result<SiteStreet> {
  const [first] = plans;
  if (first === undefined) throw new Error("a corridor has members");
  const cycle_s = first.cycle_s;
  const signals: BandSignal[] = [];
  const begins_s: number[] = [];
  for (const [i, place] of corridor.intersections.entries()) {
    const [member, plan] = [members[i], plans[i]];
    if (member === undefined || plan === undefined) throw new Error("one plan per corridor member");
    const greens = greensOf(corridor.id, place, member, plan);
    if (!greens.ok) return greens;
    const { outbound, inbound } = greens.value;
    begins_s.push(outbound.from_s);
    signals.push({
      green_out_s: outbound.to_s - outbound.from_s,
      green_in_s: inbound.to_s - inbound.from_s,
      phasings: [{ name: null, inbound_after_s: inbound.from_s - outbound.from_s }],
    });
  }
  const lengths_m = corridor.intersections.slice(1).map(({ distance_m }) => distance_m);
  const drive_s = lengths_m.map((length_m) => length_m / (corridor.progression_speed_kmh / 3.6));
  return ok({ corridor: { cycle_s, signals, out_s: drive_s, in_s: drive_s }, begins_s, positions_m: sums(lengths_m) });
}

function greensOf(corridor: string, place: Corridor["intersections"][number], member: Intersection, plan: Plan) {
  const laidOut = timeline(member, plan);
  if (!laidOut.ok) return laidOut;
  const greenOf = (phase: number) => laidOut.value.phases.find((one) => one.phase === phase)?.green;
  const [outbound, inbound] = [greenOf(place.outbound_phase), greenOf(place.inbound_phase)];
  if (outbound === undefined || inbound === undefined) {
    const phase = outbound === undefined ? place.outbound_phase : place.inbound_phase;
    return failed(problem("PHASE_UNKNOWN", { intersection: place.id, phase, where: `corridor ${corridor}` }));
  }
  return ok({ outbound, inbound });
}
