/**
 * The life of one camera's picture as a state machine. Pure: whoever drives it opens and closes the decoder and says what
 * happened when.
 *
 *     connecting -> live -> stalled -> backing_off -> connecting
 *     connecting -> refused -> connecting                (the far end, or the file system, said no)
 *     any -> stopped
 */
import type { FeedPhase } from "../../core/ports/detection-feed.ts";
import type { ProblemCode } from "../../core/problems/catalogue.ts";
import { type Problem, problem } from "../../core/problems/problem.ts";
import { backoff_ms } from "./backoff.ts";
import { closeGap, type Gaps, openGap } from "./gaps.ts";

export interface Supervision {
  readonly phase: FeedPhase;
  readonly since_ms: number;
  /** Why there is no picture; while opening, why the last try failed. */
  readonly trouble: Problem | null;
  /** Failed tries since the picture last held. */
  readonly attempt: number;
  /** When the decoder was last started. */
  readonly opened_ms: number;
  /** How long a first picture may take this time. */
  readonly patience_ms: number;
  /** When to open again; null unless waiting for that. */
  readonly retry_ms: number | null;
  /** The newest moment at which the picture moved; before the first one, when watching began. */
  readonly progress_ms: number;
  readonly gaps: Gaps;
}

export type SourceEvent =
  /** The decoder was started. */
  | { readonly kind: "opened"; readonly at_ms: number }
  /** A picture with a new time was looked at. Bytes, or the same picture again, are no progress. */
  | { readonly kind: "progress"; readonly at_ms: number }
  | { readonly kind: "tick"; readonly at_ms: number }
  /** The decoder is gone. `chance` in [0, 1) spreads the next try. */
  | { readonly kind: "ended"; readonly at_ms: number; readonly problem: Problem; readonly chance: number }
  | { readonly kind: "stopped"; readonly at_ms: number };

export interface SupervisionSettings {
  /** Masked: it goes into sentences. */
  readonly source: string;
  /** A first picture must come within this. */
  readonly connect_ms: number;
  /**
   * And within this at every other try after one that brought none: a camera may send a keyframe, the first picture that
   * can be shown, only every ten seconds or more.
   */
  readonly patient_ms: number;
  /** A next picture must come within this. */
  readonly stall_ms: number;
  /** A picture that held this long makes the next failure a first one. */
  readonly settled_ms: number;
}

/**
 * A camera that is back is live again within ten seconds, if it opens within one and sends a keyframe every two. The worst is
 * a try that began just before and leads nowhere: `connect_ms`, a second and a half until its ffmpeg is gone, half a second
 * of waiting (a try counts as waiting), and the opening; a camera that refused has at most four seconds of waiting before it.
 * Only where a camera talked on and showed nothing, the patient try may be longer.
 */
export const supervisionDefaults = {
  connect_ms: 5000,
  patient_ms: 20_000,
  stall_ms: 4000,
  settled_ms: 10_000,
} as const;

const refusals: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  "FFMPEG_MISSING",
  "STREAM_NOT_FOUND",
  "STREAM_REFUSED",
  "STREAM_UNAUTHORISED",
  "VIDEO_MISSING",
  "VIDEO_UNREADABLE",
  "VIDEO_WITHOUT_PICTURE",
]);

/** `gaps`: those of an earlier watcher of the same camera. */
export function beginSupervision(at_ms: number, gaps: Gaps = []): Supervision {
  return {
    phase: "connecting",
    since_ms: at_ms,
    trouble: null,
    attempt: 0,
    opened_ms: at_ms,
    patience_ms: 0,
    retry_ms: null,
    progress_ms: at_ms,
    gaps,
  };
}

export function advance(state: Supervision, event: SourceEvent, settings: SupervisionSettings): Supervision {
  if (state.phase === "stopped") return state;
  switch (event.kind) {
    case "opened":
      return opened(state, event.at_ms, settings);
    case "progress":
      return moved(state, event.at_ms);
    case "tick":
      return overdue(state, event.at_ms, settings);
    case "ended":
      return ended(state, event, settings);
    case "stopped":
      return { ...state, phase: "stopped", since_ms: event.at_ms, retry_ms: null };
  }
}

function opened(state: Supervision, at_ms: number, settings: SupervisionSettings): Supervision {
  // A file that starts over goes on being live.
  if (state.phase === "live") return { ...state, opened_ms: at_ms };
  const { connect_ms, patient_ms } = settings;
  const tooShort = state.trouble?.code === "STREAM_WITHOUT_PICTURE" && state.patience_ms === connect_ms;
  const patience_ms = tooShort ? patient_ms : connect_ms;
  return { ...state, phase: "connecting", since_ms: at_ms, opened_ms: at_ms, patience_ms, retry_ms: null };
}

function moved(state: Supervision, at_ms: number): Supervision {
  if (state.phase === "live") return { ...state, progress_ms: at_ms };
  // A picture that was still under way when the stream was given up changes nothing.
  if (state.phase !== "connecting") return state;
  const gaps = closeGap(state.gaps, at_ms);
  return { ...state, phase: "live", since_ms: at_ms, trouble: null, progress_ms: at_ms, gaps };
}

function overdue(state: Supervision, at_ms: number, settings: SupervisionSettings): Supervision {
  const { source, stall_ms } = settings;
  if (state.phase === "connecting" && at_ms - state.since_ms >= state.patience_ms) {
    const seconds = Math.round((at_ms - state.since_ms) / 1000);
    return given(state, at_ms, "stalled", problem("STREAM_WITHOUT_PICTURE", { source, seconds }), settings);
  }
  if (state.phase === "live" && at_ms - state.progress_ms >= stall_ms) {
    const seconds = Math.round((at_ms - state.progress_ms) / 1000);
    return given(state, at_ms, "stalled", problem("STREAM_STALLED", { source, seconds }), settings);
  }
  return state;
}

function ended(
  state: Supervision,
  { at_ms, problem: reason, chance }: Extract<SourceEvent, { kind: "ended" }>,
  settings: SupervisionSettings,
): Supervision {
  const refused = state.phase === "connecting" && refusals.has(reason.code);
  // Of a stream that was given up, the end is only our own doing.
  const trouble = state.phase === "stalled" && state.trouble !== null ? state.trouble : reason;
  const next = given(state, at_ms, refused ? "refused" : "backing_off", trouble, settings);
  // A try that itself took long need not be followed by as long a wait: it is the time between tries that matters.
  const wait_ms = Math.max(backoff_ms(0, chance), backoff_ms(next.attempt, chance) - (at_ms - next.opened_ms));
  return { ...next, attempt: next.attempt + 1, retry_ms: at_ms + wait_ms };
}

function given(
  state: Supervision,
  at_ms: number,
  phase: FeedPhase,
  trouble: Problem,
  { settled_ms }: SupervisionSettings,
): Supervision {
  const held = state.phase === "live" && at_ms - state.since_ms >= settled_ms;
  return {
    ...state,
    phase,
    since_ms: at_ms,
    trouble,
    attempt: held ? 0 : state.attempt,
    gaps: openGap(state.gaps, state.progress_ms),
  };
}
