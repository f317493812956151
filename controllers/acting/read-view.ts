/** One request for all that real-time control is decided from: lamps, calls, and whether the device listens to us at all. */
import type { DeviceView, Hindrance } from "../../core/adaptive/acting/device-view.ts";
import { failed, ok, problem, type Result } from "../../core/problems/problem.ts";
import { type Cell, cell, cellKey } from "../ntcip/cells.ts";
import { controlStatus, flashStatus, type ObjectName, preemptState, specialPattern } from "../ntcip/oids.ts";
import type { ShowingDevice } from "../ntcip/read-status.ts";
import { integerAt } from "../ntcip/readings.ts";
import type { Readings, SnmpLink } from "../ntcip/snmp-link.ts";

const MASKS = {
  greens: "phaseStatusGroupGreens",
  yellows: "phaseStatusGroupYellows",
  ons: "phaseStatusGroupPhaseOns",
  walks: "phaseStatusGroupWalks",
  pedClears: "phaseStatusGroupPedClears",
  vehicleCalls: "phaseStatusGroupVehCalls",
  pedCalls: "phaseStatusGroupPedCalls",
} as const satisfies Readonly<Record<string, ObjectName>>;

const PATTERN = cell("coordPatternStatus");
const CONTROL = cell("unitControlStatus");
const FLASH = cell("unitFlashStatus");

/** Sites have no phase above 16. */
const MOST_GROUPS = 2;

interface ViewedDevice extends Pick<ShowingDevice, "id" | "groups"> {
  /** Numbers of the preempts that the site has. `shortAlarmStatus` would tell of all, but its bits are for the poll alone. */
  readonly preempts: readonly number[];
}

/** Fails where the device lacks an object without which nothing can be decided. */
export async function readView(
  link: SnmpLink,
  { id, groups: all, preempts }: ViewedDevice,
  nowMs: () => number,
): Promise<Result<DeviceView>> {
  const groups = Array.from({ length: Math.min(all, MOST_GROUPS) }, (_, i) => i + 1);
  const masks = Object.values(MASKS).flatMap((name) => groups.map((group): Cell => cell(name, group)));
  const needed = [PATTERN, CONTROL, ...masks];
  const states = preempts.map((number) => cell("preemptState", number));
  const read = await link.read([...needed, FLASH, ...states]);
  if (!read.ok) return read;
  const lacking = needed.find((at) => integerAt(read.value, at) === null);
  if (lacking !== undefined) return failed(problem("CONTROLLER_LACKS", { controller: id, name: cellKey(lacking) }));
  const mask = (name: ObjectName): number =>
    groups.reduce((bits, group) => bits | ((integerAt(read.value, cell(name, group)) ?? 0) << (8 * (group - 1))), 0);
  return ok({
    at_ms: nowMs(),
    greens: mask(MASKS.greens),
    yellows: mask(MASKS.yellows),
    ons: mask(MASKS.ons),
    walks: mask(MASKS.walks),
    pedClears: mask(MASKS.pedClears),
    vehicleCalls: mask(MASKS.vehicleCalls),
    pedCalls: mask(MASKS.pedCalls),
    free: integerAt(read.value, PATTERN) === specialPattern.free,
    commanded: integerAt(read.value, CONTROL) === controlStatus.systemControl,
    hindrance: hindranceIn(read.value, states),
  });
}

function hindranceIn(readings: Readings, preempts: readonly Cell[]): Hindrance | null {
  const flash = integerAt(readings, FLASH) ?? flashStatus.notFlash;
  if (flash !== flashStatus.notFlash) return "flash";
  if (integerAt(readings, CONTROL) === controlStatus.manual) return "manual";
  const idle = (at: Cell): boolean => (integerAt(readings, at) ?? preemptState.notActive) === preemptState.notActive;
  return preempts.every(idle) ? null : "preempt";
}
