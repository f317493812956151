/**
 * The proof of a whole parameter set: the only maker of a `ProvedDatabase`. What is proved is not the document alone but
 * what the device will hold when the document is in it, every pattern, preempt, overlap and day of the year.
 */
import type { Intersection } from "../../core/network/schema.ts";
import { failed, ok, type Problem, problem, type Result } from "../../core/problems/problem.ts";
import type { Plan } from "../../core/signal/plan.ts";
import { validateIntersection } from "../../core/signal/validate.ts";
import { type DatabaseDocument, databaseSchema, parametersOf } from "../ntcip/database/document.ts";
import { type OffsetReferenceName, PLAN_REFERENCE } from "../ntcip/offset-reference.ts";
import { agreementProblems } from "./database-agrees.ts";
import { type DatabaseFacts, databaseFacts, resulting } from "./database-facts.ts";
import { preemptRowProblems } from "./database-preempts.ts";
import { timeBaseProblems } from "./database-time-base.ts";
import { checksFrom, type Judged, refuse, sorted, under } from "./findings.ts";
import type { CheckId } from "./invariants.ts";
import { deviceFindings, patternFindings } from "./prove.ts";
import { type ProvedDatabase, sealDatabase } from "./proved-database.ts";
import { rehearse } from "./rehearsal.ts";

export type DatabaseVerdict = Judged<ProvedDatabase<DatabaseDocument>>;

const RULES: readonly CheckId[] = ["I1", "I2", "I3", "I4", "I5", "I7"];

/**
 * Proves `candidate`, a document for this controller, against the site file and `held`, the whole set as it was just read
 * from the device. Good for that reading alone: the download refuses a device that changed since. `reference` is what the
 * device's offsets time.
 */
export function examineDatabase(
  intersection: Intersection,
  candidate: unknown,
  held: DatabaseDocument,
  reference: OffsetReferenceName = PLAN_REFERENCE,
): DatabaseVerdict {
  const document = readDocument(candidate, held);
  if (!document.ok) return refuse([], under("I4", document.problems));
  const site = sorted(validateIntersection(intersection));
  if (site.length > 0) return refuse([], site);
  const { id, signal } = intersection;
  const device = { intersection, reference };
  const facts = databaseFacts(resulting(document.value, held), held, device);
  const findings = [
    ...deviceFindings(intersection, facts.timing, []),
    ...patternFindings(intersection, facts.timing.patterns),
    ...sorted(preemptRowProblems(intersection, facts)),
    ...under("I3", agreementProblems(intersection, facts)),
    ...sorted(timeBaseProblems(id, facts)),
    ...under("I5", manualProblems(id, facts)),
  ];
  const made = signal.monitor === undefined ? RULES : [...RULES, "monitor" as const];
  if (findings.length > 0) return refuse(made, findings);
  const before = databaseFacts(parametersOf(held), held, device);
  const rehearsed = under("rehearsal", rehearsals(intersection, facts, before));
  const all = [...made, "rehearsal" as const];
  if (rehearsed.length > 0) return refuse(all, rehearsed);
  const proved = sealDatabase(held.controller, document.value, parametersOf(held));
  return { checks: checksFrom(all, []), result: ok(proved) };
}

function readDocument(candidate: unknown, held: DatabaseDocument): Result<DatabaseDocument> {
  const { controller } = held;
  const parsed = databaseSchema.safeParse(candidate);
  if (!parsed.success) {
    const reasons = parsed.error.issues.map(({ path, message }) => ({
      controller,
      path: path.join(".") || "it",
      reason: message,
    }));
    return failed(...reasons.map((words) => problem("DATABASE_SHAPE", words)));
  }
  const document = parsed.data as unknown as DatabaseDocument;
  if (held.device === null)
    return failed(problem("DATABASE_SHAPE", { controller, path: "device", reason: "not read" }));
  if (document.controller === controller) return ok(document);
  return failed(problem("DATABASE_OF_OTHER", { controller, meant: document.controller }));
}

/** A device that obeys its panel can neither be led nor led back. */
function manualProblems(intersection: string, { operational_mode: mode }: DatabaseFacts): readonly Problem[] {
  return mode === 0 ? [] : [problem("DATABASE_MANUAL", { intersection, mode })];
}

/** Patterns that the device would hold otherwise than now. */
export function changedPlans(
  intersection: Intersection,
  document: DatabaseDocument,
  held: DatabaseDocument,
  reference: OffsetReferenceName,
): readonly Plan[] {
  const device = { intersection, reference };
  const before = databaseFacts(parametersOf(held), held, device);
  return changed(databaseFacts(resulting(document, held), held, device), before);
}

function changed(facts: DatabaseFacts, before: DatabaseFacts): readonly Plan[] {
  const old = new Map(before.timing.patterns.map((plan) => [plan.pattern, JSON.stringify(plan)]));
  return facts.timing.patterns.filter((plan) => old.get(plan.pattern) !== JSON.stringify(plan));
}

/** Patterns that the document changes, from free running and from those that the day plans run before them. */
function rehearsals(intersection: Intersection, facts: DatabaseFacts, before: DatabaseFacts): readonly Problem[] {
  return changed(facts, before).flatMap((plan) => rehearse(intersection, plan, [null, ...predecessors(facts, plan)]));
}

function predecessors({ events, timing }: DatabaseFacts, plan: Plan): readonly Plan[] {
  const inOrder = events.toSorted((a, b) => a.day_plan - b.day_plan || a.hour - b.hour || a.minute - b.minute);
  const numbers = inOrder.flatMap((event, i) => {
    const earlier = inOrder[i - 1];
    const follows = event.pattern === plan.pattern && earlier?.day_plan === event.day_plan;
    return follows && earlier.pattern !== plan.pattern ? [earlier.pattern] : [];
  });
  return timing.patterns.filter(({ pattern }) => numbers.includes(pattern));
}
