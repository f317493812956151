/** One forked camera process, from its start to its end. */
import { type ChildProcess, fork } from "node:child_process";
import { childEntry } from "../child-entry.ts";
import { stopChild } from "../decode/stop-child.ts";
import { TextTail } from "../decode/text-tail.ts";
import { masked } from "../source/address.ts";
import { type FromCamera, fromCamera, type ToCamera, type WatchOrder } from "./camera-messages.ts";
import { oneArena, smallYoungHeap } from "./lean-process.ts";

const errorTail_characters = 2000;
/** It reports every second; silent for this long it hangs. Before its first word it loads its network, on a busy machine slowly. */
const silence_ms = 15_000;
const loading_ms = 60_000;
/** To stop ffmpeg, hand over what is counted and leave. */
const farewell_ms = 4000;
const insist_ms = 500;

export class CameraProcess {
  readonly #child: ChildProcess;
  readonly #hear: (message: FromCamera) => void;
  readonly #errors = new TextTail(errorTail_characters);
  #watchdog: NodeJS.Timeout;
  /** Why we ended it ourselves. */
  #verdict: string | null = null;
  /** Resolves once the process runs, or could not be started. */
  readonly started: Promise<void>;
  /** Resolves with how it ended, never with an address that holds a password. */
  readonly gone: Promise<string>;

  constructor(order: WatchOrder, hear: (message: FromCamera) => void) {
    this.#hear = hear;
    const stdio: ("ignore" | "pipe" | "ipc")[] = ["ignore", "ignore", "pipe", "ipc"];
    const lean = { execArgv: [...smallYoungHeap], env: { ...oneArena, ...process.env } };
    this.#child = fork(childEntry("camera/camera.child.js"), [], { ...lean, serialization: "advanced", stdio });
    this.#child.stderr?.setEncoding("utf8").on("data", (text: string) => this.#errors.add(text));
    this.#child.on("message", (message) => this.#heard(message));
    this.#watchdog = this.#watch(loading_ms);
    this.started = new Promise((resolve) => {
      this.#child.once("spawn", resolve);
      this.#child.once("error", () => resolve());
    });
    this.gone = new Promise((resolve) => {
      const end = (how: string): void => {
        clearTimeout(this.#watchdog);
        resolve(this.#reason(how));
      };
      this.#child.once("error", (cause) => end(cause.message));
      this.#child.once("close", (code, signal) => end(signal === null ? `exit code ${code}` : `signal ${signal}`));
    });
    this.send(order);
  }

  send(message: ToCamera): void {
    // A process that is just dying hears nothing; its end is reported by `gone`.
    if (this.#child.connected) this.#child.send(message, () => undefined);
  }

  /** Lets it say what is left, then insists. Resolves when it is gone. */
  async stop(): Promise<void> {
    this.send({ kind: "stop" });
    const insist = setTimeout(() => void stopChild(this.#child, insist_ms), farewell_ms);
    await this.gone;
    clearTimeout(insist);
  }

  #heard(message: unknown): void {
    clearTimeout(this.#watchdog);
    this.#watchdog = this.#watch(silence_ms);
    const understood = fromCamera.safeParse(message);
    // A process that talks nonsense is broken. That costs its camera a moment, and must never cost us anything.
    if (understood.success) this.#hear(understood.data);
    else this.#condemn("it said something that cannot be understood");
  }

  #watch(patience_ms: number): NodeJS.Timeout {
    return setTimeout(() => this.#condemn(`silent for ${patience_ms / 1000} s`), patience_ms);
  }

  #condemn(verdict: string): void {
    this.#verdict ??= verdict;
    this.#child.kill("SIGKILL");
  }

  #reason(how: string): string {
    if (this.#verdict !== null) return this.#verdict;
    const said = this.#errors.text.trim().split("\n").at(-1);
    return masked(said ? said.replace(/[.\s]+$/, "") : how);
  }
}
