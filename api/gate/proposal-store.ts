/** Proposals in SQL: a row to be found by, and the steps, each named in the ledger by its hash. */
import { canonicalJson } from "../../core/evidence/canonical-json.ts";
import type { ProposalPlace, ProposalQuery, ProposalRecord, ProposalStore } from "../../core/ports/proposals.ts";
import type { LedgerEntry } from "../../core/ports/storage.ts";
import { failed, ok, type Problem, ProblemError, problem, type Result } from "../../core/problems/problem.ts";
import {
  openProposal,
  type Proposal,
  type ProposalStep,
  proposalOf,
  type StepOf,
  takeProposalStep,
} from "../../core/proposals/proposal.ts";
import { ended, type ProposalState, underWay } from "../../core/proposals/states.ts";
import { sha256 } from "../storage/sha256.ts";
import type { Sql, SqlRunner } from "../storage/sql.ts";
import type { SqlLedger } from "../storage/sql-ledger.ts";
import { stepEntry } from "./step-entry.ts";

const insert = "insert into plan_proposal (intersection, state, steps) values ($1, 'draft', 0) returning id";
const insertStep = "insert into proposal_step (proposal_id, number, body, ledger_seq) values ($1, $2, $3, $4)";
const move = "update plan_proposal set state = $2, steps = $3 where id = $1";
/** All of one intersection that are not over: two that would begin at the same moment wait for each other. */
const lockIntersection = `
select id, state from plan_proposal
where intersection = (select intersection from plan_proposal where id = $1) and (id = $1 or not state = any($2))
order by id for update`;

const selectSteps = `
select step.proposal_id, step.body, entry.body as entry from proposal_step step
join ledger_entry entry on entry.seq = step.ledger_seq
where step.proposal_id = any($1) order by step.proposal_id, step.number`;

const selectIds = `
select id from plan_proposal
where ($1::text[] is null or state = any($1)) and ($2::text is null or intersection = $2) and ($3::bigint is null or id < $3)
order by id desc limit $4`;

const selectPlaces = "select id, intersection, state, steps from plan_proposal where state = any($1) order by id";

interface PlaceRow {
  readonly id: number | string;
  readonly intersection: string;
  readonly state: ProposalState;
  readonly steps: number | string;
}

interface StepRow {
  readonly proposal_id: number | string;
  readonly body: string;
  /** Of its ledger entry. */
  readonly entry: string;
}

export interface ProposalStoreParts {
  readonly sql: Sql;
  readonly ledger: SqlLedger;
  /** Told of each entry of the ledger that a step made, once it is durable. */
  readonly heard?: ((entry: LedgerEntry) => void) | undefined;
}

/** A step that is not the one the ledger names was altered. */
function stepOf({ proposal_id, body, entry }: StepRow): ProposalStep {
  const told = JSON.parse(entry) as { readonly step_sha256?: unknown };
  if (told.step_sha256 !== sha256(body)) {
    const what = `a step of proposal ${proposal_id} is not the one in the ledger`;
    throw new ProblemError([problem("PROPOSAL_BROKEN", { what })]);
  }
  return JSON.parse(body) as ProposalStep;
}

async function readAll(tx: SqlRunner, ids: readonly number[]): Promise<ReadonlyMap<number, Proposal>> {
  const rows = await tx.query<StepRow>(selectSteps, [ids]);
  const steps = new Map<number, ProposalStep[]>();
  for (const row of rows) {
    const id = Number(row.proposal_id);
    steps.set(id, [...(steps.get(id) ?? []), stepOf(row)]);
  }
  return new Map(
    [...steps].map(([id, taken]) => {
      const proposal = proposalOf(taken);
      if (!proposal.ok) throw new ProblemError(proposal.problems);
      return [id, proposal.value];
    }),
  );
}

export class SqlProposalStore implements ProposalStore {
  readonly #parts: ProposalStoreParts;

  constructor(parts: ProposalStoreParts) {
    this.#parts = parts;
  }

  async draft(step: StepOf<"drafted">): Promise<ProposalRecord> {
    const proposal = openProposal(step);
    const id = await this.#writing(async (tx) => {
      const [row] = await tx.query<{ id: unknown }>(insert, [step.intersection]);
      const number = Number(row?.id);
      return { value: number, entry: await this.#write(tx, number, proposal) };
    });
    return { id, proposal };
  }

  async get(id: number): Promise<ProposalRecord | null> {
    const proposal = (await readAll(this.#parts.sql, [id])).get(id);
    return proposal === undefined ? null : { id, proposal };
  }

  async list({ states, intersection, before, limit }: ProposalQuery): Promise<readonly ProposalRecord[]> {
    const values = [states ?? null, intersection ?? null, before ?? null, limit];
    const rows = await this.#parts.sql.query<{ id: unknown }>(selectIds, values);
    const ids = rows.map(({ id }) => Number(id));
    const found = await readAll(this.#parts.sql, ids);
    return ids.flatMap((id) => {
      const proposal = found.get(id);
      return proposal === undefined ? [] : [{ id, proposal }];
    });
  }

  async places(states: readonly ProposalState[]): Promise<readonly ProposalPlace[]> {
    const rows = await this.#parts.sql.query<PlaceRow>(selectPlaces, [states]);
    return rows.map(({ id, steps, ...row }) => ({ ...row, id: Number(id), steps: Number(steps) }));
  }

  step(id: number, step: ProposalStep, seen: number): Promise<Result<ProposalRecord>> {
    return this.#writing<Result<ProposalRecord>>(async (tx) => {
      // The lock first, in a statement of its own: only the next one sees what whoever held it has written.
      const rows = await tx.query<{ id: unknown; state: string }>(lockIntersection, [id, ended]);
      const proposal = (await readAll(tx, [id])).get(id);
      if (proposal === undefined) return { value: failed(problem("PROPOSAL_UNKNOWN", { proposal: id })), entry: null };
      const next =
        proposal.steps.length === seen ? takeProposalStep(proposal, step) : failed(movedOn(id, proposal, seen));
      if (!next.ok) return { value: next, entry: null };
      const other = rows.find((row) => Number(row.id) !== id && underWay.some((state) => state === row.state));
      if (step.kind === "began" && other !== undefined) {
        return { value: failed(takenBy(proposal, Number(other.id))), entry: null };
      }
      return { value: ok({ id, proposal: next.value }), entry: await this.#write(tx, id, next.value) };
    });
  }

  /** The newest step of `proposal`, with its entry in the ledger. */
  async #write(tx: SqlRunner, id: number, proposal: Proposal): Promise<LedgerEntry> {
    const step = proposal.steps.at(-1);
    if (step === undefined) throw new Error("a proposal without a step");
    const body = canonicalJson(step);
    const { kind, about } = stepEntry(id, proposal, step, sha256(body));
    const entry = await this.#parts.ledger.appendWithin(tx, kind, about, Math.round(step.at_ms));
    await tx.query(insertStep, [id, proposal.steps.length, body, entry.seq]);
    await tx.query(move, [id, proposal.state, proposal.steps.length]);
    return entry;
  }

  async #writing<T>(work: (tx: SqlRunner) => Promise<{ readonly value: T; readonly entry: LedgerEntry | null }>) {
    const { value, entry } = await this.#parts.sql.transaction(work);
    if (entry !== null) this.#parts.heard?.(entry);
    return value;
  }
}

export const movedOn = (id: number, { steps }: Proposal, seen: number): Problem =>
  problem("PROPOSAL_MOVED_ON", { proposal: id, steps: steps.length, seen });

export const takenBy = ({ drafted }: Proposal, other: number): Problem =>
  problem("INTERSECTION_TAKEN", { intersection: drafted.intersection, other });
