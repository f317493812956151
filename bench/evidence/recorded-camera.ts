/** A camera that is watched and recorded as in the service: a film at its own speed, its packets kept, its newest picture known. */
import { VideoDecoder } from "../../detectors/decode/video-decoder.ts";
import { Recorder } from "../../detectors/ring/recorder.ts";
import { ringOrder } from "../../detectors/ring/ring-order.ts";
import { systemClock } from "../../detectors/system-clock.ts";

export interface NewestPicture {
  readonly session_ms: number;
  readonly pts_s: number;
  readonly arrival_ms: number;
}

/** Decoded small: what is measured is not the eyes. */
const longSide_px = 160;

export class RecordedCamera {
  readonly id: string;
  readonly #recorder: Recorder;
  readonly #decoder: VideoDecoder;
  readonly #run: Promise<void>;
  #newest: NewestPicture | null = null;
  #ending = false;

  constructor(id: string, film: string, recordings: string) {
    this.id = id;
    const keep = { keep_h: 1, keep_gb: 2, leave_free_gb: 0 };
    this.#recorder = new Recorder(ringOrder(recordings, id, keep), systemClock);
    const request = { source: film, paced: true, socket_timeout_s: 5, long_side_px: longSide_px, decoder_threads: 1 };
    this.#decoder = new VideoDecoder(request, "newest", systemClock, { tap: this.#recorder });
    this.#run = this.#watch();
  }

  /** Null before the first. */
  get newest(): NewestPicture | null {
    return this.#newest;
  }

  async close(): Promise<void> {
    this.#ending = true;
    await this.#run;
    await this.#decoder.close();
    await this.#recorder.close();
  }

  async #watch(): Promise<void> {
    while (!this.#ending) {
      const next = await this.#decoder.next();
      if ("problem" in next) throw new Error(`the film ended: ${JSON.stringify(next.problem)}`);
      const { pts_s, arrival_ms } = next;
      this.#newest = { session_ms: this.#decoder.session_ms, pts_s, arrival_ms };
      this.#decoder.giveBack(next);
    }
  }
}
