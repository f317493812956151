/** Every picture of a clip through our hands: decoded, what is private erased, and encoded again with its own time. */
import { type ChildProcess, spawn } from "node:child_process";
import { failed, ok, problem, type Result } from "../../core/problems/problem.ts";
import { decodeProblem, lastWords } from "../decode/decode-problem.ts";
import { NutDemuxer, NutError } from "../decode/nut-demuxer.ts";
import type { NutVideo } from "../decode/nut-headers.ts";
import { stopChild } from "../decode/stop-child.ts";
import { TextTail } from "../decode/text-tail.ts";
import { clipDecoding, clipEncoding, encodedTicks_hz } from "./clip-arguments.ts";
import { frameHeaderBytes, ivfHeader, writeFrameHeader } from "./ivf.ts";
import { type PlanarPicture, planarBytes } from "./planar-picture.ts";

export interface ClipWriting {
  readonly clip: string;
  readonly out: string;
  /** An ffmpeg filter to append, such as burned-in text; null: none. */
  readonly burn: string | null;
  /** The clip's own time of its first picture, from which all times are counted. */
  readonly first_s: number;
  /** Called for each picture in order, with its time. */
  readonly redact: (picture: PlanarPicture, time_s: number) => void;
  readonly stop: AbortSignal;
}

/** One being filled while one is on its way to the encoder. */
const buffers = 2;
const stopGrace_ms = 1500;
const tail_characters = 4000;

export class ClipWriter {
  readonly #writing: ClipWriting;
  readonly #decoder: ChildProcess;
  readonly #encoder: ChildProcess;
  readonly #words = { decoder: new TextTail(tail_characters), encoder: new TextTail(tail_characters) };
  readonly #free: Buffer[] = [];
  #video: NutVideo | null = null;
  #filling: Buffer | null = null;
  #encoderGone = false;
  #wake: (() => void) | null = null;
  #pictures = 0;

  constructor(writing: ClipWriting) {
    this.#writing = writing;
    const { clip, out, burn } = writing;
    this.#decoder = spawn("ffmpeg", clipDecoding(clip), { stdio: ["ignore", "pipe", "pipe"] });
    this.#encoder = spawn("ffmpeg", clipEncoding(out, burn), { stdio: ["pipe", "ignore", "pipe"] });
  }

  /** How many pictures were written. Fails with VIDEO_…, FFMPEG_MISSING or REDACTION_UNWRITABLE; both programs are gone then. */
  async run(): Promise<Result<number>> {
    const { stop, clip, out } = this.#writing;
    const decoded = ended(this.#decoder, this.#words.decoder);
    const encoded = ended(this.#encoder, this.#words.encoder).then((code) => {
      this.#encoderGone = true;
      this.#release();
      return code;
    });
    // Its end tells why; a pipe that broke only follows from it.
    this.#encoder.stdin?.on("error", () => undefined);
    const end = (): void =>
      void Promise.all([this.#decoder, this.#encoder].map((each) => stopChild(each, stopGrace_ms)));
    stop.addEventListener("abort", end, { once: true });
    try {
      const broken = await this.#pump();
      if (broken !== null || this.#encoderGone || stop.aborted) await stopChild(this.#decoder, stopGrace_ms);
      this.#encoder.stdin?.end();
      const [decoderCode, encoderCode] = [await decoded, await encoded];
      if (encoderCode !== 0 && broken === null && this.#pictures > 0)
        return failed(problem("REDACTION_UNWRITABLE", { file: out, reason: lastWords(this.#words.encoder.text) }));
      if (broken !== null) return failed(problem("VIDEO_UNREADABLE", { source: clip, reason: broken }));
      if (decoderCode !== 0 || this.#pictures === 0)
        return failed(decodeProblem(clip, this.#words.decoder.text, this.#pictures));
      return ok(this.#pictures);
    } finally {
      stop.removeEventListener("abort", end);
    }
  }

  /** Null, or why the decoder's stream is none. */
  async #pump(): Promise<string | null> {
    const demuxer = new NutDemuxer({
      stream: (video) => this.#begin(video),
      take: () => this.#take(),
      packet: (ticks) => this.#picture(ticks),
    });
    try {
      for await (const chunk of this.#decoder.stdout as AsyncIterable<Buffer>) {
        for (let at = 0; at < chunk.length && !this.#encoderGone; ) {
          at += demuxer.push(chunk.subarray(at));
          if (at < chunk.length) await this.#freed();
        }
        if (this.#encoderGone || this.#writing.stop.aborted) return null;
      }
      return null;
    } catch (cause) {
      if (!(cause instanceof NutError)) throw cause;
      return cause.message;
    }
  }

  #begin(video: NutVideo): void {
    this.#video = video;
    const { width, height } = video;
    for (let count = 0; count < buffers; count++)
      this.#free.push(Buffer.alloc(frameHeaderBytes + planarBytes(width, height)));
    this.#encoder.stdin?.write(ivfHeader({ width, height, ticks_per_s: encodedTicks_hz }));
  }

  #take(): Uint8Array | null {
    this.#filling ??= this.#free.pop() ?? null;
    return this.#filling?.subarray(frameHeaderBytes) ?? null;
  }

  #picture(ticks: number): void {
    const [frame, video] = [this.#filling, this.#video];
    if (frame === null || video === null) return;
    this.#filling = null;
    const { tick, width, height } = video;
    const time_s = Math.max(0, (ticks * tick.num) / tick.den - this.#writing.first_s);
    this.#writing.redact({ bytes: frame.subarray(frameHeaderBytes), width, height }, time_s);
    writeFrameHeader(frame, Math.round(time_s * encodedTicks_hz));
    this.#pictures++;
    this.#encoder.stdin?.write(frame, () => {
      this.#free.push(frame);
      this.#release();
    });
  }

  /** Resolves when a buffer came back, or none ever will. */
  async #freed(): Promise<void> {
    if (this.#free.length > 0 || this.#encoderGone) return;
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
    });
  }

  #release(): void {
    const wake = this.#wake;
    this.#wake = null;
    wake?.();
  }
}

/** The exit code, once the process is gone and its pipes are empty; its words are kept. */
function ended(child: ChildProcess, words: TextTail): Promise<number | null> {
  child.stderr?.setEncoding("utf8").on("data", (text: string) => words.add(text));
  return new Promise((resolve) => {
    child.once("error", (cause) => {
      words.add(cause.message);
      resolve(null);
    });
    child.once("close", (code) => resolve(code));
  });
}
