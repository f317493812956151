/** What each preempt of a device is doing. */
import { ok, type Result } from "../../core/problems/problem.ts";
import { cell } from "./cells.ts";
import { preemptState } from "./oids.ts";
import { wordFor } from "./read-status.ts";
import { integerAt } from "./readings.ts";
import type { SnmpLink } from "./snmp-link.ts";

export interface PreemptReading {
  readonly preempt: number;
  /** Names of `preemptState`. */
  readonly state: string;
  /** Asked for over SNMP, whether the input is on or not. */
  readonly commanded: boolean;
}

const COUNT = cell("maxPreempts");

/** A device without preempts has none to show. */
export async function readPreempts(link: SnmpLink): Promise<Result<readonly PreemptReading[]>> {
  const size = await link.read([COUNT]);
  if (!size.ok) return size;
  const numbers = Array.from({ length: integerAt(size.value, COUNT) ?? 0 }, (_, i) => i + 1);
  const cells = numbers.flatMap((n) => [cell("preemptState", n), cell("preemptControlState", n)]);
  const read = await link.read(cells);
  if (!read.ok) return read;
  const readings = numbers.flatMap((preempt): readonly PreemptReading[] => {
    const state = integerAt(read.value, cell("preemptState", preempt));
    const commanded = integerAt(read.value, cell("preemptControlState", preempt)) === 1;
    return state === null ? [] : [{ preempt, state: wordFor(preemptState, state), commanded }];
  });
  return ok(readings);
}
