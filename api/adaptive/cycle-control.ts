/**
 * Cycle by cycle, for intersections that the site wants led by a policy and whose devices cannot be led second by second: their plan
 * follows what was measured, in steps inside the limits of change, each proved and carried out by the gate.
 */
import { type Limits, machinesOwn } from "../../controllers/index.ts";
import type { Intersection } from "../../core/network/schema.ts";
import type { Service } from "../../core/ports/service.ts";
import { type Problem, sentence } from "../../core/problems/problem.ts";
import { sameTiming } from "../../core/signal/same-timing.ts";
import { paced, shownPlans } from "../control/pace.ts";
import { proposeAlone } from "../control/propose.ts";
import { recentFlow } from "../control/recent-flow.ts";
import type { PlanMaking } from "../control/retiming.ts";
import { Rounds } from "../service/rounds.ts";

export interface CycleParts extends PlanMaking {
  /** Those to be adjusted now: their devices said that they cannot be led. A corridor's members are its own loop's. */
  readonly intersections: () => readonly Intersection[];
}

const LOOK_MS = 5000;
/** Where nothing remains to be changed, what was measured is looked at again after so long; after a failure as well. */
const AGAIN_S = 300;

export class CycleControl implements Service {
  readonly #parts: CycleParts;
  readonly #limits: Limits;
  readonly #rounds: Rounds;
  readonly #due_ms = new Map<string, number>();

  constructor(parts: CycleParts) {
    this.#parts = parts;
    this.#limits = machinesOwn(parts);
    this.#rounds = new Rounds(parts.clock, () => this.round());
  }

  start(stop: AbortSignal): Promise<void> {
    return this.#rounds.start(stop);
  }

  close(): Promise<void> {
    return this.#rounds.close();
  }

  async round(): Promise<number> {
    const { clock, intersections, log } = this.#parts;
    for (const intersection of intersections()) {
      const { id } = intersection;
      if (clock.nowMs() < (this.#due_ms.get(id) ?? 0)) continue;
      const wait_s = await this.#pass(intersection).catch((error: unknown) => {
        log.warn({ intersection: id, error: String(error) }, "its plan could not be adjusted");
        return AGAIN_S;
      });
      this.#due_ms.set(id, clock.nowMs() + wait_s * 1000);
    }
    return LOOK_MS;
  }

  /** One step at most; seconds until the next may be taken. */
  async #pass(intersection: Intersection): Promise<number> {
    const { clock, flows, offer, plans, signals, site } = this.#parts;
    const inForce = (await plans.inForce()).flatMap(({ plan }) =>
      plan.intersection === intersection.id ? [plan] : [],
    );
    const running = shownPlans(inForce, signals());
    const intervals = await recentFlow(flows, [intersection], clock.nowMs());
    const proposal = proposeAlone(site, intersection, { intervals, plans: running }, clock.nowMs());
    if (!proposal.ok) return this.#failed(intersection, proposal.problems);
    const step = await paced([intersection], proposal.value.plans, running, this.#limits);
    const [plan] = step.plans;
    if (step.wait_s > 0) return step.wait_s;
    if (plan === undefined || running.some((one) => sameTiming(one, plan))) return AGAIN_S;
    const offered = await offer(plan, { lanes: proposal.value.lanes }, "adaptive: cycle by cycle");
    return offered.ok ? (step.next_s ?? AGAIN_S) : this.#failed(intersection, offered.problems);
  }

  #failed({ id }: Intersection, problems: readonly Problem[]): number {
    for (const found of problems) this.#parts.log.warn({ intersection: id }, sentence(found));
    return AGAIN_S;
  }
}
