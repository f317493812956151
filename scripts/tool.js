/** Runs one of the project's tools with its output shown; resolves to its exit code. */
import { spawn } from "node:child_process";
import { root } from "./setup.js";

export function tool(script, args, env = process.env) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script, ...args], { cwd: root, env, stdio: "inherit" });
    child.on("error", reject);
    child.on("close", (code) => resolve(code ?? 1));
  });
}
