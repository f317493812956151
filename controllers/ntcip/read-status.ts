/** What the device shows now. Only objects whose bits are not cleared by reading them. */
import type { ControllerStatus } from "../../core/ports/signal-controller.ts";
import { failed, ok, problem, type Result } from "../../core/problems/problem.ts";
import { type Cell, cell, cellKey } from "./cells.ts";
import { controlStatus, localFreeStatus, membersOf, type ObjectName } from "./oids.ts";
import { type ClockedDevice, type PatternClock, readPatternClock } from "./pattern-clock.ts";
import { integerAt } from "./readings.ts";
import type { Readings, SnmpLink } from "./snmp-link.ts";

export const SCALARS = ["coordPatternStatus", "localFreeStatus", "unitControlStatus", "coordCycleStatus"] as const;

const GROUPS = [
  "phaseStatusGroupGreens",
  "phaseStatusGroupYellows",
  "phaseStatusGroupReds",
  "phaseStatusGroupWalks",
] as const;

export const wordFor = (names: Readonly<Record<string, number>>, value: number): string =>
  Object.entries(names).find(([, number]) => number === value)?.[0] ?? `unknown ${value}`;

/** Patterns 1 to 253 have a row with a cycle; 0, free and flash have not. */
export const hasRow = (pattern: number): boolean => pattern >= 1 && pattern <= 253;

function phasesIn(readings: Readings, name: ObjectName, groups: number): readonly number[] {
  return Array.from({ length: groups }, (_, i) => i + 1).flatMap((group) =>
    membersOf(integerAt(readings, cell(name, group)) ?? 0, group),
  );
}

/** Cycle status counts down to 0, at the device's own local zero, and may exceed the cycle while the offset is corrected. */
function localClock({ cycle_s, later_s }: PatternClock, remaining_s: number): number | null {
  if (cycle_s <= 0 || later_s === null) return null;
  const raw = (cycle_s - remaining_s + later_s) % cycle_s;
  return raw < 0 ? raw + cycle_s : raw;
}

export const groupCells = (groups: number): readonly Cell[] =>
  GROUPS.flatMap((name) => Array.from({ length: groups }, (_, i): Cell => cell(name, i + 1)));

/** Whose lamps are asked for. */
export interface ShowingDevice extends ClockedDevice {
  readonly intersection: string;
  /** Of eight phases each. */
  readonly groups: number;
}

interface Circumstances extends ShowingDevice {
  readonly at_ms: number;
  /** Of the pattern that runs; null while none does. */
  readonly clock: PatternClock | null;
}

/** Fails where the device lacks one of the objects that a status is made of. */
export function statusFrom(readings: Readings, circumstances: Circumstances): Result<ControllerStatus> {
  const { id, intersection, groups, at_ms, clock } = circumstances;
  const pattern = integerAt(readings, cell("coordPatternStatus"));
  const free = integerAt(readings, cell("localFreeStatus"));
  const control = integerAt(readings, cell("unitControlStatus"));
  if (pattern === null || free === null || control === null) {
    const lacking = SCALARS.find((name) => integerAt(readings, cell(name)) === null) ?? "coordPatternStatus";
    return failed(problem("CONTROLLER_LACKS", { controller: id, name: cellKey(cell(lacking)) }));
  }
  const remaining_s = integerAt(readings, cell("coordCycleStatus"));
  const runs = free === localFreeStatus.notFree;
  return ok({
    controller: id,
    intersection,
    at_ms,
    pattern,
    free_status: wordFor(localFreeStatus, free),
    control_status: wordFor(controlStatus, control),
    local_clock_s: runs && remaining_s !== null && clock !== null ? localClock(clock, remaining_s) : null,
    greens: phasesIn(readings, "phaseStatusGroupGreens", groups),
    yellows: phasesIn(readings, "phaseStatusGroupYellows", groups),
    reds: phasesIn(readings, "phaseStatusGroupReds", groups),
    walks: phasesIn(readings, "phaseStatusGroupWalks", groups),
  });
}

export async function readStatus(
  link: SnmpLink,
  device: ShowingDevice,
  nowMs: () => number,
): Promise<Result<ControllerStatus>> {
  const read = await link.read([...SCALARS.map((name) => cell(name)), ...groupCells(device.groups)]);
  if (!read.ok) return read;
  const at_ms = nowMs();
  const pattern = integerAt(read.value, cell("coordPatternStatus")) ?? 0;
  const clock = hasRow(pattern) ? await readPatternClock(link, device, pattern) : ok(null);
  if (!clock.ok) return clock;
  return statusFrom(read.value, { ...device, at_ms, clock: clock.value });
}
