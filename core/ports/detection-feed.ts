/** Where measurements come from: cameras (`detectors`) or arithmetic (`sim`). The control loop cannot tell them apart. */
import type { FeedOrigin, FlowInterval } from "../traffic/flow-interval.ts";
import type { VehicleClass } from "../traffic/vehicle-class.ts";
import type { Service } from "./service.ts";

export type FeedPhase = "connecting" | "live" | "stalled" | "refused" | "backing_off" | "stopped";

export interface FeedStatus {
  readonly feed: string;
  readonly origin: FeedOrigin;
  readonly phase: FeedPhase;
  readonly since_ms: number;
  /** One sentence with what to do, when not live. */
  readonly message: string | null;
  readonly frames: number;
  readonly frames_per_s: number;
  /** Outages so far; the open one has no `to_ms`. Bounded to the newest 100. */
  readonly gaps: readonly { readonly from_ms: number; readonly to_ms: number | null }[];
}

export interface DetectorEvent {
  readonly intersection: string;
  readonly channel: number;
  readonly at_ms: number;
  readonly on: boolean;
  readonly origin: FeedOrigin;
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
}

/** What the camera sees now, for the page. Boxes are normalised [x, y, w, h], origin top left. */
export interface FeedView {
  readonly feed: string;
  readonly at_ms: number;
  readonly tracks: readonly {
    readonly track: number;
    readonly class: VehicleClass;
    readonly box: readonly [number, number, number, number];
  }[];
}

export interface DetectionSink {
  status(status: FeedStatus): void;
  /** Resolves once the interval is stored: only then may the feed forget it. */
  flowInterval(interval: FlowInterval): Promise<void>;
  detectorEvent(event: DetectorEvent): void;
  crossing(crossing: Crossing): void;
  view(view: FeedView): void;
}

export interface DetectionFeed extends Service {
  readonly feed: string;
  status(): FeedStatus;
  /** The newest picture as JPEG, or null where there is none (simulated, or not live). */
  still(): Promise<Uint8Array | null>;
}
