/** Between a database document and the objects it stands for. */
import { type Cell, type CellWrite, cell, cellKey } from "../cells.ts";
import { rowsOf, type Sizes } from "../sizes.ts";
import type { Readings } from "../snmp-link.ts";
import { type DatabaseParameters, type FieldValue, type Row, rowsIn } from "./document.ts";
import { type Section, sections } from "./sections.ts";

const indexOf = (section: Section, row: Row): readonly number[] => section.index.map((name) => Number(row[name]));

/** Every value the document states, in the order of its sections. */
export function valuesOf(document: DatabaseParameters): readonly CellWrite[] {
  return sections.flatMap((section) =>
    rowsIn(document, section).flatMap((row) =>
      section.fields.flatMap(({ name, object }) => {
        const value = row[name];
        return value === undefined ? [] : [{ ...cell(object, ...indexOf(section, row)), value }];
      }),
    ),
  );
}

/** Every parameter a device of these sizes may have. */
export function parameterCells(sizes: Sizes): readonly Cell[] {
  return sections.flatMap(({ index, fields }) =>
    rowsOf(index, sizes).flatMap((row) => fields.map(({ object }) => cell(object, ...row))),
  );
}

/** What was read, as the parameters of a document. Objects the device lacks are not stated. */
export function parametersFrom(readings: Readings, sizes: Sizes): DatabaseParameters {
  const rowFrom = (section: Section, index: readonly number[]): Row => {
    const numbers = section.index.map((name, at) => [name, index[at] as number] as const);
    const values = section.fields.flatMap(({ name, object }): readonly (readonly [string, FieldValue])[] => {
      const value = readings.get(cellKey(cell(object, ...index)));
      return value === undefined ? [] : [[name, value]];
    });
    return Object.fromEntries([...numbers, ...values]);
  };
  const entries = sections.map((section) => {
    const rows = rowsOf(section.index, sizes).map((index) => rowFrom(section, index));
    const stated = rows.filter((row) => Object.keys(row).length > section.index.length);
    return [section.name, section.index.length === 0 ? (rows[0] ?? {}) : stated] as const;
  });
  return Object.fromEntries(entries) as unknown as DatabaseParameters;
}

/** The document as readings, so that what reads a device can read a document. */
export const readingsOf = (document: DatabaseParameters): Readings =>
  new Map(valuesOf(document).map((value) => [cellKey(value), value.value]));
