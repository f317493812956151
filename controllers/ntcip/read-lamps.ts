/** Which lamps are lit: one request of few objects, so that it can be asked several times a second. */
import { createHash } from "node:crypto";
import type { LampReading } from "../../core/ports/signal-lamps.ts";
import { failed, ok, problem, type Result } from "../../core/problems/problem.ts";
import { type Cell, cell, cellKey } from "./cells.ts";
import { controlStatus, membersOf, type ObjectName } from "./oids.ts";
import type { ShowingDevice } from "./read-status.ts";
import { integerAt } from "./readings.ts";
import type { Readings, SnmpLink } from "./snmp-link.ts";

const GROUPS = ["phaseStatusGroupGreens", "phaseStatusGroupYellows", "phaseStatusGroupReds"] as const;
/** Of eight phases each; sites have no phase above 16, and one request must hold them all. */
const MOST_GROUPS = 2;

export async function readLamps(
  link: SnmpLink,
  device: ShowingDevice,
  nowMs: () => number,
): Promise<Result<LampReading>> {
  const { id, intersection } = device;
  const groups = Array.from({ length: Math.min(device.groups, MOST_GROUPS) }, (_, i) => i + 1);
  const lamps = GROUPS.flatMap((name) => groups.map((group): Cell => cell(name, group)));
  const control = cell("unitControlStatus");
  const read = await link.read([control, ...lamps]);
  if (!read.ok) return read;
  const at_ms = nowMs();
  const lacking = lamps.find((at) => integerAt(read.value, at) === null);
  if (lacking !== undefined) return failed(problem("CONTROLLER_LACKS", { controller: id, name: cellKey(lacking) }));
  const lit = (name: ObjectName): readonly number[] =>
    groups.flatMap((group) => membersOf(integerAt(read.value, cell(name, group)) ?? 0, group));
  return ok({
    controller: id,
    intersection,
    at_ms,
    greens: lit("phaseStatusGroupGreens"),
    yellows: lit("phaseStatusGroupYellows"),
    reds: lit("phaseStatusGroupReds"),
    manual: isManual(read.value, control),
    reply_sha256: createHash("sha256").update(link.reply).digest("hex"),
  });
}

const isManual = (readings: Readings, control: Cell): boolean => integerAt(readings, control) === controlStatus.manual;
