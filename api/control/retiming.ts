/**
 * The retiming loop of one corridor: demand from what is stored, a proposal from `core/retime`, and the gate's door for
 * each plan that differs from what the street runs, as far towards it as one step may go.
 */
import { machinesOwn } from "../../controllers/index.ts";
import type { Corridor } from "../../core/network/schema.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { Service } from "../../core/ports/service.ts";
import type { ControllerStatus } from "../../core/ports/signal-controller.ts";
import type { FlowStore, PlanStore } from "../../core/ports/storage.ts";
import { type Problem, type Result, sentence } from "../../core/problems/problem.ts";
import type { RetimeProposal } from "../../core/retime/proposal.ts";
import type { Plan } from "../../core/signal/plan.ts";
import { sameTiming } from "../../core/signal/same-timing.ts";
import type { Site } from "../site/schema.ts";
import { paced, shownPlans } from "./pace.ts";
import { membersOf, propose } from "./propose.ts";
import { recentFlow } from "./recent-flow.ts";
import { scheduleAt } from "./schedule.ts";

/** What every loop needs that makes plans from measured flow by itself. */
export interface PlanMaking {
  readonly site: Site;
  /** Through the gate: into the street at once where that may be, else before a person. */
  readonly offer: (plan: Plan, reasons: unknown, actor: string) => Promise<Result<{ readonly active: boolean }>>;
  readonly signals: () => ReadonlyMap<string, ControllerStatus>;
  readonly flows: FlowStore;
  readonly plans: PlanStore;
  readonly clock: Clock;
  readonly log: { info(words: object, message: string): void; warn(words: object, message: string): void };
}

export interface RetimingOptions extends PlanMaking {
  readonly corridor: Corridor;
}

export interface Retiming extends Service {
  readonly corridor: string;
  proposal(): RetimeProposal | null;
  /** What the last pass could not do; empty when all is well. */
  problems(): readonly Problem[];
}

/** Between looks at the schedule while it says hold, or after a pass. */
const LOOK_MS = 5000;
/** A pass that failed at some intersection is repeated after this, not at the next full period. */
const RETRY_MS = 30_000;

class RetimingLoop implements Retiming {
  readonly corridor: string;
  readonly #options: RetimingOptions;
  readonly #ended = new AbortController();
  #loop: Promise<void> = Promise.resolve();
  #proposal: RetimeProposal | null = null;
  #problems: readonly Problem[] = [];
  /** Sooner than the schedule says: the last pass was only a step, or none was allowed yet. */
  #again_s: number | null = null;

  constructor(options: RetimingOptions) {
    this.#options = options;
    this.corridor = options.corridor.id;
  }

  start(stop: AbortSignal): Promise<void> {
    stop.addEventListener("abort", () => this.#ended.abort(), { once: true });
    this.#loop = this.#run();
    return Promise.resolve();
  }

  async close(): Promise<void> {
    this.#ended.abort();
    await this.#loop;
  }

  proposal(): RetimeProposal | null {
    return this.#proposal;
  }

  problems(): readonly Problem[] {
    return this.#problems;
  }

  async #run(): Promise<void> {
    const { clock } = this.#options;
    let dueMs = 0;
    while (!this.#ended.signal.aborted) {
      const waitMs = await this.#passIfDue(dueMs);
      if (waitMs !== null) dueMs = clock.nowMs() + waitMs;
      await clock.sleep(LOOK_MS, this.#ended.signal).catch(() => undefined);
    }
  }

  /** Milliseconds until the next pass is due; null when none was made. A street without any plan gets one at once. */
  async #passIfDue(dueMs: number): Promise<number | null> {
    const { clock, corridor, log, site } = this.#options;
    const row = scheduleAt(site.schedules, corridor.id, clock.nowMs(), site.site.timezone);
    const holds = row?.action !== "retime" && this.#proposal !== null;
    if (holds || clock.nowMs() < dueMs) return null;
    try {
      await this.#pass(row?.id ?? "first plan");
    } catch (error) {
      if (this.#ended.signal.aborted) return null;
      log.warn({ corridor: corridor.id, error: String(error) }, "retiming stopped half-way; trying again");
      return RETRY_MS;
    }
    const period_ms = this.#problems.length > 0 ? RETRY_MS : (row?.every_s ?? 0) * 1000;
    return this.#again_s === null ? period_ms : Math.min(period_ms, Math.max(LOOK_MS, this.#again_s * 1000));
  }

  async #pass(occasion: string): Promise<void> {
    const { clock, corridor, log, plans, signals, site } = this.#options;
    const inForce = (await plans.inForce()).map(({ plan }) => plan);
    const proposal = await this.#propose(inForce);
    if (!proposal.ok) {
      this.#problems = proposal.problems;
      for (const found of proposal.problems) log.warn({ corridor: corridor.id }, sentence(found));
      return;
    }
    this.#proposal = proposal.value;
    const running = shownPlans(inForce, signals());
    const limits = machinesOwn({ plans, clock });
    const step = await paced(membersOf(site, corridor), proposal.value.plans, running, limits);
    this.#again_s = step.wait_s > 0 ? step.wait_s : step.next_s;
    this.#problems = [];
    if (step.wait_s > 0) return;
    const pushes = step.plans.map((plan) => this.#push(plan, proposal.value, running, occasion));
    this.#problems = (await Promise.all(pushes)).flat();
  }

  async #propose(inForce: readonly Plan[]) {
    const { clock, corridor, flows, site } = this.#options;
    const intervals = await recentFlow(flows, membersOf(site, corridor), clock.nowMs());
    return propose(site, corridor, { intervals, plans: inForce }, clock.nowMs());
  }

  async #push(plan: Plan, proposal: RetimeProposal, running: readonly Plan[], occasion: string) {
    const { log, offer, site } = this.#options;
    if (running.some((one) => one.intersection === plan.intersection && sameTiming(one, plan))) return [];
    const reasons = {
      corridor: proposal.corridor,
      cycle_s: proposal.cycle_s,
      bands: proposal.bands,
      intersection: proposal.intersections.find(({ id }) => id === plan.intersection),
      lanes: lanesOf(proposal, plan, site),
    };
    const offered = await offer(plan, reasons, `retime: ${occasion}`);
    if (this.#ended.signal.aborted) return [];
    if (offered.ok) {
      if (offered.value.active) log.info({ intersection: plan.intersection }, "plan active and confirmed");
      return [];
    }
    for (const found of offered.problems) log.warn({ intersection: plan.intersection }, sentence(found));
    return offered.problems;
  }
}

function lanesOf(proposal: RetimeProposal, plan: Plan, site: Site) {
  const intersection = site.intersections.find(({ id }) => id === plan.intersection);
  const own = new Set(intersection?.approaches.flatMap((approach) => approach.lanes.map((lane) => lane.id)));
  return proposal.lanes.filter(({ lane }) => own.has(lane));
}

export const createRetiming = (options: RetimingOptions): Retiming => new RetimingLoop(options);
