/** The command line before a device that the service may have a word on, and after its own work there. */
import type { DeviceRecord, DeviceRecords } from "../../core/ports/device-records.ts";
import type { SignalController } from "../../core/ports/signal-controller.ts";
import type { Problem } from "../../core/problems/problem.ts";
import { ownersWord, unknownDevice } from "./device-word.ts";

const recordOf = async (devices: DeviceRecords, controller: string): Promise<DeviceRecord> =>
  (await devices.all()).find((record) => record.controller === controller) ?? unknownDevice(controller);

/** Why nothing may be written to it; null when it may. */
export const wordOn = async (devices: DeviceRecords, controller: string): Promise<Problem | null> =>
  ownersWord(await recordOf(devices, controller));

/** What a command has left in a device is no change of somebody else's: the service finds it expected. */
export async function noteOwnWork(
  devices: DeviceRecords,
  controller: Pick<SignalController, "id" | "parameterChecksum">,
): Promise<void> {
  const checksum = await controller.parameterChecksum();
  if (checksum.ok) await devices.put({ ...(await recordOf(devices, controller.id)), checksum: checksum.value });
}

/** Neither a loop nor a restart of the service takes it back before somebody says so. */
export const noteReleased = async (
  devices: DeviceRecords,
  controller: string,
  released: NonNullable<DeviceRecord["released"]>,
): Promise<void> => devices.put({ ...(await recordOf(devices, controller)), released });
