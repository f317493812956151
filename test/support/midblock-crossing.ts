/** A road of 200 m with a sidewalk on each side and a crossing in its middle: edges wc, ce to the east, ec, cw to the west. */
import { readFile } from "node:fs/promises";
import { Simulation } from "../../sim/engine/simulation.ts";
import type { RoadNetwork } from "../../sim/network/road-network.ts";
import { readNet } from "../../sim/sumo/read-net.ts";
import { demandOf } from "./two-junctions.ts";

const file = new URL("../fixtures/midblock-crossing.net.xml", import.meta.url);

/** A signal lets people walk for 5 of 90 s; drivers stop for them; or they wait for drivers. */
export type CrossingKind = "signal" | "zebra" | "gap";

function textOf(text: string, kind: CrossingKind): string {
  if (kind === "signal") return text;
  const bare = text
    .replace(/<tlLogic[\s\S]*<\/tlLogic>/, "")
    .replace('type="traffic_light"', 'type="priority"')
    .replace(/ tl="c" linkIndex="\d"/g, "")
    .replaceAll('state="o"', 'state="M"');
  if (kind === "zebra") return bare;
  return bare
    .replace(
      'from=":c_w0" to=":c_c0" fromLane="0" toLane="0" dir="s" state="M"',
      'from=":c_w0" to=":c_c0" fromLane="0" toLane="0" dir="s" state="m"',
    )
    .replaceAll('response="100"', 'response="000"')
    .replace('index="2" response="000"', 'index="2" response="011"');
}

export async function midblockCrossing(kind: CrossingKind): Promise<RoadNetwork> {
  const read = await readNet("midblock-crossing.net.xml", [textOf(await readFile(file, "utf8"), kind)]);
  if (!read.ok) throw new Error(read.problems.map(({ code }) => code).join());
  return read.value;
}

/** Nobody has departed yet. */
export async function peopledStreet(kind: CrossingKind, traffic: string, seed = 101, step_s = 1): Promise<Simulation> {
  const network = await midblockCrossing(kind);
  return new Simulation({ network, demand: await demandOf(network, traffic), seed, begin_s: 0, end_s: 900, step_s });
}
