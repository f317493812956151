/** Processes that rehearse plans, one plan at a time each; whoever asks waits until one is free. */
import type { ChildProcess } from "node:child_process";
import { availableParallelism } from "node:os";
import { failed, ok, type Problem, problem, type Result } from "../../core/problems/problem.ts";
import type { SignalProgram } from "../network/road-network.ts";
import { endChild, forkCompiled } from "../runner/compiled-child.ts";
import type { ScenarioFiles } from "../scenario/find-scenario.ts";
import {
  type Rehearsal,
  type RehearsalAnswer,
  type RehearsalOrder,
  rehearsalAnswerSchema,
} from "./rehearsal-messages.ts";

export interface RehearsalAsked {
  readonly programs: readonly SignalProgram[];
  readonly seed: number;
  readonly volume: number;
  readonly limit_s: number | null;
  readonly most_s: number;
  readonly pace: readonly number[] | null;
}

const ENTRY = "dist/sim/retime/rehearse.child.js";

type Settle = (result: Result<Rehearsal | null>) => void;

/** One child: at most one question open at a time. */
class Rehearser {
  readonly #child: ChildProcess;
  #settle: Settle | null = null;
  #said = "";
  #gone = false;
  #id = 0;

  constructor() {
    this.#child = forkCompiled(ENTRY);
    this.#child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      this.#said = (this.#said + text).slice(-2000);
    });
    this.#child.on("message", (message) => this.#hear(rehearsalAnswerSchema.parse(message)));
    this.#child.once("close", (code, signal) => {
      this.#gone = true;
      const how = this.#said.trim().split("\n").at(-1) || (signal === null ? `exit code ${code}` : `signal ${signal}`);
      this.#answer(failed(problem("SIMULATION_PROCESS_ENDED", { reason: how })));
    });
  }

  open(files: ScenarioFiles): Promise<Result<Rehearsal | null>> {
    const sent = { ...files, routes: [...files.routes], additionals: [...files.additionals] };
    return this.#ask({ kind: "open", files: sent, plans: [] });
  }

  rehearse({ pace, programs, ...asked }: RehearsalAsked): Promise<Result<Rehearsal | null>> {
    this.#id += 1;
    const sent = programs.map((each) => ({ ...each, phases: [...each.phases], parameters: { ...each.parameters } }));
    const other = pace === null ? null : [...pace];
    return this.#ask({ kind: "rehearse", id: this.#id, programs: sent as never, pace: other, ...asked });
  }

  end(): void {
    endChild(this.#child);
  }

  #ask(order: RehearsalOrder): Promise<Result<Rehearsal | null>> {
    return new Promise((resolve) => {
      this.#settle = resolve;
      if (this.#gone) this.#answer(failed(problem("SIMULATION_PROCESS_ENDED", { reason: "it is gone" })));
      else this.#child.send(order);
    });
  }

  #hear(answer: RehearsalAnswer): void {
    if (answer.kind === "rehearsed") this.#answer(ok(answer.rehearsal));
    else this.#answer(answer.kind === "listening" ? ok(null) : failed(...(answer.problems as Problem[])));
  }

  #answer(result: Result<Rehearsal | null>): void {
    const settle = this.#settle;
    this.#settle = null;
    settle?.(result);
  }
}

export interface Rehearsals {
  readonly count: number;
  /** Null when all processes were ended. */
  ask(asked: RehearsalAsked): Promise<Rehearsal | null>;
  /** Processor seconds of all rehearsals that are over. */
  spent_s(): number;
  /** Why a process failed; null while all are well. */
  failure(): readonly Problem[] | null;
  end(): void;
}

/** Resolves when every process has the scenario open. */
export async function openRehearsals(files: ScenarioFiles): Promise<Result<Rehearsals>> {
  const all = Array.from({ length: Math.max(1, availableParallelism()) }, () => new Rehearser());
  const end = (): void => {
    for (const each of all) each.end();
  };
  const opened = await Promise.all(all.map((each) => each.open(files)));
  const wrong = opened.find((each) => !each.ok);
  if (wrong !== undefined && !wrong.ok) {
    end();
    return wrong;
  }
  const free = [...all];
  const waiting: ((one: Rehearser) => void)[] = [];
  let failure: readonly Problem[] | null = null;
  let spent_s = 0;
  const take = (): Promise<Rehearser> => {
    const one = free.pop();
    return one === undefined ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(one);
  };
  return ok({
    count: all.length,
    failure: () => failure,
    spent_s: () => spent_s,
    end,
    async ask(asked) {
      const one = await take();
      const result = await one.rehearse(asked);
      const next = waiting.shift();
      if (next === undefined) free.push(one);
      else next(one);
      if (result.ok) {
        spent_s += result.value?.cpu_s ?? 0;
        return result.value;
      }
      failure ??= result.problems;
      return null;
    },
  });
}
