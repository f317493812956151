/**
 * The safety gate: the only maker of a `ProvedPlan`. Everything a plan can break is looked at, and every reason against
 * it is returned, not the first. A plan that passes has no way to be something else afterwards.
 */
import type { Intersection } from "../../core/network/schema.ts";
import type { DeviceTiming, ProvedPlan } from "../../core/ports/signal-controller.ts";
import { ok, problem, type Result } from "../../core/problems/problem.ts";
import { type Automatic, changeProblems } from "../../core/signal/change-rate.ts";
import { type Plan, planSchema } from "../../core/signal/plan.ts";
import { validateIntersection, validatePlan } from "../../core/signal/validate.ts";
import { deviceDifferences } from "./device-matches-site.ts";
import { checksFrom, type Finding, type Judged, refuse, sorted, under } from "./findings.ts";
import { type CheckId, checkIds } from "./invariants.ts";
import { seal } from "./proved-plan.ts";
import { rehearse } from "./rehearsal.ts";

export type Verdict = Judged<ProvedPlan>;

/** What a plan for a signal of somebody's scenario has and a plan for a cabinet has not. */
const SCENARIO_KEYS = ["scenario", "signal", "program"];

/** The strict reading: a field that is not a plan's is a field that could change what is not a plan's to change (I3). */
function readPlan(intersection: Intersection, candidate: unknown): Plan | readonly Finding[] {
  const parsed = planSchema.safeParse(candidate);
  if (parsed.success) return parsed.data;
  const rehearsed = typeof candidate === "object" && candidate !== null;
  if (rehearsed && SCENARIO_KEYS.some((key) => Object.hasOwn(candidate, key))) {
    return [{ check: "I4", problem: problem("PLAN_OF_SCENARIO", { intersection: intersection.id }) }];
  }
  return parsed.error.issues.map((issue) => {
    const path = issue.path.join(".") || "it";
    const words = { intersection: intersection.id, path, reason: issue.message };
    return { check: issue.code === "unrecognized_keys" ? "I3" : "I4", problem: problem("PLAN_SHAPE", words) };
  });
}

/** I4 holds for every pattern in the device. */
export function patternFindings(intersection: Intersection, patterns: readonly Plan[]): readonly Finding[] {
  return patterns.flatMap((other) => {
    const read = readPlan(intersection, other);
    const found = "pattern" in read ? sorted(validatePlan(intersection, read)) : read;
    if (found.length === 0) return [];
    const words = { intersection: intersection.id, pattern: other.pattern };
    return under("I4", [problem("DEVICE_PATTERN_UNSAFE", words), ...found.map((finding) => finding.problem)]);
  });
}

export function deviceFindings(
  intersection: Intersection,
  timing: DeviceTiming,
  sequences: readonly number[],
): readonly Finding[] {
  const run = [...sequences, ...timing.patterns.map((pattern) => pattern.sequence)];
  const differences = under("I3", deviceDifferences(intersection, timing, run));
  const backup = problem("BACKUP_TIME_ZERO", { intersection: intersection.id });
  return timing.backup_time_s > 0 ? differences : [...differences, { check: "I5", problem: backup }];
}

export interface Taking {
  /** Pattern in force, from which the change is rehearsed; without it, from every pattern in the device and from free running. */
  readonly over?: number;
  /** The change is a machine's own: it is held to the limits of change. Null, like its absence, for a person's. */
  readonly automatic?: Automatic | null;
}

/** Checks that need no plan, and those that are rules: all but the rehearsal, and those without an object. */
const withoutPlan: readonly CheckId[] = ["I3", "I5"];
const rulesMade = ({ signal }: Intersection, { automatic }: Taking): readonly CheckId[] =>
  checkIds.filter((id) => {
    if (id === "monitor") return signal.monitor !== undefined;
    if (id === "change") return (automatic ?? null) !== null;
    return id !== "rehearsal";
  });

export type Examine = (
  intersection: Intersection,
  candidate: unknown,
  timing: DeviceTiming,
  taking?: Taking,
) => Verdict;

/** The proof with a rehearsal of one's own: for the test that its findings count. Everybody else calls `examine`. */
export function examiner(rehearsing: typeof rehearse): Examine {
  return (intersection, candidate, timing, taking = {}) =>
    examineBy(rehearsing, { intersection, candidate, timing, taking });
}

/** Proves the plan against the site file and the device as it was just read; every reason against it is in the verdict. */
export const examine: Examine = examiner(rehearse);

interface Case {
  readonly intersection: Intersection;
  readonly candidate: unknown;
  readonly timing: DeviceTiming;
  readonly taking: Taking;
}

function examineBy(rehearsing: typeof rehearse, { intersection, candidate, timing, taking }: Case): Verdict {
  const plan = readPlan(intersection, candidate);
  const device = deviceFindings(intersection, timing, "pattern" in plan ? [plan.sequence] : []);
  const site = sorted(validateIntersection(intersection));
  // Without a plan, or a sound intersection to hold it against, there is no arithmetic to check.
  if (!("pattern" in plan)) return refuse(withoutPlan, [...plan, ...site, ...device]);
  if (site.length > 0) return refuse(withoutPlan, [...site, ...device]);
  const made = rulesMade(intersection, taking);
  const automatic = taking.automatic ?? null;
  const rate = automatic === null ? [] : sorted(changeProblems(automatic, plan));
  const rules = [
    ...sorted(validatePlan(intersection, plan)),
    ...patternFindings(
      intersection,
      timing.patterns.filter((other) => other.pattern !== plan.pattern),
    ),
    ...device,
    ...rate,
  ];
  if (rules.length > 0) return refuse(made, rules);

  const before = timing.patterns.filter((other) => taking.over === undefined || other.pattern === taking.over);
  const free = taking.over === undefined || before.length === 0;
  const findings = under("rehearsal", rehearsing(intersection, plan, free ? [...before, null] : before));
  const all = [...made, "rehearsal" as const];
  if (findings.length > 0) return refuse(all, findings);
  return { checks: checksFrom(all, []), result: ok(seal(plan, timing)) };
}

/** `examine` for callers who only want the plan or the reasons against it. */
export function prove(intersection: Intersection, candidate: unknown, timing: DeviceTiming): Result<ProvedPlan> {
  return examine(intersection, candidate, timing).result;
}
