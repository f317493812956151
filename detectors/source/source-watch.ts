/** Keeps one camera's picture coming: opens it, notices when it stops, opens it again, without end. */
import type { Clock } from "../../core/ports/clock.ts";
import { type Problem, problem } from "../../core/problems/problem.ts";
import type { VideoRequest } from "../decode/ffmpeg-arguments.ts";
import type { Frame } from "../decode/frame.ts";
import type { PacketTap } from "../decode/packet-tap.ts";
import type { StillTap } from "../decode/still-pipe.ts";
import { VideoDecoder, type VideoEnd } from "../decode/video-decoder.ts";
import { isLive, masked } from "./address.ts";
import { FrameClock } from "./frame-clock.ts";
import type { Gaps } from "./gaps.ts";
import {
  advance,
  beginSupervision,
  type SourceEvent,
  type Supervision,
  type SupervisionSettings,
  supervisionDefaults,
} from "./supervision.ts";

export interface SourceWatcher {
  /** A picture with a new time, to be used until the promise resolves. Slow looking skips pictures, never piles them up. */
  look(frame: Frame): Promise<void>;
  /** Another connection, another round of the file, a leap in time: nothing that was followed goes on. */
  epoch(): void;
  /** The phase changed. */
  changed(state: Supervision): void;
}

export interface SourceWatchOptions {
  /** `rtsp://…` or a file, which is played over and over at its own speed. */
  readonly source: string;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly chance: () => number;
  readonly watcher: SourceWatcher;
  readonly gaps?: Gaps;
  /** Sees the coded packets of the same session. */
  readonly tap?: PacketTap;
  /** Hears its small pictures. */
  readonly still?: StillTap;
  /** Which pictures are wanted of it. */
  readonly pictures?: Pick<VideoRequest, "frames_per_s" | "long_side_px" | "decoder_threads">;
}

const tick_ms = 250;
/**
 * Of a camera that does not answer at all. Longer than a stall may last, whose words are clearer; it also ends an ffmpeg
 * that outlived us.
 */
const socketTimeout_s = 4.5;

export class SourceWatch {
  readonly #options: SourceWatchOptions;
  readonly #settings: SupervisionSettings;
  #state: Supervision;
  #decoder: VideoDecoder | null = null;
  /** Looking at a picture for long is our slowness, not the camera's silence. */
  #looking = false;

  constructor(options: SourceWatchOptions) {
    this.#options = options;
    this.#settings = { ...supervisionDefaults, source: masked(options.source) };
    this.#state = beginSupervision(options.clock.nowMs(), options.gaps);
  }

  get state(): Supervision {
    return this.#state;
  }

  /** Resolves once `stop` aborted and the decoder is gone. */
  async run(stop: AbortSignal): Promise<void> {
    const giveUp = (): void => void this.#decoder?.close();
    stop.addEventListener("abort", giveUp, { once: true });
    const ticking = setInterval(() => this.#tick(), tick_ms);
    try {
      while (!stop.aborted) {
        const reason = await this.#connection(stop);
        if (stop.aborted) break;
        this.#happened({ kind: "ended", at_ms: this.#now(), problem: reason, chance: this.#options.chance() });
        await this.#untilRetry(stop);
      }
    } finally {
      clearInterval(ticking);
      stop.removeEventListener("abort", giveUp);
      this.#happened({ kind: "stopped", at_ms: this.#now() });
    }
  }

  /** One decoder, or for a file one after the other for as long as it plays. Resolves with why there is no more. */
  async #connection(stop: AbortSignal): Promise<Problem> {
    const { source, clock, pictures, tap, still } = this.#options;
    const request = { ...pictures, source, paced: true, socket_timeout_s: socketTimeout_s };
    for (;;) {
      const decoder = new VideoDecoder(request, "newest", clock, { tap, still });
      this.#decoder = decoder;
      this.#happened({ kind: "opened", at_ms: this.#now() });
      try {
        const end = await this.#read(decoder);
        const startOver = end.problem === null && !isLive(source) && this.#state.phase === "live";
        if (stop.aborted || !startOver) return end.problem ?? this.#ended();
      } finally {
        this.#decoder = null;
        await decoder.close();
      }
    }
  }

  async #read(decoder: VideoDecoder): Promise<VideoEnd> {
    const frames = new FrameClock();
    this.#options.watcher.epoch();
    for (;;) {
      const next = await decoder.next();
      if ("problem" in next) return next;
      this.#looking = true;
      try {
        await this.#look(next, frames);
      } finally {
        this.#looking = false;
        decoder.giveBack(next);
      }
    }
  }

  async #look(frame: Frame, frames: FrameClock): Promise<void> {
    const { phase } = this.#state;
    if (phase !== "connecting" && phase !== "live") return;
    const time = frames.judge(frame.pts_s);
    if (time === "old") return;
    if (time === "leap") this.#options.watcher.epoch();
    await this.#options.watcher.look(frame);
    this.#happened({ kind: "progress", at_ms: this.#now() });
  }

  #tick(): void {
    if (this.#looking) return;
    this.#happened({ kind: "tick", at_ms: this.#now() });
  }

  /** The end of something that should not end, or of a file without pictures. */
  #ended(): Problem {
    const { source } = this.#settings;
    if (isLive(this.#options.source)) return problem("STREAM_LOST", { source, reason: "the camera ended it" });
    return problem("VIDEO_UNREADABLE", { source, reason: "it holds no picture" });
  }

  async #untilRetry(stop: AbortSignal): Promise<void> {
    const wait_ms = (this.#state.retry_ms ?? 0) - this.#now();
    if (wait_ms <= 0) return;
    await this.#options.clock.sleep(wait_ms, stop).catch((error: unknown) => {
      if (!stop.aborted) throw error;
    });
  }

  #happened(event: SourceEvent): void {
    const before = this.#state;
    this.#state = advance(before, event, this.#settings);
    if (this.#state.phase === before.phase) return;
    if (this.#state.phase === "stalled") void this.#decoder?.close();
    this.#options.watcher.changed(this.#state);
  }

  #now(): number {
    return this.#options.clock.nowMs();
  }
}
