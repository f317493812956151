/**
 * The command path: read the device, prove, download, read back, activate, confirm. Every turning point is in the
 * ledger before the next step is taken, so that no command reaches the street without a record of why.
 */
import type { Intersection } from "../../core/network/schema.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { ControllerStatus, ReadBack, SignalController } from "../../core/ports/signal-controller.ts";
import type { Ledger, PlanState, PlanStore } from "../../core/ports/storage.ts";
import { failed, ok, type Problem, type Result } from "../../core/problems/problem.ts";
import type { Plan } from "../../core/signal/plan.ts";
import type { Limits } from "./change-limits.ts";
import { documentDigest } from "./digest.ts";
import { downloadAlone, type Writing } from "./download-alone.ts";
import type { Check } from "./findings.ts";
import { examine } from "./prove.ts";

export interface PushOrder {
  readonly controller: SignalController;
  readonly intersection: Intersection;
  readonly plan: Plan;
  /** Why this plan: the proposal's reasons, as JSON. */
  readonly reasons: unknown;
  /** Who or what asked: a user, `retime`, `schedule weekday-peak`. */
  readonly actor: string;
  readonly limits: Limits;
  readonly writing: Writing;
  readonly ledger: Ledger;
  readonly plans: PlanStore;
  readonly clock: Clock;
  readonly stop: AbortSignal;
}

/** What happened, as the command line prints it. */
export interface PushReport {
  readonly plan_id: number;
  readonly intersection: string;
  readonly controller: string;
  /** The plan as it was written: its pattern number may be the other of the pair, see `besidePattern`. */
  readonly plan: Plan;
  readonly digest: string;
  readonly checks: readonly Check[];
  readonly previous_pattern: number;
  readonly read_back: ReadBack;
  readonly read_back_digest: string;
  readonly status: ControllerStatus;
}

const LAST_PATTERN = 253;

/**
 * Patterns come in pairs, 1 and 2, 3 and 4, …: while one of a pair runs, a new plan is written to the other, because
 * writing to the running one would change the street before it is read back.
 */
export function besidePattern(plan: Plan, running: number): Plan {
  if (plan.pattern !== running) return plan;
  const partner = running % 2 === 1 ? running + 1 : running - 1;
  return { ...plan, pattern: partner > LAST_PATTERN ? LAST_PATTERN - 1 : partner };
}

/** One push on its way: its number in the plan store, and the pen for ledger and store. */
class PushRecord {
  readonly #order: PushOrder;
  readonly id: number;
  readonly #plan: Plan;

  private constructor(order: PushOrder, id: number, plan: Plan) {
    this.#order = order;
    this.id = id;
    this.#plan = plan;
  }

  static async open(order: PushOrder, plan: Plan): Promise<PushRecord> {
    const { clock, plans, reasons } = order;
    const record = new PushRecord(order, await plans.add(plan, reasons, clock.nowMs()), plan);
    await record.#write("plan.proposed", { plan, reasons });
    return record;
  }

  async turn(state: PlanState, body: object): Promise<void> {
    const { clock, plans } = this.#order;
    await this.#write(`plan.${state}`, body);
    await plans.setState(this.id, state, clock.nowMs());
  }

  async fail(state: "refused" | "failed", stage: string, problems: readonly Problem[], body: object = {}) {
    await this.turn(state, { stage, problems, ...body });
    return failed(...problems);
  }

  async #write(kind: string, body: object): Promise<void> {
    const { actor, clock, controller, ledger } = this.#order;
    const { intersection, pattern } = this.#plan;
    const who = { plan_id: this.id, intersection, controller: controller.id, pattern, actor };
    await ledger.append(kind, { ...who, ...body }, clock.nowMs());
  }
}

/** Writes the new plan down as the one in force, then the one it took over from as history: never neither. */
async function takeOver(order: PushOrder, record: PushRecord, body: object): Promise<void> {
  const { clock, intersection, plans } = order;
  const before = (await plans.inForce()).filter((held) => held.plan.intersection === intersection.id);
  await record.turn("active", body);
  for (const held of before) await plans.setState(held.id, "superseded", clock.nowMs());
}

/** Expected failures are in the result and in the ledger; a storage that fails throws, and stops the push where it is. */
export async function pushPlan(order: PushOrder): Promise<Result<PushReport>> {
  const { controller, intersection, stop } = order;
  const status = await controller.status();
  const previous = status.ok ? status.value.pattern : 0;
  const plan = besidePattern(order.plan, previous);
  const record = await PushRecord.open(order, plan);
  if (!status.ok) return record.fail("failed", "status", status.problems);
  const timing = await controller.readTiming();
  if (!timing.ok) return record.fail("failed", "read_timing", timing.problems);

  const running = timing.value.patterns.find(({ pattern }) => pattern === previous) ?? null;
  const automatic = await order.limits(running);
  const { checks, result: proved } = examine(intersection, plan, timing.value, { over: previous, automatic });
  if (!proved.ok) return record.fail("refused", "gate", proved.problems, { checks });
  const { digest } = proved.value;
  const downloaded = await order.writing(() => downloadAlone(controller, proved.value, timing.value));
  if (!downloaded.ok) return record.fail("failed", "download", downloaded.problems, { digest, checks });
  const { readBack } = downloaded.value;
  const read_back_digest = documentDigest(readBack.values);
  await record.turn("downloaded", { digest, checks, read_back_digest, values: readBack.values.length });

  const active = await controller.activate(proved.value, stop);
  if (!active.ok) return record.fail("failed", "activate", active.problems, { digest, previous_pattern: previous });
  await takeOver(order, record, { digest, read_back_digest, previous_pattern: previous, status: active.value });
  return ok({
    plan_id: record.id,
    intersection: intersection.id,
    controller: controller.id,
    plan,
    digest,
    checks,
    previous_pattern: previous,
    read_back: readBack,
    read_back_digest,
    status: active.value,
  });
}
