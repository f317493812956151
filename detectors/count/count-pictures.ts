/** Counts line crossings over the pictures of one source, every picture of a file and the newest of a stream. */
import { directedLine } from "../../core/geometry/segment.ts";
import type { Clock } from "../../core/ports/clock.ts";
import { failed, ok, type Problem, problem, type Result } from "../../core/problems/problem.ts";
import { vehicleClasses } from "../../core/traffic/vehicle-class.ts";
import type { Frame } from "../decode/frame.ts";
import { VideoDecoder } from "../decode/video-decoder.ts";
import type { Detector } from "../inference/detector.ts";
import { LineCounter, type LineCrossing } from "../lane/line-counter.ts";
import { isLive, masked } from "../source/address.ts";
import { Tracker } from "../track/tracker.ts";
import type { CountedCrossing, CountOrder } from "./messages.ts";

export interface Count {
  readonly frames: number;
  /** From the first picture to the end of the last. */
  readonly duration_s: number;
  readonly crossings: readonly CountedCrossing[];
}

const SOCKET_TIMEOUT_S = 10;
const PEDESTRIAN = vehicleClasses.indexOf("pedestrian");

class PictureCount {
  readonly #order: CountOrder;
  readonly #detector: Detector;
  readonly #tracker = new Tracker();
  readonly #crossings: CountedCrossing[] = [];
  #counter: LineCounter | null = null;
  #first_s = 0;
  #last_s = 0;
  #frames = 0;

  constructor(order: CountOrder, detector: Detector) {
    this.#order = order;
    this.#detector = detector;
  }

  /** False when this picture lies past the wanted duration; it is not counted then. */
  async look(frame: Frame): Promise<boolean> {
    if (this.#frames === 0) this.#first_s = frame.pts_s;
    const t_s = frame.pts_s - this.#first_s;
    if (this.#order.duration_s !== null && t_s >= this.#order.duration_s) return false;
    this.#counter ??= new LineCounter(
      this.#order.lines.map(({ from, to }) =>
        directedLine(from[0] * frame.width, from[1] * frame.height, to[0] * frame.width, to[1] * frame.height),
      ),
    );
    const detections = await this.#detector.detect(frame.rgb, frame.width, frame.height, t_s);
    this.#tracker.update(detections, frame.width, frame.height, t_s);
    this.#counter.observe(this.#tracker, t_s, (crossing) => this.#note(crossing));
    this.#frames += 1;
    this.#last_s = t_s;
    return true;
  }

  result(): Count {
    const crossings = this.#crossings.toSorted((a, b) => a.t_s - b.t_s || a.track - b.track);
    const picture_s = this.#frames > 1 ? this.#last_s / (this.#frames - 1) : 0;
    return { frames: this.#frames, duration_s: milli(this.#last_s + picture_s), crossings };
  }

  /** People on foot are no vehicles: they are followed, so that they are not taken for one, and not counted. */
  #note({ line, slot, t_s, track, direction }: LineCrossing): void {
    const index = this.#tracker.classOf(slot);
    const [id, name] = [this.#order.lines[line]?.id, vehicleClasses[index]];
    if (index === PEDESTRIAN || id === undefined || name === undefined) return;
    this.#crossings.push({ line: id, t_s: milli(t_s), class: name, direction, track });
  }
}

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
