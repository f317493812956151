/** A case as one reader is told of it. */

import { may } from "../../../core/accounts/roles.ts";
import type { Detection } from "../../../core/cases/detection.ts";
import {
  actionsOf,
  type CaseAction,
  judgesYet,
  type Reader,
  type StepView,
  stepsFor,
} from "../../../core/cases/reader.ts";
import type { CaseEvidence, CasePlate, CaseRecord } from "../../../core/ports/cases.ts";
import { type Language, type Problem, sentence } from "../../../core/problems/problem.ts";
import { type ClipTimes, clipTimes, type MediaFile, mediaOf, type PackageView } from "../../cases/package-view.ts";

interface SignalDocument {
  readonly phase: number;
  /** When the red began that the act fell into; null where it was not red. */
  readonly red_since_ms: number | null;
  readonly samples: readonly Omit<NonNullable<Detection["signal"]>["samples"][number], "reply_sha256">[];
}

export interface CaseDocument {
  readonly id: string;
  /** To be said with the next step: it is refused when somebody else took one meanwhile. */
  readonly steps_seen: number;
  readonly state: CaseRecord["case"]["state"];
  readonly detection: Omit<Detection, "points" | "signal">;
  readonly evidence: CaseEvidence;
  /** Why there is none yet, or none at all, in the reader's language. */
  readonly evidence_trouble: string | null;
  readonly media: readonly MediaFile[];
  readonly clip: ClipTimes | null;
  readonly signal: SignalDocument | null;
  readonly steps: readonly (Omit<StepView, "reason"> & { readonly reason?: string })[];
  readonly plate: CasePlate | null;
  /** There is a plate, or there is none; it is told after the reader's own review. */
  readonly plate_withheld: boolean;
  readonly protected_as: CaseRecord["case"]["protectedAs"];
  readonly actions: readonly CaseAction[];
}

/** What the rule measured is exact; lamps that were asked for now and then tell it to the nearest answer. */
function redSince_ms({ at_ms, measured, signal }: Detection): number | null {
  const red_for_s = measured["red_for_s"];
  if (red_for_s !== undefined) return at_ms - red_for_s * 1000;
  const before = (signal?.samples ?? []).filter((sample) => sample.at_ms <= at_ms);
  const other = before.findLastIndex(({ state }) => state !== "red");
  return before[other + 1]?.at_ms ?? null;
}

/** What was sealed knows the signal until the clip's end. */
function signalOf(detection: Detection, view: PackageView | null): SignalDocument | null {
  const { signal } = detection;
  if (signal === null) return null;
  const samples = (view?.manifest.signal ?? signal).samples.map(({ at_ms, state }) => ({ at_ms, state }));
  return { phase: signal.phase, red_since_ms: redSince_ms(detection), samples };
}

function inWords({ reason, ...step }: StepView, language: Language): CaseDocument["steps"][number] {
  if (reason === undefined) return step;
  return { ...step, reason: typeof reason === "string" ? reason : sentence(reason as Problem, language) };
}

function troubleOf(evidence: CaseEvidence, language: Language): string | null {
  const trouble = evidence.state === "pending" || evidence.state === "failed" ? evidence.trouble : null;
  return trouble === null ? null : sentence(trouble, language);
}

export const mayKnowPlate = (record: CaseRecord, reader: Reader): boolean =>
  may(reader.roles, "see_plates") && !judgesYet(record.case, reader);

export function caseDocument(
  record: CaseRecord,
  reader: Reader,
  view: PackageView | null,
  language: Language,
): CaseDocument {
  const { id, detection, evidence, plate } = record;
  const { points: _points, signal: _signal, ...seen } = detection;
  const told = mayKnowPlate(record, reader);
  return {
    id,
    steps_seen: record.case.steps.length,
    state: record.case.state,
    detection: seen,
    evidence,
    evidence_trouble: troubleOf(evidence, language),
    media: view === null ? [] : mediaOf(view),
    clip: view === null ? null : clipTimes(view),
    signal: signalOf(detection, view),
    steps: stepsFor(record.case, reader).map((step) => inWords(step, language)),
    plate: told ? plate : null,
    plate_withheld: !told,
    protected_as: told ? record.case.protectedAs : null,
    actions: actionsOf(record, reader),
  };
}
