/** Grids of streets of any size with the same traffic on every one, to see what a vehicle costs among many. */
import { execFile } from "node:child_process";
import { createReadStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Demand, Departure } from "../../sim/demand/demand.ts";
import { usualType } from "../../sim/demand/usual-types.ts";
import type { RoadNetwork } from "../../sim/network/road-network.ts";
import { readNet } from "../../sim/sumo/read-net.ts";
import { needed } from "./needed.ts";

const run = promisify(execFile);
const block_m = 200;
const edgesDriven = 10;

/** Two lanes each way, 200 m blocks, a signal at every corner: SUMO's own generator. */
export async function gridNetwork(side: number): Promise<RoadNetwork> {
  const folder = await mkdtemp(join(tmpdir(), "greenwave-grid-"));
  const file = join(folder, "grid.net.xml");
  try {
    const shape = ["--grid", "--grid.number", String(side), "--grid.length", String(block_m)];
    await run("netgenerate", [...shape, "--default.lanenumber", "2", "-j", "traffic_light", "-o", file]);
    return needed(await readNet(file, createReadStream(file, "utf8")));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Mulberry32, by Tommy Ettinger (public domain). */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** By edge: the edges on which one may go on, without turning around. */
function onward({ edges, lanes, links }: RoadNetwork): readonly (readonly number[])[] {
  const next = edges.ids.map(() => new Set<number>());
  const back = (id: string): string => id.replace(/^([A-Z]+\d+)([A-Z]+\d+)$/i, "$2$1");
  for (const [link, from] of links.from.entries()) {
    const [here, there] = [lanes.edge[from] as number, lanes.edge[links.to[link] as number] as number];
    if (edges.inside[here] === 0 && edges.ids[there] !== back(edges.ids[here] as string)) next[here]?.add(there);
  }
  return next.map((each) => [...each]);
}

/** So many cars, all on the road within the first minute or two, each on a way of its own drawn corner by corner. */
export function gridDemand(network: RoadNetwork, count: number, seed: number): Demand {
  const next = onward(network);
  const starts = next.flatMap((ways, edge) => (ways.length > 0 ? [edge] : []));
  const random = dice(seed);
  const pick = (from: readonly number[]): number => from[Math.floor(random() * from.length)] as number;
  const departures = Array.from({ length: count }, (_, at): Departure => {
    const route = [pick(starts)];
    while (route.length < edgesDriven) route.push(pick(next[route.at(-1) as number] as readonly number[]));
    return {
      id: `v${at}`,
      type: 0,
      depart_s: 0,
      route: Int32Array.from(route),
      stops: null,
      lane: "best",
      position: "random_free",
      speed: "max",
    };
  });
  return { types: [{ ...usualType("passenger"), id: "car", class: "passenger" }], departures };
}
