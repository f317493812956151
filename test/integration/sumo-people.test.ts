import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Run } from "../../sim/index.ts";
import { drivenScenario } from "../support/driven-scenario.ts";
import { missing } from "../support/peers.ts";
import { routesOf } from "../support/two-junctions.ts";

const run = promisify(execFile);
const end_s = 900;
const seeds = [101, 102, 103];
const edges = ["A0A1", "A2A1", "B0B1", "C1B1", "B2B1", "C0C1", "C2C1", "A1B1"];
const exits = ["A1A0", "B1B0", "C1C2", "B1C1", "C1C0", "A1A2", "B1A1", "B1B2"];

let folder: string;
let net: string;
let routes: string;

/** A vehicle and somebody on foot every 2.4 s; the same on every machine. */
function traffic(): string {
  const pick = (at: number, list: readonly string[]): string => list[((at * 40_503) % 65_536) >> 13] as string;
  const all = Array.from({ length: 300 }, (_, at) => {
    const depart = (2.4 * at).toFixed(1);
    const walk = `<walk from="${pick(at, edges)}" to="${pick(3 * at + 1, exits)}"/>`;
    const way = `from="${pick(5 * at + 2, edges)}" to="${pick(7 * at + 3, exits)}"`;
    return `<person id="p${at}" depart="${depart}">${walk}</person><trip id="v${at}" depart="${depart}" ${way} departLane="best"/>`;
  });
  return routesOf(all.join(""));
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "people-"));
  [net, routes] = [join(folder, "net.net.xml"), join(folder, "all.rou.xml")];
  const grid = ["--grid", "--grid.number", "3", "--grid.length", "150", "--default.lanenumber", "1"];
  if (!missing("SUMO"))
    await run("netgenerate", [...grid, "--tls.guess", "--sidewalks.guess", "--crossings.guess", "-o", net]);
  await writeFile(routes, traffic());
});

afterAll(() => rm(folder, { recursive: true }));

async function driven(engine: "own" | "sumo"): Promise<readonly Run[]> {
  const outputs = { folder: join(folder, "out"), kinds: ["tripinfo" as const], format: "xml" as const, period_s: 300 };
  const record = engine === "own" ? { record: { outputs, replay: null, several: true } } : {};
  return await drivenScenario(engine, { name: "people", net, routes, end_s }, seeds, record);
}

/** Mean time lost on the walks that are over. */
async function lostOnFoot(file: string): Promise<number> {
  const text = await readFile(file, "utf8");
  const lost = [...text.matchAll(/<walk [^>]*arrival="\d[^>]*timeLoss="(?<lost>[\d.]+)"/g)].map(({ groups }) =>
    Number(groups?.["lost"]),
  );
  return lost.reduce((sum, each) => sum + each, 0) / lost.length;
}

async function sumoWalks(): Promise<string> {
  const file = join(folder, "sumo.xml");
  const said = ["--tripinfo-output", file, "--seed", "101", "--end", `${end_s}`, "--xml-validation", "never"];
  await run("sumo", ["-n", net, "-r", routes, "--no-step-log", "--time-to-teleport", "-1", ...said]);
  return file;
}

describe.skipIf(missing("SUMO"))("signals with people on foot", () => {
  it("delay drivers and walkers as in SUMO", { timeout: 120_000 }, async () => {
    const [own, sumo] = [await driven("own"), await driven("sumo")];
    const sum = (runs: readonly Run[]): number => runs.reduce((all, { delay_s }) => all + delay_s, 0);
    const ratio = sum(own) / sum(sumo);
    expect(ratio).toBeGreaterThan(0.85);
    expect(ratio).toBeLessThan(1.15);
    const walkers =
      (await lostOnFoot(join(folder, "out", "seed-101", "tripinfo.xml"))) / (await lostOnFoot(await sumoWalks()));
    expect(walkers).toBeGreaterThan(0.85);
    expect(walkers).toBeLessThan(1.15);
  });
});
