/** The plan store's side of a change: what is in force, and what was before it. */
import type { Clock } from "../../core/ports/clock.ts";
import type { PlanStore } from "../../core/ports/storage.ts";
import type { Plan } from "../../core/signal/plan.ts";

export class PlanBook {
  readonly #plans: PlanStore;
  readonly #clock: Clock;
  readonly #reasons: unknown;
  /** Of the plan that came into force by this change. */
  #id: number | null = null;
  #before: number | null = null;

  constructor({
    plans,
    clock,
    reasons,
  }: { readonly plans: PlanStore; readonly clock: Clock; readonly reasons: unknown }) {
    this.#plans = plans;
    this.#clock = clock;
    this.#reasons = reasons;
  }

  /** After a restart: the plan of this number came into force before it. */
  resume(id: number): void {
    this.#id = id;
  }

  async inForce(plan: Plan): Promise<void> {
    const held = (await this.#plans.inForce()).find((each) => each.plan.intersection === plan.intersection);
    this.#before = held?.id ?? null;
    this.#id = await this.#plans.add(plan, this.#reasons, this.#clock.nowMs());
    await this.#plans.setState(this.#id, "active", this.#clock.nowMs());
    if (this.#before !== null) await this.#plans.setState(this.#before, "superseded", this.#clock.nowMs());
  }

  /** Does nothing for a plan that never came into force. */
  async notInForce(): Promise<void> {
    if (this.#id === null) return;
    await this.#plans.setState(this.#id, "failed", this.#clock.nowMs());
    if (this.#before !== null) await this.#plans.setState(this.#before, "active", this.#clock.nowMs());
  }
}
