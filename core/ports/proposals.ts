/** Proposed plans and every step that was taken with them. Only ever added to. */
import type { Result } from "../problems/problem.ts";
import type { Proposal, ProposalStep, StepOf } from "../proposals/proposal.ts";
import type { ProposalState } from "../proposals/states.ts";

export interface ProposalRecord {
  readonly id: number;
  readonly proposal: Proposal;
}

export interface ProposalQuery {
  readonly states?: readonly ProposalState[];
  readonly intersection?: string;
  /** Only proposals of a smaller number. */
  readonly before?: number;
  readonly limit: number;
}

/** Where a proposal is, without its steps: to see at little cost whether anything has happened. */
export interface ProposalPlace {
  readonly id: number;
  readonly intersection: string;
  readonly state: ProposalState;
  readonly steps: number;
}

export interface ProposalStore {
  /** A promise that resolved means the step is on the disk and in the ledger, both or neither. */
  draft(step: StepOf<"drafted">): Promise<ProposalRecord>;
  get(id: number): Promise<ProposalRecord | null>;
  /** Newest first. */
  list(query: ProposalQuery): Promise<readonly ProposalRecord[]>;
  /** Those in one of the states, oldest first. */
  places(states: readonly ProposalState[]): Promise<readonly ProposalPlace[]>;
  /**
   * `seen`: how many steps its taker has seen. Of two who go on from the same step one wins, and the other hears
   * PROPOSAL_MOVED_ON; of two proposals for one intersection only one is under way, and the other hears
   * INTERSECTION_TAKEN.
   */
  step(id: number, step: ProposalStep, seen: number): Promise<Result<ProposalRecord>>;
}
