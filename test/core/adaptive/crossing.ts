/** A crossing of four lanes, one from each side, with a left turn that gives way on the first. */
import { type Junction, PRIORITY, RED, YIELDING } from "../../../core/adaptive/junction.ts";
import { JunctionSight } from "../../../core/adaptive/sight.ts";

const lane = (movements: readonly number[]) => ({ speed_m_s: 13.9, seen_m: 200, movements });

/** Movements: 0 straight and 1 left from lane 0; 2, 3 and 4 straight from lanes 1 (opposite), 2 and 3. */
export const crossing: Junction = {
  lanes: [lane([0, 1]), lane([2]), lane([3]), lane([4])],
  movements: [
    { lane: 0, exit: 0, yieldsTo: [] },
    { lane: 0, exit: 1, yieldsTo: [2] },
    { lane: 1, exit: 2, yieldsTo: [] },
    { lane: 2, exit: 1, yieldsTo: [] },
    { lane: 3, exit: 3, yieldsTo: [] },
  ],
  exits: 4,
  stages: [Uint8Array.of(PRIORITY, YIELDING, PRIORITY, RED, RED), Uint8Array.of(RED, RED, RED, PRIORITY, PRIORITY)],
  change_s: [Float64Array.of(0, 4), Float64Array.of(4, 0)],
  minGreen_s: 5,
};

/** So many stand in a queue on each lane. */
export function standing(counts: readonly number[]): JunctionSight {
  const sight = new JunctionSight(crossing);
  for (const [at, count] of counts.entries()) {
    for (let i = 0; i < count; i += 1) sight.lanes[at]?.add(1 + 7.5 * i, 0);
  }
  return sight;
}
