/** Answers for the status objects: what the device says about itself when asked. */
import { GREEN, RED_CLEAR, type RingState, YELLOW } from "../../../core/signal/machine/state.ts";
import {
  alarm1,
  alarm2,
  controlStatus,
  flashStatus,
  localFreeStatus,
  type ObjectName,
  oid,
  ringInterval,
  shortAlarm,
  specialPattern,
} from "../../ntcip/oids.ts";
import type { Value } from "../database/parameters.ts";
import type { VirtualDevice } from "./virtual-device.ts";

type Answer = (device: VirtualDevice, index: readonly number[]) => Value;

const byte = (mask: number, group: number | undefined): number => (mask >> (((group ?? 1) - 1) * 8)) & 0xff;
const group =
  (mask: (device: VirtualDevice) => number): Answer =>
  (device, [number]) =>
    byte(mask(device), number);

function freeStatus(device: VirtualDevice): number {
  const now = device.coordination;
  if (now === null) return localFreeStatus.other;
  if (now.pattern !== null) return localFreeStatus.notFree;
  return device.programme.badPlan ? localFreeStatus.badPlan : localFreeStatus[now.freeStatus];
}

/** The pattern that was asked for cannot run. */
function freeByFault(device: VirtualDevice): boolean {
  return freeStatus(device) >= localFreeStatus.badPlan;
}

function patternStatus(device: VirtualDevice): number {
  if (device.flash !== null) return specialPattern.flash;
  return device.coordination?.pattern ?? specialPattern.free;
}

function control(device: VirtualDevice): number {
  if (device.command.source === "manual") return controlStatus.manual;
  switch (device.commands.mode) {
    case "local":
      return controlStatus.timebase;
    case "backup":
      return controlStatus.backupMode;
    case "system":
      return device.command.source === "centre" ? controlStatus.systemControl : controlStatus.systemStandby;
  }
}

function flash(device: VirtualDevice): number {
  switch (device.flash) {
    case null:
      return flashStatus.notFlash;
    case "startup":
      return flashStatus.startup;
    case "commanded":
      return flashStatus.automatic;
    case "preempt":
      return flashStatus.preempt;
    case "mmu":
      return flashStatus.mmu;
  }
}

const bitsOf = (...bits: readonly (readonly [boolean, number])[]): number =>
  bits.reduce((mask, [set, bit]) => (set ? mask | bit : mask), 0);

function cycleStatus(device: VirtualDevice): number {
  const now = device.coordination;
  if (now?.local_ds == null || now.cycle_ds === null) return 0;
  return Math.floor((now.cycle_ds - now.local_ds) / 10);
}

function syncStatus(device: VirtualDevice): number {
  const cycle_ds = device.coordination?.cycle_ds ?? null;
  if (cycle_ds === null) return 0;
  const position = device.clock.coordination_ds % cycle_ds;
  return Math.floor((position < 0 ? position + cycle_ds : position) / 10);
}

/** Whether any detector, or push button, is broken. */
const detectorFault = ({ detectors, buttons }: VirtualDevice): boolean =>
  detectors.faulty || buttons.faults.bits.some((bits) => bits !== 0);

function shortAlarms(device: VirtualDevice): number {
  const pattern = device.programme.pattern;
  const stopped = device.commands.orders.stop_time !== 0;
  return bitsOf(
    [device.preemption.running !== 0, shortAlarm.preempt],
    [device.flash !== null, shortAlarm.flash],
    [device.watch.takeLocalZero(), shortAlarm.localCycleZero],
    [freeByFault(device) || device.command.source === "manual", shortAlarm.localOverride],
    [
      device.service.coordFail || (pattern !== null && device.watch.alarm(pattern.cycle_ds)),
      shortAlarm.coordinationAlarm,
    ],
    [detectorFault(device), shortAlarm.detectorFault],
    [device.service.cycleFault || device.service.cycleFail, shortAlarm.nonCritical],
    [stopped || device.flash === "mmu", shortAlarm.critical],
  );
}

function ringStatus(device: VirtualDevice, index: readonly number[]): number {
  const ring = device.operation.machine?.state.rings[(index[0] ?? 1) - 1];
  if (ring === undefined) return ringInterval.undefined;
  const ended = device.ends.of(ring.phase + 1);
  switch (ring.interval) {
    case GREEN:
      return greenStatus(ring);
    case YELLOW:
      return ringInterval.yellow | ended;
    case RED_CLEAR:
      return ringInterval.redClear | ended;
    default:
      return ringInterval.redRest;
  }
}

function greenStatus(ring: RingState): number {
  if (ring.timer < ring.least) return ringInterval.minGreen;
  return ring.contested ? ringInterval.extension : ringInterval.greenRest;
}

function specialFunction(device: VirtualDevice, index: readonly number[]): number {
  const number = index[0] ?? 1;
  const commanded =
    device.commands.value(oid("specialFunctionOutputControl", number)) |
    device.commands.value(oid("specialFunctionOutputState", number));
  const scheduled = (device.timeBase.specialFunctions >> (number - 1)) & 1;
  return commanded | (device.command.source === "time_base" ? scheduled : 0);
}

export const statusObjects: Readonly<Partial<Record<ObjectName, Answer>>> = {
  phaseStatusGroupReds: group(({ lamps }) => lamps.reds),
  phaseStatusGroupYellows: group(({ lamps }) => lamps.yellows),
  phaseStatusGroupGreens: group(({ lamps }) => lamps.greens),
  phaseStatusGroupDontWalks: group(({ lamps }) => lamps.dontWalks),
  phaseStatusGroupPedClears: group(({ lamps }) => lamps.pedClears),
  phaseStatusGroupWalks: group(({ lamps }) => lamps.walks),
  phaseStatusGroupVehCalls: group(({ calls }) => calls.vehicle),
  phaseStatusGroupPedCalls: group(({ calls }) => calls.pedestrian),
  phaseStatusGroupPhaseOns: group(({ lamps }) => lamps.phaseOns),
  phaseStatusGroupPhaseNexts: group(({ lamps }) => lamps.phaseNexts),
  overlapStatusGroupReds: group(({ lamps, overlaps }) => overlaps & ~lamps.overlapGreens & ~lamps.overlapYellows),
  overlapStatusGroupYellows: group(({ lamps }) => lamps.overlapYellows),
  overlapStatusGroupGreens: group(({ lamps }) => lamps.overlapGreens),
  ringStatus,
  preemptState: ({ preemption }, [number]) => preemption.state(number ?? 1),
  vehicleDetectorAlarms: ({ detectors }, [number]) => detectors.faults.bits[number ?? 1] ?? 0,
  vehicleDetectorStatusGroupActive: ({ detectors }, [number]) => detectors.group(number ?? 1),
  vehicleDetectorStatusGroupAlarms: ({ detectors }, [number]) => detectors.alarmGroup(number ?? 1),
  volumeOccupancySequence: ({ detectors }) => detectors.volumes.sequence,
  activeVolumeOccupancyDetectors: ({ detectors }) => detectors.volumes.active,
  detectorVolume: ({ detectors }, [number]) => detectors.volumes.volume[number ?? 1] ?? 0,
  detectorOccupancy: ({ detectors }, [number]) => detectors.volumes.occupancy[number ?? 1] ?? 0,
  pedestrianDetectorAlarms: ({ buttons }, [number]) => buttons.faults.bits[number ?? 1] ?? 0,
  unitControlStatus: control,
  unitFlashStatus: flash,
  unitAlarmStatus2: (device) =>
    bitsOf(
      [device.takePowerRestart(), alarm2.powerRestart],
      [device.commands.orders.stop_time !== 0, alarm2.stopTime],
      [device.coordination?.inTransition === true, alarm2.offsetTransitioning],
    ),
  unitAlarmStatus1: (device) =>
    bitsOf(
      [device.service.cycleFault, alarm1.cycleFault],
      [device.service.coordFault, alarm1.coordFault],
      [device.service.coordFail, alarm1.coordFail],
      [device.service.cycleFail, alarm1.cycleFail],
      [device.flash === "mmu", alarm1.mmuFlash],
      [device.flash === "commanded" && device.command.source === "manual", alarm1.localFlash],
      [freeByFault(device), alarm1.localFree],
      [(device.coordination?.pattern ?? null) !== null, alarm1.coordActive],
    ),
  shortAlarmStatus: shortAlarms,
  specialFunctionOutputStatus: specialFunction,
  alarmGroupState: () => 0,
  coordPatternStatus: patternStatus,
  localFreeStatus: freeStatus,
  coordCycleStatus: cycleStatus,
  coordSyncStatus: syncStatus,
  timebaseAscActionStatus: ({ command, timeBase }) => (command.source === "time_base" ? timeBase.action : 0),
  dayPlanStatus: ({ timeBase }) => timeBase.dayPlan,
  channelStatusGroupReds: group(({ channels }) => channels.reds),
  channelStatusGroupYellows: group(({ channels }) => channels.yellows),
  channelStatusGroupGreens: group(({ channels }) => channels.greens),
  globalSetIDParameter: ({ checksum }) => checksum,
  dbVerifyStatus: ({ transaction }) => transaction.verifyStatus,
  dbVerifyError: ({ transaction }) => transaction.verifyError,
};
