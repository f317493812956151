/** A process of its own that keeps camera feeds, and what it says of them. */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { FeedStatus } from "../../core/ports/detection-feed.ts";
import { smallYoungHeap } from "../../detectors/camera/lean-process.ts";
import type { Camera } from "../../detectors/index.ts";
import type { RingOrder } from "../../detectors/ring/ring-order.ts";
import { crossroads } from "./crossroads.ts";
import { descendants, openHandles, ownMemory_kb, zombies } from "./processes.ts";

export interface HostedCamera {
  readonly camera: Camera;
  readonly source: string;
  /** Absent: nothing is recorded. */
  readonly ring?: RingOrder;
}

export interface HostSample {
  readonly handles: { readonly main: number; readonly children: number };
  readonly memory_kb: { readonly main: number; readonly cameras: number; readonly ffmpeg: number };
  readonly cameras: number;
  readonly ffmpegs: number;
  readonly others: readonly string[];
  readonly zombies: number;
}

export type Told = (status: FeedStatus) => void;

const script = fileURLToPath(new URL("camera-host.js", import.meta.url));
/**
 * V8 lets the young half of a heap grow to three times 16 MB as messages come: 35 MB that no leak has to do with, reached
 * sooner the more outages there are. With a megabyte the process's memory is what it holds.
 */
const heap = [...smallYoungHeap, "--expose-gc"];
/** What the process of the feeds holds when nothing waits to be collected. */
export interface Held {
  /** In V8's heap, and what is kept for it outside. */
  readonly live_kb: number;
  /** All memory of its own less the pages of V8's heap, whose number goes up and down with its sweeps. */
  readonly outside_kb: number;
}

type Word = { readonly status: FeedStatus } | { readonly held: Held };
const sum = (values: readonly number[]): number => values.reduce((total, each) => total + each, 0);

export class CameraHost {
  readonly #process: ChildProcess;
  #said = "";
  #holds: ((held: Held) => void) | null = null;

  constructor(cameras: readonly HostedCamera[], told: Told) {
    this.#process = fork(script, [], { stdio: ["ignore", "ignore", "pipe", "ipc"], execArgv: heap });
    this.#process.stderr?.setEncoding("utf8").on("data", (text: string) => {
      this.#said = (this.#said + text).slice(-10_000);
    });
    this.#process.on("message", (word: Word) => {
      if ("status" in word) told(word.status);
      else this.#holds?.(word.held);
    });
    this.#process.send({ cameras, intersection: crossroads });
  }

  /** What it wrote on stderr: nothing, unless it is broken. */
  get said(): string {
    return this.#said;
  }

  get pid(): number {
    return this.#process.pid ?? 0;
  }

  get ended(): boolean {
    return this.#process.exitCode !== null || this.#process.signalCode !== null;
  }

  /** Of it and of all its children, now. */
  sample(): HostSample {
    const below = descendants(this.pid);
    const cameras = below.filter(({ command }) => command.includes("camera.child"));
    const ffmpegs = below.filter(({ command }) => command.startsWith("ffmpeg"));
    const others = below.filter((each) => !cameras.includes(each) && !ffmpegs.includes(each));
    const memory_kb = (of: typeof below): number => sum(of.map(({ pid }) => ownMemory_kb(pid)));
    return {
      handles: { main: openHandles(this.pid), children: sum(below.map(({ pid }) => openHandles(pid))) },
      memory_kb: { main: ownMemory_kb(this.pid), cameras: memory_kb(cameras), ffmpeg: memory_kb(ffmpegs) },
      cameras: cameras.length,
      ffmpegs: ffmpegs.length,
      others: others.map(({ command }) => command),
      zombies: zombies(this.pid).length,
    };
  }

  /** Once all garbage is collected. */
  held(): Promise<Held> {
    return new Promise((resolve) => {
      this.#holds = resolve;
      this.#process.send("collect");
    });
  }

  /** Closes its feeds; resolves with its exit code. */
  async close(): Promise<number | null> {
    if (this.ended) return this.#process.exitCode;
    const exited = once(this.#process, "exit") as Promise<[number | null]>;
    this.#process.send("close");
    return (await exited)[0];
  }

  kill(): void {
    this.#process.kill("SIGKILL");
  }
}
