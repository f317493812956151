/** Everything the gate wants to know of a device before it goes on: read, and nothing written. */
import type { ControllerStatus, DeviceTiming, SignalController } from "../../core/ports/signal-controller.ts";
import { ok, type Problem, problem, type Result } from "../../core/problems/problem.ts";
import type { DeviceReply, Running } from "../../core/proposals/proposal.ts";
import type { Plan } from "../../core/signal/plan.ts";
import { shift_s } from "../../core/signal/transition/transition.ts";
import { specialPattern } from "../ntcip/oids.ts";
import { documentDigest } from "./digest.ts";

export interface Look {
  readonly status: ControllerStatus;
  readonly timing: DeviceTiming;
  readonly running: Running;
  readonly device_digest: string;
  readonly controller_checksum: number | null;
}

/** Past this the device is correcting its offset: statuses are whole seconds old, and clocks differ by less than one. */
const IN_STEP_S = 3;

/** A controller that can tell what its preempts do; of one that cannot, nothing is known of them. */
type Looked = SignalController & {
  readonly device?: {
    preempts(): Promise<Result<readonly { readonly preempt: number; readonly state: string }[]>>;
  };
};

/** Names of `preemptState` under which a preempt has the street. */
const PREEMPTED: readonly string[] = [
  "entryStarted",
  "trackService",
  "dwell",
  "linkActive",
  "exitStarted",
  "maxPresence",
];

export async function lookAt(controller: Looked): Promise<Result<Look>> {
  const shown = await controller.status();
  if (!shown.ok) return shown;
  const preempts = controller.device === undefined ? ok([]) : await controller.device.preempts();
  if (!preempts.ok) return preempts;
  const active = preempts.value.filter(({ state }) => PREEMPTED.includes(state)).map(({ preempt }) => preempt);
  const status = { ...shown.value, preempts: active };
  const timing = await controller.readTiming();
  if (!timing.ok) return timing;
  const checksum = await controller.parameterChecksum();
  if (!checksum.ok) return checksum;
  const { pattern } = status;
  return ok({
    status,
    timing: timing.value,
    running: { pattern, plan: timing.value.patterns.find((each) => each.pattern === pattern) ?? null },
    device_digest: documentDigest(timing.value),
    controller_checksum: checksum.value,
  });
}

export const replyOf = ({ pattern, free_status, control_status, local_clock_s }: ControllerStatus): DeviceReply => ({
  pattern,
  free_status,
  control_status,
  local_clock_s,
});

/** Local zero is where the plan and the clock put it. True where there is no plan or no clock to tell. */
export function inStep({ local_clock_s, at_ms }: ControllerStatus, plan: Plan | null): boolean {
  if (plan === null || local_clock_s === null) return true;
  const later_s = shift_s(plan, at_ms / 1000, local_clock_s);
  return Math.min(later_s, plan.cycle_s - later_s) <= IN_STEP_S;
}

const followers: readonly string[] = ["systemControl", "systemStandby", "timebase", "backupMode"];

/** Why nothing may be changed at this moment; null when the device is calm. */
export function hindranceOf(intersection: string, status: ControllerStatus, plan: Plan | null): Problem | null {
  const { pattern, free_status: free, control_status: control, preempts = [] } = status;
  const [preempt] = preempts;
  if (preempt !== undefined) return problem("DEVICE_PREEMPTED", { intersection, preempt });
  const runs = free === "notFree" || pattern === specialPattern.free;
  if (free === "transitionFree" || (runs && !inStep(status, plan))) {
    return problem("DEVICE_IN_TRANSITION", { intersection });
  }
  if (pattern !== specialPattern.flash && followers.includes(control)) return null;
  return problem("DEVICE_NOT_READY", { intersection, pattern, control, free });
}

/** Until local zero, ms; 0 where there is none to wait for. */
export function untilLocalZero_ms({ local_clock_s }: ControllerStatus, plan: Plan | null): number {
  if (plan === null || local_clock_s === null) return 0;
  return Math.max(0, Math.round((plan.cycle_s - local_clock_s) * 1000));
}
