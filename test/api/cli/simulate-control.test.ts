import { copyFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runCommandLine } from "../../../api/cli/run.ts";
import { simulateVerb } from "../../../api/cli/simulate.ts";
import { routesOf, trips } from "../../support/two-junctions.ts";

let folder: string;

const types = '<vType id="bus" vClass="bus"/><vType id="amb" vClass="emergency"/>';
const special =
  '<trip id="bus" type="bus" depart="595" from="nc" to="cs"/><trip id="amb" type="amb" depart="598" from="sc" to="cn"/>';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "simulate-"));
  const net = fileURLToPath(new URL("../../fixtures/two-junctions.net.xml", import.meta.url));
  await copyFile(net, join(folder, "small.net.xml"));
  const others = trips(200, 2, (at) => (at * 7919) % 1009);
  await writeFile(join(folder, "small.rou.xml"), routesOf(`${types}${others}${special}`));
});

afterAll(() => rm(folder, { recursive: true }));

async function simulate(...options: readonly string[]) {
  const said = { stdout: "", stderr: "" };
  const terminal = {
    out: (text: string) => {
      said.stdout += text;
    },
    err: (text: string) => {
      said.stderr += text;
    },
  };
  const argv = ["simulate", folder, "--end", "700", ...options];
  const code = await runCommandLine([simulateVerb], "1.2.3", argv, terminal, new AbortController().signal);
  return { code, ...said };
}

const firstRun = ({ stdout }: { stdout: string }) => JSON.parse(stdout).runs[0];

describe("greenwave simulate, of its control", () => {
  it("tells what buses, emergency vehicles and the others lose, and what people do", async () => {
    const run = firstRun(await simulate("--controller", "adaptive", "--priority", "both", "--measures", "--json"));
    expect(run.priority).toMatchObject({ buses: 1, emergencies: 1, others: 200 });
    expect(run.priority.emergency_travel_s).toBeGreaterThan(20);
    expect(run.measures.person_delay_s).toBe(run.priority.person_delay_s);
    expect(run.measures.longest_wait_s).toBeGreaterThan(0);
    expect(run.measures.decisions).toBeGreaterThan(100);
  });

  it("writes each decision, tells those of one signal, and leaves the run as it is", async () => {
    const plain = firstRun(await simulate("--controller", "adaptive", "--json"));
    const file = join(folder, "decisions.jsonl");
    const run = firstRun(await simulate("--controller", "adaptive", "--decisions", file, "--explain", "c", "--json"));
    const lines = (await readFile(file, "utf8")).trim().split("\n");
    expect(lines.length).toBe(run.decisions.told);
    expect(run.decisions.changes).toEqual(
      lines
        .map((line) => JSON.parse(line))
        .filter(({ chosen, stage, reason }) => chosen !== stage || reason !== "kept"),
    );
    expect(run.decisions.prediction.correlation).toBeGreaterThan(0.5);
    expect(run.delay_s).toBe(plain.delay_s);
  });

  it("drives once more with the other choice, and tells the difference", async () => {
    const run = firstRun(await simulate("--controller", "adaptive", "--counterfactual", "c@300", "--json"));
    const { choice, delay_s, more_delay_s, more_veh_s } = run.counterfactual;
    expect(choice.at_s).toBeGreaterThanOrEqual(300);
    expect(choice.instead).not.toBe(choice.decided);
    expect(delay_s - run.delay_s).toBeCloseTo(more_delay_s, 2);
    expect(more_veh_s).toBeCloseTo(more_delay_s * 202, 0);
    expect(more_delay_s).not.toBe(0);
  });

  it.each([
    [["--controller", "fixed", "--priority", "bus"], "--priority does nothing under --controller fixed"],
    [["--controller", "index", "--priority", "bus"], "--priority does nothing under --controller index"],
    [["--controller", "adaptive", "--priority", "trams"], "choose one of none, bus, emergency, both"],
    [["--controller", "adaptive", "--counterfactual", "c"], "a signal and a second"],
    [["--controller", "adaptive", "--counterfactual", "x@5"], "no signal “x”"],
    [["--controller", "adaptive", "--decisions", "/dev/null/decisions"], "decisions cannot be written to"],
    [["--controller", "adaptive", "--through", "ntcip", "--priority", "bus"], "--priority is not there with --through"],
    [
      ["--controller", "adaptive", "--through", "ntcip", "--priority", "none"],
      "--priority is not there with --through",
    ],
    [["--controller", "max-wave", "--explain", "c"], "--explain does nothing under --controller max-wave"],
  ])("says what is wrong with %j", async (options, said) => {
    const { code, stderr } = await simulate(...options);
    expect(code).not.toBe(0);
    expect(stderr).toContain(said);
  });
});
