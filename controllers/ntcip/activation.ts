/**
 * Makes a downloaded pattern the one in force and waits for the device to say so; else commands the previous one again.
 * The steps with the device are short and separate, so that status reads and heartbeats run in between.
 */
import type { Clock } from "../../core/ports/clock.ts";
import type { ControllerStatus } from "../../core/ports/signal-controller.ts";
import { failed, ok, type Problem, problem, type Result } from "../../core/problems/problem.ts";
import type { Plan } from "../../core/signal/plan.ts";
import { pause } from "./pause.ts";

/** Confirmed within this many cycles, or rolled back (NTCIP 1202, coordinationAlarm). */
const CYCLES = 3;
const POLL_MS = 1000;

export interface ActivationSteps {
  /** The pattern commanded now and the backup timer. */
  before(): Promise<Result<{ readonly commanded: number; readonly backup_s: number }>>;
  command(pattern: number): Promise<Result<void>>;
  status(): Promise<Result<ControllerStatus>>;
  /** False once another command was given to the same device. */
  current(): boolean;
}

interface Activation {
  readonly controller: string;
  readonly plan: Plan;
  readonly steps: ActivationSteps;
  readonly clock: Clock;
  readonly beat_s: (backup_s: number) => number;
  readonly stop: AbortSignal;
}

const confirms = (status: ControllerStatus, pattern: number): boolean =>
  status.pattern === pattern && status.free_status === "notFree" && status.control_status === "systemControl";

async function awaitConfirmation(
  activation: Activation,
  backup_s: number,
): Promise<{ readonly confirmed: ControllerStatus } | { readonly last: Result<ControllerStatus> }> {
  const { clock, plan, steps, stop } = activation;
  const start_ms = clock.nowMs();
  const deadline_ms = start_ms + CYCLES * plan.cycle_s * 1000;
  const beat_ms = activation.beat_s(backup_s) * 1000;
  let beaten_ms = start_ms;
  for (;;) {
    const status = await steps.status();
    if (status.ok && confirms(status.value, plan.pattern)) return { confirmed: status.value };
    if (!steps.current() || clock.nowMs() >= deadline_ms || !(await pause(clock, POLL_MS, stop)))
      return { last: status };
    if (clock.nowMs() - beaten_ms < beat_ms) continue;
    // A wait of three cycles may outlast the backup timer: the command is repeated meanwhile.
    const beat = await steps.command(plan.pattern);
    if (!beat.ok) return { last: beat };
    beaten_ms = clock.nowMs();
  }
}

async function rollBack(activation: Activation, back: number, backup_s: number): Promise<readonly Problem[]> {
  const commanded = await activation.steps.command(back);
  if (commanded.ok) return [];
  const { controller } = activation;
  return [problem("ROLL_BACK_FAILED", { controller, back, backup_s }), ...commanded.problems];
}

function notConfirmed(activation: Activation, last: Result<ControllerStatus>, back: number): Problem {
  const { controller, plan } = activation;
  return problem("ACTIVATION_NOT_CONFIRMED", {
    controller,
    pattern: plan.pattern,
    seconds: CYCLES * plan.cycle_s,
    running: last.ok ? last.value.pattern : "?",
    free_status: last.ok ? last.value.free_status : "?",
    back,
  });
}

export async function activate(activation: Activation): Promise<Result<ControllerStatus>> {
  const { controller, plan, steps } = activation;
  const overtaken = failed(problem("ACTIVATION_OVERTAKEN", { controller, pattern: plan.pattern }));
  const before = await steps.before();
  if (!before.ok) return before;
  const { commanded: back, backup_s } = before.value;
  const commanded = await steps.command(plan.pattern);
  const outcome = commanded.ok ? await awaitConfirmation(activation, backup_s) : { unheard: commanded };
  if ("confirmed" in outcome) return ok(outcome.confirmed);
  if (!steps.current()) return overtaken;
  const rolledBack = await rollBack(activation, back, backup_s);
  // The answer may have been lost after the device obeyed: that is why the old command is given again here too.
  if ("unheard" in outcome) return failed(...outcome.unheard.problems, ...rolledBack);
  const why = outcome.last.ok ? [] : outcome.last.problems;
  return failed(notConfirmed(activation, outcome.last, back), ...why, ...rolledBack);
}
