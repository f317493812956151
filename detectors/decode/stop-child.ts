/** Ending a process that we started: ask, then insist. */
import type { ChildProcess } from "node:child_process";

/** Resolves once the process is gone. SIGTERM, and SIGKILL after `grace_ms`. */
export async function stopChild(child: ChildProcess, grace_ms: number): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  await new Promise<void>((resolve) => {
    const insist = setTimeout(() => child.kill("SIGKILL"), grace_ms);
    child.once("exit", () => {
      clearTimeout(insist);
      resolve();
    });
    child.kill("SIGTERM");
  });
}
