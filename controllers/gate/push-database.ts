/**
 * The command path of a whole database: read the device, prove, one transaction, every value read back, the device
 * watched. Every turning point is in the ledger before the next step is taken.
 */
import type { Intersection } from "../../core/network/schema.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { Ledger } from "../../core/ports/storage.ts";
import { ok, type Result } from "../../core/problems/problem.ts";
import { compareDatabases } from "../ntcip/database/compare.ts";
import type { DatabaseReport } from "../ntcip/database/download.ts";
import type { NtcipController } from "../ntcip/ntcip-controller.ts";
import type { Check } from "./findings.ts";
import { examineDatabase } from "./prove-database.ts";

export interface DatabaseOrder {
  readonly controller: NtcipController;
  readonly intersection: Intersection;
  /** As it was read from a file: the proof checks its shape. */
  readonly document: unknown;
  readonly reason: string;
  /** Who asked. */
  readonly actor: string;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly stop: AbortSignal;
}

export interface DatabasePushed extends DatabaseReport {
  readonly checks: readonly Check[];
}

/** Expected failures are in the result and in the ledger; a storage that fails throws, and stops the push where it is. */
export async function pushDatabase(order: DatabaseOrder): Promise<Result<DatabasePushed>> {
  const { actor, clock, controller, intersection, ledger, reason, stop } = order;
  const who = { controller: controller.id, intersection: intersection.id, actor, reason };
  const write = (kind: string, body: object) => ledger.append(kind, { ...who, ...body }, clock.nowMs());
  const held = await controller.device.readDatabase();
  if (!held.ok) return held;
  const { checks, result: proved } = examineDatabase(intersection, order.document, held.value);
  if (!proved.ok) {
    await write("database.refused", { checks, problems: proved.problems });
    return proved;
  }
  const { digest, document } = proved.value;
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
