/**
 * Max-pressure, a plain rule to measure others against: every ten seconds the stage before whose green lanes most vehicles are, less
 * those on the lanes behind (Varaiya 2013, "Max pressure control of a network of signalized intersections"; by vehicles within sight,
 * as RESCO's MAXPRESSURE). It looks at nobody's waiting and may leave a lane at red for ever where others always have more.
 */
import { AFTER_STOP, givenToLanes, type Junction } from "./junction.ts";
import type { Decision, Policy } from "./policy.ts";
import type { JunctionSight } from "./sight.ts";

const every_s = 10;

interface Served {
  readonly lanes: readonly number[];
  readonly exits: readonly number[];
}

export class MaxPressure implements Policy {
  readonly #served: readonly Served[];
  #since_s = every_s;

  constructor(junction: Junction) {
    const given = givenToLanes(junction);
    this.#served = junction.stages.map((stage, at) => {
      const lanes = junction.lanes.flatMap((_, lane) => ((given[at]?.[lane] as number) > AFTER_STOP ? [lane] : []));
      const green = junction.movements.filter((_, m) => (stage[m] as number) > AFTER_STOP);
      return { lanes, exits: [...new Set(green.map(({ exit }) => exit))] };
    });
  }

  look(_sight: JunctionSight, _stage: number, dt_s: number): void {
    this.#since_s += dt_s;
  }

  decide(sight: JunctionSight, stage: number): Decision {
    const kept: Decision = {
      stage,
      reason: "kept",
      keep_veh_s: Number.NaN,
      change_veh_s: Number.NaN,
      alternative: stage,
    };
    if (this.#since_s < every_s) return kept;
    this.#since_s = 0;
    let [best, most] = [stage, pressure(sight, this.#served[stage] as Served)];
    for (const [other, served] of this.#served.entries()) {
      const here = pressure(sight, served);
      if (here > most) [best, most] = [other, here];
    }
    return best === stage ? kept : { ...kept, stage: best, reason: "changed", alternative: best };
  }
}

function pressure({ lanes, behind }: JunctionSight, served: Served): number {
  let vehicles = 0;
  for (const at of served.lanes) vehicles += lanes[at]?.count ?? 0;
  for (const exit of served.exits) vehicles -= behind[exit] as number;
  return vehicles;
}
