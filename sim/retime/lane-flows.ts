/** How the movements of an approach spread over its lanes: whoever can choose takes the lane with the least traffic. */
import type { LaneFlow } from "../../core/retime/stages/stage-delay.ts";
import type { RoadNetwork } from "../network/road-network.ts";
import type { Movement } from "./read-movements.ts";

interface Turn {
  readonly link: number;
  readonly movement: Movement;
  flow_h: number;
}

/** The flow of the slice that the mean vehicle meets: sum of squares over sum. */
export function designFlow_h({ counts }: Movement, slice_s: number): number {
  const sum = counts.reduce((total, count) => total + count, 0);
  if (sum === 0) return 0;
  return (counts.reduce((total, count) => total + count * count, 0) / sum) * (3600 / slice_s);
}

/** Fills the emptiest of the lanes first, in small parts. */
const parts = 20;

function spread(turnsOf: Map<number, Turn[]>, movement: Movement, flow_h: number, network: RoadNetwork): void {
  const turns = movement.links.map((link) => {
    const lane = network.links.from[link] as number;
    const turn: Turn = { link, movement, flow_h: 0 };
    const beside = turnsOf.get(lane) ?? [];
    beside.push(turn);
    turnsOf.set(lane, beside);
    return { turn, beside };
  });
  for (let part = 0; part < parts; part += 1) {
    const load = (of: readonly Turn[]): number =>
      of.reduce((sum, each) => sum + each.flow_h * each.movement.headway_s, 0);
    const least = turns.reduce((best, each) => (load(each.beside) < load(best.beside) ? each : best));
    least.turn.flow_h += flow_h / parts;
  }
}

/** Places in the state string to which a link gives way. */
function givesWayTo({ links }: RoadNetwork, link: number): number[] {
  const found: number[] = [];
  for (let at = links.firstYield[link] as number; at < (links.firstYield[link + 1] as number); at += 1) {
    const foe = links.yieldTo[at] as number;
    if (links.signal[foe] === links.signal[link]) found.push(links.signalIndex[foe] as number);
  }
  return found;
}

function laneFlow(network: RoadNetwork, turns: readonly Turn[]): LaneFlow {
  const flow_h = turns.reduce((sum, turn) => sum + turn.flow_h, 0);
  const green_s = turns.reduce((sum, turn) => sum + turn.flow_h * turn.movement.headway_s, 0);
  return {
    saturation_h: flow_h === 0 ? 1800 : (3600 * flow_h) / green_s,
    turns: turns.map(({ link, flow_h: of_h }) => ({
      link: network.links.signalIndex[link] as number,
      flow_h: of_h,
      givesWayTo: givesWayTo(network, link),
    })),
  };
}

/** By signal number: its lanes. */
export function laneFlows(
  network: RoadNetwork,
  movements: readonly Movement[],
  slice_s: number,
): readonly LaneFlow[][] {
  const turnsOf = new Map<number, Turn[]>();
  const choices = movements.toSorted((a, b) => a.links.length - b.links.length);
  for (const movement of choices) spread(turnsOf, movement, designFlow_h(movement, slice_s), network);
  const flows: LaneFlow[][] = network.signals.map(() => []);
  for (const turns of turnsOf.values()) {
    const signal = turns[0]?.movement.signal as number;
    if (turns.some(({ flow_h }) => flow_h > 0)) flows[signal]?.push(laneFlow(network, turns));
  }
  return flows;
}
