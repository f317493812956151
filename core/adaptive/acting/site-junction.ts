/** An intersection of a site file as a policy has it: its lanes, their turns, and the stages of its ring-and-barrier device. */
import { exitOf, sideOf } from "../../network/legs.ts";
import type { Approach, Intersection } from "../../network/schema.ts";
import { type ApproachLane, type Junction, type Movement, PRIORITY, RED, YIELDING } from "../junction.ts";
import { maskOf, type RingStage, ringStages, ringTimes } from "./ring-stages.ts";

type Turn = Approach["lanes"][number]["turns"][number];

interface Way {
  readonly lane: number;
  readonly side: number;
  readonly exit: number;
  readonly turn: Turn;
  readonly phase: number;
}

/** Sides of a compass of eight points that lie across from each other. */
const [across, points] = [4, 8];

const waysOf = (intersection: Intersection): readonly Way[] => {
  let lane = -1;
  return intersection.approaches.flatMap((approach) =>
    approach.lanes.flatMap(({ phase, turns }) => {
      lane += 1;
      const at = { lane, side: sideOf(approach), phase };
      return turns.map((turn) => ({ ...at, turn, exit: exitOf(intersection, at.side, turn) }));
    }),
  );
};

/** Who turns across the opposite direction gives way to those of it who do not. */
function yieldsOf(way: Way, ways: readonly Way[]): readonly number[] {
  if (way.turn === "through" || way.turn === "right") return [];
  const opposite = (way.side + across) % points;
  return [...ways.entries()].flatMap(([at, other]) =>
    other.side === opposite && (other.turn === "through" || other.turn === "right") && other.phase !== way.phase
      ? [at]
      : [],
  );
}

/** Places on the compass to which one leaves it, in the order of its exits. */
export const exitSides = (intersection: Intersection): readonly number[] => [
  ...new Set(waysOf(intersection).map(({ exit }) => exit)),
];

/** Lanes in the order of the file. Nothing is known of the room behind; `seen_m`: as far before a stop line as anything is seen. */
export function siteJunction(intersection: Intersection, seen_m: number): Junction {
  const { approaches, signal } = intersection;
  const stages = ringStages(signal);
  const ways = waysOf(intersection);
  const sides = exitSides(intersection);
  const movements: readonly Movement[] = ways.map((way) => ({
    lane: way.lane,
    exit: sides.indexOf(way.exit),
    yieldsTo: yieldsOf(way, ways),
  }));
  const lanes: readonly ApproachLane[] = approaches
    .flatMap(({ lanes: own, speed_kmh }) => own.map(() => speed_kmh / 3.6))
    .map((speed_m_s, at) => ({
      speed_m_s,
      seen_m,
      movements: movements.flatMap(({ lane }, m) => (lane === at ? [m] : [])),
    }));
  return {
    lanes,
    movements,
    exits: sides.length,
    stages: stages.map((stage) => givenBy(stage, ways, movements)),
    ...ringTimes(signal, stages),
  };
}

function givenBy({ mask }: RingStage, ways: readonly Way[], movements: readonly Movement[]): Uint8Array {
  const green = ({ phase }: Way): boolean => (mask & maskOf([phase])) !== 0;
  return Uint8Array.from(ways, (way, at) => {
    if (!green(way)) return RED;
    const yields = (movements[at] as Movement).yieldsTo.some((foe) => green(ways[foe] as Way));
    return yields ? YIELDING : PRIORITY;
  });
}
