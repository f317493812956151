/** Children that run the project's compiled code: how they are started, and how they are ended. */
import { type ChildProcess, fork } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const stopGrace_ms = 2000;

/** `entry`: from the project's folder, found whether this file runs from `dist` or from its source. Its stderr has to be drained. */
export function forkCompiled(entry: string): ChildProcess {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, "package.json")) && dirname(folder) !== folder) folder = dirname(folder);
  return fork(join(folder, entry), [], { execArgv: [], stdio: ["ignore", "ignore", "pipe", "ipc"] });
}

export function endChild(child: ChildProcess): void {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGTERM");
  const hard = setTimeout(() => child.kill("SIGKILL"), stopGrace_ms);
  child.once("close", () => clearTimeout(hard));
}
