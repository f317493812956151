/** A proved plan into a device, and proof that nobody else changed the device meanwhile: its checksum alone cannot tell. */
import type { DeviceTiming, ProvedPlan, ReadBack, SignalController } from "../../core/ports/signal-controller.ts";
import { failed, ok, problem, type Result } from "../../core/problems/problem.ts";
import { timingDigest } from "./proved-plan.ts";

export interface Downloaded {
  readonly readBack: ReadBack;
  /** As our own work has left it; null of a device that has none. */
  readonly controller_checksum: number | null;
}

/** Brackets what changes a device's parameters: whoever watches them learns whose change it is, and what it has left. */
export type Writing = (work: () => Promise<Result<Downloaded>>) => Promise<Result<Downloaded>>;

/**
 * `before`: the device as the plan was proved against it. Fails with EDITED_MEANWHILE when it now holds something else
 * besides the pattern that was written.
 */
export async function downloadAlone(
  controller: SignalController,
  proved: ProvedPlan,
  before: DeviceTiming,
): Promise<Result<Downloaded>> {
  const readBack = await controller.download(proved);
  if (!readBack.ok) return readBack;
  // Before the comparison: what is edited after it is found by the checksum.
  const checksum = await controller.parameterChecksum();
  if (!checksum.ok) return checksum;
  const after = await controller.readTiming();
  if (!after.ok) return after;
  const { intersection, pattern } = proved.plan;
  if (timingDigest(after.value, pattern) !== timingDigest(before, pattern)) {
    return failed(problem("EDITED_MEANWHILE", { intersection, controller: controller.id }));
  }
  return ok({ readBack: readBack.value, controller_checksum: checksum.value });
}
