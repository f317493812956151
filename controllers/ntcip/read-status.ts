/** What the device shows now. Only objects whose bits are not cleared by reading them. */
import type { ControllerStatus } from "../../core/ports/signal-controller.ts";
import { failed, ok, problem, type Result } from "../../core/problems/problem.ts";
import { type Cell, cell, cellKey } from "./cells.ts";
import { controlStatus, localFreeStatus, membersOf, type ObjectName } from "./oids.ts";
import { integerAt, readOne } from "./readings.ts";
import type { Readings, SnmpLink } from "./snmp-link.ts";

const SCALARS = ["coordPatternStatus", "localFreeStatus", "unitControlStatus", "coordCycleStatus"] as const;

const GROUPS = [
  "phaseStatusGroupGreens",
  "phaseStatusGroupYellows",
  "phaseStatusGroupReds",
  "phaseStatusGroupWalks",
] as const;

const wordFor = (names: Readonly<Record<string, number>>, value: number): string =>
  Object.entries(names).find(([, number]) => number === value)?.[0] ?? `unknown ${value}`;

/** Patterns 1 to 253 have a row with a cycle; 0, free and flash have not. */
const hasRow = (pattern: number): boolean => pattern >= 1 && pattern <= 253;

function phasesIn(readings: Readings, name: ObjectName, groups: number): readonly number[] {
  return Array.from({ length: groups }, (_, i) => i + 1).flatMap((group) =>
    membersOf(integerAt(readings, cell(name, group)) ?? 0, group),
  );
}

/** Cycle status counts down to 0 and may exceed the cycle while the offset is corrected. */
function localClock(cycle_s: number, remaining_s: number): number {
  const raw = (cycle_s - remaining_s) % cycle_s;
  return raw < 0 ? raw + cycle_s : raw;
}

async function clockOf(
  link: SnmpLink,
  controller: string,
  running: { readonly pattern: number; readonly free: number; readonly remaining_s: number | null },
): Promise<Result<number | null>> {
  const { pattern, free, remaining_s } = running;
  if (!hasRow(pattern) || free !== localFreeStatus.notFree || remaining_s === null) return ok(null);
  const cycle = await readOne(link, controller, cell("patternCycleTime", pattern));
  if (!cycle.ok) return cycle;
  return ok(cycle.value === 0 ? null : localClock(cycle.value, remaining_s));
}

export async function readStatus(
  link: SnmpLink,
  device: { readonly id: string; readonly intersection: string; readonly groups: number },
  nowMs: () => number,
): Promise<Result<ControllerStatus>> {
  const { id, intersection, groups } = device;
  const groupCells = GROUPS.flatMap((name) => Array.from({ length: groups }, (_, i): Cell => cell(name, i + 1)));
  const read = await link.read([...SCALARS.map((name) => cell(name)), ...groupCells]);
  if (!read.ok) return read;
  const readings = read.value;
  const at_ms = nowMs();
  const pattern = integerAt(readings, cell("coordPatternStatus"));
  const free = integerAt(readings, cell("localFreeStatus"));
  const control = integerAt(readings, cell("unitControlStatus"));
  if (pattern === null || free === null || control === null) {
    const lacking = SCALARS.find((name) => integerAt(readings, cell(name)) === null) ?? "coordPatternStatus";
    return failed(problem("CONTROLLER_LACKS", { controller: id, name: cellKey(cell(lacking)) }));
  }
  const remaining_s = integerAt(readings, cell("coordCycleStatus"));
  const clock = await clockOf(link, id, { pattern, free, remaining_s });
  if (!clock.ok) return clock;
  return ok({
    controller: id,
    intersection,
    at_ms,
    pattern,
    free_status: wordFor(localFreeStatus, free),
    control_status: wordFor(controlStatus, control),
    local_clock_s: clock.value,
    greens: phasesIn(readings, "phaseStatusGroupGreens", groups),
    yellows: phasesIn(readings, "phaseStatusGroupYellows", groups),
    reds: phasesIn(readings, "phaseStatusGroupReds", groups),
    walks: phasesIn(readings, "phaseStatusGroupWalks", groups),
  });
}
