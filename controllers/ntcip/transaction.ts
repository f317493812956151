/**
 * The NTCIP 1201 database transaction: buffered values take effect together after the device's own verification, or
 * not at all. normal -> transaction -> verify -> done -> normal.
 */
import type { Clock } from "../../core/ports/clock.ts";
import { failed, ok, problem, type Result } from "../../core/problems/problem.ts";
import { type CellWrite, cell } from "./cells.ts";
import { dbState, dbVerify } from "./oids.ts";
import { integerAt, readOne, textAt } from "./readings.ts";
import type { SnmpLink } from "./snmp-link.ts";

const STATE = cell("dbCreateTransaction");
const VERIFY_POLL_MS = 100;
const VERIFY_POLLS = 150;
const ACCEPTED_TEXT = /^\s*NO VERIFICATION ERROR/i;

export interface Database {
  readonly link: SnmpLink;
  readonly controller: string;
  readonly clock: Clock;
}

const readState = ({ link, controller }: Database): Promise<Result<number>> => readOne(link, controller, STATE);

const nameOf = (state: number): string =>
  Object.entries(dbState).find(([, value]) => value === state)?.[0] ?? String(state);

const stuck = ({ controller }: Database, state: number): Result<never> =>
  failed(problem("TRANSACTION_STUCK", { controller, state: nameOf(state) }));

/**
 * One step of the state machine. An answer lost on the way makes the retried SET illegal in the state it already
 * reached, so a refusal counts only while the device is not where it was asked to go.
 */
async function step(database: Database, to: number, reached: readonly number[]): Promise<Result<void>> {
  const written = await database.link.write([{ ...STATE, value: to }]);
  if (written.ok) return ok(undefined);
  const state = await readState(database);
  return state.ok && reached.includes(state.value) ? ok(undefined) : written;
}

async function waitWhileVerifying(database: Database): Promise<Result<number>> {
  for (let poll = 0; poll < VERIFY_POLLS; poll++) {
    const state = await readState(database);
    if (!state.ok || state.value !== dbState.verify) return state;
    await database.clock.sleep(VERIFY_POLL_MS);
  }
  return stuck(database, dbState.verify);
}

/** Leaves `normal` behind, whatever a manager that died left: its transaction is discarded. */
export async function abortStale(database: Database): Promise<Result<void>> {
  const state = await waitWhileVerifying(database);
  if (!state.ok) return state;
  if (state.value === dbState.normal) return ok(undefined);
  const aborted = await step(database, dbState.normal, [dbState.normal]);
  if (!aborted.ok) return aborted;
  const after = await readState(database);
  if (!after.ok) return after;
  return after.value === dbState.normal ? ok(undefined) : stuck(database, after.value);
}

/**
 * 1201 v01 numbers the verdicts 0 to 2, later texts 1 to 3: 2 means "no error" in one and "error" in the other. The
 * base is a quirk of the device, taken from what it said; and the status alone is never believed: the text has to say
 * that there was no error as well.
 */
async function readVerdict({ link, controller }: Database): Promise<Result<{ accepted: boolean; text: string }>> {
  const cells = [cell("dbVerifyStatus"), cell("dbVerifyError")] as const;
  const read = await link.read(cells);
  if (!read.ok) return read;
  const status = integerAt(read.value, cells[0]);
  if (status === null) return failed(problem("CONTROLLER_LACKS", { controller, name: "dbVerifyStatus.0" }));
  const text = textAt(read.value, cells[1]).trim();
  const praised = ACCEPTED_TEXT.test(text);
  const base = link.quirks.verify_base ?? learntBase(link, status, praised);
  const accepted = praised && status === dbVerify.doneWithNoError + base;
  return ok({ accepted, text: text === "" ? `verification status ${status} without a text` : text });
}

/** What status and text together say of a device that was never heard before. */
function learntBase(link: SnmpLink, status: number, praised: boolean): 0 | 1 {
  const base = status > (praised ? dbVerify.doneWithNoError : dbVerify.doneWithError) ? 1 : 0;
  if (status === base + (praised ? dbVerify.doneWithNoError : dbVerify.doneWithError))
    link.learn({ verify_base: base });
  return base;
}

async function inTransaction(database: Database, values: readonly CellWrite[]): Promise<Result<void>> {
  const { controller, link } = database;
  const written = await link.write(values);
  if (!written.ok) return written;
  const verifying = await step(database, dbState.verify, [dbState.verify, dbState.done]);
  if (!verifying.ok) return verifying;
  const state = await waitWhileVerifying(database);
  if (!state.ok) return state;
  if (state.value !== dbState.done) return stuck(database, state.value);
  const verdict = await readVerdict(database);
  if (!verdict.ok) return verdict;
  const closed = await step(database, dbState.normal, [dbState.normal]);
  if (!closed.ok) return closed;
  return verdict.value.accepted
    ? ok(undefined)
    : failed(problem("TRANSACTION_REFUSED", { controller, text: verdict.value.text }));
}

/**
 * Writes the values as one transaction. After any failure the transaction is aborted, so that the device keeps its old
 * values; a device that cannot even be told so drops it by itself, and the next attempt aborts it first.
 */
export async function runTransaction(database: Database, values: readonly CellWrite[]): Promise<Result<void>> {
  const opened = await step(database, dbState.transaction, [dbState.transaction]);
  if (!opened.ok) return opened;
  const done = await inTransaction(database, values);
  if (done.ok) return done;
  const aborted = await abortStale(database);
  return aborted.ok ? done : failed(...done.problems, ...aborted.problems);
}
