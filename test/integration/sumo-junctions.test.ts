import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Run } from "../../sim/index.ts";
import { drivenScenario } from "../support/driven-scenario.ts";
import { missing } from "../support/peers.ts";
import { routesOf } from "../support/two-junctions.ts";

const run = promisify(execFile);
const arms = ["0 1", "1 0", "0 -1", "-1 0"];
/** Drivers without chance: what is left is the rules. */
const alike = '<vType id="DEFAULT_VEHTYPE" sigma="0" speedFactor="1" speedDev="0"/>';
const end_s = 900;

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "junctions-"));
});

afterAll(() => rm(folder, { recursive: true }));

/** Four arms of 300 m and one lane each; of two the traffic goes first where nothing else rules. */
async function junction(type: string): Promise<string> {
  const node = (id: string, x: number, y: number, kind: string) =>
    `<node id="${id}" x="${x}" y="${y}" type="${kind}"/>`;
  const nodes = arms.map((arm, at) => {
    const [x = 0, y = 0] = arm.split(" ").map(Number);
    return node(`n${at}`, 300 * x, 300 * y, "priority");
  });
  const edge = (id: string, from: string, to: string, at: number) =>
    `<edge id="${id}" from="${from}" to="${to}" numLanes="1" speed="13.89" priority="${at % 2 === 0 ? 3 : 1}"/>`;
  const edges = arms.map((_, at) => edge(`i${at}`, `n${at}`, "c", at) + edge(`o${at}`, "c", `n${at}`, at));
  const [nodeFile, edgeFile, net] = ["nod", "edg", "net"].map((kind) => join(folder, `${type}.${kind}.xml`));
  await writeFile(nodeFile as string, `<nodes>${node("c", 0, 0, type)}${nodes.join("")}</nodes>`);
  await writeFile(edgeFile as string, `<edges>${edges.join("")}</edges>`);
  const files = ["-n", nodeFile, "-e", edgeFile, "-o", net] as readonly string[];
  await run("netconvert", [...files, "--xml-validation", "never"]);
  return net as string;
}

/** More than the minor roads can bring in; the same numbers on every machine. */
async function demand(type: string, every_s: number): Promise<string> {
  const file = join(folder, `${type}.rou.xml`);
  const vehicles = Array.from({ length: Math.floor(end_s / every_s) }, (_, at) => {
    const from = (at * 7919 + (at >> 3)) % 4;
    const to = (from + 1 + ((at * 104_729 + (at >> 2)) % 3)) % 4;
    const depart = ((at + ((at * 31) % 17) / 20) * every_s).toFixed(2);
    return `<vehicle id="v${at}" depart="${depart}" departSpeed="max"><route edges="i${from} o${to}"/></vehicle>`;
  });
  await writeFile(file, routesOf(alike + vehicles.join("")));
  return file;
}

async function driven(engine: "own" | "sumo", net: string, routes: string): Promise<Run> {
  const [only] = await drivenScenario(engine, { name: "junction", net, routes, end_s }, [101]);
  return only as Run;
}

describe.skipIf(missing("SUMO"))("a full junction of drivers without chance", () => {
  for (const [type, every_s] of [
    ["priority", 2.2],
    ["priority_stop", 2.4],
    ["traffic_light", 1.9],
  ] as const) {
    it(`of type ${type} delays its drivers as in SUMO`, { timeout: 60_000 }, async () => {
      const [net, routes] = [await junction(type), await demand(type, every_s)];
      const [own, sumo] = [await driven("own", net, routes), await driven("sumo", net, routes)];
      expect(sumo.waiting_s).toBeGreaterThan(5);
      expect([own.inserted, own.unfinished]).toEqual([sumo.inserted, sumo.unfinished]);
      expect(own.delay_s / sumo.delay_s).toBeCloseTo(1, 2);
      expect(own.waiting_s / sumo.waiting_s).toBeCloseTo(1, 2);
    });
  }
});
