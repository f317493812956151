/** Cases in SQL: a row to be found by, and the log that says what they came to. */
import { type CaseStep, takeStep } from "../../core/cases/case.ts";
import { isFreeKind, stepBody } from "../../core/cases/case-log.ts";
import type { Detection } from "../../core/cases/detection.ts";
import { SERVICE } from "../../core/cases/states.ts";
import { canonicalJson } from "../../core/evidence/canonical-json.ts";
import { chainEntry, emptyChain } from "../../core/evidence/ledger-chain.ts";
import type { CaseEvidence, CasePlate, CaseQuery, CaseRecord, CaseStore } from "../../core/ports/cases.ts";
import type { PlateVault } from "../../core/ports/plate-vault.ts";
import type { LedgerEntry } from "../../core/ports/storage.ts";
import { failed, ok, type Problem, ProblemError, problem, type Result } from "../../core/problems/problem.ts";
import { sha256 } from "../storage/sha256.ts";
import type { Sql, SqlRunner } from "../storage/sql.ts";
import { type EntryRow, entryColumns, entryOf, type SqlLedger } from "../storage/sql-ledger.ts";
import {
  type CaseRow,
  concealed,
  evidenceBody,
  evidenceKind,
  evidenceOf,
  recordOf,
  selectRow,
  tailOf,
} from "./case-rows.ts";

/** Kinds of a case's entries that the service's own ledger points at. */
const announced: readonly string[] = ["detected", "sealed", "decided", "cancel_answered", "closed", "evidence_deleted"];

const insertCase = `
insert into violation_case (id, camera, rule, place, track, session_ms, at_ms, detection, state, evidence_state, evidence,
  log_seq, log_hash, log_at_ms)
values ($1, $2, $3, $4, $5, $6, $7, $8, 'detected', 'pending', $9, 0, $10, $11)
on conflict (camera, rule, place, track, session_ms) do nothing
returning id`;

const selectSameAct = `
select id from violation_case where camera = $1 and rule = $2 and place = $3 and track = $4 and session_ms = $5`;

const selectLog = `select ${entryColumns} from case_entry where case_id = $1 order by seq`;

const selectCases = `${selectRow}
where ($1::text[] is null or state = any($1)) and ($2::text is null or evidence_state = $2)
  and ($3::text is null or rule = $3) and ($4::text is null or camera = $4)
  and ($5::float8 is null or at_ms >= $5) and ($6::float8 is null or at_ms < $6)
  and ($7::text is null or (at_ms, id) < (select at_ms, id from violation_case where id = $7))
order by at_ms desc, id desc limit $8`;

const insertEntry = `insert into case_entry (case_id, ${entryColumns}) values ($1, $2, $3, $4, $5, $6, $7)`;
const moveTail = "update violation_case set log_seq = $2, log_hash = $3, log_at_ms = $4 where id = $1";
const moveState = "update violation_case set state = $2 where id = $1";
const changeEvidence = "update violation_case set evidence_state = $2, evidence = $3, plate = $4 where id = $1";

/** Two who write at the same moment may come to the lock in the other order: by so much time may seem to go back. */
const RACE_MS = 1000;

export interface CaseStoreParts {
  readonly sql: Sql;
  readonly vault: PlateVault;
  readonly ledger: SqlLedger;
  /** Told of each entry of the service's ledger that a case made, once it is durable. */
  readonly heard?: ((entry: LedgerEntry) => void) | undefined;
}

/** What writes within one transaction, and what is to be told of it afterwards. */
interface Pen {
  readonly tx: SqlRunner;
  readonly news: LedgerEntry[];
}

export class SqlCaseStore implements CaseStore {
  readonly #parts: CaseStoreParts;
  readonly #broken = new Map<string, Problem>();

  constructor(parts: CaseStoreParts) {
    this.#parts = parts;
  }

  /** Cases that were asked for and whose log does not hold. A list leaves them out. */
  get troubles(): readonly Problem[] {
    return [...this.#broken.values()];
  }

  async open(id: string, detection: Detection, sampled: boolean, at_ms: number): Promise<CaseRecord> {
    const text = canonicalJson(detection);
    const { camera, rule, track, session_ms } = detection;
    const act = [camera, rule.id, rule.place, track, session_ms];
    const pending = canonicalJson(untried);
    const known = await this.#transaction(async (tx, news) => {
      const values = [id, ...act, detection.at_ms, text, pending, emptyChain.hash, at_ms];
      const added = await tx.query(insertCase, values);
      if (added.length === 0) return (await tx.query<{ id: string }>(selectSameAct, act))[0]?.id;
      const step: CaseStep = { kind: "detected", by: SERVICE, at_ms, rule: rule.id, sampled };
      const body = { ...stepBody(id, step), detection_sha256: sha256(text) };
      await this.#append({ tx, news }, { ...emptyLog, id }, "detected", body, at_ms);
      return id;
    });
    const record = known === undefined ? null : await this.get(known);
    if (record === null) throw new Error(`the case ${id} was neither added nor there`);
    return record;
  }

  async get(id: string): Promise<CaseRecord | null> {
    const row = await caseRow(this.#parts.sql, id);
    if (row === null) return null;
    const record = this.#recordOf(row);
    if (!record.ok) throw new ProblemError(record.problems);
    return record.value;
  }

  async list(query: CaseQuery): Promise<readonly CaseRecord[]> {
    const { states = null, evidence = null, rule = null, camera = null, since_ms = null, until_ms = null } = query;
    const values = [states, evidence, rule, camera, since_ms, until_ms, query.before ?? null, query.limit];
    const rows = await this.#parts.sql.query<CaseRow>(selectCases, values);
    return rows.flatMap((row) => {
      const record = this.#recordOf(row);
      return record.ok ? [record.value] : [];
    });
  }

  step(id: string, step: CaseStep, seen: number): Promise<Result<CaseRecord>> {
    return this.#transaction(async (tx, news) => {
      const row = await lockedCase(tx, id);
      if (row === null) return failed(problem("CASE_UNKNOWN", { case: id }));
      const record = this.#recordOf(row);
      if (!record.ok) return record;
      const now = record.value.case;
      const steps = now.steps.length;
      if (steps !== seen) return failed(problem("CASE_MOVED_ON", { steps, seen }));
      const next = takeStep(now, step);
      if (!next.ok) return next;
      await this.#append({ tx, news }, row, step.kind, stepBody(id, step), step.at_ms);
      await tx.query(moveState, [id, next.value.state]);
      const moved = { ...record.value, case: next.value };
      if (step.kind !== "evidence_asked") return ok(moved);
      await this.#setEvidence({ tx, news }, id, untried, null, step.at_ms);
      return ok({ ...moved, evidence: untried });
    });
  }

  setEvidence(id: string, evidence: CaseEvidence, plate: CasePlate | null, at_ms: number): Promise<void> {
    return this.#transaction((tx, news) => this.#setEvidence({ tx, news }, id, evidence, plate, at_ms));
  }

  async record(id: string, kind: string, body: unknown, at_ms: number): Promise<LedgerEntry> {
    requireFree(kind);
    return this.#transaction((tx, news) => this.#record({ tx, news }, id, kind, body, at_ms));
  }

  /** As `record`, kept or rolled back with everything else of `tx`. */
  async recordWithin(tx: SqlRunner, id: string, kind: string, body: unknown, at_ms: number): Promise<LedgerEntry> {
    requireFree(kind);
    return this.#record({ tx, news: [] }, id, kind, body, at_ms);
  }

  async log(id: string): Promise<readonly LedgerEntry[]> {
    return (await this.#parts.sql.query<EntryRow>(selectLog, [id])).map(entryOf);
  }

  async #transaction<T>(work: (tx: SqlRunner, news: LedgerEntry[]) => Promise<T>): Promise<T> {
    const news: LedgerEntry[] = [];
    const done = await this.#parts.sql.transaction((tx) => work(tx, news));
    for (const entry of news) this.#parts.heard?.(entry);
    return done;
  }

  async #setEvidence(
    pen: Pen,
    id: string,
    evidence: CaseEvidence,
    plate: CasePlate | null,
    at_ms: number,
  ): Promise<void> {
    const row = await lockedCase(pen.tx, id);
    if (row === null) throw new Error(`there is no case ${id}`);
    const hidden = concealed(this.#parts.vault, plate);
    await pen.tx.query(changeEvidence, [id, evidence.state, canonicalJson(evidence), hidden]);
    // Another try changes nothing that anybody could see; its trouble is in the row.
    if (evidence.state === "pending" && evidenceOf(row).state === "pending") return;
    await this.#append(pen, row, evidenceKind(evidence), evidenceBody(id, evidence, hidden), at_ms);
  }

  async #record(pen: Pen, id: string, kind: string, body: unknown, at_ms: number): Promise<LedgerEntry> {
    const row = await lockedCase(pen.tx, id);
    if (row === null) throw new Error(`there is no case ${id}`);
    return this.#append(pen, row, kind, body, at_ms);
  }

  #recordOf(row: CaseRow): Result<CaseRecord> {
    const record = recordOf(row, this.#parts.vault);
    if (record.ok) this.#broken.delete(row.id);
    else if (record.problems[0] !== undefined) this.#broken.set(row.id, record.problems[0]);
    return record;
  }

  async #append({ tx, news }: Pen, row: LogEnd, kind: string, body: unknown, wanted_ms: number): Promise<LedgerEntry> {
    const newest_ms = Number(row.log_at_ms);
    const at_ms = newest_ms - wanted_ms < RACE_MS ? Math.max(newest_ms, wanted_ms) : wanted_ms;
    const entry = chainEntry(tailOf(row), kind, body, at_ms, sha256);
    const { seq, previous, hash } = entry;
    await tx.query(insertEntry, [row.id, seq, at_ms, kind, canonicalJson(body), previous, hash]);
    await tx.query(moveTail, [row.id, seq, hash, at_ms]);
    if (announced.includes(kind)) {
      // What the ledger holds a log cannot lose, and the ledger is open to everybody here: number and hash say enough.
      const about = { case_id: row.id, entry: seq, entry_hash: hash };
      news.push(await this.#parts.ledger.appendWithin(tx, `case.${kind}`, about, Math.round(at_ms)));
    }
    return entry;
  }
}

const untried: CaseEvidence = { state: "pending", attempts: 0, trouble: null };

type LogEnd = Pick<CaseRow, "id" | "log_seq" | "log_hash" | "log_at_ms">;

const emptyLog = { log_seq: emptyChain.seq, log_hash: emptyChain.hash, log_at_ms: 0 };

function requireFree(kind: string): void {
  if (!isFreeKind(kind)) throw new Error(`“${kind}” is a step, and steps are taken`);
}

async function caseRow(sql: SqlRunner, id: string): Promise<CaseRow | null> {
  return (await sql.query<CaseRow>(`${selectRow} where id = $1`, [id]))[0] ?? null;
}

/** The lock first, in a statement of its own: only the next one sees what whoever held it has written. */
async function lockedCase(tx: SqlRunner, id: string): Promise<CaseRow | null> {
  await tx.query("select 1 as locked from violation_case where id = $1 for update", [id]);
  return caseRow(tx, id);
}
