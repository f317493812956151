/** Everything one camera process does: looks at each new picture, follows what moves, and tells its parent. */
import type { Clock } from "../../core/ports/clock.ts";
import { type Problem, problem } from "../../core/problems/problem.ts";
import type { FlowInterval } from "../../core/traffic/flow-interval.ts";
import type { MovementInterval } from "../../core/traffic/movement-interval.ts";
import { vehicleClasses } from "../../core/traffic/vehicle-class.ts";
import type { Frame } from "../decode/frame.ts";
import type { Detections, Detector } from "../inference/detector.ts";
import { pictureSide_px } from "../inference/picture-side.ts";
import { calibratedGround } from "../lane/calibrated-ground.ts";
import { LaneWatch } from "../lane/lane-watch.ts";
import { SightingWatch } from "../lane/sighting-watch.ts";
import { CameraPace } from "../pace/camera-pace.ts";
import { Recorder } from "../ring/recorder.ts";
import { masked } from "../source/address.ts";
import { FrameRate } from "../source/frame-rate.ts";
import { SourceWatch, type SourceWatchOptions } from "../source/source-watch.ts";
import type { Supervision } from "../source/supervision.ts";
import { Tracker, trackCapacity } from "../track/tracker.ts";
import { ClockDrift } from "../watch/clock-drift.ts";
import { PictureWatch } from "../watch/picture-watch.ts";
import type { Blindness } from "../watch/sight.ts";
import type { FromCamera, WatchOrder } from "./camera-messages.ts";
import { StillCamera } from "./still-camera.ts";

export interface CameraEyeOptions {
  readonly order: WatchOrder;
  readonly detector: Detector;
  readonly clock: Clock;
  readonly chance: () => number;
  /** Returns false when the parent is slow to hear: views are skipped then. */
  readonly say: (message: FromCamera) => boolean;
}

const view_ms = 100;
const status_ms = 1000;
/** What is usual changes slowly. */
const usual_ms = 60_000;
/** A detector that works on one picture for this long hangs: falling silent lets the parent start afresh. */
const hangs_ms = 20_000;

const blindnessCodes = {
  frozen: "PICTURE_FROZEN",
  dark: "PICTURE_DARK",
  moved: "PICTURE_MOVED",
  dirty: "PICTURE_DIRTY",
} as const;

type View = Extract<FromCamera, { kind: "view" }>["view"];

export class CameraEye {
  readonly #options: CameraEyeOptions;
  readonly #tracker = new Tracker();
  readonly #stills = new StillCamera();
  readonly #rate = new FrameRate();
  readonly #watch: PictureWatch;
  readonly #drift = new ClockDrift();
  readonly #pace: CameraPace;
  readonly #lanes: LaneWatch;
  /** Null where no rule waits, or nothing is known of the ground. */
  readonly #sightings: SightingWatch | null;
  readonly #recorder: Recorder;
  readonly #source: SourceWatch;
  #blindness: Blindness | null = null;
  /** When the parent was last told what is usual here. */
  #told_ms: number;
  #frames = 0;
  #viewed_ms = 0;
  #heard = true;
  #lookingSince_ms: number | null = null;

  constructor(options: CameraEyeOptions) {
    const { order, clock, chance, say } = options;
    this.#options = options;
    this.#watch = new PictureWatch(order.usual);
    this.#told_ms = clock.nowMs();
    this.#pace = new CameraPace(order.camera, clock.nowMs());
    this.#lanes = new LaneWatch({
      camera: order.camera,
      lanes: order.lanes,
      from_ms: order.from_ms,
      listener: {
        crossing: (crossing) => say({ kind: "crossing", crossing }),
        detectorEvent: (event) => say({ kind: "detector", event: { ...event, origin: "camera" } }),
        movement: (movement) => say({ kind: "movement", movement }),
      },
    });
    const ground = order.sightings ? calibratedGround(order.camera.calibration) : null;
    this.#sightings = ground && new SightingWatch(ground);
    this.#recorder = new Recorder(order.ring, clock);
    this.#source = new SourceWatch({
      source: order.source,
      gaps: order.gaps,
      clock,
      chance,
      tap: this.#recorder,
      pictures: this.#pictures(),
      still: (jpeg) => this.#stills.saw(jpeg, this.#now()),
      watcher: {
        look: (frame) => this.#look(frame),
        epoch: () => {
          this.#pace.epoch();
          this.#drift.epoch();
          this.#tracker.reset();
          this.#lanes.epoch();
          this.#sightings?.epoch();
        },
        changed: (state) => this.#changed(state),
      },
    });
  }

  /** Resolves once `stop` aborted, ffmpeg is gone and all is said. */
  async run(stop: AbortSignal): Promise<void> {
    this.#report();
    const reporting = setInterval(() => this.#everySecond(), status_ms);
    try {
      await this.#source.run(stop);
    } finally {
      clearInterval(reporting);
      await this.#recorder.close();
    }
    this.#tell(this.#lanes.finish(this.#now()), this.#lanes.finishMovements(this.#now()));
    this.#tellUsual(this.#now());
    this.#report();
  }

  /** Somebody has looked: what the camera shows now is what it is to show. */
  accept(): void {
    this.#watch.accept();
    this.#sees(null);
  }

  still(): void {
    this.#stills.ask(this.#now(), (jpeg) => this.#options.say({ kind: "still", jpeg }));
  }

  #pictures(): NonNullable<SourceWatchOptions["pictures"]> {
    const long_side_px = pictureSide_px(this.#options.order.camera);
    const size = long_side_px === undefined ? {} : { long_side_px };
    // Decoding ahead on several threads would hold pictures back.
    return { ...size, frames_per_s: this.#pace.wanted_per_s, decoder_threads: 1 };
  }

  async #look(frame: Frame): Promise<void> {
    if (!this.#pace.due(frame)) return;
    this.#lookingSince_ms = this.#now();
    this.#drift.saw(frame.pts_s, frame.arrival_ms);
    this.#sees(this.#watch.look(frame));
    if (this.#blindness === null) await this.#follow(frame);
    this.#frames += 1;
    this.#rate.saw(frame.arrival_ms);
    this.#pace.looked(this.#lookingSince_ms, this.#now());
    this.#lookingSince_ms = null;
  }

  async #follow(frame: Frame): Promise<void> {
    const found = await this.#options.detector.detect(frame.rgb, frame.width, frame.height, frame.pts_s);
    this.#tracker.update(found, frame.width, frame.height, frame.pts_s);
    this.#lanes.observe(this.#tracker, frame);
    this.#sight(found, frame);
    this.#show(frame);
  }

  #sight(found: Detections, frame: Frame): void {
    const sighted = this.#sightings?.observe(this.#tracker, found, frame);
    if (sighted !== undefined && this.#heard) this.#heard = this.#options.say({ kind: "sightings", ...sighted });
  }

  /** Lanes are told of no picture that shows nothing of the street: for them it is a gap, and never an empty street. */
  #sees(blindness: Blindness | null): void {
    if (blindness === this.#blindness) return;
    this.#blindness = blindness;
    this.#tracker.reset();
    this.#lanes.epoch();
    this.#lanes.release();
    this.#report();
  }

  #show({ width, height, arrival_ms, session_ms, pts_s }: Frame): void {
    if (!this.#heard || arrival_ms - this.#viewed_ms < view_ms) return;
    this.#viewed_ms = arrival_ms;
    const tracks: View["tracks"] = [];
    const { ids, seen, boxes } = this.#tracker;
    for (let slot = 0; slot < trackCapacity; slot += 1) {
      if (ids[slot] === 0 || seen[slot] === 0 || !this.#tracker.proved(slot)) continue;
      const [x, y] = [boxes[slot * 4] ?? 0, boxes[slot * 4 + 1] ?? 0];
      const [left, top] = [inside(x, width), inside(y, height)];
      const right = inside(x + (boxes[slot * 4 + 2] ?? 0), width);
      const bottom = inside(y + (boxes[slot * 4 + 3] ?? 0), height);
      const name = vehicleClasses[this.#tracker.classOf(slot)] ?? "car";
      tracks.push({
        track: ids[slot] ?? 0,
        class: name,
        box: [short(left), short(top), short(right - left), short(bottom - top)],
      });
    }
    const feed = this.#options.order.camera.id;
    this.#heard = this.#options.say({
      kind: "view",
      view: { feed, at_ms: arrival_ms, stream: { session_ms, pts_s }, tracks },
    });
  }

  #changed({ phase }: Supervision): void {
    if (phase !== "live") {
      this.#lanes.release();
      this.#stills.forget();
    }
    this.#report();
  }

  #everySecond(): void {
    const now_ms = this.#now();
    this.#tell(this.#lanes.due(now_ms), this.#lanes.dueMovements(now_ms));
    if (this.#source.state.phase === "live") this.#pace.second(now_ms);
    if (now_ms - this.#told_ms >= usual_ms) this.#tellUsual(now_ms);
    if (this.#lookingSince_ms === null || now_ms - this.#lookingSince_ms < hangs_ms) this.#report();
  }

  #tell(intervals: readonly FlowInterval[], movements: readonly MovementInterval[]): void {
    for (const interval of intervals) this.#options.say({ kind: "interval", interval });
    for (const interval of movements) this.#options.say({ kind: "movement_interval", interval });
  }

  #tellUsual(now_ms: number): void {
    this.#told_ms = now_ms;
    const view = this.#watch.saved();
    if (view !== null) this.#options.say({ kind: "usual", view });
  }

  #report(): void {
    const { phase, since_ms, gaps, progress_ms } = this.#source.state;
    this.#heard = this.#options.say({
      kind: "status",
      phase,
      since_ms,
      trouble: this.#trouble(),
      blindness: phase === "live" ? this.#blindness : null,
      clock_drift_ppm: this.#drift.drift()?.ppm ?? null,
      frames: this.#frames,
      frames_per_s: this.#rate.rate(this.#now()),
      gaps: [...gaps],
      progress_ms,
      reported_until_ms: this.#lanes.next_ms,
      stream: this.#recorder.streamStatus(),
      recording: this.#recorder.recordingStatus(),
    });
  }

  #trouble(): Problem | null {
    const { camera, source } = this.#options.order;
    const { phase, trouble } = this.#source.state;
    if (phase === "live") return this.#hindrance();
    if (phase === "stopped") return problem("FEED_STOPPED", { feed: camera.id });
    return trouble ?? problem("STREAM_OPENING", { source: masked(source) });
  }

  /** Why a camera whose picture comes is seen badly or seldom. */
  #hindrance(): Problem | null {
    const feed = this.#options.order.camera.id;
    if (this.#blindness !== null) return problem(blindnessCodes[this.#blindness], { feed });
    const drift = this.#drift.drift();
    const drifts = drift?.excessive === true ? problem("CLOCK_DRIFTS", { feed, ppm: drift.ppm }) : null;
    return this.#pace.trouble ?? drifts;
  }

  #now(): number {
    return this.#options.clock.nowMs();
  }
}

/** A pixel position as a share of the picture's side, never outside. */
const inside = (at: number, side: number): number => Math.min(1, Math.max(0, at / side));

const short = (value: number): number => Math.round(value * 10_000) / 10_000;
