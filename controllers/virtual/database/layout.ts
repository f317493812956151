/** Every object instance of a device of given sizes, in the order of their identifiers: what GETNEXT walks. */
import { type ObjectIndex, type ObjectName, objectNames, objects, oid } from "../../ntcip/oids.ts";

export interface Sizes {
  readonly phases: number;
  readonly patterns: number;
  readonly sequences: number;
  readonly rings: number;
  readonly detectors: number;
}

export interface Instance {
  readonly oid: string;
  readonly name: ObjectName;
  readonly index: readonly number[];
}

export interface Layout {
  readonly sizes: Sizes;
  readonly instances: readonly Instance[];
  find(oid: string): Instance | undefined;
  /** The first instance after `oid`, which need not exist itself. */
  after(oid: string): Instance | undefined;
}

const groupsOf = (members: number): number => Math.trunc((members + 7) / 8);

function lengthOf(index: ObjectIndex, name: ObjectName, sizes: Sizes): number {
  switch (index) {
    case "phase":
    case "channel":
      return sizes.phases;
    case "group":
      if (name === "alarmGroupState") return 1;
      return groupsOf(name.startsWith("vehicleDetector") ? sizes.detectors : sizes.phases);
    case "detector":
      return sizes.detectors;
    case "pattern":
    case "split":
      return sizes.patterns;
    case "sequence":
      return sizes.sequences;
    case "ring":
      return sizes.rings;
    case "action":
    case "module":
      return 1;
  }
}

/** All index combinations, 1-based; one empty combination for a scalar. */
function combinations(lengths: readonly number[]): readonly (readonly number[])[] {
  return lengths.reduce<readonly (readonly number[])[]>(
    (rows, length) => rows.flatMap((row) => Array.from({ length }, (_, at) => [...row, at + 1])),
    [[]],
  );
}

const partsOf = (text: string): readonly number[] => text.split(".").map(Number);

function compare(a: readonly number[], b: readonly number[]): number {
  for (let at = 0; at < Math.min(a.length, b.length); at += 1) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

function build(sizes: Sizes): Layout {
  const rows = objectNames
    .flatMap((name) =>
      combinations(objects[name].index.map((index) => lengthOf(index, name, sizes))).map((index) => {
        const text = oid(name, ...index);
        return { instance: { oid: text, name, index }, parts: partsOf(text) };
      }),
    )
    .sort((a, b) => compare(a.parts, b.parts));
  const byOid = new Map(rows.map((row) => [row.instance.oid, row.instance]));
  const after = (from: string): Instance | undefined => {
    const key = partsOf(from);
    let low = 0;
    let high = rows.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const row = rows[middle];
      if (row !== undefined && compare(row.parts, key) <= 0) low = middle + 1;
      else high = middle;
    }
    return rows[low]?.instance;
  };
  return { sizes, instances: rows.map((row) => row.instance), find: (text) => byOid.get(text), after };
}

/** Makes layouts and keeps them: a hundred controllers of the same sizes share one. */
export function layoutMaker(): (sizes: Sizes) => Layout {
  const made = new Map<string, Layout>();
  return (sizes) => {
    const key = JSON.stringify(sizes);
    const layout = made.get(key) ?? build(sizes);
    made.set(key, layout);
    return layout;
  };
}
