/**
 * What a device is and has: asked object by object, so that one it lacks costs a line in the report and nothing else.
 * Reads only; no object whose reading changes something.
 */
import { failed, ok, problem, type Result } from "../../core/problems/problem.ts";
import { type Cell, cell, cellKey } from "./cells.ts";
import { heartbeatSeconds, leastBackupSeconds } from "./heartbeat-period.ts";
import { latchedObjects } from "./latched.ts";
import { dbVerify, type ObjectIndex, type ObjectName, objectNames, objects } from "./oids.ts";
import type { Quirks } from "./quirks.ts";
import { integerAt, textAt } from "./readings.ts";
import { readSizes, type Sizes } from "./sizes.ts";
import type { Readings, SnmpLink } from "./snmp-link.ts";

export interface Capabilities {
  readonly controller: string;
  readonly address: string;
  readonly snmp: "v1" | "v2c" | "v3";
  readonly make: string;
  readonly model: string;
  readonly firmware: string;
  /** v02 columns were found, or only those of v01. */
  readonly edition: "1202 v01" | "1202 v02";
  readonly sizes: Sizes;
  /** Objects of 1202 that it lacks, by name; a table's when its first row has none. */
  readonly missing: readonly string[];
  readonly objects_found: number;
  readonly objects_asked: number;
  readonly backup_time_s: number;
  /** Whether the centre may take it, and every reason why not. */
  readonly central_control: { readonly possible: boolean; readonly reasons: readonly string[] };
  readonly checksum: number | null;
  readonly quirks: Quirks;
}

export interface DiscoveryTarget {
  readonly link: SnmpLink;
  readonly controller: string;
  readonly address: string;
  readonly snmp: Capabilities["snmp"];
  readonly worstRetry_s: number;
}

/** SNMPv2-MIB: every agent says in words what it is. */
const SYS_DESCR = "1.3.6.1.2.1.1.1.0";
/** Without these there is nothing to control. */
const ESSENTIAL = [cell("maxPhases"), cell("coordPatternStatus"), cell("systemPatternControl")] as const;
/** Columns that came with v02. */
const V02: readonly ObjectName[] = ["ringStatus", "preemptEnterYellowChange", "specialFunctionOutputControl"];
/** Not asked for: logs and STMP objects have rows only when something happened, and secrets are nobody's business. */
const UNASKED = /^(event|dynObj|ascBlock|community)/;

const isAsked = (name: ObjectName): boolean =>
  !UNASKED.test(name) && !latchedObjects.has(name) && objects[name].secret !== true;

/** The first row of every table that has rows, and every scalar. */
function probes(sizes: Sizes): readonly Cell[] {
  const counted: Readonly<Partial<Record<ObjectIndex, number>>> = sizes;
  return objectNames.filter(isAsked).flatMap((name) => {
    const { index } = objects[name];
    return index.some((part) => counted[part] === 0) ? [] : [cell(name, ...index.map(() => 1))];
  });
}

const isFound = (readings: Readings) => (at: Cell) => readings.has(cellKey(at));

function reasonsAgainst(readings: Readings, missing: readonly string[], worstRetry_s: number): readonly string[] {
  const backup_s = integerAt(readings, cell("unitBackupTime")) ?? 0;
  const mode = integerAt(readings, cell("coordOperationalMode")) ?? 0;
  const short = backup_s > 0 && heartbeatSeconds(backup_s, worstRetry_s) === null;
  const lacking = ESSENTIAL.filter((at) => missing.includes(at.name));
  return [
    ...lacking.map((at) => `it lacks ${at.name}`),
    ...(backup_s === 0 ? ["its backup timer is off (unitBackupTime 0)"] : []),
    ...(short ? [`its backup timer of ${backup_s} s is under ${leastBackupSeconds(worstRetry_s)} s`] : []),
    ...(mode === 0 ? [] : [`it is set to mode ${mode} by hand (coordOperationalMode)`]),
  ];
}

/** Fails with NOT_A_SIGNAL_CONTROLLER when something answers that is none. */
export async function discover(target: DiscoveryTarget): Promise<Result<Capabilities>> {
  const { link, controller, address, snmp, worstRetry_s } = target;
  const first = await link.read(ESSENTIAL);
  if (!first.ok) return first;
  if (!ESSENTIAL.some(isFound(first.value))) {
    const description = await link.readText(SYS_DESCR);
    const words =
      description.ok && description.value !== null ? `it says "${description.value}"` : "it does not say what it is";
    return failed(problem("NOT_A_SIGNAL_CONTROLLER", { controller, address, description: words }));
  }
  const sizes = await readSizes(link);
  if (!sizes.ok) return sizes;
  const asked = probes(sizes.value);
  const read = await link.read(asked);
  if (!read.ok) return read;
  const readings = read.value;
  const missing = asked.filter((at) => !isFound(readings)(at)).map(({ name }) => name);
  learnVerifyBase(link, integerAt(readings, cell("dbVerifyStatus")));
  const reasons = reasonsAgainst(readings, missing, worstRetry_s);
  return ok({
    controller,
    address,
    snmp,
    make: textAt(readings, cell("moduleMake", 1)).trim(),
    model: textAt(readings, cell("moduleModel", 1)).trim(),
    firmware: textAt(readings, cell("moduleVersion", 1)).trim(),
    edition: V02.some((name) => asked.some((at) => at.name === name) && !missing.includes(name))
      ? "1202 v02"
      : "1202 v01",
    sizes: sizes.value,
    missing,
    objects_found: asked.length - missing.length,
    objects_asked: asked.length,
    backup_time_s: integerAt(readings, cell("unitBackupTime")) ?? 0,
    central_control: { possible: reasons.length === 0, reasons },
    checksum: integerAt(readings, cell("globalSetIDParameter")),
    quirks: link.quirks,
  });
}

/** 0 is a verdict in v01's numbers alone, 3 in the later ones alone. */
function learnVerifyBase(link: SnmpLink, status: number | null): void {
  if (status === dbVerify.notDone) link.learn({ verify_base: 0 });
  if (status === dbVerify.doneWithNoError + 1) link.learn({ verify_base: 1 });
}
