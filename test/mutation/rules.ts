/** Every code that a proof can report, each knocked out where the proof leaves: read from the sources, so none is forgotten. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { knockedOut, type Mutation } from "./mutation.ts";

export const root = fileURLToPath(new URL("../..", import.meta.url));

interface Door {
  readonly file: string;
  readonly door: string;
  /** Where what leaves by it is found. */
  readonly sources: readonly string[];
  readonly tests: readonly string[];
}

const VALIDATE = "core/signal/validate";
const GATE = "controllers/gate";
const PLAN_SOURCES = ["plan.ts", "overlaps.ts", "waits.ts"].map((name) => `${VALIDATE}/${name}`);

const siteSources = (): readonly string[] =>
  readdirSync(join(root, VALIDATE))
    .map((name) => `${VALIDATE}/${name}`)
    .filter((path) => !PLAN_SOURCES.includes(path) && !path.endsWith("report.ts"));

const intersections = ["test/core/signal/validate/intersection.test.ts", "test/core/signal/validate/parts.test.ts"];
const plans = ["test/core/signal/validate/plan.test.ts", "test/controllers/gate/prove.test.ts"];
const proofs = ["test/controllers/gate/prove.test.ts"];
const databases = ["test/controllers/gate/prove-database.test.ts"];
const rehearsed = ["test/controllers/gate/street-judge.test.ts", "test/controllers/gate/rehearsal.test.ts"];

const doors = (): readonly Door[] => [
  { file: `${VALIDATE}/intersection.ts`, door: "validateIntersection", sources: siteSources(), tests: intersections },
  { file: `${VALIDATE}/plan.ts`, door: "validatePlan", sources: PLAN_SOURCES, tests: plans },
  {
    file: "core/signal/change-rate.ts",
    door: "changeProblems",
    sources: ["core/signal/change-rate.ts"],
    tests: ["test/core/signal/change-rate.test.ts"],
  },
  ...[
    [`${GATE}/device-matches-site.ts`, "deviceDifferences", proofs] as const,
    [`${GATE}/prove.ts`, "deviceFindings", proofs] as const,
    [`${GATE}/prove.ts`, "patternFindings", proofs] as const,
    [`${GATE}/database-agrees.ts`, "agreementProblems", databases] as const,
    [`${GATE}/database-preempts.ts`, "preemptRowProblems", databases] as const,
    [`${GATE}/database-time-base.ts`, "timeBaseProblems", databases] as const,
    [`${GATE}/rehearsal.ts`, "rehearse", rehearsed] as const,
  ].map(([file, door, tests]) => ({ file, door, sources: [file], tests })),
];

/** Codes that the sources name as a problem's; those of `examine` that are no problem of a door are listed by hand. */
function codesIn(sources: readonly string[]): readonly string[] {
  const text = sources.map((file) => readFileSync(join(root, file), "utf8")).join("\n");
  const named = text.matchAll(/\b(?:report|problem)\(\s*"([A-Z_]+)"/g);
  const chosen = text.matchAll(/\? "([A-Z_]+)" : "([A-Z_]+)"/g);
  const returned = text.matchAll(/return "([A-Z_]+)";/g);
  const single = [...named, ...returned].map((m) => m[1] ?? "");
  return [...new Set([...single, ...[...chosen].flatMap((m) => [m[1] ?? "", m[2] ?? ""])])];
}

/** Told by another door of the same file, or no finding of its own. */
const ELSEWHERE: Readonly<Record<string, readonly string[]>> = {
  // What the machine's own timetable refuses, after the validator refused nothing: the two have not disagreed yet.
  validatePlan: ["PLAN_NOT_RUNNABLE"],
  deviceFindings: ["PLAN_OF_SCENARIO", "PLAN_SHAPE", "DEVICE_PATTERN_UNSAFE"],
  // With it every finding of the pattern leaves too; one of them alone is enough to refuse.
  patternFindings: ["PLAN_OF_SCENARIO", "PLAN_SHAPE", "BACKUP_TIME_ZERO"],
};

export const ruleMutations = (): readonly Mutation[] =>
  doors().flatMap(({ file, door, sources, tests }) =>
    codesIn(sources)
      .filter((code) => !(ELSEWHERE[door] ?? []).includes(code))
      .map((code) => knockedOut(code, file, door, tests)),
  );
