/** The service's documents about cases, as the review page reads them. */
import type { Detection } from "../../../../core/cases/detection.ts";
import type { ProtectedAs } from "../../../../core/cases/protected-plates.ts";
import type { CaseAction, StepView as ToldStep } from "../../../../core/cases/reader.ts";
import type { CaseState } from "../../../../core/cases/states.ts";
import type { CaseEvidence, CasePlate } from "../../../../core/ports/cases.ts";
import type { RuleName } from "../../../../core/violations/ruling.ts";

export type { CaseAction } from "../../../../core/cases/reader.ts";
export type { CasePlate } from "../../../../core/ports/cases.ts";

export interface CaseRow {
  readonly id: string;
  readonly rule: RuleName;
  /** The rule's own name in the site file. */
  readonly place: string;
  readonly camera: string;
  readonly intersection: string;
  readonly lane: string | null;
  readonly class: Detection["class"];
  readonly at_ms: number;
  readonly state: CaseState;
  readonly evidence: { readonly state: CaseEvidence["state"] };
  readonly staged: boolean;
  /** The reader may take the next step. */
  readonly mine: boolean;
}

export interface CaseList {
  readonly cases: readonly CaseRow[];
  /** What to ask for the next page with, as `before`. */
  readonly next: string | null;
}

export interface Media {
  readonly name: string;
  readonly kind: "clip" | "still";
  readonly label: "a" | "b" | "c" | null;
  readonly bytes: number;
}

export type SignalColour = "green" | "yellow" | "red" | "dark";

export interface CaseSignal {
  readonly phase: number;
  /** When the red began that the act fell into; null where it was not red. */
  readonly red_since_ms: number | null;
  readonly samples: readonly { readonly at_ms: number; readonly state: SignalColour }[];
}

/** A step as its reader may see it: of a colleague's review only that it was, while the reader's own is awaited. */
export type StepView = Omit<ToldStep, "reason"> & { readonly reason?: string };

export interface ClipTimes {
  /** The moment of the clip's first picture. */
  readonly starts_ms: number;
  readonly frames_per_s: number;
  /** Seconds from there to the act. */
  readonly act_s: number;
  /** In the order in which they are shown: seconds from the first, and the moment the camera saw each. */
  readonly pictures: readonly { readonly media_s: number; readonly at_ms: number }[];
}

export interface CaseDocument {
  readonly id: string;
  readonly steps_seen: number;
  readonly state: CaseState;
  readonly detection: Omit<Detection, "points" | "signal">;
  readonly evidence: CaseEvidence;
  /** Why there is none yet, or none at all, in the reader's language. */
  readonly evidence_trouble: string | null;
  readonly media: readonly Media[];
  readonly signal: CaseSignal | null;
  readonly steps: readonly StepView[];
  readonly plate: CasePlate | null;
  readonly plate_withheld: boolean;
  /** Why no notice is ever made of this plate without a person saying why. */
  readonly protected_as: ProtectedAs | null;
  readonly actions: readonly CaseAction[];
  readonly clip: ClipTimes | null;
}
