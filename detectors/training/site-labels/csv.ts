/** Labels as a CSV with the columns image, class, x, y, w, h: boxes in pixels. */
import { join, resolve } from "node:path";
import { boxesOf, type NamedLabels } from "./named-box.ts";

/** The cells of one row; a cell in double quotes may hold commas, and quotes twice. */
export const cellsOf = (row: string): string[] =>
  [...`${row},`.matchAll(/(?:"((?:[^"]|"")*)"|([^,]*)),/g)].map(([, quoted, bare]) =>
    quoted === undefined ? (bare ?? "") : quoted.replaceAll('""', '"'),
  );

/** Throws with the reason when a column is missing or a box is none. */
export function readCsv(text: string, images: string): NamedLabels {
  const [header = "", ...rows] = text.trim().split(/\r?\n/);
  const columns = cellsOf(header);
  const place = (name: string): number => {
    const at = columns.indexOf(name);
    if (at === -1) throw new Error(`there is no column ${name}`);
    return at;
  };
  const [image, name] = [place("image"), place("class")];
  const sides = ["x", "y", "w", "h"].map(place);
  const labels: NamedLabels = new Map();
  for (const [i, row] of rows.entries()) {
    const cells = cellsOf(row);
    const box = sides.map((at) => Number(cells[at] || Number.NaN));
    if (!box.every(Number.isFinite)) throw new Error(`row ${i + 2} holds no box`);
    const file = resolve(join(images, cells[image] ?? ""));
    boxesOf(labels, file).push({ name: cells[name] ?? "", box: box as unknown as [number, number, number, number] });
  }
  return labels;
}

const cell = (value: string | number): string =>
  /[",]/.test(`${value}`) ? `"${`${value}`.replaceAll('"', '""')}"` : `${value}`;

export const csvRow = (cells: readonly (string | number)[]): string => cells.map(cell).join(",");
