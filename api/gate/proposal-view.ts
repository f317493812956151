/** Proposals and devices as they are told to whoever asks, in their language. */
import { may, type Role } from "../../core/accounts/roles.ts";
import type { ProposalRecord } from "../../core/ports/proposals.ts";
import { type Language, type Problem, sentence } from "../../core/problems/problem.ts";
import { type PlanDifferences, planDifferences } from "../../core/proposals/differences.ts";
import { newestStep, type ProofCheck, type ProposalStep } from "../../core/proposals/proposal.ts";
import type { ShadowReport } from "../../core/proposals/shadow-report.ts";
import { beforeSending, type ProposalState } from "../../core/proposals/states.ts";
import type { SendWindow } from "../../core/proposals/window.ts";
import type { Plan } from "../../core/signal/plan.ts";
import type { SignalSpec } from "../../core/signal/schema.ts";
import { planTransition, type Transition } from "../../core/signal/transition/transition.ts";
import type { Gatekeeper } from "./gatekeeper.ts";

export type ProposalAction = "approve" | "refuse" | "withdraw";

export interface ProposalRow {
  readonly id: number;
  readonly state: ProposalState;
  readonly intersection: string;
  readonly controller: string;
  readonly by: string;
  readonly reason: string;
  readonly at_ms: number;
  readonly cycle_s: number;
  /** Why an approved one has not been begun with; null when nothing but its window is in the way. */
  readonly waits_for: string | null;
}

export interface StepView {
  readonly kind: ProposalStep["kind"];
  readonly by: string;
  readonly role: string | null;
  readonly at_ms: number;
  readonly reason: string | null;
  readonly troubles: readonly string[];
  readonly said: Readonly<Record<string, unknown>>;
}

export interface ProposalDocument extends ProposalRow {
  readonly window: SendWindow | null;
  readonly plan: Plan;
  readonly before: { readonly pattern: number; readonly plan: Plan | null };
  readonly differences: PlanDifferences | null;
  /** How the signal gets into step with it, by the shorter way; null where that hangs on the moment, as with another cycle. */
  readonly transition: Transition | null;
  readonly checks: readonly { readonly id: string; readonly passed: boolean; readonly troubles: readonly string[] }[];
  readonly shadow: ShadowReport | null;
  readonly steps: readonly StepView[];
  /** How many steps the reader has seen with this: a decision names it. */
  readonly steps_seen: number;
  readonly actions: readonly ProposalAction[];
}

export interface Reader {
  readonly name: string;
  readonly roles: readonly Role[];
  readonly language: Language;
}

const told = (problems: readonly Problem[], language: Language): readonly string[] =>
  problems.map((found) => sentence(found, language));

export function proposalRow({ id, proposal }: ProposalRecord, gate: Gatekeeper, language: Language): ProposalRow {
  const { intersection, controller, by, reason, at_ms, plan } = proposal.drafted;
  const waits = proposal.state === "approved" ? gate.waitsFor(id) : null;
  return {
    id,
    state: proposal.state,
    intersection,
    controller,
    by,
    reason,
    at_ms,
    cycle_s: plan.cycle_s,
    waits_for: waits === null ? null : sentence(waits, language),
  };
}

/** What stands in documents of its own is not told again. */
const elsewhere: readonly string[] = ["kind", "by", "role", "at_ms", "reason", "problems", "checks", "report", "plan"];

function stepView(step: ProposalStep, language: Language): StepView {
  const said = Object.fromEntries(Object.entries(step).filter(([key]) => !elsewhere.includes(key)));
  return {
    kind: step.kind,
    by: step.by,
    role: step.role,
    at_ms: step.at_ms,
    reason: "reason" in step ? step.reason : null,
    troubles: "problems" in step ? told(step.problems, language) : [],
    said,
  };
}

const checkView = ({ id, passed, problems }: ProofCheck, language: Language) => ({
  id,
  passed,
  troubles: told(problems, language),
});

function actionsOf({ proposal }: ProposalRecord, { name, roles }: Reader): readonly ProposalAction[] {
  const { state, drafted } = proposal;
  if (!beforeSending.includes(state)) return [];
  const own = drafted.by === name;
  const approver = may(roles, "approve_plan");
  return [
    ...(state === "waiting" && approver && !own ? (["approve"] as const) : []),
    ...(approver && !own ? (["refuse"] as const) : []),
    ...(own && may(roles, "propose_plan") ? (["withdraw"] as const) : []),
  ];
}

/** Commanded at local zero of what runs: with one cycle the offsets alone say how far local zero must move. */
function transitionOf(signal: SignalSpec, before: Plan | null, plan: Plan): Transition | null {
  if (before === null || before.cycle_s !== plan.cycle_s) return null;
  const way = planTransition(signal, plan, plan.offset_s - before.offset_s, "shortway");
  return way.ok ? way.value : null;
}

export function proposalDocument(record: ProposalRecord, gate: Gatekeeper, reader: Reader): ProposalDocument {
  const { proposal } = record;
  const { drafted, steps } = proposal;
  const { language } = reader;
  const place = gate.place(drafted.controller);
  const checks = (newestStep(proposal, "proved") ?? newestStep(proposal, "rejected"))?.checks ?? [];
  return {
    ...proposalRow(record, gate, language),
    window: drafted.window,
    plan: drafted.plan,
    before: drafted.before,
    differences: place.ok ? planDifferences(place.value.intersection.signal, drafted.before.plan, drafted.plan) : null,
    transition: place.ok ? transitionOf(place.value.intersection.signal, drafted.before.plan, drafted.plan) : null,
    checks: checks.map((check) => checkView(check, language)),
    shadow: newestStep(proposal, "shadowed")?.report ?? null,
    steps: steps.map((step) => stepView(step, language)),
    steps_seen: steps.length,
    actions: actionsOf(record, reader),
  };
}
