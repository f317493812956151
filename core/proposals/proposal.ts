/**
 * The life of a proposed plan, as the steps that were taken. A step is never changed, and the state is what the steps
 * come to, so that a list of steps is all that has to be kept.
 *
 *   draft -> proved -> waiting -> approved -> sending -> downloaded -> observing -> confirmed
 *     |         |          |          |           |           |             |
 *     '- refused or withdrawn, -------'           '- failed --'             '- rolled back
 *        by the proof, the shadow run or a person    '------ interrupted -------'  (the service ended in between)
 */
import { failed, ok, type Problem, problem, type Result } from "../problems/problem.ts";
import type { Plan } from "../signal/plan.ts";
import type { ShadowReport } from "./shadow-report.ts";
import { beforeSending, type ProposalState, underWay } from "./states.ts";
import type { SendWindow } from "./window.ts";

/** Whoever takes the steps that no person takes; no account can be called so. */
export const SERVICE = "(service)";

/** `by`: the account, or `SERVICE`; `role`: the one that allowed it, null for the service. */
interface Taken {
  readonly by: string;
  readonly role: string | null;
  readonly at_ms: number;
}

/** What ran: 254 free, 255 flash; `plan` is null where the device runs no plan that could be read. */
export interface Running {
  readonly pattern: number;
  readonly plan: Plan | null;
}

/** One proof of the gate, as `controllers/gate` words it. */
export interface ProofCheck {
  readonly id: string;
  readonly passed: boolean;
  readonly problems: readonly Problem[];
}

/** What the device said of itself: pattern in force, how far it follows, and what it may be told by. */
export interface DeviceReply {
  readonly pattern: number;
  readonly free_status: string;
  readonly control_status: string;
  readonly local_clock_s: number | null;
}

interface Reasoned {
  readonly reason: string;
}

interface Troubled {
  readonly problems: readonly Problem[];
}

interface Bodies {
  readonly drafted: Reasoned & {
    readonly intersection: string;
    readonly controller: string;
    readonly plan: Plan;
    readonly before: Running;
    readonly window: SendWindow | null;
  };
  readonly proved: {
    readonly digest: string;
    readonly checks: readonly ProofCheck[];
    /** Of everything that was read from the device. */
    readonly device_digest: string;
    readonly controller_checksum: number | null;
  };
  readonly shadowed: { readonly report: ShadowReport };
  /** By the proof or the shadow run. */
  readonly rejected: Troubled & { readonly stage: "proof" | "shadow"; readonly checks: readonly ProofCheck[] };
  readonly approved: Reasoned;
  readonly refused: Reasoned;
  readonly withdrawn: Reasoned;
  /** On the disk before the first SET. */
  readonly began: {
    readonly pattern: number;
    readonly previous_pattern: number;
    readonly digest: string;
    readonly device_digest: string;
    readonly controller_checksum: number | null;
  };
  readonly downloaded: {
    readonly read_back_digest: string;
    readonly values: number;
    readonly controller_checksum: number | null;
  };
  /** On the disk before the SET that makes the pattern the one in force. */
  readonly commanded: { readonly pattern: number; readonly local_clock_s: number | null };
  readonly observed: { readonly cycle: number; readonly reply: DeviceReply };
  /** After a restart: the device still runs it, and every value was read back equal before anything was sent. */
  readonly resumed: { readonly reply: DeviceReply; readonly read_back_digest: string };
  readonly confirmed: {
    readonly cycles: number;
    readonly reply: DeviceReply;
    readonly controller_checksum: number | null;
  };
  readonly rolled_back: Troubled & { readonly to_pattern: number; readonly reply: DeviceReply | null };
  readonly failed: Troubled & { readonly stage: string };
  /** After a restart: what was found, with nothing sent. */
  readonly interrupted: Troubled & { readonly reply: DeviceReply | null; readonly holds: "old" | "new" | "unknown" };
}

export type StepKind = keyof Bodies;
export type StepOf<K extends StepKind> = Taken & { readonly kind: K } & Bodies[K];
export type ProposalStep = { readonly [K in StepKind]: StepOf<K> }[StepKind];
/** What a step says, but for who takes it and when. */
export type StepWords<K extends StepKind = StepKind> = { readonly [Kind in K]: Omit<StepOf<Kind>, keyof Taken> }[K];

/** A step that no person takes. */
export const byService = (words: StepWords, at_ms: number): ProposalStep =>
  ({ ...words, by: SERVICE, role: null, at_ms }) as ProposalStep;

export interface Proposal {
  readonly state: ProposalState;
  readonly drafted: StepOf<"drafted">;
  readonly steps: readonly ProposalStep[];
}

const out = (now: Proposal, step: ProposalStep): Problem =>
  problem("PROPOSAL_STEP_OUT_OF_TURN", { step: step.kind, state: now.state });

/** From which states each step may be taken, and what it leads to. */
const moves: { readonly [K in Exclude<StepKind, "drafted">]: readonly [readonly ProposalState[], ProposalState] } = {
  proved: [["draft"], "proved"],
  shadowed: [["proved"], "waiting"],
  rejected: [["draft", "proved"], "refused"],
  approved: [["waiting"], "approved"],
  refused: [beforeSending, "refused"],
  withdrawn: [beforeSending, "withdrawn"],
  began: [["approved"], "sending"],
  downloaded: [["sending"], "downloaded"],
  commanded: [["downloaded"], "observing"],
  observed: [["observing"], "observing"],
  resumed: [["observing"], "observing"],
  confirmed: [["observing"], "confirmed"],
  rolled_back: [["observing"], "rolled_back"],
  failed: [["approved", "sending", "downloaded"], "failed"],
  interrupted: [underWay, "interrupted"],
};

/** Two people: whoever wrote a plan does not let it through, and nobody else takes it back (docs/reference/gate.md). */
function personProblem({ drafted }: Proposal, step: ProposalStep): Problem | null {
  if (step.kind === "approved" && step.by === drafted.by) return problem("PROPOSAL_SAME_PERSON", { by: step.by });
  if (step.kind === "withdrawn" && step.by !== drafted.by) return problem("PROPOSAL_NOT_YOURS", { by: drafted.by });
  const reasoned = step.kind === "approved" || step.kind === "refused" || step.kind === "withdrawn";
  return reasoned && step.reason.trim() === "" ? problem("GATE_REASON_MISSING") : null;
}

/** A proposal begins by being drafted. */
export const openProposal = (drafted: StepOf<"drafted">): Proposal => ({ state: "draft", drafted, steps: [drafted] });

/** The proposal after `step`, or why that step cannot be taken now. */
export function takeProposalStep(now: Proposal, step: ProposalStep): Result<Proposal> {
  if (step.kind === "drafted") return failed(out(now, step));
  const [from, to] = moves[step.kind];
  if (!from.includes(now.state)) return failed(out(now, step));
  const wrong = personProblem(now, step);
  return wrong === null ? ok({ ...now, state: to, steps: [...now.steps, step] }) : failed(wrong);
}

/** What the steps come to; fails where they cannot have been taken in this order. */
export function proposalOf(steps: readonly ProposalStep[]): Result<Proposal> {
  const [first, ...others] = steps;
  if (first?.kind !== "drafted") return failed(problem("PROPOSAL_BROKEN", { what: "it does not begin with a draft" }));
  let now = openProposal(first);
  for (const step of others) {
    const next = takeProposalStep(now, step);
    if (!next.ok) return next;
    now = next.value;
  }
  return ok(now);
}

/** The newest step of a kind; null when there is none. */
export function newestStep<K extends StepKind>({ steps }: Proposal, kind: K): StepOf<K> | null {
  return (steps.findLast((step) => step.kind === kind) ?? null) as StepOf<K> | null;
}
