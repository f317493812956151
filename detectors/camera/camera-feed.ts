/** A real picture behind the port: one process a camera, started again whenever it dies. */
import type { Intersection } from "../../core/network/schema.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { DetectionFeed, DetectionSink, DetectorEvent, FeedStatus } from "../../core/ports/detection-feed.ts";
import { type Problem, problem } from "../../core/problems/problem.ts";
import { feedTrouble } from "../../core/traffic/feed-trouble.ts";
import type { FlowInterval } from "../../core/traffic/flow-interval.ts";
import type { MovementInterval } from "../../core/traffic/movement-interval.ts";
import { type CameraLane, lanesOf } from "../lane/lane-watch.ts";
import { readSightings } from "../lane/sighting-watch.ts";
import type { RingOrder } from "../ring/ring-order.ts";
import type { Camera } from "../schema.ts";
import { masked } from "../source/address.ts";
import { backoff_ms } from "../source/backoff.ts";
import { type Gaps, openGap } from "../source/gaps.ts";
import type { UsualStore } from "../watch/usual-file.ts";
import type { CameraStatus, FromCamera, WatchOrder } from "./camera-messages.ts";
import { CameraProcess } from "./camera-process.ts";
import { IntervalOutbox } from "./interval-outbox.ts";

export interface CameraFeedOptions {
  readonly camera: Camera;
  /** Where the lanes of the camera's lines are; throws when one is not there. */
  readonly intersection: Intersection;
  /** `rtsp://…` or a video file, which is played over and over at its own speed. */
  readonly source: string;
  /** What is kept of its stream; null or absent: nothing. */
  readonly ring?: RingOrder | null;
  /** How many cameras share this machine, this one included; absent: it is alone. */
  readonly cameras?: number;
  readonly sink: DetectionSink;
  readonly clock: Clock;
  /** In [0, 1); spreads the retries of many cameras. */
  readonly chance?: () => number;
  /** Rules want to know of everybody on the road in every picture; only of a calibrated camera. */
  readonly sightings?: boolean;
  /** Where it is kept what the camera usually shows, for after a restart of the service. */
  readonly usual?: UsualStore;
}

/** A process that lived this long was healthy: its end counts as a first failure. */
const healthy_ms = 60_000;
const still_ms = 2000;

type Interval = FlowInterval | MovementInterval;

const store = (sink: DetectionSink, interval: Interval): Promise<void> =>
  "lane" in interval ? sink.flowInterval(interval) : sink.movementInterval(interval);

class CameraFeed implements DetectionFeed {
  readonly feed: string;
  readonly #options: CameraFeedOptions;
  readonly #lanes: readonly CameraLane[];
  readonly #chance: () => number;
  readonly #outbox: IntervalOutbox<Interval>;
  readonly #closing = new AbortController();
  readonly #on = new Set<number>();
  #life: Promise<void> | null = null;
  #process: CameraProcess | null = null;
  /** What the feed says of itself; the process's own words while it lives. */
  #status: FeedStatus;
  /** Frames of the processes that are gone. */
  #framesBefore = 0;
  #progress_ms: number;
  #from_ms: number;
  /** What the camera usually shows, longer than any process of its. */
  #usual: Float32Array<ArrayBuffer> | null = null;
  /** Why that could not be read or stored. */
  #usualTrouble: string | null = null;
  #still: Promise<Uint8Array | null> | null = null;
  #stillCame: ((jpeg: Uint8Array | null) => void) | null = null;

  constructor(options: CameraFeedOptions) {
    const { camera, clock, intersection, source, sink } = options;
    this.feed = camera.id;
    this.#options = options;
    this.#lanes = lanesOf(camera, intersection);
    this.#chance = options.chance ?? Math.random;
    this.#outbox = new IntervalOutbox({ store: (each) => store(sink, each), clock, chance: this.#chance });
    const now_ms = clock.nowMs();
    this.#progress_ms = now_ms;
    this.#from_ms = now_ms;
    this.#status = {
      feed: camera.id,
      origin: "camera",
      phase: "connecting",
      since_ms: now_ms,
      ...feedTrouble(problem("STREAM_OPENING", { source: masked(source) })),
      frames: 0,
      frames_per_s: 0,
      gaps: [],
      stream: null,
      recording: null,
    };
  }

  /** Resolves once the process runs: a camera that is down is only a camera that is tried again. */
  async start(stop: AbortSignal): Promise<void> {
    if (this.#life !== null) throw new Error("A camera feed starts once.");
    const now_ms = this.#options.clock.nowMs();
    this.#progress_ms = now_ms;
    this.#from_ms = now_ms;
    if (stop.aborted) this.#closing.abort();
    stop.addEventListener("abort", () => this.#closing.abort(), { once: true });
    await this.#remember(async (store) => {
      this.#usual = await store.load();
    });
    this.#life = this.#live(this.#closing.signal);
    await this.#process?.started;
  }

  async close(reason: string): Promise<void> {
    this.#closing.abort(new Error(reason));
    await this.#life;
  }

  status(): FeedStatus {
    const { trouble, waiting, dropped } = this.#outbox;
    if (this.#status.phase !== "live") return this.#status;
    const { feed } = this;
    if (trouble !== null) {
      const unstored = problem("FLOW_NOT_STORED", { feed, reason: trouble, waiting, dropped });
      return { ...this.#status, ...feedTrouble(unstored) };
    }
    if (this.#usualTrouble === null || this.#status.message !== null) return this.#status;
    return { ...this.#status, ...feedTrouble(problem("VIEW_NOT_KEPT", { feed, reason: this.#usualTrouble })) };
  }

  /** Somebody has looked: what the camera shows now is what it is to show. */
  accept(): void {
    this.#usual = null;
    this.#process?.send({ kind: "accept" });
  }

  /** JPEG of the newest picture, at most 960 pixels wide; null when there is none to come soon. */
  still(): Promise<Uint8Array | null> {
    if (this.#status.phase !== "live" || this.#process === null) return Promise.resolve(null);
    this.#still ??= this.#askStill(this.#process);
    return this.#still;
  }

  async #live(end: AbortSignal): Promise<void> {
    const { clock } = this.#options;
    let attempt = 0;
    while (!end.aborted) {
      const began_ms = clock.nowMs();
      const reason = await this.#oneProcess(end);
      if (end.aborted) break;
      attempt = clock.nowMs() - began_ms >= healthy_ms ? 0 : attempt + 1;
      this.#died(reason);
      await clock.sleep(backoff_ms(attempt, this.#chance()), end).catch((error: unknown) => {
        if (!end.aborted) throw error;
      });
    }
    this.#say("stopped", problem("FEED_STOPPED", { feed: this.feed }), this.#status.gaps);
    await this.#outbox.finish();
  }

  /** Resolves with how it ended. */
  async #oneProcess(end: AbortSignal): Promise<string> {
    const process = new CameraProcess(this.#order(), (message) => this.#heard(message));
    this.#process = process;
    const stop = (): void => void process.stop();
    end.addEventListener("abort", stop, { once: true });
    const reason = await process.gone;
    end.removeEventListener("abort", stop);
    this.#process = null;
    this.#stillCame?.(null);
    this.#framesBefore = this.#status.frames;
    this.#release();
    return reason;
  }

  async #remember(work: (store: UsualStore) => Promise<void>): Promise<void> {
    if (this.#options.usual === undefined) return;
    try {
      await work(this.#options.usual);
      this.#usualTrouble = null;
    } catch (error) {
      this.#usualTrouble = error instanceof Error ? error.message : String(error);
    }
  }

  #order(): WatchOrder {
    const { camera, source, ring = null } = this.#options;
    return {
      kind: "watch",
      camera: { ...camera, lines: [...camera.lines] },
      source,
      lanes: this.#lanes.map((lane) => ({ ...lane })),
      from_ms: this.#from_ms,
      cameras: this.#options.cameras ?? 1,
      gaps: this.#status.gaps.map((gap) => ({ ...gap })),
      ring,
      usual: this.#usual,
      sightings: this.#options.sightings ?? false,
    };
  }

  #heard(message: FromCamera): void {
    const { sink } = this.#options;
    switch (message.kind) {
      case "status":
        this.#reported(message);
        break;
      case "interval":
      case "movement_interval":
        this.#outbox.add(message.interval);
        break;
      case "detector":
        this.#switched(message.event);
        break;
      case "movement":
        sink.movement(message.movement);
        break;
      case "crossing":
        sink.crossing(message.crossing);
        break;
      case "view":
        sink.view(message.view);
        break;
      case "sightings":
        sink.sightings(readSightings(this.feed, message));
        break;
      case "still":
        this.#stillCame?.(message.jpeg);
        break;
      case "usual":
        this.#usual = message.view;
        void this.#remember((store) => store.save(message.view));
        break;
    }
  }

  #reported({
    phase,
    since_ms,
    trouble,
    blindness,
    clock_drift_ppm,
    frames,
    frames_per_s,
    gaps,
    progress_ms,
    reported_until_ms,
    stream,
    recording,
  }: CameraStatus): void {
    this.#progress_ms = progress_ms;
    this.#from_ms = reported_until_ms;
    this.#status = {
      ...this.#status,
      phase,
      since_ms,
      ...feedTrouble(trouble),
      blindness,
      clock_drift_ppm,
      frames: this.#framesBefore + frames,
      frames_per_s,
      gaps,
      stream,
      recording,
    };
    this.#options.sink.status(this.status());
  }

  #switched(event: DetectorEvent): void {
    if (event.on) this.#on.add(event.channel);
    else this.#on.delete(event.channel);
    this.#options.sink.detectorEvent(event);
  }

  /** A process that died left its channels on. */
  #release(): void {
    const { camera, clock } = this.#options;
    for (const channel of [...this.#on]) {
      this.#switched({
        intersection: camera.intersection,
        channel,
        at_ms: clock.nowMs(),
        on: false,
        origin: "camera",
      });
    }
  }

  #died(reason: string): void {
    const gaps = openGap(this.#status.gaps, this.#progress_ms);
    this.#say("backing_off", problem("VISION_PROCESS_DIED", { feed: this.feed, reason }), gaps);
  }

  #say(phase: FeedStatus["phase"], trouble: Problem, gaps: Gaps): void {
    const since_ms = this.#options.clock.nowMs();
    const { recording } = this.#status;
    const idle = recording ? { recording: { ...recording, state: "waiting" as const, trouble: null } } : {};
    const unseen = { ...feedTrouble(trouble), blindness: null, clock_drift_ppm: null, frames_per_s: 0 };
    this.#status = { ...this.#status, ...idle, ...unseen, phase, since_ms, gaps };
    this.#options.sink.status(this.#status);
  }

  async #askStill(process: CameraProcess): Promise<Uint8Array | null> {
    const answer = await new Promise<Uint8Array | null>((resolve) => {
      const late = setTimeout(() => resolve(null), still_ms);
      this.#stillCame = (jpeg) => {
        clearTimeout(late);
        resolve(jpeg);
      };
      process.send({ kind: "still" });
    });
    this.#stillCame = null;
    this.#still = null;
    return answer;
  }
}

/** Never fails for a camera that is down; throws when a line names a lane that is not of the intersection. */
export function createCameraFeed(options: CameraFeedOptions): DetectionFeed {
  return new CameraFeed(options);
}
