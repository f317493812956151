/** What a device has written into its own event log (NTCIP 1201): which of its conditions held when, and what it saw. */
import { ok, type Result } from "../../core/problems/problem.ts";
import { cell } from "./cells.ts";
import { integerAt, octetsAt, readRequired, textAt } from "./readings.ts";
import type { SnmpLink } from "./snmp-link.ts";

export interface LoggedEvent {
  readonly class: number;
  /** `eventClassDescription`; empty where the device has none. */
  readonly about: string;
  /** Number of the configuration that it was logged by (`eventLogID`). */
  readonly config: number;
  /** By the device's clock. */
  readonly at_ms: number;
  /** The value that was logged; null where it is no integer. */
  readonly value: number | null;
}

const INTEGER_TAG = 0x02;

/** An INTEGER in BER with a short length: two's complement. */
function integerOf([tag, length, ...octets]: readonly number[]): number | null {
  if (tag !== INTEGER_TAG || length !== octets.length || octets.length === 0) return null;
  const sign = (octets[0] ?? 0) >= 0x80 ? -1 : 0;
  return octets.reduce((value, octet) => value * 256 + octet, sign);
}

const upTo = (count: number): readonly number[] => Array.from({ length: count }, (_, i) => i + 1);

/** Oldest first. */
export async function readEvents(link: SnmpLink, controller: string): Promise<Result<readonly LoggedEvent[]>> {
  const size = await readRequired(link, controller, [cell("maxEventClasses")]);
  if (!size.ok) return size;
  const classes = upTo(size.value[0] ?? 0);
  const counted = await link.read(
    classes.flatMap((each) => [cell("eventClassNumRowsInLog", each), cell("eventClassDescription", each)]),
  );
  if (!counted.ok) return counted;
  const rows = classes.flatMap((each) =>
    upTo(integerAt(counted.value, cell("eventClassNumRowsInLog", each)) ?? 0).map((row) => [each, row] as const),
  );
  const read = await link.read(
    rows.flatMap((row) => [cell("eventLogID", ...row), cell("eventLogTime", ...row), cell("eventLogValue", ...row)]),
  );
  if (!read.ok) return read;
  const events = rows.flatMap((row): readonly LoggedEvent[] => {
    const [config, time_s] = [
      integerAt(read.value, cell("eventLogID", ...row)),
      integerAt(read.value, cell("eventLogTime", ...row)),
    ];
    if (config === null || time_s === null) return [];
    const about = textAt(counted.value, cell("eventClassDescription", row[0]));
    const value = integerOf(octetsAt(read.value, cell("eventLogValue", ...row)));
    return [{ class: row[0], about, config, at_ms: time_s * 1000, value }];
  });
  return ok(events.toSorted((a, b) => a.at_ms - b.at_ms || a.class - b.class));
}
