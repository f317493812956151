/** The command line before a device that the service may have a word on, and after its own work there. */
import type { DeviceRecords } from "../../core/ports/device-records.ts";
import type { SignalController } from "../../core/ports/signal-controller.ts";
import { type Problem, problem } from "../../core/problems/problem.ts";

/** What a command has left in a device is no change of somebody else's: the service finds it expected. */
export async function noteOwnWork(
  devices: DeviceRecords,
  controller: Pick<SignalController, "id" | "parameterChecksum">,
): Promise<void> {
  const checksum = await controller.parameterChecksum();
  if (!checksum.ok) return;
  const before = (await devices.all()).find((record) => record.controller === controller.id);
  const { frozen = null, released = null } = before ?? {};
  await devices.put({ controller: controller.id, checksum: checksum.value, frozen, released });
}

/** A device that somebody edited or gave back is not written to before it is accepted or taken back. */
export async function ownersWord(devices: DeviceRecords, controller: string): Promise<Problem | null> {
  const record = (await devices.all()).find((each) => each.controller === controller);
  const { checksum = null, frozen = null, released = null } = record ?? {};
  if (frozen !== null)
    return problem("DEVICE_FROZEN", { controller, found: frozen.checksum, expected: checksum ?? "?" });
  return released === null
    ? null
    : problem("DEVICE_RELEASED", { controller, by: released.by, reason: released.reason });
}
