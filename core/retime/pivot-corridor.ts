/**
 * Offsets of a corridor from what its detectors recorded while its plans were in force: instants at detectors before the stop
 * lines, each as much later at the line as driving there takes, laid over one cycle, and `linkPivot` over them.
 */
import { modulo } from "../bands/corridor.ts";
import { approachOf } from "../network/legs.ts";
import type { Corridor, Intersection } from "../network/schema.ts";
import type { DetectorEvent } from "../ports/detection-feed.ts";
import { failed, ok, type Problem, problem, type Result } from "../problems/problem.ts";
import type { Plan } from "../signal/plan.ts";
import { sharesOfSeconds, timeline } from "../signal/timeline.ts";
import { validatePlan } from "../signal/validate.ts";
import { arrivalsByCycle, linkPivot, type PivotDirection, type PivotLink } from "./link-pivot.ts";

export interface PivotRequest {
  readonly corridor: Corridor;
  /** Must hold the corridor's members; others are passed over. */
  readonly intersections: readonly Intersection[];
  /** In force while the events were recorded. */
  readonly plans: readonly Plan[];
  readonly events: readonly DetectorEvent[];
}

export interface PivotedStreet {
  readonly corridor: string;
  readonly cycle_s: number;
  /** Those in force with new offsets. */
  readonly plans: readonly Plan[];
  /** In outbound order. */
  readonly links: readonly {
    readonly from: string;
    readonly to: string;
    /** By how much later `to` is to begin than now, beside `from`. */
    readonly later_s: number;
    /** Vehicles that were recorded, both ways. */
    readonly arrivals: number;
    /** Shares of them. */
    readonly on_green_before: number;
    readonly on_green_after: number;
  }[];
}

/** Fewer on a link than this say nothing. */
const fewest = 30;

interface Member {
  readonly intersection: Intersection;
  readonly plan: Plan;
  readonly events: readonly DetectorEvent[];
}

function membersOf({ corridor, events, intersections, plans }: PivotRequest): Result<readonly Member[]> {
  const members = corridor.intersections.flatMap(({ id }) => {
    const intersection = intersections.find((each) => each.id === id);
    const plan = plans.find((each) => each.intersection === id);
    const own = events.filter((event) => event.intersection === id && event.on);
    return intersection === undefined || plan === undefined ? [] : [{ intersection, plan, events: own }];
  });
  const cycle_s = members[0]?.plan.cycle_s;
  const together = members.length === corridor.intersections.length && members.every((m) => m.plan.cycle_s === cycle_s);
  return together ? ok(members) : failed(problem("PIVOT_PLANS", { corridor: corridor.id }));
}

/** The share of each second of the cycle that is green. */
function greenOf({ intersection, plan }: Member, phase: number): Result<readonly number[]> {
  const laidOut = timeline(intersection, plan);
  if (!laidOut.ok) return laidOut;
  const span = laidOut.value.phases.find((each) => each.phase === phase)?.green ?? { from_s: 0, to_s: 0 };
  return ok(sharesOfSeconds(span, plan.cycle_s));
}

/** What came to the stop line of a phase. Its own clock begins with local zero: the Unix epoch's seconds less the offset. */
function directionAt(member: Member, phase: number): Result<PivotDirection> {
  const { events, intersection, plan } = member;
  const approach = approachOf(intersection, phase);
  const ahead_s = new Map<number, number>();
  for (const { detector_channel, detector_setback_m = 0, phase: own } of approach?.lanes ?? []) {
    if (own !== phase || detector_setback_m === 0) continue;
    ahead_s.set(detector_channel, detector_setback_m / ((approach?.speed_kmh ?? 1) / 3.6));
  }
  if (ahead_s.size === 0) return failed(problem("PIVOT_DETECTORS", { intersection: intersection.id, phase }));
  const green = greenOf(member, phase);
  if (!green.ok) return green;
  const instants_s = events.flatMap(({ at_ms, channel }) => {
    const later_s = ahead_s.get(channel);
    return later_s === undefined ? [] : [at_ms / 1000 + later_s];
  });
  return ok({ green: green.value, arrivals: arrivalsByCycle(instants_s, plan.cycle_s, plan.offset_s) });
}

const countOf = ({ inbound, outbound }: PivotLink): number =>
  [...inbound.arrivals, ...outbound.arrivals].reduce((sum, count) => sum + count, 0);

function linksOf(corridor: Corridor, members: readonly Member[]): Result<readonly PivotLink[]> {
  const links: PivotLink[] = [];
  const problems: Problem[] = [];
  for (const [at, place] of corridor.intersections.slice(1).entries()) {
    const near = corridor.intersections[at] as typeof place;
    const outbound = directionAt(members[at + 1] as Member, place.outbound_phase);
    const inbound = directionAt(members[at] as Member, near.inbound_phase);
    problems.push(...(outbound.ok ? [] : outbound.problems), ...(inbound.ok ? [] : inbound.problems));
    if (!outbound.ok || !inbound.ok) continue;
    const link = { outbound: outbound.value, inbound: inbound.value };
    const count = countOf(link);
    if (count >= fewest) links.push(link);
    else problems.push(problem("PIVOT_FEW", { from: near.id, to: place.id, count, fewest }));
  }
  return problems.length > 0 ? failed(...problems) : ok(links);
}

const hundredth = (value: number): number => Math.round(value * 100) / 100;

/** Fails where no arrivals can be told: no plans of one cycle, no detectors before the stop lines, too few events. */
export function pivotCorridor(request: PivotRequest): Result<PivotedStreet> {
  const { corridor } = request;
  const found = membersOf(request);
  if (!found.ok) return found;
  const members = found.value;
  const links = linksOf(corridor, members);
  if (!links.ok) return links;
  const { links: made, shift_s } = linkPivot(links.value);
  const plans = members.map(({ plan }, at) => ({
    ...plan,
    offset_s: modulo(plan.offset_s + (shift_s[at] as number), plan.cycle_s),
  }));
  const problems = plans.flatMap((plan, at) => validatePlan((members[at] as Member).intersection, plan));
  if (problems.length > 0) return failed(...problems);
  return ok({
    corridor: corridor.id,
    cycle_s: plans[0]?.cycle_s ?? 0,
    plans,
    links: made.map(({ later_s, on_green_after, on_green_before }, at) => ({
      from: members[at]?.intersection.id ?? "",
      to: members[at + 1]?.intersection.id ?? "",
      later_s,
      arrivals: countOf(links.value[at] as PivotLink),
      on_green_before: hundredth(on_green_before),
      on_green_after: hundredth(on_green_after),
    })),
  });
}
