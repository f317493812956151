/** Redacts one clip: looks at some of its pictures, then erases in all of them. Runs in the redaction process. */
import { rename, rm } from "node:fs/promises";
import { ok, type Result } from "../../core/problems/problem.ts";
import { readCodedPictures } from "../clip/coded-pictures.ts";
import { VideoDecoder } from "../decode/video-decoder.ts";
import { systemClock } from "../system-clock.ts";
import { CarriedRegions, type Sighting } from "./carry-over.ts";
import { ClipWriter } from "./clip-writer.ts";
import type { ClipOrder } from "./messages.ts";
import type { PictureEye } from "./picture-eye.ts";
import { ofPicture } from "./picture-redaction.ts";
import { erasePlanar } from "./planar-picture.ts";
import type { Box } from "./region.ts";
import { subjectAt } from "./subject-path.ts";

/** Pictures looked at in each second, and each how many-th of these for plates. */
const LOOKS_PER_S = 6;
const PLATES_EACH = 2;
/** Larger than any camera's: pictures are looked at as they are. */
const FULL_PX = 7680;
/** Of the work, by time; the rest is writing. */
const LOOKING = 0.85;

interface Seen {
  readonly heads: Sighting[];
  readonly plates: Sighting[];
}

export class ClipRedaction {
  readonly #order: ClipOrder;
  readonly #eye: PictureEye;
  readonly #stop: AbortSignal;
  readonly #progress: (share: number) => void;

  constructor(order: ClipOrder, eye: PictureEye, stop: AbortSignal, progress: (share: number) => void) {
    this.#order = order;
    this.#eye = eye;
    this.#stop = stop;
    this.#progress = progress;
  }

  /** Fails with VIDEO_…, FFMPEG_MISSING or REDACTION_UNWRITABLE. `out` is there when it is whole, and not before. */
  async run(): Promise<Result<{ pictures: number; blurred: number }>> {
    const { clip, out, burn } = this.#order;
    const coded = await readCodedPictures(clip, this.#stop);
    if (!coded.ok) return coded;
    const { time_base_hz, pictures } = coded.value;
    const ticks = pictures.map(({ pts }) => pts);
    const length_s = (Math.max(...ticks) - Math.min(...ticks)) / time_base_hz;
    const seen = await this.#look(length_s);
    if (!seen.ok) return seen;
    const kinds = [new CarriedRegions(seen.value.heads), new CarriedRegions(seen.value.plates)];
    let [written, blurred] = [0, 0];
    const partial = `${out}.part`;
    const writer = new ClipWriter({
      clip,
      out: partial,
      burn,
      stop: this.#stop,
      redact: (picture, time_s) => {
        const boxes = kinds.flatMap((kind) => kind.at(time_s));
        for (const box of boxes) erasePlanar(picture, box);
        blurred += boxes.length;
        written++;
        if (written % 25 === 0) this.#progress(LOOKING + (1 - LOOKING) * Math.min(1, written / pictures.length));
      },
    });
    const done = await writer.run();
    if (!done.ok || this.#stop.aborted) {
      await rm(partial, { force: true });
      return done.ok ? ok({ pictures: 0, blurred: 0 }) : done;
    }
    await rename(partial, out);
    return ok({ pictures: done.value, blurred });
  }

  async #look(length_s: number): Promise<Result<Seen>> {
    const seen: Seen = { heads: [], plates: [] };
    const decoder = new VideoDecoder(
      {
        source: this.#order.clip,
        paced: false,
        socket_timeout_s: 1,
        long_side_px: FULL_PX,
        frames_per_s: LOOKS_PER_S,
        decoder_threads: 1,
      },
      "every",
      systemClock,
    );
    let first_s: number | null = null;
    for (let look = 0; !this.#stop.aborted; look++) {
      const frame = await decoder.next();
      if ("problem" in frame) {
        await decoder.close();
        return frame.problem === null ? ok(seen) : { ok: false, problems: [frame.problem] };
      }
      first_s ??= frame.pts_s;
      const time_s = frame.pts_s - first_s;
      const withPlates = look % PLATES_EACH === 0;
      const regions = await this.#eye.look(frame, this.#subject(time_s, frame.width, frame.height), withPlates);
      decoder.giveBack(frame);
      seen.heads.push({ time_s, regions: regions.filter(({ kind }) => kind === "head") });
      if (withPlates) seen.plates.push({ time_s, regions: regions.filter(({ kind }) => kind === "plate") });
      this.#progress(LOOKING * Math.min(1, time_s / Math.max(length_s, 1e-3)));
    }
    await decoder.close();
    return ok(seen);
  }

  #subject(time_s: number, width: number, height: number): Box | null {
    const box = subjectAt(this.#order.subject, time_s);
    return box === null ? null : ofPicture(box, width, height);
  }
}
