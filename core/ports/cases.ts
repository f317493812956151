/** Cases as they are remembered. A promise that resolved means that it survives `kill -9`. */
import type { Case, CaseStep } from "../cases/case.ts";
import type { Detection } from "../cases/detection.ts";
import type { CaseState } from "../cases/states.ts";
import type { Problem, Result } from "../problems/problem.ts";
import type { LedgerEntry } from "./storage.ts";

export interface CharacterShare {
  readonly symbol: string;
  /** Share of the votes at this place, 0 to 1. */
  readonly share: number;
}

/** What was read of the vehicle's plate. `text` is null where it could not be read. */
export interface CasePlate {
  readonly text: string | null;
  /** Chance that the text is right, 0 to 1. */
  readonly confidence: number;
  readonly country: string | null;
  readonly frames: number;
  readonly agreeing: number;
  readonly votes: readonly CharacterShare[];
}

/** `pending`: not made yet, and will be tried (again). `failed`: will not be made unless a person asks for it again. */
export type CaseEvidence =
  | { readonly state: "pending"; readonly attempts: number; readonly trouble: Problem | null }
  | { readonly state: "ready"; readonly manifest_sha256: string; readonly edition: number; readonly bytes: number }
  | { readonly state: "failed"; readonly trouble: Problem }
  /** Deleted when its time was over; the steps stay. */
  | { readonly state: "deleted"; readonly at_ms: number; readonly reason: string };

export interface CaseRecord {
  /** Lower-case letters, digits and hyphens. */
  readonly id: string;
  readonly detection: Detection;
  readonly case: Case;
  readonly evidence: CaseEvidence;
  readonly plate: CasePlate | null;
}

export interface CaseQuery {
  readonly states?: readonly CaseState[];
  readonly evidence?: CaseEvidence["state"];
  readonly rule?: string;
  readonly camera?: string;
  readonly since_ms?: number;
  readonly until_ms?: number;
  /** Only cases older than this one: for the next page. */
  readonly before?: string;
  readonly limit: number;
}

export interface CaseStore {
  /** The act becomes a case, or, told again (same camera, rule, track, connection), is the case that it already is. */
  open(id: string, detection: Detection, sampled: boolean, at_ms: number): Promise<CaseRecord>;
  get(id: string): Promise<CaseRecord | null>;
  /** Newest act first. */
  list(query: CaseQuery): Promise<readonly CaseRecord[]>;
  /**
   * Takes a step, if the case still has as many steps as whoever asks has seen. Who asks for evidence again makes it pending,
   * as if it had never been tried.
   */
  step(id: string, step: CaseStep, seen: number): Promise<Result<CaseRecord>>;
  setEvidence(id: string, evidence: CaseEvidence, plate: CasePlate | null, at_ms: number): Promise<void>;
  /** An entry in the case's own log: what was sealed, seen, exported, held. Never changed, never removed. */
  record(id: string, kind: string, body: unknown, at_ms: number): Promise<LedgerEntry>;
  /** The case's own log: a chain from its detection on (every step is in it too). */
  log(id: string): Promise<readonly LedgerEntry[]>;
}
