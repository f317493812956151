/** A child process that gives way to everything else on the machine: the cameras go first. */
import type { ChildProcess } from "node:child_process";
import { constants, setPriority } from "node:os";

/** To be called at once: the threads that a process starts later inherit it. */
export function giveWay({ pid }: ChildProcess): void {
  if (pid !== undefined) setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL);
}
