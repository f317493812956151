import { readdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type RunOrder, type ScenarioFiles, simulateSeeds } from "../../sim/index.ts";
import { programsInForce } from "../../sim/network/programs-in-force.ts";
import type { RoadNetwork } from "../../sim/network/road-network.ts";
import { runSumo } from "../../sim/traci/plain-run.ts";
import { openSumoStreet } from "../../sim/traci/sumo-street.ts";
import { missing } from "../support/peers.ts";
import { routesOf, trips, twoJunctions } from "../support/two-junctions.ts";

let folder: string;
let files: ScenarioFiles;
let network: RoadNetwork;

beforeAll(async () => {
  network = await twoJunctions();
  folder = await mkdtemp(join(tmpdir(), "sumo-test-"));
  const demand = join(folder, "small, with a comma.rou.xml");
  await writeFile(demand, routesOf(trips(250, 1.6, (at) => (at * 7919) % 1009)));
  const net = fileURLToPath(new URL("../fixtures/two-junctions.net.xml", import.meta.url));
  files = { kind: "sumo", name: "small", net, routes: [demand], additionals: [], begin_s: 0, end_s: 500 };
});

afterAll(() => rm(folder, { recursive: true }));

const orderOf = (more: Partial<RunOrder>): RunOrder => ({
  files,
  plans: [],
  seeds: [101],
  engine: "sumo",
  controller: "fixed",
  step_s: 1,
  lateral_resolution_m: null,
  yellow_s: null,
  ...more,
});

/** SUMO processes of this machine that are to drive until `end_s`: other tests' may run beside them. */
function sumosUntil(end_s: number): number {
  const commands = readdirSync("/proc").map((pid) => {
    try {
      return /^\d+$/.test(pid) ? readFileSync(`/proc/${pid}/cmdline`, "latin1").split("\0") : [];
    } catch {
      return [];
    }
  });
  return commands.filter((words) => words[words.indexOf("--end") + 1] === String(end_s)).length;
}

describe.skipIf(missing("SUMO"))("SUMO as the second engine", () => {
  it("drives the own plan over TraCI to the same figures as by itself, and sees whom it says it let in", async () => {
    const sumo = { files, plans: [], seed: 101, step_s: 1, lateral_resolution_m: 0 };
    const programs = programsInForce(network, []);
    const alone = await runSumo(sumo, network);
    const opened = await openSumoStreet(sumo, network, programs);
    if (!alone.ok || !opened.ok) throw new Error("SUMO runs");
    const street = opened.value;
    try {
      const lanes = network.lanes.ids.map((_, lane) => lane);
      street.watch(lanes);
      const [phases] = programs.map((program) => program?.phases ?? []);
      const states = (phases ?? []).flatMap(({ state, duration_s }) => new Array<string>(duration_s).fill(state));
      let updates = 0;
      while (street.now_s < street.end_s) {
        const state = states[street.now_s % states.length] as string;
        street.show(0, state);
        await street.step();
        expect(street.shown(0)).toBe(state);
        for (const lane of lanes) {
          const { count, position_m } = street.lane(lane);
          updates += count;
          for (let at = 1; at < count; at += 1) expect(position_m[at]).toBeLessThan(position_m[at - 1] as number);
        }
      }
      const { wall_s: _, ...figures } = alone.value;
      const driven = await street.result();
      expect(driven).toEqual(figures);
      // Who arrives in a step is counted in it and no longer seen after it.
      expect(updates).toBeGreaterThan(0.98 * figures.vehicle_updates);
      expect(figures.inserted).toBe(250);
      expect(street.vehicles.length).toBe(250);
    } finally {
      await street.close();
    }
  });

  it("runs its own actuated programs, and controllers, each seed as before", async () => {
    const seeds = [101, 102];
    const actuated = await simulateSeeds(orderOf({ controller: "actuated", seeds }));
    const waves = await simulateSeeds(orderOf({ controller: "max-wave", seeds, yellow_s: 3 }));
    const fixed = await simulateSeeds(orderOf({ seeds }));
    if (!actuated.ok || !waves.ok || !fixed.ok) throw new Error("SUMO runs");
    const [a, f] = [actuated.value[0], fixed.value[0]];
    expect(a?.delay_s).toBeLessThan(f?.delay_s as number);
    expect(waves.value.map(({ inserted, locked }) => [inserted, locked])).toEqual([
      [250, false],
      [250, false],
    ]);
    expect(fixed.value.map(({ seed }) => seed)).toEqual(seeds);
  });

  it("says SUMO's own words when it gives up", async () => {
    const plan = join(folder, "strange.add.xml");
    await writeFile(plan, '<additional><vType id="a" length="long"/></additional>');
    const sumo = { files, plans: [plan], seed: 1, step_s: 1, lateral_resolution_m: 0 };
    const run = await runSumo(sumo, network);
    expect(run).toMatchObject({ ok: false, problems: [{ code: "SUMO_FAILED" }] });
  });

  it("leaves no process behind when it is told to stop", async () => {
    const stop = new AbortController();
    const long = { ...files, end_s: 500_000 };
    let most = 0;
    const runs = simulateSeeds({
      ...orderOf({ files: long, controller: "max-wave" }),
      stop: stop.signal,
      onProgress: () => {
        most = Math.max(most, sumosUntil(500_000));
        stop.abort();
      },
    });
    expect(await runs).toMatchObject({ ok: false });
    expect(most).toBeGreaterThan(0);
    await expect.poll(() => sumosUntil(500_000), { timeout: 10_000 }).toBe(0);
  });
});
