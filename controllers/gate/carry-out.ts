/**
 * An approved plan on its way into a device: proved anew against what is there now, written down, downloaded, read back,
 * written down, made the one in force at local zero, watched for three cycles, and confirmed or rolled back. What is
 * written down comes before what it says is done; where it cannot be written, nothing more is done.
 */
import type { Intersection } from "../../core/network/schema.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { ControllerStatus, ProvedPlan, SignalController } from "../../core/ports/signal-controller.ts";
import { failed, ok, type Problem, problem, type Result } from "../../core/problems/problem.ts";
import type { StepWords } from "../../core/proposals/proposal.ts";
import type { Plan } from "../../core/signal/plan.ts";
import { pause } from "../ntcip/pause.ts";
import type { Limits } from "./change-limits.ts";
import { CoordinatedWatch } from "./coordinated-watch.ts";
import { documentDigest } from "./digest.ts";
import { downloadAlone, type Writing } from "./download-alone.ts";
import { hindranceOf, type Look, lookAt, replyOf, untilLocalZero_ms } from "./look.ts";
import { examine } from "./prove.ts";
import { besidePattern } from "./push-plan.ts";

const CYCLES_OBSERVED = 3;
const POLL_MS = 1000;

/** Steps that carrying out takes. */
export type CarriedStep = StepWords<
  "began" | "downloaded" | "commanded" | "observed" | "confirmed" | "rolled_back" | "failed"
>;

/** What a carriage is written down with, and what ends it early. */
export interface CarriagePaper {
  readonly clock: Clock;
  /** Fails where somebody else went on with it: then nothing more is done. */
  write(step: CarriedStep): Promise<Result<void>>;
  /** The plan is now the one in force, under the pattern that it has here. */
  inForce(plan: Plan): Promise<void>;
  /** It is not, or no longer: what ran before does, or the device's local plan. */
  notInForce(): Promise<void>;
  /** Why the device is not in our hands any more: released, or edited by somebody else. Null while it is. */
  overtaken(): Problem | null;
  readonly limits: Limits;
  readonly writing: Writing;
  /** Compares the device's parameters with what our work has left there: what it finds is told by `overtaken`. */
  compare(): Promise<void>;
  /** Called once a second under watch: who has no other heartbeat gives it here, as long as the watch goes on. */
  alive(): Promise<void>;
  readonly stop: AbortSignal;
}

export interface Carriage extends CarriagePaper {
  readonly controller: SignalController;
  readonly intersection: Intersection;
  readonly plan: Plan;
}

interface Sent {
  readonly proved: ProvedPlan;
  readonly look: Look;
}

/** Fails with what stands in the way of beginning at all; the device has not been written to then. */
async function begin(carriage: Carriage, look: Look): Promise<Result<Sent>> {
  const { intersection } = carriage;
  const hindrance = hindranceOf(intersection.id, look.status, look.running.plan);
  if (hindrance !== null) return failed(hindrance);
  const { pattern: previous } = look.status;
  const plan = besidePattern(carriage.plan, previous);
  const automatic = await carriage.limits(look.running.plan);
  const { result: proved } = examine(intersection, plan, look.timing, { over: previous, automatic });
  if (!proved.ok) return proved;
  const { device_digest, controller_checksum } = look;
  const { digest } = proved.value;
  const step = { kind: "began" as const, pattern: plan.pattern, previous_pattern: previous, digest };
  const written = await carriage.write({ ...step, device_digest, controller_checksum });
  return written.ok ? ok({ proved: proved.value, look }) : written;
}

async function fail(carriage: Carriage, stage: string, problems: readonly Problem[]): Promise<Result<never>> {
  const written = await carriage.write({ kind: "failed", stage, problems });
  return failed(...problems, ...(written.ok ? [] : written.problems));
}

async function download(carriage: Carriage, { proved, look }: Sent): Promise<Result<void>> {
  const { controller } = carriage;
  const downloaded = await carriage.writing(() => downloadAlone(controller, proved, look.timing));
  if (!downloaded.ok) return fail(carriage, "download", downloaded.problems);
  const { controller_checksum, readBack } = downloaded.value;
  const { values } = readBack;
  const step = { kind: "downloaded" as const, read_back_digest: documentDigest(values), values: values.length };
  return carriage.write({ ...step, controller_checksum });
}

/** Waits for local zero of what runs now. */
async function atLocalZero(carriage: Carriage, { look }: Sent): Promise<Result<ControllerStatus>> {
  const { clock, controller, intersection, stop } = carriage;
  const before = await controller.status();
  if (!before.ok) return fail(carriage, "status", before.problems);
  const wait_ms = untilLocalZero_ms(before.value, look.running.plan);
  if (wait_ms > 0 && !(await pause(clock, wait_ms, stop))) return fail(carriage, "stopped", []);
  const status = wait_ms === 0 ? before : await controller.status();
  if (!status.ok) return fail(carriage, "status", status.problems);
  await carriage.compare();
  const hindrance = carriage.overtaken() ?? hindranceOf(intersection.id, status.value, look.running.plan);
  return hindrance === null ? status : fail(carriage, "activate", [hindrance]);
}

async function rollBack(carriage: Carriage, sent: Sent, problems: readonly Problem[]): Promise<Result<never>> {
  const { controller } = carriage;
  const overtaken = carriage.overtaken();
  // Whoever released the device meanwhile has already said what it shall run, and to one that was edited nothing is sent.
  const back = overtaken === null ? await controller.revert() : ok(undefined);
  const status = await controller.status();
  const all = [...(overtaken === null ? [] : [overtaken]), ...problems, ...(back.ok ? [] : back.problems)];
  await carriage.notInForce();
  const reply = status.ok ? replyOf(status.value) : null;
  const written = await carriage.write({
    kind: "rolled_back",
    to_pattern: sent.look.status.pattern,
    problems: all,
    reply,
  });
  return failed(...all, ...(written.ok ? [] : written.problems));
}

const follows = (status: ControllerStatus, pattern: number): boolean =>
  status.pattern === pattern &&
  (status.free_status === "notFree" || status.free_status === "transitionFree") &&
  status.control_status === "systemControl";

/** A silent device is asked again: what it runs it goes on running, and without our heartbeat not for long. */
function strayed({ intersection, plan }: Carriage, status: Result<ControllerStatus>, pattern: number): Problem | null {
  if (!status.ok || follows(status.value, pattern)) return null;
  const { pattern: found, free_status: free, control_status: control } = status.value;
  const words = { intersection: intersection.id, pattern: found, free, control, expected: plan.pattern };
  return problem("OBSERVED_OUT_OF_STEP", words);
}

/** One cycle under watch: the newest status, or why the change cannot stand. Null when it is to stop. */
async function watchCycle(
  carriage: Carriage,
  { cycle_s, pattern }: Plan,
  lights: CoordinatedWatch,
): Promise<Result<ControllerStatus> | null> {
  const { clock, controller, stop } = carriage;
  const ends_ms = clock.nowMs() + cycle_s * 1000;
  let last: Result<ControllerStatus> = await controller.status();
  while (clock.nowMs() < ends_ms) {
    if (!(await pause(clock, POLL_MS, stop))) return null;
    await carriage.alive();
    last = await controller.status();
    if (carriage.overtaken() !== null) return failed();
    const stray = strayed(carriage, last, pattern);
    if (stray !== null) return failed(stray);
    if (last.ok) lights.look(last.value);
  }
  const dark = lights.problem;
  return dark === null || (await preempted(controller)) ? last : failed(dark);
}

/** A preempt has the street: its lights say nothing about the plan. */
async function preempted(controller: SignalController): Promise<boolean> {
  const look = await lookAt(controller);
  return look.ok && (look.value.status.preempts ?? []).length > 0;
}

/** Three cycles under watch. `sent.look` is what ran before; also for a change that a restart found half observed. */
export async function observe(carriage: Carriage, sent: Sent): Promise<Result<ControllerStatus>> {
  let last: Result<ControllerStatus> | null = null;
  for (let cycle = 1; cycle <= CYCLES_OBSERVED; cycle += 1) {
    const { plan } = sent.proved;
    last = await watchCycle(carriage, plan, new CoordinatedWatch(carriage.intersection, plan));
    if (last === null) return failed();
    if (!last.ok) return rollBack(carriage, sent, last.problems);
    await carriage.compare();
    if (carriage.overtaken() !== null) return rollBack(carriage, sent, []);
    const written = await carriage.write({ kind: "observed", cycle, reply: replyOf(last.value) });
    if (!written.ok) return written;
  }
  return confirm(carriage, last);
}

async function confirm(carriage: Carriage, last: Result<ControllerStatus> | null): Promise<Result<ControllerStatus>> {
  if (last === null || !last.ok) throw new Error("a change is confirmed by what the device said last");
  const checksum = await carriage.controller.parameterChecksum();
  const controller_checksum = checksum.ok ? checksum.value : null;
  const reply = replyOf(last.value);
  const step = { kind: "confirmed" as const, cycles: CYCLES_OBSERVED, reply, controller_checksum };
  const written = await carriage.write(step);
  return written.ok ? last : written;
}

async function activate(carriage: Carriage, sent: Sent): Promise<Result<ControllerStatus>> {
  const { controller, stop } = carriage;
  const ready = await atLocalZero(carriage, sent);
  if (!ready.ok) return ready;
  const { pattern } = sent.proved.plan;
  const { local_clock_s } = ready.value;
  const written = await carriage.write({ kind: "commanded", pattern, local_clock_s });
  if (!written.ok) return written;
  const active = await controller.activate(sent.proved, stop);
  // A service that stops leaves the device to its backup timer, and the next start looks before it does anything.
  if (stop.aborted) return failed();
  if (!active.ok) return rollBack(carriage, sent, active.problems);
  await carriage.inForce(sent.proved.plan);
  return observe(carriage, sent);
}

/** From an approved plan to a confirmed one. Every failure is in the steps that were written, too. */
export async function carryOut(carriage: Carriage, look: Look): Promise<Result<ControllerStatus>> {
  const sent = await begin(carriage, look);
  if (!sent.ok) return sent;
  const downloaded = await download(carriage, sent.value);
  return downloaded.ok ? activate(carriage, sent.value) : downloaded;
}

/** After a restart: reads, compares, and takes a device back that still runs the plan. Nothing is written to it. */
export async function takeBack(
  controller: SignalController,
  intersection: Intersection,
  plan: Plan,
): Promise<Result<Sent & { readonly read_back_digest: string }>> {
  const look = await lookAt(controller);
  if (!look.ok) return look;
  const { result: proved } = examine(intersection, plan, look.value.timing, { over: plan.pattern });
  if (!proved.ok) return proved;
  const equal = await controller.retake(proved.value);
  if (!equal.ok) return equal;
  return ok({ proved: proved.value, look: look.value, read_back_digest: documentDigest(equal.value.values) });
}
