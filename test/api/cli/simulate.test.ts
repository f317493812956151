import { copyFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runCommandLine } from "../../../api/cli/run.ts";
import { simulateVerb } from "../../../api/cli/simulate.ts";
import { controlText } from "../../../api/cli/simulate-control-text.ts";
import { routesOf, trips } from "../../support/two-junctions.ts";

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "simulate-"));
  const net = fileURLToPath(new URL("../../fixtures/two-junctions.net.xml", import.meta.url));
  await copyFile(net, join(folder, "small.net.xml"));
  await writeFile(join(folder, "small.rou.xml"), routesOf(trips(200, 2, (at) => (at * 7919) % 1009)));
});

afterAll(() => rm(folder, { recursive: true }));

async function runCommand(argv: readonly string[]) {
  const said = { stdout: "", stderr: "" };
  const terminal = {
    out: (text: string) => {
      said.stdout += text;
    },
    err: (text: string) => {
      said.stderr += text;
    },
  };
  const code = await runCommandLine([simulateVerb], "1.2.3", argv, terminal, new AbortController().signal);
  return { code, ...said };
}

describe("greenwave simulate", () => {
  it("prints one document, the same figures on one process and on many", async () => {
    const both = await runCommand(["simulate", folder, "--seeds", "101..103", "--end", "600", "--json"]);
    expect(both.code).toBe(0);
    const document = JSON.parse(both.stdout);
    expect(Object.keys(document)).toEqual(["engine", "scenario", "controller", "runs", "mean", "median", "ci95"]);
    expect(document.runs.map(({ seed }: { seed: number }) => seed)).toEqual([101, 102, 103]);
    const alone = JSON.parse(
      (await runCommand(["simulate", folder, "--seeds", "102", "--end", "600", "--json"])).stdout,
    );
    expect({ ...alone.runs[0], wall_s: 0 }).toEqual({ ...document.runs[1], wall_s: 0 });
    expect(document.ci95.delay_s).toBeGreaterThan(0);
    expect(new Set(Object.values(alone.ci95))).toEqual(new Set([null]));
  });

  it("tells an interval of several seeds, and none of one", async () => {
    const one = await runCommand(["simulate", folder, "--end", "60"]);
    expect(one.stdout).toMatch(/mean delay \d+\.\d s a vehicle over one seed\n$/);
    const two = await runCommand(["simulate", folder, "--seeds", "101..102", "--end", "60"]);
    expect(two.stdout).toMatch(/mean delay \d+\.\d ± \d+\.\d s a vehicle over 2 seeds\n$/);
  });

  it("says that clearances change nothing where programs run by themselves, and drives", async () => {
    const argv = ["simulate", folder, "--end", "60", "--json"];
    const [own, other] = [await runCommand(argv), await runCommand([...argv, "--clearances", "resco"])];
    expect([own.stderr.includes("--clearances"), other.code]).toEqual([false, 0]);
    expect(other.stderr).toContain("--clearances changes nothing under --controller fixed");
    expect(JSON.parse(other.stdout).mean.delay_s).toBe(JSON.parse(own.stdout).mean.delay_s);
  });

  it("says that nobody was due", async () => {
    const { code, stderr } = await runCommand(["simulate", folder, "--begin", "5000", "--end", "5060"]);
    expect([code, stderr]).toEqual([0, expect.stringContaining("no vehicle was due from 5000 to 5060 s")]);
  });

  it("leads the devices of a site, and says what does not go with that", async () => {
    const site = fileURLToPath(new URL("../../../docs/sample-adaptive.yaml", import.meta.url));
    const through = ["--controller", "adaptive", "--through", "ntcip"];
    const led = await runCommand(["simulate", site, ...through, "--end", "60", "--json"]);
    expect(JSON.parse(led.stdout).runs[0].inserted).toBeGreaterThan(10);
    expect((await runCommand(["simulate", folder, ...through])).stderr).toContain("a site file");
    expect((await runCommand(["simulate", site, ...through, "--detection", "camera"])).stderr).toContain("--detection");
    expect((await runCommand(["simulate", site, "--through", "ntcip"])).stderr).toContain("fixed is none");
  });

  it("drives a controller over the port, and its figures are the same again", async () => {
    const argv = ["simulate", folder, "--controller", "max-wave", "--clearances", "resco", "--end", "300", "--json"];
    const [first, second] = [await runCommand(argv), await runCommand(argv)];
    expect(first.code).toBe(0);
    const [a, b] = [JSON.parse(first.stdout), JSON.parse(second.stdout)];
    expect(a.controller).toBe("max-wave");
    expect({ ...a.runs[0], wall_s: 0 }).toEqual({ ...b.runs[0], wall_s: 0 });
  });

  it("lets a controller see through cameras, which is another run than with full sight", async () => {
    const argv = ["simulate", folder, "--controller", "max-wave", "--end", "300", "--json"];
    const [full, cameras] = [await runCommand(argv), await runCommand([...argv, "--detection", "camera"])];
    expect([full.code, cameras.code]).toEqual([0, 0]);
    expect(JSON.parse(cameras.stdout).runs[0].delay_s).not.toBe(JSON.parse(full.stdout).runs[0].delay_s);
  });

  it("breaks cameras where it is asked to, and tells what was not believed and since when", async () => {
    const faults = join(folder, "faults.json");
    await writeFile(faults, JSON.stringify([{ lane: "nc_0", kind: "dark", from_s: 60, to_s: 120 }]));
    const argv = ["simulate", folder, "--controller", "adaptive", "--end", "240", "--detector-faults"];
    const broken = await runCommand([...argv, faults, "--detection", "camera", "--json"]);
    expect(broken.code).toBe(0);
    const [run] = JSON.parse(broken.stdout).runs;
    expect(run.faults).toEqual([{ lane: "nc_0", kind: "dark", from_s: 60, to_s: 120 }]);
    expect(run.degradations).toEqual([{ signal: "c", lane: "nc_0", fault: "dark", from_s: 62, to_s: 139 }]);
    expect(controlText([run])).toEqual([
      "    62 s  signal c follows its plan until 139 s: what is told of lane nc_0 is dark",
      "seed 101: faults of cameras and detectors: 1",
    ]);
    await writeFile(faults, JSON.stringify([{ lane: "cd_0", kind: "dark", from_s: 60, to_s: 120 }]));
    const strange = await runCommand([...argv, faults, "--detection", "camera"]);
    expect([strange.code, strange.stderr]).toEqual([1, expect.stringContaining("no lane cd_0 ends at a signal")]);
    expect((await runCommand([...argv, "2"])).stderr).toContain("--detection camera");
    expect((await runCommand([...argv, "0", "--detection", "camera"])).stderr).toContain("more than 0");
  });

  it("says all that is wrong with its options at once, and what is not there", async () => {
    const words = [
      "--engine",
      "cityflow",
      "--controller",
      "green",
      "--step",
      "2",
      "--seeds",
      "a",
      "--clearances",
      "0",
      "--detection",
      "ears",
    ];
    const wrong = await runCommand(["simulate", folder, ...words]);
    expect(wrong.code).toBe(1);
    for (const told of [
      "choose one of own, sumo",
      "max-wave",
      "write 1, 0.5, 0.1",
      "--seeds is",
      "own, resco",
      "full, camera",
    ]) {
      expect(wrong.stderr).toContain(told);
    }
    const nowhere = await runCommand(["simulate", join(folder, "nowhere")]);
    expect([nowhere.code, nowhere.stderr]).toEqual([1, expect.stringContaining("is not there")]);
  });
});
