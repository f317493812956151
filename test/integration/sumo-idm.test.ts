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
const end_s = 600;
const types =
  '<vType id="idm" carFollowModel="IDM" speedFactor="1" speedDev="0"/>' +
  '<vType id="slow" carFollowModel="IDM" maxSpeed="8" speedFactor="1" speedDev="0"/>' +
  '<vType id="krauss" sigma="0" speedFactor="1" speedDev="0"/>';
const arms = [
  [0, 400],
  [400, 0],
  [0, -400],
  [-400, 0],
] as const;

let folder: string;
let road: string;
let signal: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "idm-"));
  if (missing("SUMO")) return;
  road = await net(
    "road",
    node("a", 0, 0) + node("b", 1000, 0) + node("c", 2000, 0),
    edge("ab", "a", "b") + edge("bc", "b", "c"),
  );
  signal = await net(
    "signal",
    node("m", 0, 0, "traffic_light") + arms.map(([x, y], at) => node(`n${at}`, x, y)).join(""),
    arms.map((_, at) => edge(`i${at}`, `n${at}`, "m") + edge(`o${at}`, "m", `n${at}`)).join(""),
  );
});

afterAll(() => rm(folder, { recursive: true }));

async function net(name: string, nodes: string, edges: string): Promise<string> {
  const [nodeFile, edgeFile, file] = ["nod", "edg", "net"].map((kind) => join(folder, `${name}.${kind}.xml`));
  await writeFile(nodeFile as string, `<nodes>${nodes}</nodes>`);
  await writeFile(edgeFile as string, `<edges>${edges}</edges>`);
  const files = ["-n", nodeFile, "-e", edgeFile, "-o", file] as readonly string[];
  await run("netconvert", [...files, "--xml-validation", "never"]);
  return file as string;
}

const node = (id: string, x: number, y: number, kind = "priority"): string =>
  `<node id="${id}" x="${x}" y="${y}" type="${kind}"/>`;
const edge = (id: string, from: string, to: string): string =>
  `<edge id="${id}" from="${from}" to="${to}" numLanes="1" speed="13.89"/>`;

const vehicle = (id: string, type: string, depart_s: number, edges: string): string =>
  `<vehicle id="${id}" type="${type}" depart="${depart_s.toFixed(2)}" departSpeed="max"><route edges="${edges}"/></vehicle>`;

function platoon(typeOf: (at: number) => string): string {
  const others = Array.from({ length: 40 }, (_, at) => vehicle(`v${at}`, typeOf(at), 10 + 3 * at, "ab bc"));
  return vehicle("s", "slow", 0, "ab bc") + others.join("");
}

/** From all arms in turn; `turns`: which of the three other arms they go to, straight on being 2. */
function crossing(every_s: number, turns: (at: number) => number, typeOf: (at: number) => string): string {
  const vehicles = Array.from({ length: Math.floor(end_s / every_s) }, (_, at) => {
    const from = (at * 7919 + (at >> 3)) % 4;
    const depart_s = (at + ((at * 31) % 17) / 20) * every_s;
    return vehicle(`v${at}`, typeOf(at), depart_s, `i${from} o${(from + turns(at)) % 4}`);
  });
  return vehicles.join("");
}

const straight = (): number => 2;
const all = (at: number): number => 1 + ((at * 104_729 + (at >> 2)) % 3);
const idm = (): string => "idm";
const half = (at: number): string => ((at >> 2) % 2 === 0 ? "idm" : "krauss");

async function driven(engine: "own" | "sumo", name: string, file: string, vehicles: string): Promise<Run> {
  const routes = join(folder, `${name.replaceAll(" ", "-")}.rou.xml`);
  await writeFile(routes, routesOf(types + vehicles));
  const [only] = await drivenScenario(engine, { name, net: file, routes, end_s }, [101]);
  return only as Run;
}

describe.skipIf(missing("SUMO"))("drivers after the Intelligent Driver Model", () => {
  // How far delay may be off, and by how many the vehicles that got through: what is left out is told in the reference.
  for (const [name, place, vehicles, share, count] of [
    ["a platoon behind a slow leader, of which half follow by Krauss", () => road, platoon(half), 0.005, 0],
    ["a signal at capacity", () => signal, crossing(1.2, straight, idm), 0.02, 1],
    ["a signal where some turn across others", () => signal, crossing(3, all, idm), 0.05, 2],
    ["such a signal, where half follow by Krauss", () => signal, crossing(2.6, all, half), 0.05, 3],
  ] as const) {
    it(`are delayed as in SUMO: ${name}`, { timeout: 60_000 }, async () => {
      const file = place();
      const [own, sumo] = [await driven("own", name, file, vehicles), await driven("sumo", name, file, vehicles)];
      expect(sumo.delay_s).toBeGreaterThan(10);
      expect(own.inserted).toBe(sumo.inserted);
      expect(Math.abs(own.unfinished - sumo.unfinished)).toBeLessThanOrEqual(count);
      expect(Math.abs(own.delay_s / sumo.delay_s - 1)).toBeLessThan(share);
    });
  }
});
