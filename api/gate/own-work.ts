/** What a command has left in a device is no change of somebody else's: the service finds it expected. */
import type { DeviceRecords } from "../../core/ports/device-records.ts";
import type { SignalController } from "../../core/ports/signal-controller.ts";

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
