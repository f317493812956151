/** One ffmpeg process that we own, read as frames. */
import { type ChildProcess, spawn } from "node:child_process";
import type { Readable } from "node:stream";
import type { Clock } from "../../core/ports/clock.ts";
import { type Problem, problem } from "../../core/problems/problem.ts";
import { masked } from "../source/address.ts";
import { isDamage } from "./damage.ts";
import { decodeProblem } from "./decode-problem.ts";
import { ffmpegArguments, packetsFd, stillsFd, type VideoRequest } from "./ffmpeg-arguments.ts";
import type { Frame } from "./frame.ts";
import { type FramePolicy, FramePool } from "./frame-pool.ts";
import { lineCutter } from "./line-cutter.ts";
import { NutDemuxer, NutError } from "./nut-demuxer.ts";
import type { NutVideo } from "./nut-headers.ts";
import { drainPackets } from "./packet-pipe.ts";
import type { PacketTap } from "./packet-tap.ts";
import { handOver, inputList } from "./secret-source.ts";
import { drainStills, type StillTap } from "./still-pipe.ts";
import { stopChild } from "./stop-child.ts";
import { TextTail } from "./text-tail.ts";

/** `problem` is null when the file simply ended or we closed it. */
export interface VideoEnd {
  readonly problem: Problem | null;
}

type Ffmpeg = ChildProcess & { readonly stdout: Readable; readonly stderr: Readable };

const stopGrace_ms = 1500;

/** Who hears of the same session besides the reader of its pictures. */
export interface SideListeners {
  /** Of the coded packets. */
  readonly tap?: PacketTap | undefined;
  readonly still?: StillTap | undefined;
}

export class VideoDecoder {
  readonly #request: VideoRequest;
  readonly #clock: Clock;
  readonly #pool: FramePool;
  readonly #demuxer: NutDemuxer;
  readonly #stderr = new TextTail(4000);
  readonly #ffmpeg: Ffmpeg;
  readonly #listeners: SideListeners;
  #tick: NutVideo["tick"] = { num: 0, den: 1 };
  /** Bytes the demuxer could not take yet; stdout is paused while there are any. */
  #held: Uint8Array | null = null;
  #closing = false;
  /** Somebody complained about the source since the newest picture. */
  #damaged = false;
  #end: VideoEnd | null = null;
  #wake: (() => void) | null = null;
  readonly #exited: Promise<void>;
  frames = 0;
  /** When it was started: the name of this session among those of its source. */
  readonly session_ms: number;

  constructor(request: VideoRequest, policy: FramePolicy, clock: Clock, listeners: SideListeners = {}) {
    this.#request = request;
    this.#clock = clock;
    this.#listeners = listeners;
    this.session_ms = clock.nowMs();
    this.#pool = new FramePool(policy);
    this.#demuxer = new NutDemuxer({
      stream: ({ tick, width, height }) => {
        this.#tick = tick;
        this.#pool.allocate(width, height, this.session_ms);
      },
      take: () => this.#pool.take(),
      packet: (ticks) => this.#filled((ticks * this.#tick.num) / this.#tick.den),
    });
    const { tap, still } = listeners;
    const args = ffmpegArguments(request, { packets: tap !== undefined, stills: still !== undefined });
    const side = [tap, still].map((listener) => (listener === undefined ? "ignore" : "pipe"));
    const list = inputList(request);
    const stdin = list === null ? "ignore" : "pipe";
    this.#ffmpeg = spawn("ffmpeg", args, { stdio: [stdin, "pipe", "pipe", ...side] as const }) as Ffmpeg;
    handOver(this.#ffmpeg.stdin, list);
    this.#exited = this.#listen();
  }

  /** Pictures skipped so far because the reader was slower than the source. */
  get dropped(): number {
    return this.#pool.dropped;
  }

  /** The next frame, or the end. Give every frame back before asking for the one after it. */
  async next(): Promise<Frame | VideoEnd> {
    for (;;) {
      if (this.#closing) return { problem: null };
      const frame = this.#pool.next();
      if (frame !== null) return frame;
      if (this.#end !== null && this.#held === null) return this.#end;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  giveBack(frame: Frame): void {
    this.#pool.giveBack(frame);
    const held = this.#held;
    if (held === null) return;
    this.#held = null;
    this.#push(held);
    if (this.#held === null) this.#ffmpeg.stdout.resume();
  }

  /** Resolves once ffmpeg is gone. */
  async close(): Promise<void> {
    this.#closing = true;
    this.#held = null;
    this.#notify();
    this.#ffmpeg.stdout.resume();
    await stopChild(this.#ffmpeg, stopGrace_ms);
    await this.#exited;
  }

  #listen(): Promise<void> {
    const { stdout, stderr } = this.#ffmpeg;
    stderr.setEncoding("utf8").on(
      "data",
      lineCutter((line) => this.#heard(line)),
    );
    const [packets, stills] = [this.#ffmpeg.stdio[packetsFd], this.#ffmpeg.stdio[stillsFd]];
    const { tap, still } = this.#listeners;
    if (tap !== undefined && packets) drainPackets(packets as Readable, tap, this.session_ms);
    if (still !== undefined && stills) drainStills(stills as Readable, still);
    stdout.on("data", (chunk: Uint8Array) => this.#push(chunk));
    return new Promise((resolve) => {
      this.#ffmpeg.once("error", (cause) => {
        this.#finish(
          problem(missingProgram(cause) ? "FFMPEG_MISSING" : "VIDEO_UNREADABLE", this.#words(cause.message)),
        );
        resolve();
      });
      // `close` comes after both pipes are drained, `exit` may come before.
      this.#ffmpeg.once("close", (code) => {
        this.#finish(this.#closing || code === 0 ? null : this.#said());
        resolve();
      });
    });
  }

  /** Warnings tell of damage; only what is worse explains an end. */
  #heard(line: string): void {
    // Who ends it hears it complain about that.
    if (!this.#closing && isDamage(line)) {
      this.#damaged = true;
      this.#listeners.tap?.damaged();
    }
    if (!line.includes("[warning]")) this.#stderr.add(`${line}\n`);
  }

  #push(chunk: Uint8Array): void {
    if (this.#closing || this.#end !== null) return;
    try {
      const used = this.#demuxer.push(chunk);
      if (used === chunk.length) return;
      this.#held = chunk.subarray(used);
      this.#ffmpeg.stdout.pause();
    } catch (cause) {
      if (!(cause instanceof NutError)) throw cause;
      this.#finish(problem("VIDEO_UNREADABLE", this.#words(cause.message)));
      this.#ffmpeg.kill("SIGTERM");
    }
  }

  #filled(pts_s: number): void {
    this.frames += 1;
    this.#pool.filled(pts_s, this.#clock.nowMs(), this.#damaged);
    this.#damaged = false;
    this.#notify();
  }

  #said(): Problem {
    return decodeProblem(this.#request.source, this.#stderr.text, this.frames);
  }

  #words(reason: string): { source: string; reason: string } {
    return { source: masked(this.#request.source), reason: masked(reason) };
  }

  /** The first reason is the true one; those after it only follow from it. */
  #finish(reason: Problem | null): void {
    this.#end ??= { problem: reason };
    this.#notify();
  }

  #notify(): void {
    const wake = this.#wake;
    this.#wake = null;
    wake?.();
  }
}

const missingProgram = (cause: Error): boolean => (cause as NodeJS.ErrnoException).code === "ENOENT";
