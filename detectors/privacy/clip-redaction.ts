/** Redacts one clip: looks at some of its pictures, then erases in all of them. Runs in the redaction process. */
import { rename, rm } from "node:fs/promises";
import { failed, ok, type Result } from "../../core/problems/problem.ts";
import { readCodedPictures } from "../clip/coded-pictures.ts";
import { VideoDecoder } from "../decode/video-decoder.ts";
import { inPixels } from "../picture-box.ts";
import { systemClock } from "../system-clock.ts";
import { CarriedUsers, type Look } from "./carry-over.ts";
import { ClipWriter } from "./clip-writer.ts";
import type { ClipOrder } from "./messages.ts";
import type { PictureEye } from "./picture-eye.ts";
import { erasePlanar, type PlanarPicture } from "./planar-picture.ts";
import { privateRegions } from "./private-regions.ts";
import { subjectAt } from "./subject-path.ts";

/** Pictures looked at in each second, and each how many-th of these thoroughly. */
const LOOKS_PER_S = 6;
const THOROUGH_EACH = 3;
/** Larger than any camera's: pictures are looked at as they are. */
const FULL_PX = 7680;
/** Of the work, by time; the rest is writing. */
const LOOKING = 0.85;
/** Pictures between two reports while writing. */
const REPORT_EACH = 25;

/** Of the pictures as they stand in the file. Those that a cut left undecodable at its start count too, as they do elsewhere. */
interface Span {
  readonly first_s: number;
  readonly last_s: number;
  readonly pictures: number;
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
    const coded = await readCodedPictures(this.#order.clip, this.#stop);
    if (!coded.ok) return coded;
    const { time_base_hz, pictures } = coded.value;
    const times_s = pictures.map(({ pts }) => pts / time_base_hz);
    const span: Span = { first_s: Math.min(...times_s), last_s: Math.max(...times_s), pictures: pictures.length };
    const looks = await this.#look(span);
    return looks.ok ? this.#write(new CarriedUsers(looks.value), span) : looks;
  }

  async #look({ first_s, last_s }: Span): Promise<Result<Look[]>> {
    const looks: Look[] = [];
    const source = { source: this.#order.clip, paced: false, socket_timeout_s: 1 };
    const request = { ...source, long_side_px: FULL_PX, frames_per_s: LOOKS_PER_S, decoder_threads: 1 };
    const decoder = new VideoDecoder(request, "every", systemClock);
    while (!this.#stop.aborted) {
      const frame = await decoder.next();
      if ("problem" in frame) {
        await decoder.close();
        return frame.problem === null ? ok(looks) : failed(frame.problem);
      }
      const time_s = frame.pts_s - first_s;
      looks.push({ time_s, seen: await this.#eye.look(frame, looks.length % THOROUGH_EACH === 0) });
      decoder.giveBack(frame);
      this.#progress(LOOKING * Math.min(1, time_s / Math.max(last_s - first_s, 1e-3)));
    }
    await decoder.close();
    return ok(looks);
  }

  async #write(
    users: CarriedUsers,
    { first_s, pictures }: Span,
  ): Promise<Result<{ pictures: number; blurred: number }>> {
    const { clip, out, burn, subject } = this.#order;
    const partial = `${out}.part`;
    let [written, blurred] = [0, 0];
    const redact = (picture: PlanarPicture, time_s: number): void => {
      const known = subjectAt(subject, time_s);
      const own = known === null ? null : inPixels(known, picture);
      const regions = privateRegions(users.at(time_s), own);
      for (const region of regions) erasePlanar(picture, region);
      blurred += regions.length;
      written++;
      if (written % REPORT_EACH === 0) this.#progress(LOOKING + (1 - LOOKING) * Math.min(1, written / pictures));
    };
    const done = await new ClipWriter({ clip, out: partial, burn, first_s, stop: this.#stop, redact }).run();
    if (done.ok && !this.#stop.aborted) {
      await rename(partial, out);
      return ok({ pictures: done.value, blurred });
    }
    await rm(partial, { force: true });
    return done.ok ? ok({ pictures: 0, blurred: 0 }) : done;
  }
}
