/** The camera of the shared junction video, on one lane of the crossroads, and a sink that remembers. */
import type {
  Crossing,
  DetectionSink,
  DetectorEvent,
  FeedStatus,
  FeedView,
  Movement,
  Sightings,
} from "../../core/ports/detection-feed.ts";
import type { FlowInterval } from "../../core/traffic/flow-interval.ts";
import type { MovementInterval } from "../../core/traffic/movement-interval.ts";
import { type Camera, cameraSchema } from "../../detectors/index.ts";
import { sharedFolder } from "./peers.ts";

export const junctionVideo = `${sharedFolder}data/vision/videos/junction-a.mp4`;
/** Hand-counted crossings of the line below in one round of the video, and its length. */
export const junctionRound = { crossings: 12, length_s: 265 / 30 } as const;

export function junctionCamera(interval_s = 10): Camera {
  return cameraSchema.parse({
    id: "camera-junction",
    intersection: "bach-dang-le-loi",
    interval_s,
    lines: [{ id: "stop-line", lane: "n-through", from: [100 / 640, 250 / 360], to: [440 / 640, 250 / 360] }],
  });
}

export interface RecordingSink extends DetectionSink {
  readonly statuses: FeedStatus[];
  readonly intervals: FlowInterval[];
  readonly events: DetectorEvent[];
  readonly crossings: Crossing[];
  readonly movements: Movement[];
  readonly movementIntervals: MovementInterval[];
  readonly views: FeedView[];
  readonly seen: Sightings[];
}

/** `store` decides about each interval: only what it does not refuse is remembered. */
export function recordingSink(store: (interval: FlowInterval) => Promise<void> = async () => {}): RecordingSink {
  const sink: RecordingSink = {
    statuses: [],
    intervals: [],
    events: [],
    crossings: [],
    movements: [],
    movementIntervals: [],
    views: [],
    seen: [],
    status: (status) => void sink.statuses.push(status),
    flowInterval: async (interval) => {
      await store(interval);
      sink.intervals.push(interval);
    },
    detectorEvent: (event) => void sink.events.push(event),
    crossing: (crossing) => void sink.crossings.push(crossing),
    movement: (movement) => void sink.movements.push(movement),
    movementInterval: async (interval) => void sink.movementIntervals.push(interval),
    view: (view) => void sink.views.push(view),
    sightings: (sightings) => void sink.seen.push(sightings),
  };
  return sink;
}
