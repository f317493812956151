/** What the cycle counter of a device means in a plan's words: the cycle of the pattern that runs, and when the device's local zero comes. */
import type { Intersection } from "../../core/network/schema.ts";
import { ok, type Result } from "../../core/problems/problem.ts";
import { cell } from "./cells.ts";
import { laterBy_s, PLAN_REFERENCE } from "./offset-reference.ts";
import { PATTERN_COLUMNS, planFrom, rowFrom, splitCells } from "./read-timing.ts";
import { readOne } from "./readings.ts";
import type { SnmpLink } from "./snmp-link.ts";

export interface PatternClock {
  readonly cycle_s: number;
  /** How long after the plan's local zero the device's own comes; null where nobody can tell. */
  readonly later_s: number | null;
}

export interface ClockedDevice {
  readonly id: string;
  /** Null where only the address of a device is known. */
  readonly site: Intersection | null;
}

/** One request for a device that counts as plans do; for another its splits are read too. */
export async function readPatternClock(
  link: SnmpLink,
  { id, site }: ClockedDevice,
  pattern: number,
): Promise<Result<PatternClock>> {
  const reference = link.quirks.offset_reference;
  if (reference === PLAN_REFERENCE) {
    const cycle = await readOne(link, id, cell("patternCycleTime", pattern));
    return cycle.ok ? ok({ cycle_s: cycle.value, later_s: 0 }) : cycle;
  }
  const columns = ["patternCycleTime", ...PATTERN_COLUMNS] as const;
  const read = await link.read(columns.map((name) => cell(name, pattern)));
  if (!read.ok) return read;
  const row = rowFrom(read.value, pattern);
  if (site === null) return ok({ cycle_s: row.cycle_s, later_s: null });
  const phases = site.signal.phases.map(({ number }) => number);
  const splits = await link.read(splitCells([row], phases));
  if (!splits.ok) return splits;
  const held = planFrom(row, phases, splits.value, site.id);
  return ok({ cycle_s: row.cycle_s, later_s: laterBy_s(site, held, reference) });
}
