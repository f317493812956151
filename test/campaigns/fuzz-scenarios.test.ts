/**
 * Networks, demand and plans of other tools, broken in every way chance finds. Each is refused in a sentence or read; what was
 * read drives for a while, as a file that only looks right must not break the engine either. Ten minutes as a campaign, a
 * quarter of one in the normal suite; the seed of a failure is in its message.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it } from "vitest";
import { listed, type Result } from "../../core/problems/problem.ts";
import { Simulation } from "../../sim/engine/simulation.ts";
import { findScenario } from "../../sim/scenario/find-scenario.ts";
import { openScenario } from "../../sim/scenario/open-scenario.ts";
import { crossFlow, crossRoadnet } from "../support/cityflow-cross.ts";
import { temporaryFolder } from "../support/greenwave-service.ts";
import { damaged } from "../support/mutations.ts";
import { Seeded } from "../support/seeded.ts";
import { routesOf, trips } from "../support/two-junctions.ts";

const full = process.env["GREENWAVE_CAMPAIGN"] === "full";
const SEED = Number(process.env["GREENWAVE_SEED"] ?? (full ? Date.now() % 1_000_000 : 20_261_122));
const whole_ms = Number(process.env["GREENWAVE_FUZZ_S"] ?? (full ? 600 : 15)) * 1000;
/** A drive long enough that everybody meets everybody, short enough for thousands of them. */
const drive_s = 120;

const closers: (() => unknown)[] = [];
afterEach(() => {
  for (const close of closers.splice(0).reverse()) close();
});

const net = readFileSync(fileURLToPath(new URL("../fixtures/two-junctions.net.xml", import.meta.url)));

const demand = Buffer.from(
  routesOf(
    '<vTypeDistribution id="mix"><vType id="m" vClass="motorcycle" probability="4"/><vType id="k" length="6"/></vTypeDistribution>\n' +
      '<route id="r" edges="wc cd"/><routeDistribution id="d" routes="r" probabilities="1"/>\n' +
      '<vehicle id="a" type="mix" route="d" depart="0" departLane="best" departSpeed="max"><stop lane="cd_0" duration="5"/></vehicle>\n' +
      '<flow id="f" type="mix" from="nc" to="dm" via="cd" begin="0:00:05" end="60" probability="0.3"/>\n' +
      '<flow id="g" from="wc" to="cn" period="exp(0.2)" number="9" departPos="random_free"/>\n' +
      `<person id="p" depart="3"><walk edges="wc"/></person>${trips(12, 4, (at) => at * 7)}`,
  ),
);

const additional = Buffer.from(
  '<additional><tlLogic id="c" programID="x" type="actuated" offset="3"><param key="max-gap" value="2"/>' +
    `<phase duration="9" minDur="5" maxDur="30" state="${"G".repeat(14)}"/><phase duration="3" state="${"y".repeat(14)}"/></tlLogic>\n` +
    '<inductionLoop id="e1" lane="wc_0" pos="-9" period="60" file="x"/><laneAreaDetector id="e2" lane="wc_1" pos="1" endPos="20" file="x"/>\n' +
    '<entryExitDetector id="e3" period="60" file="x"><detEntry lane="wc_0" pos="5"/><detExit lane="cd_0" pos="5"/></entryExitDetector></additional>',
);

const config = Buffer.from(
  '<configuration><input><net-file value="n.net.xml"/><route-files value="n.rou.xml"/><additional-files value="n.add.xml"/></input>' +
    '<time><begin value="0"/><end value="0:02:00"/></time></configuration>',
);

const sumo = { "n.net.xml": net, "n.rou.xml": demand, "n.add.xml": additional, "n.sumocfg": config };
const cityflow = {
  "roadnet.json": Buffer.from(JSON.stringify(crossRoadnet)),
  "flow.json": Buffer.from(JSON.stringify(crossFlow)),
};

function expectSentences(what: string, answer: Result<unknown>): void {
  if (answer.ok) return;
  expect(answer.problems.length, what).toBeGreaterThan(0);
  for (const language of ["en", "vi"] as const) {
    const said = listed(answer.problems, language);
    expect(said.trim(), what).not.toBe("");
    expect(said, what).not.toMatch(/\bat \S+ \(.*:\d+:\d+\)|\[object Object\]|undefined|\{\w+\}/);
  }
}

/** Values at which lengths, speeds, times, names and references go wrong. */
const strange = [
  "0",
  "-1",
  "1e-9",
  "1e9",
  "0.1",
  "2.5",
  "1e308",
  "NaN",
  "",
  "wc_0",
  "wc",
  ":c_0",
  "random",
  "exp(0)",
  "a b",
];

/** One to three values, between quotes or as bare numbers, are others, or each other's. */
function revalued(content: Buffer, chance: Seeded): Buffer {
  let text = content.toString("utf8");
  for (let left = 1 + chance.below(3); left > 0; left -= 1) {
    const values = [...text.matchAll(/"(?<quoted>[^"]*)"|(?<bare>-?\d+(\.\d+)?)/g)];
    const victim = chance.pick(values);
    const other = chance.next() < 0.3 ? (chance.pick(values).groups?.["quoted"] ?? "7") : chance.pick(strange);
    const put = victim.groups?.["quoted"] === undefined ? other : `"${other}"`;
    text = text.slice(0, victim.index) + put + text.slice(victim.index + victim[0].length);
  }
  return Buffer.from(text);
}

const broken = (content: Buffer, chance: Seeded): Buffer =>
  chance.next() < 0.4 ? damaged(content, chance) : revalued(content, chance);

interface Tally {
  read: number;
  refused: number;
}

/** One file of the scenario is damaged; the whole is opened, and driven where it opens. */
async function once(folder: string, files: Readonly<Record<string, Buffer>>, chance: Seeded, tally: Tally) {
  const victim = chance.pick(Object.keys(files));
  for (const [name, content] of Object.entries(files)) {
    writeFileSync(join(folder, name), name === victim ? broken(content, chance) : content);
  }
  const found = await findScenario(folder);
  expectSentences(victim, found);
  if (!found.ok) {
    tally.refused += 1;
    return;
  }
  const { begin_s } = found.value;
  const end_s = Math.min(found.value.end_s, begin_s + drive_s);
  const opened = await openScenario({ ...found.value, end_s }, []);
  expectSentences(victim, opened);
  tally[opened.ok ? "read" : "refused"] += 1;
  if (!opened.ok) return;
  const simulation = new Simulation({ ...opened.value, seed: chance.below(1000), begin_s, end_s });
  const { delay_s } = simulation.run();
  expect(Number.isFinite(delay_s), victim).toBe(true);
}

const tools = [
  ["SUMO", sumo, 0.7],
  ["CityFlow", cityflow, 0.3],
] as const;

describe("scenarios of other tools", () => {
  it.each(tools)("%s: drive while they are whole", async (_, files) => {
    const folder = temporaryFolder();
    closers.push(() => folder.remove());
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder.path, name), content);
    const found = await findScenario(folder.path);
    const opened = found.ok ? await openScenario(found.value, []) : found;
    expect(opened.ok ? [] : listed(opened.problems)).toEqual([]);
  });
});

describe("scenarios of other tools, damaged", () => {
  it.each(tools)(
    "%s: are refused in a sentence, or drive",
    { timeout: whole_ms + 60_000 },
    async (tool, files, share) => {
      const folder = temporaryFolder();
      closers.push(() => folder.remove());
      const tally = { read: 0, refused: 0 };
      const end_ms = Date.now() + whole_ms * share;
      for (let count = 0; Date.now() < end_ms; count += 1) {
        try {
          await once(folder.path, files, new Seeded(SEED + count), tally);
        } catch (cause) {
          throw new Error(`GREENWAVE_SEED=${SEED + count} of ${tool}: ${String(cause)}`, { cause });
        }
      }
      process.stderr.write(`${tool}: ${tally.read} read, ${tally.refused} refused, from seed ${SEED}\n`);
      expect(tally.read).toBeGreaterThan(0);
      expect(tally.refused).toBeGreaterThan(0);
    },
  );
});
