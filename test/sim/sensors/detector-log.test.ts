import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, it } from "vitest";
import { DetectorLog } from "../../../sim/sensors/detector-log.ts";
import { OwnStreet } from "../../../sim/street/own-street.ts";
import { TrafficReader } from "../../../sim/sumo/read-traffic.ts";
import { temporaryFolder } from "../../support/greenwave-service.ts";
import { twoJunctions } from "../../support/two-junctions.ts";

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

it("detectors of an additional file write their intervals, which add up to who drove over them", async () => {
  const folder = temporaryFolder();
  closers.push(() => folder.remove());
  const network = await twoJunctions();
  const reader = new TrafficReader(network, { begin_s: 0, end_s: 300 });
  const files =
    '<additional><inductionLoop id="a" lane="wc_0" pos="10" period="60" file="x"/><inductionLoop id="b" lane="wc_1" pos="10" period="60" file="x"/>' +
    '<laneAreaDetector id="q" lane="wc_0" period="100" file="x"/>' +
    '<flow id="f" begin="0" number="30" period="5" from="wc" to="de" departSpeed="max"/></additional>';
  expect(await reader.read("x.add.xml", [files])).toMatchObject({ ok: true });
  const { demand, detectors } = reader.traffic;
  const street = new OwnStreet({ network, demand, seed: 101, begin_s: 0, end_s: 300 });
  const log = new DetectorLog(detectors, street, { folder: folder.path, format: "csv" });
  while (street.now_s < street.end_s) {
    await street.step();
    log.note();
  }
  log.close();
  const rows = (name: string) =>
    readFileSync(join(folder.path, name), "utf8")
      .trim()
      .split("\n")
      .slice(1)
      .map((line) => line.split(","));
  const loops = rows("e1.csv");
  expect(loops).toHaveLength(2 * 5);
  expect(loops.reduce((sum, row) => sum + Number(row[3]), 0)).toBe(30);
  expect(rows("e2.csv").map(([begin, end]) => [Number(begin), Number(end)])).toEqual([
    [0, 100],
    [100, 200],
    [200, 300],
  ]);
});

it("a file of detectors that cannot be written is told in a sentence, as that of any other output", async () => {
  const folder = temporaryFolder();
  closers.push(() => folder.remove());
  const network = await twoJunctions();
  const reader = new TrafficReader(network, { begin_s: 0, end_s: 60 });
  const file = '<additional><inductionLoop id="a" lane="wc_0" pos="10" period="60" file="x"/></additional>';
  expect(await reader.read("x.add.xml", [file])).toMatchObject({ ok: true });
  const { demand, detectors } = reader.traffic;
  mkdirSync(join(folder.path, "e1.csv"));
  const street = new OwnStreet({ network, demand, seed: 101, begin_s: 0, end_s: 60 });
  const outputs = { folder: folder.path, kinds: [], format: "csv" as const, period_s: 300 };
  const order = { outputs, replay: null, several: false };
  const recorded = street.record(order, { scenario: "two junctions", seed: 101 }, detectors);
  expect(recorded.ok ? [] : recorded.problems.map(({ code }) => code)).toEqual(["OUTPUT_UNWRITABLE"]);
});
