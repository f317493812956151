/** Our outputs are read by SUMO's own Python library, by the same script as SUMO's, and hold the same elements and attributes. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { Simulation } from "../../sim/engine/simulation.ts";
import { programsInForce } from "../../sim/network/programs-in-force.ts";
import { outputKinds } from "../../sim/outputs/outputs-order.ts";
import { openRecorder } from "../../sim/outputs/recorder.ts";
import { missing } from "../support/peers.ts";
import { demandOf, routesOf, trips, twoJunctions, twoJunctionsText } from "../support/two-junctions.ts";

const end_s = 300;
const seed = 7;

/** Reads a folder of outputs with sumolib: of each file and element the attributes, and some sums. */
const script = `
import json, os, sys
sys.path.insert(0, os.path.join(os.environ.get("SUMO_HOME", "/usr/share/sumo"), "tools"))
import sumolib
read = [("tripinfo.xml", "tripinfo"), ("summary.xml", "step"), ("edgedata.xml", "edge"), ("lanedata.xml", "lane"),
        ("queue.xml", "lane"), ("tls.xml", "tlsState"), ("loops.xml", "instantOut"), ("statistics.xml", "vehicleTripStatistics")]
told = {}
for file, element in read:
    names, sums, count = set(), {}, 0
    for each in sumolib.xml.parse(os.path.join(sys.argv[1], file), element):
        values = dict(each.getAttributes())
        # An edge of the lanes' file has no more than its name.
        if element == "edge" and "sampledSeconds" not in values: continue
        count += 1
        names |= set(values)
        for key, value in values.items():
            try: sums[key] = sums.get(key, 0) + float(value)
            except ValueError: pass
    told[file] = {"names": sorted(names), "sums": sums, "count": count}
print(json.dumps(told))
`;

const toldSchema = z.record(
  z.string(),
  z.object({ names: z.array(z.string()), sums: z.record(z.string(), z.number()), count: z.number() }),
);
type Told = z.infer<typeof toldSchema>;

/** What SUMO has no part in: ours for every output. */
const ours = new Set(["CO2_abs", "fuel_abs"]);
const mean = (told: Told, file: string, key: string): number =>
  (told[file]?.sums[key] ?? Number.NaN) / (told[file]?.count ?? Number.NaN);

describe.skipIf(missing("SUMO", "SUMO's Python library"))("outputs beside SUMO's", () => {
  let folder: string;
  let sumo: Told;
  let greenwave: Told;

  const readBy = (part: string): Told =>
    toldSchema.parse(
      JSON.parse(execFileSync("/usr/bin/python3", ["-c", script, join(folder, part)], { encoding: "utf8" })),
    );

  async function drive(vehicles: string): Promise<void> {
    const network = await twoJunctions();
    const demand = await demandOf(network, vehicles);
    const simulation = new Simulation({ network, demand, seed, begin_s: 0, end_s });
    const outputs = { folder: join(folder, "ours"), kinds: [...outputKinds], format: "xml" as const, period_s: 100 };
    const run = { simulation, programs: programsInForce(network, []), scenario: "two", seed };
    const opened = openRecorder({ outputs, replay: null, several: false }, run);
    if (!opened.ok) throw new Error(opened.problems[0]?.code);
    while (!simulation.over) {
      simulation.step();
      opened.value.note();
    }
    opened.value.close();
  }

  /** With our loops, and our names of files. */
  async function driveSumo(vehicles: string): Promise<void> {
    const path = (name: string): string => join(folder, "sumo", name);
    execFileSync("mkdir", [join(folder, "sumo")]);
    execFileSync("cp", [join(folder, "ours", "loops.add.xml"), path("loops.add.xml")]);
    writeFileSync(path("net.xml"), await twoJunctionsText());
    writeFileSync(path("rou.xml"), routesOf(vehicles));
    writeFileSync(
      path("more.add.xml"),
      '<additional><edgeData id="e" file="edgedata.xml" freq="100"/><laneData id="l" file="lanedata.xml" freq="100"/>' +
        '<timedEvent type="SaveTLSSwitchStates" source="c" dest="tls.xml"/></additional>',
    );
    const files = [
      "-n",
      path("net.xml"),
      "-r",
      path("rou.xml"),
      "-a",
      `${path("loops.add.xml")},${path("more.add.xml")}`,
    ];
    const outputs = ["tripinfo", "summary", "queue"].flatMap((kind) => [`--${kind}-output`, path(`${kind}.xml`)]);
    const whole = ["--tripinfo-output.write-unfinished", "--tripinfo-output.write-undeparted"];
    const rest = ["--statistic-output", path("statistics.xml"), "--duration-log.statistics", "--end", String(end_s)];
    const quiet = ["--no-step-log", "--no-warnings", "--xml-validation", "never", "--seed", String(seed)];
    execFileSync("sumo", [...files, ...outputs, ...whole, ...rest, ...quiet], { stdio: "pipe" });
  }

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "greenwave-sumo-outputs-"));
    const vehicles = trips(200, 1.4, (at) => (at * 7919) % 1009);
    await drive(vehicles);
    await driveSumo(vehicles);
    sumo = readBy("sumo");
    greenwave = readBy("ours");
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it("have the attributes that SUMO's have, by the same names", () => {
    for (const [file, { names }] of Object.entries(sumo)) {
      const own = greenwave[file]?.names.filter((name) => !ours.has(name));
      expect([file, own]).toEqual([file, names]);
    }
  });

  it("come to the same vehicles, and to times and speeds like SUMO's", () => {
    // How true the traffic itself is, is measured elsewhere: here a column that means something else would be seen.
    const alike = (file: string, key: string): void => {
      const ratio = mean(greenwave, file, key) / mean(sumo, file, key);
      expect(Math.abs(ratio - 1), `${key} of ${file}: ${ratio}`).toBeLessThan(0.25);
    };
    expect(greenwave["tripinfo.xml"]?.count).toBe(sumo["tripinfo.xml"]?.count);
    expect(greenwave["edgedata.xml"]?.sums["departed"]).toBe(sumo["edgedata.xml"]?.sums["departed"]);
    alike("tripinfo.xml", "duration");
    alike("tripinfo.xml", "routeLength");
    alike("edgedata.xml", "sampledSeconds");
    alike("lanedata.xml", "entered");
    alike("summary.xml", "running");
    expect(greenwave["tls.xml"]?.count).toBe(sumo["tls.xml"]?.count);
  });
});
