/**
 * What a corridor's plans cost when platoons are looked at: cyclic flow profiles with Robertson's dispersion (`core/profile`) for
 * what comes the same way in each cycle, HCM's incremental delay for what chance adds, less of it behind another signal.
 */
import type { Intersection } from "../network/schema.ts";
import { NetworkProfile } from "../profile/network-profile.ts";
import { searchOffsets } from "../profile/offset-search.ts";
import type { Plan } from "../signal/plan.ts";
import { type Span, sharesOfSeconds, timeline } from "../signal/timeline.ts";
import { hcmIncremental_s, upstreamFiltering } from "../timing/delay.ts";
import type { CorridorStream } from "./corridor-streams.ts";

export interface ProfiledPlans {
  readonly plans: readonly Plan[];
  /** PCU that wait, stops and spillback as one number; what is to be least. */
  readonly cost: number;
  /** Means over all vehicles at all stop lines. */
  readonly delay_s: number;
  readonly stops: number;
}

/** The analysis period of the incremental delay. */
const period_h = 0.25;
/** Incremental delay factor of a fixed green. */
const fixedGreen_k = 0.5;
const search = { coarse: 12, sweeps: 6, goOn: () => true };

interface Lit {
  readonly capacity: Float64Array;
  readonly capacity_h: number;
}

type Greens = ReadonlyMap<number, Span>;

/** Of each whole second of the cycle, from the signal's zero on, what its green lets through. */
function litBy({ phase, saturation_pcu_h }: CorridorStream, greens: Greens | undefined, cycle_s: number): Lit {
  const green = greens?.get(phase) ?? { from_s: 0, to_s: 0 };
  const capacity = Float64Array.from(sharesOfSeconds(green, cycle_s), (share) => (saturation_pcu_h / 3600) * share);
  return { capacity, capacity_h: (saturation_pcu_h * (green.to_s - green.from_s)) / cycle_s };
}

function greensOf(intersection: Intersection, plan: Plan): Greens {
  const laidOut = timeline(intersection, plan);
  const phases = laidOut.ok ? laidOut.value.phases : [];
  return new Map(phases.map(({ green, phase }) => [phase, green]));
}

/** PCU that wait by chance: each green serves now more, now fewer than come in a mean cycle. */
function byChance(streams: readonly CorridorStream[], lit: readonly Lit[]): number {
  const degree = streams.map(({ flow_pcu_h }, at) => {
    const { capacity_h } = lit[at] as Lit;
    return capacity_h === 0 ? 0 : flow_pcu_h / capacity_h;
  });
  return streams.reduce((all, { feeders, flow_pcu_h }, at) => {
    const { capacity_h } = lit[at] as Lit;
    // What no phase serves waits under every plan.
    if (flow_pcu_h === 0 || capacity_h === 0) return all;
    const fed_h = feeders.reduce((sum, { flow_h }) => sum + flow_h, 0);
    const before = feeders.reduce((sum, { flow_h, from }) => sum + flow_h * (degree[from] as number), 0);
    const kI = fixedGreen_k * (fed_h === 0 ? 1 : upstreamFiltering(before / fed_h));
    return all + (flow_pcu_h / 3600) * hcmIncremental_s(degree[at] as number, capacity_h, period_h, kI);
  }, 0);
}

/**
 * Plans of one cycle, in the corridor's order, with their own offsets or, where `free`, with those at which the profile waits
 * least, found by turns from theirs on; the first signal's stays.
 */
export function profiled(
  streams: readonly CorridorStream[],
  members: readonly Intersection[],
  plans: readonly Plan[],
  free: boolean,
): ProfiledPlans {
  const cycle_s = plans[0]?.cycle_s ?? 1;
  const greens = members.map((member, at) => greensOf(member, plans[at] as Plan));
  const lit = streams.map((stream) => litBy(stream, greens[stream.signal], cycle_s));
  const profile = new NetworkProfile(
    streams.map(({ feeders, flow_pcu_h, room, signal }, at) => {
      return { signal, flow_h: flow_pcu_h, capacity: (lit[at] as Lit).capacity, feeders, room };
    }),
    members.length,
  );
  for (const [at, { offset_s }] of plans.entries()) profile.offsets[at] = offset_s;
  if (free) searchOffsets(profile, [...members.keys()].slice(1), search);
  else profile.settle();
  const chance = byChance(streams, lit);
  const { stopsPerSecond, waiting } = profile.totals();
  const flow_s = streams.reduce((sum, { flow_pcu_h }) => sum + flow_pcu_h, 0) / 3600;
  return {
    plans: plans.map((plan, at) => ({ ...plan, offset_s: profile.offsets[at] as number })),
    cost: profile.cost() + chance,
    delay_s: flow_s === 0 ? 0 : (waiting + chance) / flow_s,
    stops: flow_s === 0 ? 0 : stopsPerSecond / flow_s,
  };
}
