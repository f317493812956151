/** A common-cycle plan as a network of queues, to find its offsets by. */

import { modulo } from "../../core/bands/corridor.ts";
import { NetworkProfile, type ProfileStream } from "../../core/profile/network-profile.ts";
import { searchOffsets } from "../../core/profile/offset-search.ts";
import { buildProgram, cycleOf } from "../../core/retime/stages/build-program.ts";
import type { StageTiming } from "../../core/retime/stages/signal-stages.ts";
import { permissiveSaturation_h } from "../../core/retime/stages/stage-delay.ts";
import type { RoadNetwork } from "../network/road-network.ts";
import { designFlow_h } from "./lane-flows.ts";
import type { Plan } from "./plan-programs.ts";
import type { Movement } from "./read-movements.ts";
import { type Retimed, type RetimedSignal, slice_s } from "./retimed-signals.ts";

/** A car and the gap before it, m. */
const spacing_m = 7.5;
/** Whoever yields is taken to meet so many vehicles an hour. */
const opposing_h = 600;

/** What may leave in each second after the signal's zero: its greens alone. */
function capacityOf(
  signal: RetimedSignal,
  timing: StageTiming,
  movement: Movement,
  cycle_s: number,
  network: RoadNetwork,
) {
  const capacity = new Float64Array(cycle_s);
  const rate = 1 / movement.headway_s;
  const slow = Math.min(rate, permissiveSaturation_h(opposing_h) / 3600);
  const lanes = new Set(movement.links.map((link) => network.links.from[link] as number)).size;
  const index = network.links.signalIndex[movement.links[0] as number] as number;
  let at = 0;
  for (const { state, duration_s } of buildProgram(signal.stages, timing)) {
    const letter = state[index];
    const each = letter === "G" ? rate : letter === "g" ? slow : letter === "s" ? slow / 2 : 0;
    for (let second = 0; second < duration_s; second += 1) {
      const place = Math.min(cycle_s - 1, Math.floor(at + second));
      capacity[place] = (capacity[place] as number) + each * lanes;
    }
    at += duration_s;
  }
  return capacity;
}

function roomOf(movement: Movement, network: RoadNetwork): number {
  const { edges, lanes } = network;
  const first = edges.firstLane[movement.fromEdge] as number;
  const count = (edges.firstLane[movement.fromEdge + 1] as number) - first;
  return Math.max(2, ((lanes.length_m[first] as number) * count) / spacing_m);
}

/** Whoever drives to the first stop line comes so many seconds earlier or later than at free speed. */
const spread_s = 2;

/** Shares of the cycle's seconds in which those come whom no signal has bunched: their demand may be. */
function enteringOf({ entries_s }: Movement, cycle_s: number): Float64Array {
  const shares = new Float64Array(cycle_s);
  const each = 1 / (entries_s.length * (2 * spread_s + 1));
  for (const at_s of entries_s) {
    for (let by = -spread_s; by <= spread_s; by += 1) {
      const at = Math.floor(modulo(at_s + by, cycle_s));
      shares[at] = (shares[at] as number) + each;
    }
  }
  return shares;
}

interface Profiled {
  readonly profile: NetworkProfile;
  /** Places of the signals in the plan. */
  readonly places: readonly number[];
}

/** Null where the plan has no common cycle. */
function profileOf(retimed: Retimed, plan: Plan, network: RoadNetwork): Profiled | null {
  const places = plan.flatMap((timing, at) => (timing === null ? [] : [at]));
  const cycles = places.map((at) => cycleOf((retimed.signals[at] as RetimedSignal).stages, plan[at] as StageTiming));
  const [cycle_s] = cycles;
  if (cycle_s === undefined || !Number.isInteger(cycle_s) || cycles.some((each) => each !== cycle_s)) return null;
  const placeOf = new Map(places.map((at, node) => [(retimed.signals[at] as RetimedSignal).signal, node]));
  const kept = retimed.movements.flatMap((movement, at) => (placeOf.has(movement.signal) ? [at] : []));
  const streamOf = new Map(kept.map((movement, stream) => [movement, stream]));
  const streams = kept.map((at): ProfileStream => {
    const movement = retimed.movements[at] as Movement;
    const place = places[placeOf.get(movement.signal) as number] as number;
    const vehicles = Math.max(
      1,
      movement.counts.reduce((sum, count) => sum + count, 0),
    );
    const flow_h = designFlow_h(movement, slice_s);
    return {
      signal: placeOf.get(movement.signal) as number,
      flow_h,
      capacity: capacityOf(
        retimed.signals[place] as RetimedSignal,
        plan[place] as StageTiming,
        movement,
        cycle_s,
        network,
      ),
      feeders: movement.feeders.flatMap(({ from, vehicles: of, travel_s }) => {
        const stream = streamOf.get(from);
        return stream === undefined ? [] : [{ from: stream, flow_h: (flow_h * of) / vehicles, travel_s }];
      }),
      room: roomOf(movement, network),
      ...(movement.entries_s.length === 0 ? {} : { entering: enteringOf(movement, cycle_s) }),
    };
  });
  return { profile: new NetworkProfile(streams, places.length), places };
}

/** The plan with the offsets at which, by the profile, least is waited. The same plan where it has no common cycle. */
export function withProfileOffsets(retimed: Retimed, plan: Plan, network: RoadNetwork, goOn: () => boolean): Plan {
  const made = profileOf(retimed, plan, network);
  if (made === null) return plan;
  const { profile, places } = made;
  const flows = new Float64Array(places.length);
  for (const { signal, flow_h } of profile.streams) flows[signal] = (flows[signal] as number) + flow_h;
  const order = [...places.keys()].toSorted((a, b) => (flows[b] as number) - (flows[a] as number));
  searchOffsets(profile, order, { coarse: 12, sweeps: 6, goOn });
  const moved = [...plan];
  for (const [node, at] of places.entries()) {
    moved[at] = { ...(plan[at] as StageTiming), offset_s: profile.offsets[node] as number };
  }
  return moved;
}
