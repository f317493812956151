/** What the device holds: phases, sequence, every pattern with its splits, the backup timer. */

import type { Intersection } from "../../core/network/schema.ts";
import type { DevicePhase, DeviceTiming } from "../../core/ports/signal-controller.ts";
import { ok, type Result } from "../../core/problems/problem.ts";
import type { Plan, Split } from "../../core/signal/plan.ts";
import { type Cell, cell } from "./cells.ts";
import { inPlanWords, type OffsetReferenceName } from "./offset-reference.ts";
import { type ObjectName, phaseOption, splitMode } from "./oids.ts";
import { integerAt, octetsAt, readRequired } from "./readings.ts";
import type { Readings, SnmpLink } from "./snmp-link.ts";

/** The device's timing and, which the port has no word for, the split table each pattern points at. */
export interface DeviceReading {
  readonly timing: DeviceTiming;
  /** Phases the device has rows for: 1 to this. */
  readonly max_phases: number;
  readonly split_rows: ReadonlyMap<number, number>;
}

export interface TimingSizes {
  readonly phases: number;
  readonly rings: number;
  readonly patterns: number;
  readonly sequences: number;
  readonly backup_s: number;
}

const PHASE_COLUMNS = [
  "phaseOptions",
  "phaseRing",
  "phaseConcurrency",
  "phaseMinimumGreen",
  "phaseMaximum1",
  "phaseWalk",
  "phasePedestrianClear",
  "phaseYellowChange",
  "phaseRedClear",
] as const satisfies readonly ObjectName[];

/** Of a pattern, beside its cycle. */
export const PATTERN_COLUMNS = [
  "patternOffsetTime",
  "patternSplitNumber",
  "patternSequenceNumber",
] as const satisfies readonly ObjectName[];

const upTo = (count: number): readonly number[] => Array.from({ length: count }, (_, i) => i + 1);

const seconds = (deciseconds: number): number => deciseconds / 10;

/** A mode the plan has no word for is read as the nearest one that asks for more time, never for less. */
function modeOf(value: number | null): Split["mode"] {
  switch (value) {
    case splitMode.minVehRecall:
      return "min_recall";
    case splitMode.maxVehRecall:
      return "max_recall";
    case splitMode.pedRecall:
    case splitMode.maxVehAndPedRecall:
      return "ped_recall";
    case splitMode.phaseOmitted:
      return "omitted";
    default:
      return "none";
  }
}

function phaseFrom(readings: Readings, number: number): DevicePhase | null {
  const at = (name: ObjectName) => integerAt(readings, cell(name, number));
  const [options, ring, minGreen, maxGreen] = [
    at("phaseOptions"),
    at("phaseRing"),
    at("phaseMinimumGreen"),
    at("phaseMaximum1"),
  ];
  const [yellow, redClear] = [at("phaseYellowChange"), at("phaseRedClear")];
  if (options === null || ring === null || minGreen === null || yellow === null || redClear === null) return null;
  return {
    number,
    enabled: (options & phaseOption.enabled) !== 0 && ring !== 0,
    ring,
    concurrency: [...octetsAt(readings, cell("phaseConcurrency", number))].sort((a, b) => a - b),
    min_green_s: minGreen,
    max_green_s: maxGreen ?? 0,
    walk_s: at("phaseWalk") ?? 0,
    ped_clear_s: at("phasePedestrianClear") ?? 0,
    yellow_s: seconds(yellow),
    red_clear_s: seconds(redClear),
  };
}

async function readTimingSizes(link: DeviceSource, controller: string): Promise<Result<TimingSizes>> {
  const needed = [cell("maxPhases"), cell("maxRings"), cell("maxPatterns"), cell("unitBackupTime")];
  const sizes = await readRequired(link, controller, needed);
  if (!sizes.ok) return sizes;
  const [phases = 0, rings = 0, patterns = 0, backup_s = 0] = sizes.value;
  const rows = await link.read([cell("maxSequences")]);
  if (!rows.ok) return rows;
  return ok({ phases, rings, patterns, sequences: integerAt(rows.value, cell("maxSequences")) ?? 1, backup_s });
}

function sequenceFrom(readings: Readings, row: number, rings: number): readonly (readonly number[])[] {
  const sequence = upTo(rings).map((ring) => octetsAt(readings, cell("sequenceData", row, ring)));
  const used = sequence.findLastIndex((ring) => ring.length > 0);
  return sequence.slice(0, used + 1);
}

/** Rows from 2 on that are not empty. */
function otherSequences(readings: Readings, { rings, sequences }: TimingSizes) {
  const rows = upTo(sequences).slice(1);
  return rows
    .map((number) => ({ number, rings: sequenceFrom(readings, number, rings) }))
    .filter((row) => row.rings.length > 0);
}

interface PatternRow {
  readonly number: number;
  readonly cycle_s: number;
  readonly offset_s: number;
  readonly split_row: number;
  readonly sequence: number;
}

/** Patterns with a cycle above 0. */
function patternsIn(readings: Readings, patterns: number): readonly number[] {
  return upTo(patterns).filter((n) => (integerAt(readings, cell("patternCycleTime", n)) ?? 0) > 0);
}

export const rowFrom = (readings: Readings, number: number): PatternRow => ({
  number,
  cycle_s: integerAt(readings, cell("patternCycleTime", number)) ?? 0,
  offset_s: integerAt(readings, cell("patternOffsetTime", number)) ?? 0,
  split_row: integerAt(readings, cell("patternSplitNumber", number)) ?? 0,
  sequence: integerAt(readings, cell("patternSequenceNumber", number)) ?? 1,
});

async function readPatternRows(link: DeviceSource, patterns: number): Promise<Result<Readings>> {
  const cycles = await link.read(upTo(patterns).map((n) => cell("patternCycleTime", n)));
  if (!cycles.ok) return cycles;
  const used = patternsIn(cycles.value, patterns);
  const rest = await link.read(used.flatMap((n) => PATTERN_COLUMNS.map((name) => cell(name, n))));
  return rest.ok ? ok(new Map([...cycles.value, ...rest.value])) : rest;
}

export function splitCells(rows: readonly PatternRow[], phases: readonly number[]): readonly Cell[] {
  const splitRows = [...new Set(rows.map((row) => row.split_row))].filter((row) => row > 0);
  return splitRows.flatMap((row) =>
    phases.flatMap((phase) => [cell("splitTime", row, phase), cell("splitMode", row, phase)]),
  );
}

export function planFrom(row: PatternRow, phases: readonly number[], splits: Readings, intersection: string): Plan {
  return {
    intersection,
    pattern: row.number,
    cycle_s: row.cycle_s,
    offset_s: row.offset_s,
    offset_reference: "begin_green_of_coord_phases",
    sequence: row.sequence,
    splits: phases.map((phase) => ({
      phase,
      split_s: integerAt(splits, cell("splitTime", row.split_row, phase)) ?? 0,
      mode: modeOf(integerAt(splits, cell("splitMode", row.split_row, phase))),
    })),
  };
}

/** A device, or a document that stands for one. */
export type DeviceSource = Pick<SnmpLink, "read">;

/** Whose patterns are read, and what their offsets time there. */
export interface TimedDevice {
  readonly intersection: Intersection;
  readonly reference: OffsetReferenceName;
}

/**
 * What readings of phases, sequence, patterns and splits say, wherever they come from: a device, or a document of one. Offsets
 * are in plans' words.
 */
export function timingFrom(
  readings: Readings,
  sizes: TimingSizes,
  { intersection, reference }: TimedDevice,
): DeviceReading {
  const { phases: maxPhases, patterns, rings, backup_s } = sizes;
  const phases = upTo(maxPhases).flatMap((n) => phaseFrom(readings, n) ?? []);
  const enabled = enabledOf(phases);
  const rows = patternsIn(readings, patterns).map((number) => rowFrom(readings, number));
  return {
    timing: {
      phases,
      sequence: sequenceFrom(readings, 1, rings),
      sequences: otherSequences(readings, sizes),
      patterns: rows.map((row) =>
        inPlanWords(intersection, planFrom(row, enabled, readings, intersection.id), reference),
      ),
      backup_time_s: backup_s,
    },
    max_phases: maxPhases,
    split_rows: new Map(rows.map((row) => [row.number, row.split_row])),
  };
}

const enabledOf = (phases: readonly DevicePhase[]): readonly number[] =>
  phases.filter((phase) => phase.enabled).map((phase) => phase.number);

/** Reads everything the gate needs. About 60 requests on a device with a few patterns. */
export async function readDevice(
  link: DeviceSource,
  controller: string,
  device: TimedDevice,
): Promise<Result<DeviceReading>> {
  const sizes = await readTimingSizes(link, controller);
  if (!sizes.ok) return sizes;
  const { phases: maxPhases, rings, patterns, sequences } = sizes.value;
  const phaseCells = upTo(maxPhases).flatMap((n) => PHASE_COLUMNS.map((name) => cell(name, n)));
  const sequenceCells = upTo(Math.max(1, sequences)).flatMap((row) =>
    upTo(rings).map((ring) => cell("sequenceData", row, ring)),
  );
  const structure = await link.read([...phaseCells, ...sequenceCells]);
  if (!structure.ok) return structure;
  const rows = await readPatternRows(link, patterns);
  if (!rows.ok) return rows;
  const enabled = enabledOf(upTo(maxPhases).flatMap((n) => phaseFrom(structure.value, n) ?? []));
  const used = patternsIn(rows.value, patterns).map((number) => rowFrom(rows.value, number));
  const splits = await link.read(splitCells(used, enabled));
  if (!splits.ok) return splits;
  const readings = new Map([...structure.value, ...rows.value, ...splits.value]);
  return ok(timingFrom(readings, sizes.value, device));
}
