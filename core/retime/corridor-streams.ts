/**
 * A corridor of a site as streams of traffic: the lanes of an approach that wait for one phase, and which of them send traffic to
 * which. A site file states what each lane carries, not whom it came from: whoever turns into the corridor is reckoned by usual
 * shares of turns, and when more or less arrives at the next stop line than was sent, the rest comes evenly.
 */
import { approachOf, exitOf, sideOf } from "../network/legs.ts";
import type { Approach, Corridor, Intersection, Lane } from "../network/schema.ts";
import { usualTurnShare } from "../network/turn-shares.ts";
import type { ProfileFeeder } from "../profile/network-profile.ts";
import type { DemandByLane } from "./phase-demand.ts";

export interface CorridorStream {
  /** Place in the corridor. */
  readonly signal: number;
  readonly phase: number;
  readonly flow_pcu_h: number;
  /** Of all its lanes, in green. */
  readonly saturation_pcu_h: number;
  /** Cars that fit between this stop line and the one before, or on its lanes where nothing is before. */
  readonly room: number;
  readonly feeders: readonly ProfileFeeder[];
}

interface Seed {
  readonly signal: number;
  readonly approach: Approach;
  readonly phase: number;
  readonly lanes: readonly { readonly lane: Lane; readonly flow_pcu_h: number }[];
  readonly flow_pcu_h: number;
}

/** Of a car and the gap before it, m. */
const spacing_m = 7.5;

const sum = <T>(all: readonly T[], of: (one: T) => number): number => all.reduce((total, one) => total + of(one), 0);

function seedsOf(intersection: Intersection, signal: number, demand: DemandByLane): Seed[] {
  return intersection.approaches.flatMap((approach) =>
    [...new Set(approach.lanes.map(({ phase }) => phase))].map((phase) => {
      const lanes = approach.lanes
        .filter((lane) => lane.phase === phase)
        .map((lane) => ({ lane, flow_pcu_h: demand.get(lane.id)?.flow_pcu_h ?? 0 }));
      return { signal, approach, phase, lanes, flow_pcu_h: sum(lanes, ({ flow_pcu_h }) => flow_pcu_h) };
    }),
  );
}

/** What of a stream leaves by this side. */
function leavingBy(intersection: Intersection, { approach, lanes }: Seed, exit: number): number {
  return sum(lanes, ({ flow_pcu_h, lane }) => {
    const all = sum(lane.turns, (turn) => usualTurnShare[turn]);
    const those = lane.turns.filter((turn) => exitOf(intersection, sideOf(approach), turn) === exit);
    return (flow_pcu_h * sum(those, (turn) => usualTurnShare[turn])) / all;
  });
}

/** From one member to its neighbour, by the phases of one direction. */
interface Way {
  readonly from: number;
  readonly fromPhase: number;
  readonly to: number;
  readonly toPhase: number;
  readonly distance_m: number;
}

function waysOf({ intersections }: Corridor): Way[] {
  return intersections.slice(1).flatMap((member, at) => {
    const before = intersections[at] as typeof member;
    const { distance_m } = member;
    return [
      { from: at, fromPhase: before.outbound_phase, to: at + 1, toPhase: member.outbound_phase, distance_m },
      { from: at + 1, fromPhase: member.inbound_phase, to: at, toPhase: before.inbound_phase, distance_m },
    ];
  });
}

/** Streams by number that arrive by a way, and what those before send to each. */
function fed(
  way: Way,
  members: readonly Intersection[],
  seeds: readonly Seed[],
  travel_s: number,
): ReadonlyMap<number, readonly ProfileFeeder[]> {
  const [from, to] = [members[way.from] as Intersection, members[way.to] as Intersection];
  const [leaving, arriving] = [approachOf(from, way.fromPhase), approachOf(to, way.toPhase)];
  if (leaving === null || arriving === null) return new Map();
  const exit = exitOf(from, sideOf(leaving), "through");
  const senders = seeds.flatMap((seed, at) =>
    seed.signal === way.from ? [{ at, sent_h: leavingBy(from, seed, exit) }] : [],
  );
  const receivers = seeds.flatMap((seed, at) =>
    seed.signal === way.to && seed.approach === arriving ? [{ at, flow_h: seed.flow_pcu_h }] : [],
  );
  const [sent_h, received_h] = [sum(senders, (each) => each.sent_h), sum(receivers, ({ flow_h }) => flow_h)];
  if (sent_h === 0 || received_h === 0) return new Map();
  const scale = Math.min(1, received_h / sent_h);
  return new Map(
    receivers.map(({ at, flow_h }) => [
      at,
      senders
        .filter((sender) => sender.sent_h > 0)
        .map((sender) => ({
          from: sender.at,
          flow_h: (scale * sender.sent_h * flow_h) / received_h,
          travel_s,
        })),
    ]),
  );
}

/** `members` in the corridor's order. */
export function corridorStreams(
  corridor: Corridor,
  members: readonly Intersection[],
  demand: DemandByLane,
): readonly CorridorStream[] {
  const seeds = members.flatMap((member, signal) => seedsOf(member, signal, demand));
  const feeders = new Map<number, readonly ProfileFeeder[]>();
  const distance_m = new Map<number, number>();
  for (const way of waysOf(corridor)) {
    const travel_s = way.distance_m / (corridor.progression_speed_kmh / 3.6);
    for (const [at, those] of fed(way, members, seeds, travel_s)) {
      feeders.set(at, those);
      distance_m.set(at, way.distance_m);
    }
  }
  return seeds.map(({ flow_pcu_h, lanes, phase, signal }, at) => ({
    signal,
    phase,
    flow_pcu_h,
    saturation_pcu_h: sum(lanes, ({ lane }) => lane.saturation_pcu_h),
    room: Math.max(1, sum(lanes, ({ lane }) => distance_m.get(at) ?? lane.length_m) / spacing_m),
    feeders: feeders.get(at) ?? [],
  }));
}
