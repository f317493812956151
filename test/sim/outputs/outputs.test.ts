/** What is written of a run says the same as the run itself. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SaxesParser } from "saxes";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { ProblemError } from "../../../core/problems/problem.ts";
import { openReplay } from "../../../core/replay/decode.ts";
import { Simulation } from "../../../sim/engine/simulation.ts";
import { programsInForce } from "../../../sim/network/programs-in-force.ts";
import type { RoadNetwork } from "../../../sim/network/road-network.ts";
import { outputKinds, outputsOrderOf } from "../../../sim/outputs/outputs-order.ts";
import { openRecorder, type Recorder } from "../../../sim/outputs/recorder.ts";
import type { Movement, StepListener } from "../../../sim/outputs/step-listener.ts";
import { StepWatch } from "../../../sim/outputs/step-watch.ts";
import { demandOf, trips, twoJunctions } from "../../support/two-junctions.ts";

const NONE = -1;
const end_s = 300;
const period_s = 100;

interface Element {
  readonly name: string;
  readonly values: Readonly<Record<string, string>>;
}

function elementsOf(path: string): readonly Element[] {
  const found: Element[] = [];
  const parser = new SaxesParser();
  parser.on("opentag", ({ name, attributes }) => found.push({ name, values: attributes as Record<string, string> }));
  parser.write(readFileSync(path, "utf8")).close();
  return found;
}

const sum = (elements: readonly Element[], key: string): number =>
  elements.reduce((all, { values }) => all + Number(values[key] ?? 0), 0);

/** More than the junctions can carry, so that some wait outside and some are under way at the end. */
async function run(network: RoadNetwork, step_s = 1): Promise<Simulation> {
  const demand = await demandOf(
    network,
    trips(450, 0.7, (at) => (at * 7919) % 1009),
  );
  return new Simulation({ network, demand, seed: 7, begin_s: 0, end_s, step_s });
}

/** Lane and position of all who are on the road. */
function placesIn({ world }: Simulation): ReadonlyMap<number, readonly [number, number]> {
  const places = new Map<number, readonly [number, number]>();
  for (const [v, lane] of world.lane.entries()) if (lane !== NONE) places.set(v, [lane, world.pos[v] as number]);
  return places;
}

describe("outputs of a run", () => {
  let network: RoadNetwork;
  let folder: string;
  beforeAll(async () => {
    network = await twoJunctions();
  });
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "greenwave-outputs-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function recorderFor(simulation: Simulation, format: "xml" | "csv", replay: string | null = null): Recorder {
    const outputs = { folder, kinds: [...outputKinds], format, period_s };
    const programs = programsInForce(network, []);
    const opened = openRecorder(
      { outputs, replay, several: false },
      { simulation, programs, scenario: "two", seed: 7 },
    );
    if (!opened.ok) throw new Error(opened.problems[0]?.code);
    return opened.value;
  }

  async function written(format: "xml" | "csv", step_s = 1): Promise<Simulation> {
    const simulation = await run(network, step_s);
    const recorder = recorderFor(simulation, format);
    while (!simulation.over) {
      simulation.step();
      recorder.note();
    }
    recorder.close();
    return simulation;
  }
  const read = (name: string, element: string) =>
    elementsOf(join(folder, name)).filter((each) => each.name === element);

  it("tell of each vehicle what the scorecard sums up: delay by the rule of docs/reference/simulation.md", async () => {
    const result = (await written("xml")).result();
    const all = read("tripinfo.xml", "tripinfo");
    expect(all).toHaveLength(result.inserted + result.never_inserted);
    expect(result.never_inserted).toBeGreaterThan(0);
    expect((sum(all, "timeLoss") + sum(all, "departDelay")) / all.length).toBeCloseTo(result.delay_s, 1);
    expect(all.filter(({ values }) => values["arrival"] === "-1.00")).toHaveLength(
      result.unfinished + result.never_inserted,
    );
    const inside = all.filter(({ values }) => values["depart"] !== "-1.00");
    expect(sum(inside, "waitingTime") / inside.length).toBeCloseTo(result.waiting_s, 2);
    expect(sum(inside, "waitingCount") / inside.length).toBeCloseTo(result.stops, 6);
    expect(sum(inside, "duration") / inside.length).toBeCloseTo(result.travel_time_s, 2);
  });

  it("count the same vehicles step by step, edge by edge and lane by lane", async () => {
    const simulation = await written("xml");
    const result = simulation.result();
    // The last step began a second before the end.
    const later = simulation.world.demand.departures.filter(({ depart_s }) => depart_s > end_s - 1).length;
    const last = read("summary.xml", "step").at(-1)?.values ?? {};
    expect(Number(last["inserted"])).toBe(result.inserted);
    expect(Number(last["running"])).toBe(result.unfinished);
    expect(Number(last["waiting"])).toBe(result.never_inserted - later);
    for (const [file, element] of [
      ["edgedata.xml", "edge"],
      ["lanedata.xml", "lane"],
    ] as const) {
      const rows = read(file, element);
      expect(sum(rows, "departed")).toBe(result.inserted);
      expect(sum(rows, "arrived")).toBe(result.inserted - result.unfinished);
      expect(sum(rows, "laneChangedFrom")).toBe(sum(rows, "laneChangedTo"));
      const inJunctions = sum(rows, "left") - sum(rows, "entered");
      expect(inJunctions).toBeGreaterThanOrEqual(0);
      expect(inJunctions).toBeLessThan(20);
    }
    expect(sum(read("edgedata.xml", "edge"), "sampledSeconds")).toBeCloseTo(
      sum(read("lanedata.xml", "lane"), "sampledSeconds"),
      0,
    );
  });

  it("give the fuel and the CO2 of all vehicles once by vehicle and once in all", async () => {
    await written("xml");
    const [total] = read("statistics.xml", "emissions");
    const byVehicle = sum(read("tripinfo.xml", "emissions"), "CO2_abs");
    expect(Number(total?.values["CO2_abs"]) / byVehicle).toBeCloseTo(1, 4);
    // What is emitted inside junctions is of no edge.
    const onEdges = sum(read("edgedata.xml", "edge"), "CO2_abs");
    expect(onEdges).toBeLessThan(byVehicle);
    expect(onEdges).toBeGreaterThan(0.7 * byVehicle);
  });

  it("hold the same values as CSV, under the same names", async () => {
    await written("xml");
    await written("csv");
    const [head = "", ...rows] = readFileSync(join(folder, "tripinfo.csv"), "utf8").trimEnd().split("\n");
    const names = head.split(",");
    const inXml = read("tripinfo.xml", "tripinfo");
    expect(rows).toHaveLength(inXml.length);
    for (const [at, row] of rows.entries()) {
      const values = Object.fromEntries(row.split(",").map((value, column) => [names[column] ?? "", value]));
      expect(values).toMatchObject(inXml[at]?.values ?? {});
    }
    const edges = readFileSync(join(folder, "edgedata.csv"), "utf8").trimEnd().split("\n");
    expect(edges).toHaveLength(1 + read("edgedata.xml", "edge").length);
    expect(edges[1]?.startsWith("0.00,100.00,")).toBe(true);
  });

  it("log signals and loops in order, each loop off after it was on", async () => {
    await written("csv");
    const rows = readFileSync(join(folder, "events.csv"), "utf8").trimEnd().split("\n").slice(1);
    const events = rows.map((row) => row.split(","));
    const times = events.map(([at]) => Number(at));
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    const on = new Map<string, boolean>();
    let passages = 0;
    for (const [, device = "", code, channel] of events) {
      if (code !== "81" && code !== "82") continue;
      const loop = `${device} ${channel}`;
      expect(on.get(loop) ?? false).toBe(code === "81");
      on.set(loop, code === "82");
      passages += code === "82" ? 1 : 0;
    }
    expect(passages).toBeGreaterThan(50);
    expect(new Set(events.map(([, , code]) => code))).toEqual(new Set(["1", "8", "10", "81", "82"]));
  });

  it("are the same bytes for the same seed", async () => {
    const bytes = (): string =>
      readdirSync(folder)
        .map((name) => readFileSync(join(folder, name), "utf8"))
        .join("\n");
    await written("xml", 0.5);
    const first = bytes();
    await written("xml", 0.5);
    expect(bytes() === first).toBe(true);
  });

  it("change nothing of the run that they are of", async () => {
    const plain = await run(network);
    expect((await written("xml")).result()).toEqual(plain.run());
  });

  it("say in a sentence that the disk is full", async () => {
    symlinkSync("/dev/full", join(folder, "queue.xml"));
    const simulation = await run(network);
    const recorder = recorderFor(simulation, "xml");
    expect(() => {
      while (!simulation.over) {
        simulation.step();
        recorder.note();
      }
    }).toThrow(ProblemError);
  });

  it("come with a replay in which everybody is where the world has them", async () => {
    const simulation = await run(network);
    const file = join(folder, "two.gwr");
    const recorder = recorderFor(simulation, "xml", file);
    const seen = [placesIn(simulation)];
    while (!simulation.over) {
      simulation.step();
      recorder.note();
      seen.push(placesIn(simulation));
    }
    recorder.close();
    const replay = openReplay(readFileSync(file));
    if (!replay.ok) throw new Error(replay.problems[0]?.code);
    expect(replay.value.frames).toBe(end_s + 1);
    for (const number of [0, 1, 30, 149, 150, end_s]) {
      const frame = replay.value.frame(number);
      expect(frame?.count).toBe(seen[number]?.size);
      for (let i = 0; i < (frame?.count ?? 0); i += 1) {
        const [lane, pos] = seen[number]?.get(frame?.vehicle[i] as number) ?? [NONE, Number.NaN];
        expect(frame?.lane[i]).toBe(lane);
        expect(Math.abs((frame?.position_m[i] as number) - pos)).toBeLessThan(0.06);
      }
    }
  });

  it.each([1, 0.1])("share out each vehicle's time and way over its lanes, at steps of %s s", async (step_s) => {
    const simulation = await run(network, step_s);
    const { world } = simulation;
    const [time_s, way_m, from_s] = [0, 0, 0].map(() => new Float64Array(world.lane.length)) as [
      Float64Array,
      Float64Array,
      Float64Array,
    ];
    const listener: StepListener = {
      departed: (v) => {
        from_s[v] = world.now_s;
      },
      moved: ({ v, for_s, from_m, to_m, front }: Movement) => {
        if (!front) return;
        time_s[v] = (time_s[v] as number) + for_s;
        way_m[v] = (way_m[v] as number) + to_m - from_m;
      },
    };
    const watch = new StepWatch(world, [listener]);
    for (let step = 0; step < 120 / step_s; step += 1) {
      simulation.step();
      watch.look();
    }
    let told = 0;
    for (let i = 0; i < watch.count; i += 1) {
      const v = watch.running[i] as number;
      expect(time_s[v]).toBeCloseTo(world.now_s - (from_s[v] as number), 4);
      expect(way_m[v]).toBeCloseTo(world.driven[v] as number, 4);
      told += 1;
    }
    expect(told).toBeGreaterThan(20);
  });
});

describe("what outputs are asked for", () => {
  const words = { folder: "out", kinds: undefined, format: undefined, period: undefined };
  const code = (given: Parameters<typeof outputsOrderOf>[0]): string | undefined => {
    const order = outputsOrderOf(given);
    return order.ok ? undefined : order.problems[0]?.code;
  };

  it("is all of them as XML in intervals of five minutes, unless said", () => {
    expect(outputsOrderOf(words)).toEqual({
      ok: true,
      value: { folder: "out", kinds: [...outputKinds], format: "xml", period_s: 300 },
    });
    expect(outputsOrderOf({ ...words, folder: undefined })).toEqual({ ok: true, value: null });
  });

  it("is refused in a sentence where it makes no sense", () => {
    expect(code({ ...words, kinds: "tripinfo,trips" })).toBe("OUTPUT_KIND");
    expect(code({ ...words, format: "parquet" })).toBe("OUTPUT_FORMAT");
    expect(code({ ...words, period: "0" })).toBe("OUTPUT_PERIOD");
    expect(code({ ...words, folder: undefined, format: "csv" })).toBe("OUTPUT_NO_FOLDER");
  });
});
