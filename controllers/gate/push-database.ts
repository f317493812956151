/**
 * The command path of a whole database: read the device, prove, run every changed pattern in the shadow of what runs, one
 * transaction, every value read back, the device watched. Every turning point is in the ledger before the next step is taken.
 */
import type { Intersection } from "../../core/network/schema.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { EventLog, Ledger } from "../../core/ports/storage.ts";
import { failed, ok, type Problem, type Result } from "../../core/problems/problem.ts";
import { compareDatabases } from "../ntcip/database/compare.ts";
import type { DatabaseDocument } from "../ntcip/database/document.ts";
import type { DatabaseReport } from "../ntcip/database/download.ts";
import type { NtcipController } from "../ntcip/ntcip-controller.ts";
import type { Check } from "./findings.ts";
import { changedPlans, examineDatabase } from "./prove-database.ts";
import { besidePattern } from "./push-plan.ts";
import { recentRun, shadowProblem, shadowRun } from "./shadow-run.ts";

export interface DatabaseOrder {
  readonly controller: NtcipController;
  readonly intersection: Intersection;
  /** As it was read from a file: the proof checks its shape. */
  readonly document: unknown;
  readonly reason: string;
  /** Who asked. */
  readonly actor: string;
  /** What the street's detectors recorded lately: the shadow runs are under these calls. */
  readonly events: EventLog;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly stop: AbortSignal;
}

export interface DatabasePushed extends DatabaseReport {
  readonly checks: readonly Check[];
}

/** Each changed pattern as it would have run under the last quarter of an hour. */
async function shadowProblems(
  { clock, controller, events, intersection }: DatabaseOrder,
  document: DatabaseDocument,
  held: DatabaseDocument,
): Promise<Result<void>> {
  const plans = changedPlans(intersection, document, held, controller.device.offsetReference);
  if (plans.length === 0) return ok(undefined);
  const timing = await controller.readTiming();
  if (!timing.ok) return timing;
  const status = await controller.status();
  if (!status.ok) return status;
  const running = timing.value.patterns.find(({ pattern }) => pattern === status.value.pattern) ?? null;
  const run = await recentRun(events, intersection.id, clock.nowMs());
  const problems: Problem[] = [];
  for (const plan of plans) {
    // A device of the shadow holds both: what changes the running pattern is run beside it.
    const beside = besidePattern(plan, running?.pattern ?? 0);
    const report = await shadowRun({ ...run, intersection, plan: beside, inForce: running });
    if (!report.passed) problems.push(shadowProblem(intersection.id, plan.pattern, report));
  }
  return problems.length === 0 ? ok(undefined) : failed(...problems);
}

/** Expected failures are in the result and in the ledger; a storage that fails throws, and stops the push where it is. */
export async function pushDatabase(order: DatabaseOrder): Promise<Result<DatabasePushed>> {
  const { actor, clock, controller, intersection, ledger, reason, stop } = order;
  const who = { controller: controller.id, intersection: intersection.id, actor, reason };
  const write = (kind: string, body: object) => ledger.append(kind, { ...who, ...body }, clock.nowMs());
  const held = await controller.device.readDatabase();
  if (!held.ok) return held;
  const { checks, result: proved } = examineDatabase(
    intersection,
    order.document,
    held.value,
    controller.device.offsetReference,
  );
  if (!proved.ok) {
    await write("database.refused", { checks, problems: proved.problems });
    return proved;
  }
  const { digest, document } = proved.value;
  const shadow = await shadowProblems(order, document, held.value);
  if (!shadow.ok) {
    await write("database.refused", { checks, problems: shadow.problems });
    return shadow;
  }
  const changes = compareDatabases(document, held.value, { statedOnly: true });
  await write("database.proposed", { digest, checks, before_checksum: held.value.checksum, changes });
  const done = await controller.downloadDatabase(proved.value, stop);
  if (!done.ok) {
    await write("database.failed", { digest, problems: done.problems });
    return done;
  }
  await write("database.active", { digest, written: done.value.written, status: done.value.status });
  return ok({ ...done.value, checks });
}
