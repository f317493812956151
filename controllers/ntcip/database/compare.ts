/** What differs between two databases, value by value and by name. */
import { type CellValue, cellKey, cellOid, sameValue } from "../cells.ts";
import { valuesOf } from "./cells-of.ts";
import type { DatabaseParameters } from "./document.ts";

export interface Difference {
  /** `phaseYellowChange.2`. */
  readonly name: string;
  readonly oid: string;
  /** Null where the document does not state it, or the device does not have it. */
  readonly stated: CellValue | null;
  readonly held: CellValue | null;
}

/**
 * `stated` is what somebody wants or remembers, `held` what a device holds. Values that only the device states differ
 * too, unless `statedOnly`: a document written by hand names only what it is about.
 */
export function compareDatabases(
  stated: DatabaseParameters,
  held: DatabaseParameters,
  { statedOnly = false }: { readonly statedOnly?: boolean } = {},
): readonly Difference[] {
  const values = new Map(valuesOf(held).map((value) => [cellKey(value), value]));
  const differences: Difference[] = [];
  for (const wanted of valuesOf(stated)) {
    const name = cellKey(wanted);
    const found = values.get(name);
    values.delete(name);
    if (found !== undefined && sameValue(wanted.value, found.value)) continue;
    differences.push({ name, oid: cellOid(wanted), stated: wanted.value, held: found?.value ?? null });
  }
  if (statedOnly) return differences;
  const unstated = [...values.values()].map((value) => ({
    name: cellKey(value),
    oid: cellOid(value),
    stated: null,
    held: value.value,
  }));
  return [...differences, ...unstated];
}
