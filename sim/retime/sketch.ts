/**
 * Plans tried out in queues before lights (`queues/`), which take a twentieth to a fortieth of a rehearsal's time and rank plans
 * roughly as rehearsals do: it is used to begin with better plans, and is a part of what is expected of a change.
 */
import type { Draw } from "../../core/retime/stages/vary-timing.ts";
import { drawDemand } from "../demand/draw.ts";
import { programsInForce } from "../network/programs-in-force.ts";
import type { RoadNetwork } from "../network/road-network.ts";
import type { Scenario } from "../scenario/open-scenario.ts";
import { type Plan, planPrograms } from "./plan-programs.ts";
import { QueueDrive } from "./queues/queue-drive.ts";
import { type Light, lightOf, lightsOf } from "./queues/queue-lights.ts";
import { queueStreet } from "./queues/queue-street.ts";
import type { Retimed } from "./retimed-signals.ts";
import { scaledDemand } from "./scaled-demand.ts";
import type { Trial } from "./search.ts";
import type { StartPlan } from "./start-plans.ts";
import { varyPlan } from "./vary-plan.ts";

/** A second of a lane that has green and no room beyond counts for so many of delay: much of what follows is not seen here. */
const blockedWeight = 3;

export class Sketch {
  readonly #retimed: Retimed;
  readonly #network: RoadNetwork;
  readonly #own: readonly (Light | null)[];
  readonly #drives: readonly QueueDrive[];
  readonly #blocks: readonly (readonly number[])[];

  constructor(
    scenario: Scenario,
    retimed: Retimed,
    hour: { begin_s: number; end_s: number },
    trials: readonly Trial[],
    blocks: readonly (readonly number[])[],
  ) {
    const { demand, network, programs } = scenario;
    this.#retimed = retimed;
    this.#network = network;
    this.#blocks = blocks;
    this.#own = programsInForce(network, programs).map((program) => (program === null ? null : lightOf(program)));
    this.#drives = trials.map(({ seed, volume }) => {
      const drawn = scaledDemand(drawDemand(demand, seed), volume, seed);
      return new QueueDrive(queueStreet(network, drawn, hour, seed));
    });
  }

  /** Seconds a vehicle, mean over the trials; over the first so many where that is said. */
  cost(plan: Plan, most = this.#drives.length): number {
    const lights = lightsOf(this.#network, this.#own, planPrograms(this.#retimed.signals, plan));
    const drives = this.#drives.slice(0, most);
    let sum = 0;
    for (const drive of drives) {
      const { blocked_s, delay_s } = drive.run(lights);
      sum += delay_s + blockedWeight * blocked_s;
    }
    return sum / drives.length;
  }

  /** The plan after changes that were each for the better, with what it costs then; `goOn` is asked before each. */
  improved(
    { name, plan }: StartPlan,
    draw: Draw,
    goOn: () => boolean,
  ): { readonly start: StartPlan; readonly cost: number } {
    const { signals } = this.#retimed;
    const of = { signals, blocks: this.#blocks };
    const weights = signals.map(({ lanes }) => 1 + lanes.length);
    let best = { plan, cost: this.cost(plan) };
    let since = 0;
    while (since < patience(signals.length) && goOn()) {
      const varied = varyPlan(of, best.plan, weights, draw);
      since += 1;
      if (varied === null) continue;
      const cost = this.cost(varied);
      if (cost >= best.cost) continue;
      best = { plan: varied, cost };
      since = 0;
    }
    return { start: { name: `${name}, by queues`, plan: best.plan }, cost: best.cost };
  }
}

/** After so many changes of which none was better there is likely none. */
const patience = (signals: number): number => 40 + 30 * signals;
