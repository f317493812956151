/** Labelled pictures: a CSV of boxes (image, class, x, y, w, h; pixels of the picture from its top left). */
import { type VehicleClass, vehicleClasses } from "../../core/traffic/vehicle-class.ts";
import { cellsOf } from "./site-labels/csv.ts";

export interface LabelledBox {
  readonly class: VehicleClass;
  readonly box: readonly [number, number, number, number];
}

/** Boxes by picture, in the order of the file. Rows of other classes name their picture and are left out. */
export function readLabels(csv: string): Map<string, LabelledBox[]> {
  const [header = "", ...rows] = csv.trim().split(/\r?\n/);
  const columns = cellsOf(header);
  const place = (name: string): number => {
    const at = columns.indexOf(name);
    if (at === -1) throw new Error(`the labels have no column ${name}`);
    return at;
  };
  const [image, kind, x, y, w, h] = ["image", "class", "x", "y", "w", "h"].map(place) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const labels = new Map<string, LabelledBox[]>();
  for (const cells of rows.map(cellsOf)) {
    const name = cells[image] ?? "";
    const boxes = labels.get(name) ?? [];
    labels.set(name, boxes);
    const found = vehicleClasses.find((each) => each === cells[kind]);
    const box = [x, y, w, h].map((column) => Number(cells[column])) as unknown as LabelledBox["box"];
    if (found !== undefined) boxes.push({ class: found, box });
  }
  return labels;
}

export type Part = "all" | "first" | "second";

const frameNumber = (name: string): number => Number(/(\d+)\D*$/.exec(name.replace(/\.[^.]*$/, ""))?.[1] ?? 0);

/** A half of the pictures in the order of their frame numbers, so that neighbours in time stay on one side. */
export function partOf(names: readonly string[], part: Part): readonly string[] {
  const ordered = [...names].sort((a, b) => frameNumber(a) - frameNumber(b) || (a < b ? -1 : 1));
  const half = Math.ceil(ordered.length / 2);
  switch (part) {
    case "all":
      return ordered;
    case "first":
      return ordered.slice(0, half);
    case "second":
      return ordered.slice(half);
  }
}
