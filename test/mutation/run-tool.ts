/** Runs vitest in a process of its own; resolves when it ended, however it ended. */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { root } from "./rules.ts";

export function runTool(args: readonly string[], env: NodeJS.ProcessEnv): Promise<string> {
  const tool = join(root, "node_modules/vitest/vitest.mjs");
  // A vitest that finds itself inside another takes over its worker's settings.
  const {
    VITEST: _vitest,
    VITEST_WORKER_ID: _worker,
    VITEST_POOL_ID: _pool,
    VITEST_MODE: _mode,
    ...outer
  } = process.env;
  const child = spawn(process.execPath, [tool, ...args], {
    cwd: root,
    env: { ...outer, ...env },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said = (said + text).slice(-4000);
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", () => resolve(said));
  });
}
