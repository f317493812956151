/** What is remembered. A promise that resolved means the rows survive `kill -9`. */

import type { Plan } from "../signal/plan.ts";
import type { FeedOrigin, FlowInterval } from "../traffic/flow-interval.ts";
import type { MovementInterval } from "../traffic/movement-interval.ts";
import type { DetectorEvent } from "./detection-feed.ts";

export interface FlowStore {
  /** One interval per lane, start and feed: a resend counts once, and replaces what it resends only by seeing more. */
  append(intervals: readonly FlowInterval[]): Promise<void>;
  /** Newest first, at most `limit`, of one lane or of all. */
  recent(query: {
    readonly lane?: string;
    readonly since_ms?: number;
    readonly limit: number;
  }): Promise<readonly FlowInterval[]>;
}

export interface MovementStore {
  /** One interval per feed and start, as with flow intervals. */
  append(intervals: readonly MovementInterval[]): Promise<void>;
  /** Newest first, at most `limit`, of one feed or of all. */
  recent(query: {
    readonly feed?: string;
    readonly since_ms?: number;
    readonly limit: number;
  }): Promise<readonly MovementInterval[]>;
}

export interface EventLog {
  append(events: readonly DetectorEvent[]): Promise<void>;
  recent(query: {
    readonly intersection?: string;
    readonly since_ms?: number;
    /** Exclusive. */
    readonly until_ms?: number;
    readonly origin?: FeedOrigin;
    readonly limit: number;
  }): Promise<readonly DetectorEvent[]>;
}

export type PlanState = "proposed" | "refused" | "downloaded" | "active" | "failed" | "superseded";

export interface StoredPlan {
  readonly id: number;
  readonly plan: Plan;
  readonly state: PlanState;
  /** When it came into this state. */
  readonly at_ms: number;
  /** Why it was made: the proposal's reasons, as JSON. */
  readonly reasons: unknown;
}

export interface PlanStore {
  add(plan: Plan, reasons: unknown, at_ms: number): Promise<number>;
  /** An intersection has one active plan: making another one active supersedes it in the same step. */
  setState(id: number, state: PlanState, at_ms: number): Promise<void>;
  /** The newest active plan of each intersection. */
  inForce(): Promise<readonly StoredPlan[]>;
  recent(query: { readonly intersection?: string; readonly limit: number }): Promise<readonly StoredPlan[]>;
}

export interface LedgerEntry {
  readonly seq: number;
  readonly at_ms: number;
  readonly kind: string;
  readonly body: unknown;
  /** SHA-256 hex of the entry before; 64 zeros for the first. */
  readonly previous: string;
  readonly hash: string;
}

/** How a ledger entry fails to follow from the one before. */
export type LedgerFault =
  /** The number is not one above the entry before: something was removed, inserted or moved. */
  | "wrong_sequence"
  /** It names another predecessor than the entry before it. */
  | "wrong_previous"
  /** Its fields do not give its hash: something in it was altered. */
  | "wrong_hash"
  /** The chain ends before, or elsewhere than, its recorded tail: the newest entries were cut or replaced. */
  | "wrong_tail";

/**
 * How far a chain is walked. `new`: from where it was last found whole to its end, and one page of what lies before, in
 * turn; a short chain is walked whole all the same.
 */
export type ChainWalk = "whole" | "new";

export interface Ledger {
  append(kind: string, body: unknown, at_ms: number): Promise<LedgerEntry>;
  recent(limit: number): Promise<readonly LedgerEntry[]>;
  /** Walks the chain, whole unless said; `broken_at` is the first entry that does not follow from the one before. */
  verify(how?: ChainWalk): Promise<{
    readonly entries: number;
    readonly broken_at: number | null;
    readonly fault: LedgerFault | null;
  }>;
}
