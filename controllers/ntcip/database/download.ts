/**
 * Puts a proved database into the device: only what differs is written, in one transaction, every value of the document
 * is read back, and a device that does not run well afterwards gets its old values back.
 */
import type { ControllerStatus } from "../../../core/ports/signal-controller.ts";
import { failed, ok, type Problem, problem, type Result } from "../../../core/problems/problem.ts";
import { documentDigest } from "../../gate/digest.ts";
import { isProvedDatabase, type ProvedDatabase } from "../../gate/proved-database.ts";
import { type CellWrite, cellKey, sameValue } from "../cells.ts";
import { readBackAll } from "../read-back.ts";
import { abortStale, type Database, runTransaction } from "../transaction.ts";
import { readingsOf, valuesOf } from "./cells-of.ts";
import { type DatabaseDocument, parametersOf } from "./document.ts";
import { uploadDatabase } from "./upload.ts";

export interface DatabaseReport {
  readonly controller: string;
  readonly digest: string;
  /** Values that differed and were written; all values of the document were read back equal. */
  readonly written: number;
  readonly read_back: number;
  readonly status: ControllerStatus;
}

interface Change {
  readonly values: readonly CellWrite[];
  /** What stood there. */
  readonly before: readonly CellWrite[];
}

/** A download on its way. */
export interface Written extends Change {
  readonly read_back: number;
}

/** Named at most so many times; a document for another make lacks hundreds. */
const MOST_NAMED = 10;

/** What only the document can tell, before anything is asked of the device. */
export function databaseRefusal(controller: string, proved: ProvedDatabase<DatabaseDocument>): Problem | null {
  if (!isProvedDatabase(proved)) return problem("DATABASE_NOT_PROVED", { controller });
  if (proved.controller === controller) return null;
  return problem("DATABASE_ELSEWHERE", { controller, meant: proved.controller });
}

/** The digest that a proof is bound to. */
export const databaseDigest = (document: DatabaseDocument): string => documentDigest(parametersOf(document));

/** What the document changes; every object it states must be there. */
function changeOf(controller: string, wanted: readonly CellWrite[], held: DatabaseDocument): Result<Change> {
  const holds = readingsOf(held);
  const lacking = wanted.filter((value) => !holds.has(cellKey(value)));
  if (lacking.length > 0) {
    const named = lacking.slice(0, MOST_NAMED);
    return failed(...named.map((value) => problem("DATABASE_LACKS_OBJECT", { controller, name: cellKey(value) })));
  }
  const old = (value: CellWrite): CellWrite => ({ ...value, value: holds.get(cellKey(value)) ?? value.value });
  const values = wanted.filter((value) => !sameValue(value.value, old(value).value));
  return ok({ values, before: values.map(old) });
}

/** Ends with the new values in force and read back, or with the old ones. */
export async function writeDatabase(
  database: Database,
  proved: ProvedDatabase<DatabaseDocument>,
): Promise<Result<Written>> {
  const { controller, link } = database;
  const stale = await abortStale(database);
  if (!stale.ok) return stale;
  const held = await uploadDatabase(link, controller);
  if (!held.ok) return held;
  if (databaseDigest(held.value) !== proved.against) return failed(problem("DEVICE_TIMING_CHANGED", { controller }));
  const wanted = valuesOf(proved.document);
  const change = changeOf(controller, wanted, held.value);
  if (!change.ok) return change;
  const { values, before } = change.value;
  if (values.length > 0) {
    const written = await runTransaction(database, values);
    if (!written.ok) return written;
  }
  const back = await readBackAll(link, controller, wanted);
  if (back.ok) return ok({ values, before, read_back: back.value });
  const rolledBack = await rollBackDatabase(database, before);
  return failed(...back.problems, ...rolledBack);
}

/** Writes the old values again; the problems of that, none when they are all back. */
export async function rollBackDatabase(database: Database, before: readonly CellWrite[]): Promise<readonly Problem[]> {
  if (before.length === 0) return [];
  const { controller, link } = database;
  const written = await runTransaction(database, before);
  const back = written.ok ? await readBackAll(link, controller, before) : written;
  return back.ok ? [] : [problem("DATABASE_ROLL_BACK_FAILED", { controller }), ...back.problems];
}
