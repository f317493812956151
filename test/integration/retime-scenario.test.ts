import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { unfairness } from "../../core/retime/stages/fairness.ts";
import { findScenario, programsText, retimeScenario } from "../../sim/index.ts";
import type { Retiming } from "../../sim/retime/retime-scenario.ts";
import { TrafficReader } from "../../sim/sumo/read-traffic.ts";
import { routesOf, trips, twoJunctions } from "../support/two-junctions.ts";

let folder: string;
let made: Retiming;
const told: string[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "greenwave-retime-"));
  copyFileSync(
    fileURLToPath(new URL("../fixtures/two-junctions.net.xml", import.meta.url)),
    join(folder, "two.net.xml"),
  );
  writeFileSync(join(folder, "two.rou.xml"), routesOf(trips(500, 2, (at) => (at * 7919) % 1009)));
  const found = await findScenario(folder);
  if (!found.ok) throw new Error("the scenario is there");
  const files = { ...found.value, end_s: 1200 };
  const stop = new AbortController().signal;
  const result = await retimeScenario({
    files,
    objective: "delay",
    time_s: 150,
    mostChanges: 12,
    stop,
    tell: (line) => told.push(line),
  });
  if (!result.ok) throw new Error(result.problems.map(({ code }) => code).join());
  made = result.value;
}, 180_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("a scenario retimed", () => {
  it("gets a plan that is fair beside the network's own and has a name of its own", async () => {
    const own = (await twoJunctions()).programs[0];
    const [program] = made.programs;
    expect(program?.signal).toBe(own?.signal);
    expect(program?.program).not.toBe(own?.program);
    expect(unfairness(own?.phases ?? [], program?.phases ?? [], 5)).toEqual([]);
  });

  it("is expected to wait less than with the network's own plan, on seeds that the search did not see", () => {
    const predicted = made.document.predicted;
    expect(predicted?.plan.delay_s.mean).toBeLessThan(predicted?.own.delay_s.mean ?? 0);
  });

  it("tells the best so far while it searches", () => {
    expect(told.some((line) => /s a vehicle/.test(line))).toBe(true);
  });

  it("is written as programs that SUMO's reader takes back unchanged", async () => {
    const reader = new TrafficReader(await twoJunctions(), { begin_s: 0, end_s: 3600 });
    expect(await reader.read("plan.add.xml", [programsText(made.programs)])).toMatchObject({ ok: true });
    expect(reader.traffic.programs.map(({ phases }) => phases.map(({ state }) => state))).toEqual(
      made.programs.map(({ phases }) => phases.map(({ state }) => state)),
    );
  });
});
