/** The onboarding report of one source. */
import type { ProblemCode } from "../../core/problems/catalogue.ts";
import type { Damage } from "../decode/damage.ts";
import type { LineHeights } from "./heights.ts";
import type { AudioStream, VideoStream } from "./streams.ts";
import type { Arrival, Keyframes, Rate } from "./timing.ts";

export type FindingLevel = "ok" | "warn" | "bad";

export interface Finding {
  readonly code: ProblemCode;
  readonly level: FindingLevel;
  readonly message: string;
}

export interface ProbeMeasures {
  /** Without credentials. */
  readonly source: string;
  readonly kind: "file" | "live";
  /** From the first picture looked at to the end of the last. */
  readonly sampled_s: number;
  readonly video: VideoStream &
    Rate & {
      readonly bitrate_kbps: number | null;
      /** Null when the pictures cannot be decoded. */
      readonly b_frames: { readonly present: boolean; readonly share: number } | null;
      readonly keyframes: Keyframes;
    };
  readonly audio: readonly AudioStream[];
  /** Null for a file, and for a stream too short to tell. */
  readonly arrival: Omit<Arrival, "drift_ms" | "observed_s"> | null;
  /** The stream's clock against ours. */
  readonly clock: {
    readonly drift_ms: number | null;
    readonly observed_s: number | null;
    /** The camera's wall clock stands in RTCP sender reports, which ffmpeg keeps to itself. */
    readonly ntp_offset_ms: null;
    readonly ntp_offset_reason: "a file has no clock" | "ffmpeg does not hand on RTCP sender reports";
  };
  readonly damage: { readonly total: number; readonly by_kind: Damage };
  /** How large motorcycles and their plates are at each line; null when no lines were given. */
  readonly lines: readonly LineHeights[] | null;
  /** Null when the pictures cannot be decoded. */
  readonly decoding: { readonly cpu_s_per_video_s: number; readonly core_share: number } | null;
}

export interface ProbeReport extends ProbeMeasures {
  readonly findings: readonly Finding[];
}
