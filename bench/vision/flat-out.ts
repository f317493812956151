/** Workers side by side that do one kind of work as fast as they can, and how much they got done. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { cpu_s } from "./process-figures.ts";

/**
 * A command that prints, several times a second, how many pictures it has done since its start, one number a line: pictures
 * of the film, looked at or passed over.
 */
export interface Work {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly workers: number;
  /** What it prints more for one look; of decoding, for one picture. */
  readonly perLook: number;
}

export interface Done {
  readonly frames_per_s: number;
  /** Processor milliseconds a picture. */
  readonly cpu_ms: number;
}

export interface Timing {
  /**
   * Of each worker before it is measured: V8 compiles a loop while it runs, and again when it has run often. A look of the pipeline
   * takes 22 ms in the mean of the first 25, 8.2, 7.2 and 6.7 in that of the next three times 25, and as much from then on.
   */
  readonly warmUp_looks: number;
  readonly measure_s: number;
}

const patience_ms = 180_000;

class Worker {
  readonly #child: ChildProcess;
  #frames = 0;
  #said = "";
  #complaint = "";

  constructor({ command, args }: Work) {
    this.#child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"] });
    this.#child.stdout?.setEncoding("utf8").on("data", (text: string) => this.#heard(text));
    this.#child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      this.#complaint = (this.#complaint + text).slice(-2000);
    });
  }

  get frames(): number {
    return this.#frames;
  }

  get ended(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  get cpu_s(): number {
    return cpu_s(this.#child.pid ?? -1);
  }

  get complaint(): string {
    return this.#complaint.trim().split("\n").at(-1) ?? "";
  }

  async stop(): Promise<void> {
    if (this.ended) return;
    this.#child.kill("SIGTERM");
    const insist = setTimeout(() => this.#child.kill("SIGKILL"), 2000);
    await once(this.#child, "close");
    clearTimeout(insist);
  }

  #heard(text: string): void {
    const lines = (this.#said + text).split("\n");
    this.#said = lines.pop() ?? "";
    const last = lines.at(-1);
    if (last !== undefined) this.#frames = Number(last);
  }
}

/** Rejects when a worker got nothing done, with what it complained about. */
export async function flatOut(work: Work, { warmUp_looks, measure_s }: Timing): Promise<Done> {
  const workers = Array.from({ length: work.workers }, () => new Worker(work));
  try {
    await allWarm(workers, warmUp_looks * work.perLook);
    const began = { at_ms: performance.now(), ...sum(workers) };
    await sleep(measure_s * 1000);
    const ended = { at_ms: performance.now(), ...sum(workers) };
    const frames = ended.frames - began.frames;
    if (frames <= 0)
      throw new Error(`${work.name} got nothing done: ${workers.map((each) => each.complaint).join(" ")}`);
    return {
      frames_per_s: (frames * 1000) / (ended.at_ms - began.at_ms),
      cpu_ms: ((ended.cpu_s - began.cpu_s) * 1000) / frames,
    };
  } finally {
    await Promise.all(workers.map((each) => each.stop()));
  }
}

/** A busy machine is slow; whoever is not warm by the deadline is measured as it is. */
async function allWarm(workers: readonly Worker[], warm: number): Promise<void> {
  const deadline_ms = performance.now() + patience_ms;
  while (workers.some(({ frames, ended }) => frames < warm && !ended) && performance.now() < deadline_ms)
    await sleep(50);
}

function sum(workers: readonly Worker[]): { readonly frames: number; readonly cpu_s: number } {
  return {
    frames: workers.reduce((total, each) => total + each.frames, 0),
    cpu_s: workers.reduce((total, each) => total + each.cpu_s, 0),
  };
}
