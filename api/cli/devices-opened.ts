/** One controller of the street and the records of what is done to it, opened for as long as a command takes. */
import { createNtcipController, type NtcipController, WriteLimit } from "../../controllers/index.ts";
import { problem } from "../../core/problems/problem.ts";
import { defaultDataDir, storagePlace } from "../service/settings.ts";
import { systemClock } from "../service/system-clock.ts";
import { openStorage, type Storage } from "../storage/open-storage.ts";
import { deviceOptions, type PlacedDevice, placedDevice } from "./devices-target.ts";
import type { Outcome, VerbArguments } from "./verb.ts";

export interface OpenedDevice extends PlacedDevice {
  readonly controller: NtcipController;
  readonly storage: Storage;
}

export async function withOpened(
  args: VerbArguments,
  place: PlacedDevice,
  work: (device: OpenedDevice) => Promise<Outcome>,
): Promise<Outcome> {
  const { intersection, reach } = place;
  const opened = await openStorage({ ...storagePlace(args.text("data") ?? defaultDataDir()), clock: systemClock });
  if (!opened.ok) return opened;
  const storage = opened.value;
  const options = await deviceOptions(args, reach);
  const controller = createNtcipController({ ...options, intersection, writes: new WriteLimit(systemClock) });
  try {
    return await work({ ...place, controller, storage });
  } finally {
    await controller.close();
    await storage.close();
  }
}

/** What a person does to the named device, and must say why. `verb`: as it is typed. */
export async function withReason(
  verb: string,
  args: VerbArguments,
  names: readonly string[],
  work: (device: OpenedDevice, reason: string) => Promise<Outcome>,
): Promise<Outcome> {
  const reason = args.text("reason");
  if (reason === undefined || reason.trim() === "") {
    return { ok: false, problems: [problem("MISSING_ARGUMENT", { verb, what: "--reason" })] };
  }
  const place = await placedDevice(args, names);
  if (!place.ok) return place;
  return withOpened(args, place.value, (device) => work(device, reason));
}
