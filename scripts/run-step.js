/** Runs one command as a set-up step: quiet while it works, its last words shown when it fails. */
import { spawn } from "node:child_process";
import { startProgress } from "./progress.js";

const TAIL_CHARACTERS = 4000;

/** Resolves to true when the command exits 0. `must` makes a failure throw with the command's last output. */
export async function runStep(what, command, args, { cwd, env = process.env, must = true }) {
  const done = startProgress(what);
  let tail = "";
  const keep = (chunk) => {
    tail = (tail + chunk).slice(-TAIL_CHARACTERS);
  };
  const code = await new Promise((resolve) => {
    const child = spawn(command, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    child.on("error", (error) => {
      keep(error.message);
      resolve(-1);
    });
    child.on("close", resolve);
  });
  done(code === 0 ? "done" : "failed");
  if (code === 0) return true;
  if (must) throw new SetUpError(`${what} failed (${command} ${args.join(" ")}):\n${tail.trim()}`);
  return false;
}

/** A failure whose message is all a user needs. */
export class SetUpError extends Error {}
