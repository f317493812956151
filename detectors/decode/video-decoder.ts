/** One ffmpeg process that we own, read as frames. */
import { type ChildProcess, spawn } from "node:child_process";
import type { Socket } from "node:net";
import type { Readable } from "node:stream";
import type { Clock } from "../../core/ports/clock.ts";
import { type Problem, problem, reasonOf } from "../../core/problems/problem.ts";
import { masked } from "../source/address.ts";
import { isDamage } from "./damage.ts";
import { decodeProblem } from "./decode-problem.ts";
import { ffmpegArguments, packetsFd, stillsFd, type VideoRequest } from "./ffmpeg-arguments.ts";
import type { Frame } from "./frame.ts";
import { type FramePolicy, FramePool } from "./frame-pool.ts";
import { lineCutter } from "./line-cutter.ts";
import { NutDemuxer, NutError } from "./nut-demuxer.ts";
import type { NutVideo } from "./nut-headers.ts";
import { type OneBufferPipe, openOneBufferPipe } from "./one-buffer-pipe.ts";
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

type Ffmpeg = ChildProcess & { readonly stderr: Readable };

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
  readonly #listeners: SideListeners;
  #tick: NutVideo["tick"] = { num: 0, den: 1 };
  /** Null until it was started, and for good where it could not be. */
  #ffmpeg: Ffmpeg | null = null;
  #pictures: Socket | null = null;
  /** Bytes the demuxer could not take yet; nothing is read while there are any. */
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
    this.#exited = this.#run();
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
    if (this.#held === null) this.#pictures?.resume();
  }

  /** Resolves once ffmpeg is gone. */
  async close(): Promise<void> {
    this.#closing = true;
    this.#held = null;
    this.#notify();
    this.#pictures?.resume();
    if (this.#ffmpeg !== null) await stopChild(this.#ffmpeg, stopGrace_ms);
    await this.#exited;
  }

  /** From its start to its end. */
  async #run(): Promise<void> {
    try {
      const pipe = await openOneBufferPipe((bytes) => this.#push(bytes));
      if (this.#closing) {
        pipe.ours.destroy();
        pipe.childs.destroy();
      } else await this.#listen(this.#start(pipe), pipe.ours);
    } catch (cause) {
      this.#finish(problem("VIDEO_UNREADABLE", this.#words(reasonOf(cause))));
    }
  }

  #start({ childs, ours }: OneBufferPipe): Ffmpeg {
    const { tap, still } = this.#listeners;
    const args = ffmpegArguments(this.#request, { packets: tap !== undefined, stills: still !== undefined });
    const side = [tap, still].map((listener) => (listener === undefined ? "ignore" : "pipe"));
    const list = inputList(this.#request);
    const stdin = list === null ? "ignore" : "pipe";
    const ffmpeg = spawn("ffmpeg", args, { stdio: [stdin, childs, "pipe", ...side] }) as Ffmpeg;
    childs.destroy();
    handOver(ffmpeg.stdin, list);
    this.#ffmpeg = ffmpeg;
    this.#pictures = ours;
    return ffmpeg;
  }

  async #listen(ffmpeg: Ffmpeg, pictures: Socket): Promise<void> {
    ffmpeg.stderr.setEncoding("utf8").on(
      "data",
      lineCutter((line) => this.#heard(line)),
    );
    const [packets, stills] = [ffmpeg.stdio[packetsFd], ffmpeg.stdio[stillsFd]];
    const { tap, still } = this.#listeners;
    if (tap !== undefined && packets) drainPackets(packets as Readable, tap, this.session_ms);
    if (still !== undefined && stills) drainStills(stills as Readable, still);
    const read = new Promise((resolve) => pictures.once("close", resolve));
    // Its other end is ffmpeg's: what can go wrong with it is ffmpeg's end, which says more.
    pictures.on("error", () => undefined).resume();
    const failed = new Promise<Error>((resolve) => ffmpeg.once("error", resolve));
    // `close` comes after its other pipes are drained, `exit` may come before.
    const closed = new Promise<number | null>((resolve) => ffmpeg.once("close", resolve));
    const end = await Promise.race([failed, Promise.all([closed, read])]);
    if (end instanceof Error) {
      const missing = (end as NodeJS.ErrnoException).code === "ENOENT";
      this.#finish(problem(missing ? "FFMPEG_MISSING" : "VIDEO_UNREADABLE", this.#words(end.message)));
    } else this.#finish(this.#closing || end[0] === 0 ? null : this.#said());
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

  /** True when all of it was taken, or is wanted no more. */
  #push(chunk: Uint8Array): boolean {
    if (this.#closing || this.#end !== null) return true;
    try {
      const used = this.#demuxer.push(chunk);
      this.#held = used === chunk.length ? null : chunk.subarray(used);
    } catch (cause) {
      if (!(cause instanceof NutError)) throw cause;
      this.#finish(problem("VIDEO_UNREADABLE", this.#words(cause.message)));
      this.#ffmpeg?.kill("SIGTERM");
    }
    return this.#held === null;
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
