/** Counts line crossings over the pictures of one source, every picture of a file and the newest of a stream. */
import { GroundPlane } from "../../core/geometry/ground-plane.ts";
import { directedLine } from "../../core/geometry/segment.ts";
import type { Clock } from "../../core/ports/clock.ts";
import { failed, ok, type Problem, problem, type Result } from "../../core/problems/problem.ts";
import { vehicleClasses } from "../../core/traffic/vehicle-class.ts";
import type { Frame } from "../decode/frame.ts";
import { VideoDecoder } from "../decode/video-decoder.ts";
import type { Detector } from "../inference/detector.ts";
import { calibratedGround } from "../lane/calibrated-ground.ts";
import { GroundTracks } from "../lane/ground-tracks.ts";
import { LineCounter, type LineCrossing } from "../lane/line-counter.ts";
import { isLive, masked } from "../source/address.ts";
import { Tracker } from "../track/tracker.ts";
import { CountedWays } from "./counted-ways.ts";
import type { CountedCrossing, CounterAnswer, CountOrder } from "./messages.ts";

/** `duration_s` is from the first picture to the end of the last. */
export type Count = Omit<Extract<CounterAnswer, { kind: "counted" }>, "kind">;

const SOCKET_TIMEOUT_S = 10;
const PEDESTRIAN = vehicleClasses.indexOf("pedestrian");

class PictureCount {
  readonly #order: CountOrder;
  readonly #detector: Detector;
  readonly #tracker = new Tracker();
  readonly #crossings: CountedCrossing[] = [];
  readonly #ways: CountedWays;
  #counter: LineCounter | null = null;
  #ground: GroundTracks | null = null;
  #first_s = 0;
  #last_s = 0;
  #frames = 0;

  constructor(order: CountOrder, detector: Detector) {
    this.#order = order;
    this.#detector = detector;
    this.#ways = new CountedWays(order.lines, order.movements);
  }

  /** False when this picture lies past the wanted duration; it is not counted then. */
  async look(frame: Frame): Promise<boolean> {
    if (this.#frames === 0) this.#first_s = frame.pts_s;
    const t_s = frame.pts_s - this.#first_s;
    if (this.#order.duration_s !== null && t_s >= this.#order.duration_s) return false;
    this.#counter ??= this.#begin(frame);
    const detections = await this.#detector.detect(frame.rgb, frame.width, frame.height, t_s);
    this.#tracker.update(detections, frame.width, frame.height, t_s);
    this.#ground?.observe(this.#tracker, t_s);
    this.#ways.observe(this.#tracker, this.#ground);
    this.#counter.observe(this.#tracker, t_s, (crossing) => this.#note(crossing));
    this.#frames += 1;
    this.#last_s = t_s;
    return true;
  }

  result(): Count {
    const crossings = this.#crossings.toSorted((a, b) => a.t_s - b.t_s || a.track - b.track);
    const picture_s = this.#frames > 1 ? this.#last_s / (this.#frames - 1) : 0;
    this.#ways.end();
    const { movements, unfinished, unentered } = this.#ways;
    const duration_s = milli(this.#last_s + picture_s);
    return { frames: this.#frames, duration_s, crossings, movements, unfinished, unentered };
  }

  #begin({ width, height }: Frame): LineCounter {
    const ground = calibratedGround(this.#order.eye.calibration);
    this.#ground = ground === null ? null : new GroundTracks(new GroundPlane(ground, width, height));
    return new LineCounter(
      this.#order.lines.map(({ from, to }) =>
        directedLine(from[0] * width, from[1] * height, to[0] * width, to[1] * height),
      ),
    );
  }

  /** People on foot are no vehicles: they are followed, so that they are not taken for one, and not counted. */
  #note({ line, slot, t_s, track, direction }: LineCrossing): void {
    const index = this.#tracker.classOf(slot);
    const [id, name] = [this.#order.lines[line]?.id, vehicleClasses[index]];
    if (index === PEDESTRIAN || id === undefined || name === undefined) return;
    this.#crossings.push({ line: id, t_s: milli(t_s), class: name, direction, track, ...this.#onGround(slot, t_s) });
    this.#ways.crossed(slot, line, direction, t_s);
  }

  /** Nothing at all without a calibration: what nobody asked for is not said to be unknown. */
  #onGround(slot: number, t_s: number): Pick<CountedCrossing, "speed_kmh" | "speed_error_kmh" | "distance_m"> {
    if (this.#ground === null) return {};
    const speed = this.#ground.speedAt(slot, t_s);
    const way_m = this.#ground.way_m(slot);
    return {
      speed_kmh: speed === null ? null : tenth(speed.speed_kmh),
      speed_error_kmh: speed === null ? null : tenth(speed.error_kmh),
      distance_m: way_m === null ? null : tenth(way_m),
    };
  }
}

const tenth = (value: number): number => Math.round(value * 10) / 10;
const milli = (value: number): number => Math.round(value * 1000) / 1000;

/** A source that ends without a picture was no video, even if ffmpeg did not mind. */
function ended(source: string, count: Count, reason: Problem | null): Result<Count> {
  if (reason !== null) return failed(reason);
  if (count.frames > 0) return ok(count);
  return failed(problem("VIDEO_UNREADABLE", { source: masked(source), reason: "it holds no picture" }));
}

export async function countPictures(order: CountOrder, detector: Detector, clock: Clock): Promise<Result<Count>> {
  const count = new PictureCount(order, detector);
  const request = { source: order.source, paced: false, socket_timeout_s: SOCKET_TIMEOUT_S };
  const decoder = new VideoDecoder(request, isLive(order.source) ? "newest" : "every", clock);
  try {
    for (;;) {
      const next = await decoder.next();
      if ("problem" in next) return ended(order.source, count.result(), next.problem);
      const wanted = await count.look(next);
      decoder.giveBack(next);
      if (!wanted) return ok(count.result());
    }
  } finally {
    await decoder.close();
  }
}
