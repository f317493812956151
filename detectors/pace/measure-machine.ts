/** Asks a child process what one camera costs on this machine. */
import { fork } from "node:child_process";
import { z } from "zod";
import { failed, ok, problem, type Result } from "../../core/problems/problem.ts";
import { childEntry } from "../child-entry.ts";
import { TextTail } from "../decode/text-tail.ts";
import { cpuAllowance } from "./cpu-allowance.ts";
import { camerasCarried, type EyeCosts } from "./eyes-plan.ts";
import { leastFrames_per_s, usualFrames_per_s } from "./rates.ts";

const costsSchema = z.strictObject({ decode_ms: z.number().positive(), look_ms: z.number().positive() });

/** What street cameras usually send. */
const sent_per_s = 25;
const patience_ms = 60_000;

export interface MachineMeasure extends EyeCosts {
  readonly cores: number;
  /** Cameras of 1080p and 25 pictures a second that the machine carries, looked at as often as usual, and at the least. */
  readonly cameras_usual: number;
  readonly cameras_least: number;
}

/** Takes some seconds. Fails with MACHINE_NOT_MEASURED. */
export async function measureMachine(): Promise<Result<MachineMeasure>> {
  const child = fork(childEntry("pace/measure.child.js"), [], {
    execArgv: [],
    stdio: ["ignore", "ignore", "pipe", "ipc"],
    timeout: patience_ms,
  });
  const errors = new TextTail(2000);
  child.stderr?.setEncoding("utf8").on("data", (text: string) => errors.add(text));
  let costs: EyeCosts | null = null;
  child.on("message", (message) => {
    costs = costsSchema.parse(message);
  });
  const how = await new Promise<string>((resolve) => {
    child.once("error", (cause) => resolve(cause.message));
    child.once("close", (code, signal) => resolve(signal === null ? `exit code ${code}` : `signal ${signal}`));
  });
  const reason = errors.text.trim().split("\n").at(-1) || how;
  return costs === null ? failed(problem("MACHINE_NOT_MEASURED", { reason })) : ok(measureOf(costs));
}

function measureOf(costs: EyeCosts): MachineMeasure {
  const { cores } = cpuAllowance();
  const carried = (looks_per_s: number): number => camerasCarried(cores, costs, { sent_per_s, looks_per_s });
  return { ...costs, cores, cameras_usual: carried(usualFrames_per_s), cameras_least: carried(leastFrames_per_s) };
}
