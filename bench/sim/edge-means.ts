/** What either engine writes of every edge over a whole run (SUMO's edgedata), summed over seeds. */
import { createReadStream } from "node:fs";
import { readXml } from "../../sim/sumo/xml.ts";
import { needed } from "./needed.ts";

export interface EdgeMeans {
  readonly vehicles: number;
  /** Lost on the edge, by all. */
  readonly lost_s: number;
  readonly sampled_s: number;
  readonly driven_m: number;
}

export type ByEdge = ReadonlyMap<string, EdgeMeans>;

const none: EdgeMeans = { vehicles: 0, lost_s: 0, sampled_s: 0, driven_m: 0 };

export async function readEdgeMeans(file: string): Promise<ByEdge> {
  const found = new Map<string, EdgeMeans>();
  const read = await readXml(file, createReadStream(file, "utf8"), ["meandata"], {
    open: (element) => {
      if (element.name !== "edge") return;
      const id = element.text("id");
      const { vehicles, lost_s, sampled_s, driven_m } = found.get(id) ?? none;
      const here_s = element.number("sampledSeconds", 0);
      found.set(id, {
        vehicles: vehicles + element.number("entered", 0) + element.number("departed", 0),
        lost_s: lost_s + element.number("timeLoss", 0),
        sampled_s: sampled_s + here_s,
        driven_m: driven_m + here_s * element.number("speed", 0),
      });
    },
  });
  needed(read);
  return found;
}

export function summed(all: readonly ByEdge[]): ByEdge {
  const sum = new Map<string, EdgeMeans>();
  for (const each of all) {
    for (const [id, more] of each) {
      const so = sum.get(id) ?? none;
      sum.set(id, {
        vehicles: so.vehicles + more.vehicles,
        lost_s: so.lost_s + more.lost_s,
        sampled_s: so.sampled_s + more.sampled_s,
        driven_m: so.driven_m + more.driven_m,
      });
    }
  }
  return sum;
}

export const speed_m_s = ({ sampled_s, driven_m }: EdgeMeans): number => driven_m / sampled_s;
export const delay_s = ({ vehicles, lost_s }: EdgeMeans): number => lost_s / vehicles;

/** Places from the smallest on; equal ones share the mean of theirs. */
function ranks(values: readonly number[]): number[] {
  const order = values.map((_, at) => at).toSorted((a, b) => (values[a] as number) - (values[b] as number));
  const rank = new Array<number>(values.length);
  for (let from = 0; from < order.length; ) {
    let to = from;
    while (to < order.length && values[order[to] as number] === values[order[from] as number]) to += 1;
    for (let at = from; at < to; at += 1) rank[order[at] as number] = (from + to - 1) / 2;
    from = to;
  }
  return rank;
}

/** Spearman's rank correlation; NaN of fewer than three. */
export function rankCorrelation(a: readonly number[], b: readonly number[]): number {
  if (a.length < 3) return Number.NaN;
  const [x, y] = [ranks(a), ranks(b)];
  const middle = (a.length - 1) / 2;
  let [xy, xx, yy] = [0, 0, 0];
  for (let at = 0; at < x.length; at += 1) {
    const [dx, dy] = [(x[at] as number) - middle, (y[at] as number) - middle];
    xy += dx * dy;
    xx += dx * dx;
    yy += dy * dy;
  }
  return xy / Math.sqrt(xx * yy);
}
