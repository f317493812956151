/**
 * The seal on one decision of real-time control: which phases to hold, to end or to leave out, for how long at most, and
 * why. What is not a word of it cannot be commanded (I8: there is none for omitting a red clearance, stopping time or
 * darkness), and what is older than its expiry is not a decision any more: while any bit is set in a device, only a
 * fresh one may cause a SET, or the heartbeat would hold a phase for ever (I5).
 */
import { z } from "zod";
import type { Intersection } from "../../core/network/schema.ts";
import { failed, ok, type Problem, problem, type Result } from "../../core/problems/problem.ts";
import { phaseNumber } from "../../core/signal/phase-number.ts";
import { documentDigest } from "./digest.ts";
import { Seal } from "./seal.ts";

declare const proof: unique symbol;

const phases = z.array(phaseNumber).max(16).default([]);

export const decisionSchema = z.strictObject({
  intersection: z.string().min(1),
  hold: phases,
  force_off: phases,
  omit: phases,
  ped_omit: phases,
  vehicle_call: phases,
  ped_call: phases,
  /** The device runs free of any pattern's timetable while this is acted upon: by its own minimums, clearances and calls. */
  free: z.boolean().default(false),
  /** Why, for the ledger. */
  reason: z.string().min(1).max(400),
  /** When it was made, and from when on it may not be acted upon any more: milliseconds since 1970. */
  made_ms: z.number().int().min(0),
  expires_ms: z.number().int().min(0),
});

export type DecisionWords = Readonly<z.infer<typeof decisionSchema>>;

export interface ControlDecision {
  readonly words: DecisionWords;
  readonly digest: string;
  readonly [proof]: true;
}

/** Longer than this no decision lasts: two and a half rounds of a loop that decides once a second, and one retry. */
export const LONGEST_DECISION_MS = 5000;

const seal = new Seal<ControlDecision>();

/** Every reason against the decision, or its seal. */
export function decide(intersection: Intersection, candidate: unknown): Result<ControlDecision> {
  const parsed = decisionSchema.safeParse(candidate);
  if (!parsed.success) {
    return failed(
      ...parsed.error.issues.map((issue) =>
        refused(intersection, `${issue.path.join(".") || "it"} ${issue.message}`.trim()),
      ),
    );
  }
  const reasons = reasonsAgainst(intersection, parsed.data);
  if (reasons.length > 0) return failed(...reasons.map((reason) => refused(intersection, reason)));
  return ok(seal.putOn({ words: parsed.data, digest: documentDigest(parsed.data) }));
}

/** True only for the very object `decide` handed out. */
export const isDecision = (candidate: unknown): candidate is ControlDecision => seal.isOn(candidate);

/** Whether the decision may still cause a SET. */
export const isFresh = (decision: ControlDecision, now_ms: number): boolean =>
  isDecision(decision) && now_ms >= decision.words.made_ms && now_ms < decision.words.expires_ms;

const refused = ({ id }: Intersection, reason: string): Problem =>
  problem("DECISION_REFUSED", { intersection: id, reason });

function reasonsAgainst(intersection: Intersection, words: DecisionWords): readonly string[] {
  const { signal, id } = intersection;
  const known = new Set(signal.phases.map(({ number }) => number));
  const named = [words.hold, words.force_off, words.omit, words.ped_omit, words.vehicle_call, words.ped_call].flat();
  const strangers = [...new Set(named.filter((phase) => !known.has(phase)))];
  const both = words.hold.filter((phase) => words.force_off.includes(phase) || words.omit.includes(phase));
  const conflicting = signal.conflicts.find(({ a, b }) => words.hold.includes(a) && words.hold.includes(b));
  // Under a pattern the coordinated phases carry the timetable. Free, they are phases as any other.
  const omitted = words.free ? [] : signal.coord_phases.filter((phase) => words.omit.includes(phase));
  const lasts_ms = words.expires_ms - words.made_ms;
  return [
    ...(words.intersection === id ? [] : [`it is for ${words.intersection}`]),
    ...strangers.map((phase) => `there is no phase ${phase}`),
    ...both.map((phase) => `phase ${phase} is held and ended at once`),
    ...(conflicting === undefined ? [] : [`phases ${conflicting.a} and ${conflicting.b} conflict and are both held`]),
    ...omitted.map((phase) => `phase ${phase} is coordinated and may not be left out`),
    ...(lasts_ms > 0 && lasts_ms <= LONGEST_DECISION_MS
      ? []
      : [`it lasts ${lasts_ms} ms; from 1 to ${LONGEST_DECISION_MS} are possible`]),
  ];
}
