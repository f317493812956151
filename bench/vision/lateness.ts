/** One more reader of a camera, which only notes how late each picture is: it decodes as the product does, and looks at nothing. */
import { VideoDecoder } from "../../detectors/decode/video-decoder.ts";
import { systemClock } from "../../detectors/system-clock.ts";

export class Lateness {
  readonly #decoder: VideoDecoder;
  readonly #reading: Promise<void>;
  /** Arrival minus the picture's own time, which may begin anywhere. */
  readonly #distances_ms: number[] = [];

  constructor(source: string) {
    const request = { source, paced: true, socket_timeout_s: 10, decoder_threads: 1, long_side_px: 416 };
    this.#decoder = new VideoDecoder(request, "newest", systemClock);
    this.#reading = this.#read();
  }

  /** Forgets what came so far: there was no steady state yet. */
  begin(): void {
    this.#distances_ms.length = 0;
  }

  /** By how much each picture was later than the one that was least late. */
  async stop(): Promise<readonly number[]> {
    await this.#decoder.close();
    await this.#reading;
    const least_ms = this.#distances_ms.reduce((least, each) => Math.min(least, each), Number.POSITIVE_INFINITY);
    return this.#distances_ms.map((distance_ms) => distance_ms - least_ms);
  }

  async #read(): Promise<void> {
    for (;;) {
      const frame = await this.#decoder.next();
      if ("problem" in frame) return;
      this.#distances_ms.push(frame.arrival_ms - frame.pts_s * 1000);
      this.#decoder.giveBack(frame);
    }
  }
}
