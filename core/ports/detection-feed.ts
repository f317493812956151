/** Where measurements come from: cameras (`detectors`) or arithmetic (`sim`). The control loop cannot tell them apart. */
import type { Problem } from "../problems/problem.ts";
import type { FeedOrigin, FlowInterval } from "../traffic/flow-interval.ts";
import type { MovementInterval, Turn } from "../traffic/movement-interval.ts";
import type { VehicleClass } from "../traffic/vehicle-class.ts";
import type { Service } from "./service.ts";

export type FeedPhase = "connecting" | "live" | "stalled" | "refused" | "backing_off" | "stopped";

/** What a camera sends, as its coded packets tell. */
export interface StreamStatus {
  /** `h264`, `h265`, `mjpeg`, or the camera's own word. */
  readonly codec: string;
  readonly width_px: number;
  readonly height_px: number;
  /** The longest of late from keyframe to keyframe; null while unknown. */
  readonly keyframe_gap_s: number | null;
  /** Pictures come in another order than they are shown, so each is late. */
  readonly b_frames: boolean;
  /** How often codec, size or coding changed. */
  readonly changes: number;
}

/** What is kept of a camera's stream. */
export interface RecordingStatus {
  /** `waiting`: for the camera. `stopped`: by `trouble`, until that is over. */
  readonly state: "recording" | "waiting" | "stopped";
  readonly trouble: Problem | null;
  /** Arrival of the newest and start of the oldest picture kept. */
  readonly newest_ms: number | null;
  readonly oldest_ms: number | null;
  readonly bytes: number;
  /** Of these, what stays because somebody holds it. */
  readonly held_bytes: number;
  /** Since the camera's process was started. */
  readonly dropped_pictures: number;
}

/** Why a camera whose pictures come sees no street: see docs/reference/cameras.md. */
export type FeedBlindness = "frozen" | "dark" | "moved" | "dirty";

export interface FeedStatus {
  readonly feed: string;
  readonly origin: FeedOrigin;
  readonly phase: FeedPhase;
  readonly since_ms: number;
  /** One sentence with what to do, when not live: `trouble` in English, or in its reader's language once it is sent to one. */
  readonly message: string | null;
  /** What `message` says, for telling it in another language. */
  readonly trouble?: Problem | null;
  readonly frames: number;
  readonly frames_per_s: number;
  /** Outages so far; the open one has no `to_ms`. Bounded to the newest 100. */
  readonly gaps: readonly { readonly from_ms: number; readonly to_ms: number | null }[];
  /** Nothing is counted while there is one. Absent where there is no picture. */
  readonly blindness?: FeedBlindness | null;
  /** How much slower the stream's clock runs than ours, in parts per million; null while that is not known. */
  readonly clock_drift_ppm?: number | null;
  /** Absent where nothing is coded; null before the first packets. */
  readonly stream?: StreamStatus | null;
  /** Absent where there is nothing to keep; null where keeping is switched off. */
  readonly recording?: RecordingStatus | null;
}

export interface DetectorEvent {
  readonly intersection: string;
  readonly channel: number;
  readonly at_ms: number;
  readonly on: boolean;
  readonly origin: FeedOrigin;
}

/** A moment by the clock of a camera's stream: finds its picture in what was recorded. */
export interface StreamTime {
  /** When the connection was opened: each has a clock of its own. */
  readonly session_ms: number;
  readonly pts_s: number;
}

/** A track passing a counting line. `direction` as in docs/reference/lines.md. */
export interface Crossing {
  readonly feed: string;
  readonly line: string;
  readonly lane: string | null;
  readonly at_ms: number;
  readonly class: VehicleClass;
  readonly direction: "forward" | "backward";
  readonly track: number;
  /** On the ground, with its standard error; null without a calibration, or when the track was too short. */
  readonly speed_kmh: number | null;
  readonly speed_error_kmh: number | null;
  /** How far the track had come since it was first seen; null without a calibration. */
  readonly distance_m: number | null;
  /** Absent where there is no stream. */
  readonly stream?: StreamTime | undefined;
}

/** One track's way through the junction, from a line of entry to a line of exit. */
export interface Movement {
  readonly feed: string;
  readonly movement: string;
  readonly turn: Turn | null;
  readonly entry: string;
  readonly exit: string;
  readonly class: VehicleClass;
  readonly track: number;
  readonly entered_ms: number;
  readonly left_ms: number;
  /** Between the two, on the ground; null without a calibration. */
  readonly distance_m: number | null;
}

/** What the camera sees now, for the page. Boxes are normalised [x, y, w, h], origin top left. */
export interface FeedView {
  readonly feed: string;
  readonly at_ms: number;
  /** Absent where there is no stream. */
  readonly stream?: StreamTime | undefined;
  readonly tracks: readonly {
    readonly track: number;
    readonly class: VehicleClass;
    readonly box: readonly [number, number, number, number];
  }[];
}

/** Metres on the road, by the camera's calibration. */
interface RoadPlace {
  readonly x_m: number;
  readonly y_m: number;
}

/** Everybody on the road in one picture: what rules judge. Only of calibrated cameras whose rules want it. */
export interface Sightings {
  readonly feed: string;
  /** When the picture came, freed of the network's jitter. */
  readonly at_ms: number;
  readonly stream: StreamTime;
  readonly tracks: readonly {
    readonly track: number;
    readonly class: VehicleClass;
    /** Shares of the picture [x, y, w, h], origin top left. */
    readonly box: readonly [number, number, number, number];
    /** Where the foremost and the rearmost wheels meet the road: how, and how wrong, is told in docs/reference/violations.md. */
    readonly front: RoadPlace;
    readonly rear: RoadPlace;
    /** Standard error of the front, the way the vehicle faces. */
    readonly front_error_m: number;
    /** Something nearer hides where it meets the road, or the picture's edge cuts it off. */
    readonly occluded: boolean;
  }[];
}

export interface DetectionSink {
  status(status: FeedStatus): void;
  /** Resolves once the interval is stored: only then may the feed forget it. */
  flowInterval(interval: FlowInterval): Promise<void>;
  detectorEvent(event: DetectorEvent): void;
  crossing(crossing: Crossing): void;
  movement(movement: Movement): void;
  /** Resolves once it is stored, like `flowInterval`. */
  movementInterval(interval: MovementInterval): Promise<void>;
  view(view: FeedView): void;
  sightings(sightings: Sightings): void;
}

export interface DetectionFeed extends Service {
  readonly feed: string;
  status(): FeedStatus;
  /** The newest picture as JPEG, or null where there is none (simulated, or not live). */
  still(): Promise<Uint8Array | null>;
  /** Somebody has looked at a camera that was moved or covered: what it shows now is right. Only of feeds with a picture. */
  accept?(): void;
}
