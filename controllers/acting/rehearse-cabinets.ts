/**
 * Virtual controllers for a rehearsal: in this process and in simulated time, but asked and told over UDP on loopback, through the gate's
 * seal and the same manager as devices in the street. A rehearsed second costs as long as its messages take.
 */
import { randomBytes } from "node:crypto";
import type { Clock } from "../../core/ports/clock.ts";
import type { RehearsedCabinet, RehearsedCabinets, RehearsedJunction } from "../../core/ports/rehearsed-cabinets.ts";
import { createNtcipController, type NtcipController } from "../ntcip/ntcip-controller.ts";
import type { VirtualControllerHandle } from "../virtual/cabinet.ts";
import { startVirtualControllers } from "../virtual/virtual-controllers.ts";
import { DeviceActing } from "./device-acting.ts";

/** Of every device: the line that it would fall back on is never cut here. */
const backup_s = 60;
/** An answer on loopback comes within a millisecond, or the machine is busy. */
const timeout_s = 1;
/** A Monday at 00:00 UTC: simulated time needs a date. */
const epoch_ds = 17_675_712_000;

/** Simulated time, moved on by whoever simulates. */
class RehearsalClock implements Clock {
  now_ds = epoch_ds;

  nowMs(): number {
    return this.now_ds * 100;
  }

  sleep(): Promise<void> {
    return Promise.reject(new Error("nobody waits in simulated time"));
  }
}

function cabinetOf(
  { inside, intersection, junction, see }: RehearsedJunction,
  handle: VirtualControllerHandle,
  controller: NtcipController,
  clock: Clock,
): RehearsedCabinet {
  const acting = new DeviceActing({ controller, intersection, junction, see, inside, clock });
  return {
    get lamps() {
      return handle.controller.device.lamps;
    },
    faults: () => handle.trips.map(({ reason }) => reason.kind),
    detector: (channel, on) => handle.setDetector(channel, on),
    round: () => acting.round(),
  };
}

export async function rehearseCabinets(junctions: readonly RehearsedJunction[]): Promise<RehearsedCabinets> {
  const clock = new RehearsalClock();
  const community = randomBytes(12).toString("hex");
  const street = await startVirtualControllers({
    controllers: junctions.map(({ intersection }) => ({
      id: intersection.id,
      intersection,
      port: 0,
      community,
      backup_s,
    })),
  });
  const managers: NtcipController[] = [];
  const cabinets = junctions.map((each) => {
    const { intersection } = each;
    const handle = street.controllers.get(intersection.id) as VirtualControllerHandle;
    const { host, port } = handle;
    const reach = { id: intersection.id, intersection, host, port, version: "v2c" as const, community };
    const manager = createNtcipController({ ...reach, timeout_s, clock });
    managers.push(manager);
    return cabinetOf(each, handle, manager, clock);
  });
  return {
    cabinets,
    stepTo: (clock_ds) => {
      clock.now_ds = epoch_ds + clock_ds;
      street.stepTo(clock.now_ds);
    },
    close: async () => {
      await Promise.all(managers.map((manager) => manager.close()));
      await street.close();
    },
  };
}
