/** Puts a proved plan into the device without touching the street: checks, transaction, read-back of every value. */
import type { Intersection } from "../../core/network/schema.ts";
import type { ProvedPlan, ReadBack } from "../../core/ports/signal-controller.ts";
import { failed, ok, type Problem, problem, type Result } from "../../core/problems/problem.ts";
import { provedAgainst, refusalOf, timingDigest } from "../gate/proved-plan.ts";
import { cell, type IntegerValue } from "./cells.ts";
import { heartbeatSeconds, leastBackupSeconds } from "./heartbeat-period.ts";
import { inDeviceWords } from "./offset-reference.ts";
import { specialPattern } from "./oids.ts";
import { planValues } from "./plan-values.ts";
import { readBack } from "./read-back.ts";
import { type DeviceReading, readDevice, type TimedDevice } from "./read-timing.ts";
import { readRequired } from "./readings.ts";
import { abortStale, type Database, runTransaction } from "./transaction.ts";

export interface DownloadTarget {
  readonly database: Database;
  readonly intersection: Intersection;
  readonly worstRetry_s: number;
}

const MODE_NAMES: Readonly<Record<number, string>> = {
  [specialPattern.free]: "free",
  [specialPattern.flash]: "flash",
};

/** The device must listen to the centre, and the row must not be the one that runs. */
async function checkControl({ database, intersection }: DownloadTarget, pattern: number): Promise<Result<void>> {
  const { link, controller } = database;
  const cells = [cell("coordOperationalMode"), cell("systemPatternControl"), cell("coordPatternStatus")];
  const read = await readRequired(link, controller, cells);
  if (!read.ok) return read;
  const [mode = 0, commanded, running] = read.value;
  if (mode !== 0) {
    const name = MODE_NAMES[mode] ?? `pattern ${mode}`;
    return failed(
      problem("CENTRAL_CONTROL_OFF", { controller, intersection: intersection.id, mode: name, value: mode }),
    );
  }
  if (pattern === commanded || pattern === running) return failed(problem("PATTERN_IN_FORCE", { controller, pattern }));
  return ok(undefined);
}

/** The proof holds only for the device it was made against, and only if the write changes nothing but its own pattern. */
function checkDevice(target: DownloadTarget, plan: ProvedPlan, device: DeviceReading): readonly Problem[] {
  const { controller } = target.database;
  const { pattern } = plan.plan;
  const problems: Problem[] = [];
  if (provedAgainst(plan) !== timingDigest(device.timing, pattern)) {
    problems.push(problem("DEVICE_TIMING_CHANGED", { controller }));
  }
  for (const [other, row] of device.split_rows) {
    if (other !== pattern && row === pattern)
      problems.push(problem("SPLIT_ROW_SHARED", { controller, pattern, other }));
  }
  const backup_s = device.timing.backup_time_s;
  if (heartbeatSeconds(backup_s, target.worstRetry_s) === null) {
    const least_s = leastBackupSeconds(target.worstRetry_s);
    problems.push(problem("BACKUP_TIME_SHORT", { intersection: target.intersection.id, backup_s, least_s }));
  }
  return problems;
}

export const timed = ({ database, intersection }: DownloadTarget): TimedDevice => ({
  intersection,
  reference: database.link.quirks.offset_reference,
});

/** What the device is to hold: its own offset, where it times another instant than plans do. */
function valuesOf(target: DownloadTarget, { plan }: ProvedPlan, maxPhases: number): Result<readonly IntegerValue[]> {
  const { intersection, reference } = timed(target);
  const told = inDeviceWords(intersection, plan, reference);
  const { controller } = target.database;
  const words = { controller, reference, pattern: plan.pattern };
  return told === null
    ? failed(problem("OFFSET_REFERENCE_OTHER", words))
    : ok(planValues(told, intersection.signal.coord_phases, maxPhases));
}

export async function download(target: DownloadTarget, plan: ProvedPlan): Promise<Result<ReadBack>> {
  const { database, intersection } = target;
  const refused = refusalOf(database.controller, intersection.id, plan);
  if (refused !== null) return failed(refused);
  const clean = await abortStale(database);
  if (!clean.ok) return clean;
  const free = await checkControl(target, plan.plan.pattern);
  if (!free.ok) return free;
  const device = await readDevice(database.link, database.controller, timed(target));
  if (!device.ok) return device;
  const problems = checkDevice(target, plan, device.value);
  if (problems.length > 0) return failed(...problems);

  const values = valuesOf(target, plan, device.value.max_phases);
  if (!values.ok) return values;
  const written = await runTransaction(database, values.value);
  if (!written.ok) return written;
  return readBack(database.link, database.controller, values.value);
}

/** What a device that was commanded before must still be and hold, so that control can go on: nothing is written. */
export async function compareHeld(target: DownloadTarget, plan: ProvedPlan): Promise<Result<ReadBack>> {
  const { link, controller } = target.database;
  const { id } = target.intersection;
  const refused = refusalOf(controller, id, plan);
  if (refused !== null) return failed(refused);
  const { pattern } = plan.plan;
  const control = await readRequired(link, controller, [cell("systemPatternControl"), cell("coordPatternStatus")]);
  if (!control.ok) return control;
  const [held = 0, running = 0] = control.value;
  if (held !== pattern || running !== pattern) return failed(problem("COMMAND_DROPPED", { controller, pattern, held }));
  const device = await readDevice(link, controller, timed(target));
  if (!device.ok) return device;
  const problems = checkDevice(target, plan, device.value);
  if (problems.length > 0) return failed(...problems);
  const values = valuesOf(target, plan, device.value.max_phases);
  return values.ok ? readBack(link, controller, values.value) : values;
}
