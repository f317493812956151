/** What a device holds otherwise than the site file states, as the gate would find it. */
import type { Intersection } from "../../core/network/schema.ts";
import { ok, type Problem, problem, type Result } from "../../core/problems/problem.ts";
import { deviceDifferences } from "../gate/device-matches-site.ts";
import type { NtcipDevice } from "./ntcip-device.ts";
import { readDevice } from "./read-timing.ts";

export function siteDifferences(device: NtcipDevice, intersection: Intersection): Promise<Result<readonly Problem[]>> {
  return device.queue.run(async () => {
    const read = await readDevice(device.link, device.id, {
      intersection,
      reference: device.offsetReference,
    });
    if (!read.ok) return read;
    const { timing } = read.value;
    const backup = problem("BACKUP_TIME_ZERO", { intersection: intersection.id });
    return ok([...deviceDifferences(intersection, timing), ...(timing.backup_time_s > 0 ? [] : [backup])]);
  });
}
