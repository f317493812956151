/** One `sumo` process: started, drained, ended. It never outlives the process that started it. */
import { type ChildProcessByStdio, spawn } from "node:child_process";
import type { Readable } from "node:stream";
import { type Problem, problem } from "../../core/problems/problem.ts";

const stopGrace_ms = 2000;
/** The last of what it says is kept. */
const kept = 20_000;

export class SumoProcess {
  /** Resolves once it is gone: with what stopped it, or null when it ended as it should. */
  readonly ended: Promise<Problem | null>;
  readonly #child: ChildProcessByStdio<null, Readable, Readable>;
  #out = "";
  #errors = "";
  #gone = false;
  #stopped = false;

  /** `folder`: where it runs and writes. */
  constructor(args: readonly string[], folder: string) {
    const child = spawn("sumo", args, { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
    this.#child = child;
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      this.#out = (this.#out + text).slice(-kept);
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      this.#errors = (this.#errors + text).slice(-kept);
    });
    const kill = (): void => void child.kill("SIGKILL");
    process.once("exit", kill);
    this.ended = new Promise((resolve) => {
      const gone = (found: Problem | null): void => {
        this.#gone = true;
        process.off("exit", kill);
        resolve(found);
      };
      child.once("error", (error: NodeJS.ErrnoException) => {
        gone(error.code === "ENOENT" ? problem("SUMO_MISSING") : problem("SUMO_FAILED", { reason: error.message }));
      });
      child.once("close", (code, signal) => gone(this.#judge(code, signal)));
    });
  }

  /** What it wrote to stdout, its end. */
  get out(): string {
    return this.#out;
  }

  get gone(): boolean {
    return this.#gone;
  }

  /** SIGTERM, then SIGKILL. Resolves when it is gone. */
  async stop(): Promise<void> {
    if (!this.#gone) {
      this.#stopped = true;
      this.#child.kill("SIGTERM");
      const hard = setTimeout(() => this.#child.kill("SIGKILL"), stopGrace_ms);
      await this.ended;
      clearTimeout(hard);
    }
  }

  #judge(code: number | null, signal: NodeJS.Signals | null): Problem | null {
    if (code === 0 || this.#stopped) return null;
    const said = /^Error: (?<words>.+)$/m.exec(this.#errors)?.groups?.["words"];
    const last = this.#errors.trim().split("\n").at(-1);
    const how = signal === null ? `it ended with code ${code}` : `it was ended by ${signal}`;
    return problem("SUMO_FAILED", { reason: (said ?? (last || how)).replace(/\.$/, "").slice(0, 300) });
  }
}
