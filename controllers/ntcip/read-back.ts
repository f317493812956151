/** Asks the device for every value that was written, and compares. */
import type { ReadBack } from "../../core/ports/signal-controller.ts";
import { failed, ok, problem, type Result } from "../../core/problems/problem.ts";
import { type CellValue, type CellWrite, cellKey, cellOid, type IntegerValue, sameValue } from "./cells.ts";
import { readRequired } from "./readings.ts";
import type { SnmpLink } from "./snmp-link.ts";

/** Each value that differs is a problem of its own. */
export async function readBack(
  link: SnmpLink,
  controller: string,
  sent: readonly IntegerValue[],
): Promise<Result<ReadBack>> {
  const read = await readRequired(link, controller, sent);
  if (!read.ok) return read;
  const values = sent.map((value, i) => ({
    oid: cellOid(value),
    name: cellKey(value),
    sent: value.value,
    read: read.value[i] as number,
  }));
  const different = values.filter((value) => value.sent !== value.read);
  if (different.length === 0) return ok({ values, equal: true });
  return failed(...different.map((value) => problem("READ_BACK_DIFFERS", { controller, ...value })));
}

const printed = (value: CellValue | undefined): string =>
  value === undefined ? "nothing" : typeof value === "object" ? `[${value.join(" ")}]` : String(value);

/** The same for values of every kind; what was read is the number of values. */
export async function readBackAll(
  link: SnmpLink,
  controller: string,
  sent: readonly CellWrite[],
): Promise<Result<number>> {
  const read = await link.read(sent);
  if (!read.ok) return read;
  const different = sent.filter((value) => {
    const found = read.value.get(cellKey(value));
    return found === undefined || !sameValue(value.value, found);
  });
  if (different.length === 0) return ok(sent.length);
  return failed(
    ...different.map((value) => {
      const [name, oid] = [cellKey(value), cellOid(value)];
      const words = { sent: printed(value.value), read: printed(read.value.get(name)) };
      return problem("READ_BACK_DIFFERS", { controller, name, oid, ...words });
    }),
  );
}
