/** A small network with a signal and a junction without one, and traffic for it. */
import { readFile } from "node:fs/promises";
import type { Demand } from "../../sim/demand/demand.ts";
import type { RoadNetwork } from "../../sim/network/road-network.ts";
import { readNet } from "../../sim/sumo/read-net.ts";
import { readRoutes } from "../../sim/sumo/read-traffic.ts";

const file = new URL("../fixtures/two-junctions.net.xml", import.meta.url);

export const twoJunctionsText = (): Promise<string> => readFile(file, "utf8");

export async function twoJunctions(): Promise<RoadNetwork> {
  const read = await readNet("two-junctions.net.xml", [await twoJunctionsText()]);
  if (!read.ok) throw new Error(read.problems.map(({ code }) => code).join());
  return read.value;
}

export const routesOf = (vehicles: string): string => `<routes>${vehicles}</routes>`;

export async function demandOf(network: RoadNetwork, vehicles: string): Promise<Demand> {
  const read = await readRoutes("test.rou.xml", [routesOf(vehicles)], network);
  if (!read.ok) throw new Error(read.problems.map(({ code }) => code).join());
  return read.value;
}

const entries = ["wc", "ed", "sc", "nc", "md"];
const exits = ["cw", "de", "cs", "cn", "dm"];

/** Trips from everywhere to everywhere else, `every_s` apart, as a route file says them. */
export function trips(count: number, every_s: number, pick: (at: number) => number): string {
  const lines: string[] = [];
  for (let at = 0; at < count; at += 1) {
    const from = entries[pick(3 * at) % entries.length] as string;
    const to = exits.filter((exit) => exit.slice(1) !== from.slice(0, 1))[pick(3 * at + 1) % 4] as string;
    const speed = pick(3 * at + 2) % 2 === 0 ? "max" : "0";
    const depart = (at * every_s).toFixed(2);
    lines.push(
      `<trip id="v${at}" depart="${depart}" from="${from}" to="${to}" departLane="best" departSpeed="${speed}"/>`,
    );
  }
  return lines.join("\n");
}
