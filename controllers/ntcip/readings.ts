/** Reads with a type: integers and octet lists out of what the link brought, or the problem of a missing one. */
import { failed, ok, problem, type Result } from "../../core/problems/problem.ts";
import { type Cell, cellKey } from "./cells.ts";
import type { Readings, SnmpLink } from "./snmp-link.ts";

/** Null where the device lacks the object. */
export function integerAt(readings: Readings, at: Cell): number | null {
  const value = readings.get(cellKey(at));
  return typeof value === "number" ? value : null;
}

/** Empty where the device lacks the object. */
export function octetsAt(readings: Readings, at: Cell): readonly number[] {
  const value = readings.get(cellKey(at));
  return Array.isArray(value) ? value : [];
}

export function textAt(readings: Readings, at: Cell): string {
  const value = readings.get(cellKey(at));
  return typeof value === "string" ? value : "";
}

/** Integers that greenwave cannot do without, in the order asked. */
export async function readRequired(
  link: Pick<SnmpLink, "read">,
  controller: string,
  cells: readonly Cell[],
): Promise<Result<readonly number[]>> {
  const readings = await link.read(cells);
  if (!readings.ok) return readings;
  const values: number[] = [];
  for (const at of cells) {
    const value = integerAt(readings.value, at);
    if (value === null) return failed(problem("CONTROLLER_LACKS", { controller, name: cellKey(at) }));
    values.push(value);
  }
  return ok(values);
}

/** Like `readRequired`, for one. */
export async function readOne(link: SnmpLink, controller: string, at: Cell): Promise<Result<number>> {
  const values = await readRequired(link, controller, [at]);
  if (!values.ok) return values;
  return ok(values.value[0] as number);
}
