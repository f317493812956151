/** Owns the child process that runs a site's virtual controllers: starts it, hears its end, ends it. */
import { type ChildProcess, fork } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { failed, ok, type Problem, problem, type Result } from "../../core/problems/problem.ts";
import type { VirtualControllerConfig } from "./cabinet.ts";
import { type ChildMessage, childMessage, type StartMessage } from "./child-messages.ts";

export interface ForkOptions {
  readonly controllers: readonly VirtualControllerConfig[];
  /** Lines the child wrote to stderr. */
  readonly onLog?: (line: string) => void;
  /** A conflict monitor tripped; the intersection flashes until the child is started anew. */
  readonly onTrip?: (controller: string, fault: string) => void;
}

export interface ForkedVirtualControllers {
  readonly host: string;
  /** By controller id. */
  readonly ports: ReadonlyMap<string, number>;
  readonly pid: number;
  /** Resolves when the child is gone: null after `close`, else what happened. It is never restarted by itself. */
  readonly exited: Promise<Problem | null>;
  /** Idempotent. SIGTERM, then SIGKILL after two seconds; resolves when the child is gone. */
  close(): Promise<void>;
}

const ENTRY = "dist/controllers/virtual/virtual-controllers.child.js";
const START_LIMIT_MS = 15_000;
const STOP_LIMIT_MS = 2_000;

/** Compiled code of the project, whether this file runs from `dist` or from its source. */
function entryFile(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, "package.json")) && dirname(folder) !== folder) folder = dirname(folder);
  return join(folder, ENTRY);
}

/** Fails when a port is taken, or when the child does not come up. */
export async function forkVirtualControllers(options: ForkOptions): Promise<Result<ForkedVirtualControllers>> {
  const child = fork(entryFile(), [], { execArgv: [], stdio: ["ignore", "ignore", "pipe", "ipc"] });
  if (child.stderr !== null) createInterface({ input: child.stderr }).on("line", (line) => options.onLog?.(line));
  const life = watchLife(child);
  const first = await firstWord(child, life.gone, {
    kind: "start",
    controllers: options.controllers.map((controller) => ({ ...controller })) as StartMessage["controllers"],
  });
  if (first.kind !== "ready") {
    await life.close();
    return failed(startProblem(first));
  }
  child.on("message", (message) => {
    const read = childMessage.safeParse(message);
    if (read.success && read.data.kind === "tripped") options.onTrip?.(read.data.controller, read.data.fault);
  });
  return ok({
    host: "127.0.0.1",
    ports: new Map(Object.entries(first.ports)),
    pid: child.pid ?? 0,
    exited: life.exited,
    close: life.close,
  });
}

function startProblem(word: ChildMessage): Problem {
  if (word.kind === "busy") return problem("VIRTUAL_PORT_BUSY", { port: word.port });
  return problem("VIRTUAL_NOT_STARTED", { reason: word.kind === "failed" ? word.reason : word.kind });
}

interface Life {
  readonly gone: Promise<string>;
  readonly exited: Promise<Problem | null>;
  close(): Promise<void>;
}

function watchLife(child: ChildProcess): Life {
  let wanted = false;
  const gone = new Promise<string>((resolve) => {
    child.once("error", (cause) => resolve(cause.message));
    child.once("exit", (code, signal) => resolve(signal === null ? `exit code ${code}` : `signal ${signal}`));
  });
  const exited = gone.then((how) => (wanted ? null : problem("VIRTUAL_STOPPED", { reason: how })));
  const close = async (): Promise<void> => {
    wanted = true;
    child.kill("SIGTERM");
    const deadline = setTimeout(() => child.kill("SIGKILL"), STOP_LIMIT_MS);
    await gone;
    clearTimeout(deadline);
  };
  return { gone, exited, close };
}

/** Sends the start message once the child listens, and waits for its answer, its death or the deadline. */
function firstWord(child: ChildProcess, gone: Promise<string>, start: StartMessage): Promise<ChildMessage> {
  return new Promise((resolve) => {
    const settle = (word: ChildMessage): void => {
      clearTimeout(deadline);
      child.off("message", hear);
      resolve(word);
    };
    const deadline = setTimeout(
      () => settle({ kind: "failed", reason: `no answer within ${START_LIMIT_MS / 1000} s` }),
      START_LIMIT_MS,
    );
    const hear = (message: unknown): void => {
      const read = childMessage.safeParse(message);
      if (!read.success) settle({ kind: "failed", reason: "the child process spoke out of turn" });
      else if (read.data.kind === "listening") child.send(start);
      else settle(read.data);
    };
    child.on("message", hear);
    void gone.then((how) => settle({ kind: "failed", reason: how }));
  });
}
