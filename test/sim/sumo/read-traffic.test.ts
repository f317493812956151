import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { listed, sentence } from "../../../core/problems/problem.ts";
import { drawDemand } from "../../../sim/demand/draw.ts";
import type { RoadNetwork } from "../../../sim/network/road-network.ts";
import { fileChunks } from "../../../sim/scenario/file-chunks.ts";
import { readNet } from "../../../sim/sumo/read-net.ts";
import { type Traffic, TrafficReader } from "../../../sim/sumo/read-traffic.ts";
import { temporaryFolder } from "../../support/greenwave-service.ts";
import { routesOf, twoJunctions, twoJunctionsText } from "../../support/two-junctions.ts";

const span = { begin_s: 0, end_s: 3600 };
const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

let network: RoadNetwork;
beforeAll(async () => {
  network = await twoJunctions();
});

/** The files one after the other, or the sentences that refuse one. */
async function traffic(...texts: readonly string[]): Promise<Traffic | string> {
  const reader = new TrafficReader(network, span);
  for (const [at, text] of texts.entries()) {
    const read = await reader.read(`${at}.xml`, [text]);
    if (!read.ok) return listed(read.problems);
  }
  return reader.traffic;
}

async function accepted(...texts: readonly string[]): Promise<Traffic> {
  const read = await traffic(...texts);
  if (typeof read === "string") throw new Error(read);
  return read;
}

describe("what SUMO acts on and our engine does not", () => {
  it("is told for car following, lane changing, ends of trips and blue lights", async () => {
    const { notes } = await accepted(
      routesOf(
        '<vType id="i" carFollowModel="Wiedemann" lcStrategic="2"/>' +
          '<trip id="a" type="i" depart="0" from="wc" to="de" arrivalSpeed="3">' +
          '<param key="has.bluelight.device" value="true"/></trip>',
      ),
    );
    expect(notes.map(({ code, words }) => [code, words["attribute"]])).toEqual(
      ["carFollowModel", "lcStrategic", "arrivalSpeed", "has.bluelight.device"].map((attribute) => [
        "SCENARIO_MODEL_LEFT_OUT",
        attribute,
      ]),
    );
    for (const note of notes) expect(sentence(note)).not.toMatch(/\{\w+\}/);
  });

  it("is not told for what changes nothing", async () => {
    const { notes } = await accepted(
      routesOf('<vType id="k" carFollowModel="Krauss"/><trip id="a" type="k" depart="0" from="wc" to="de"/>'),
    );
    expect(notes).toEqual([]);
  });
});

describe("routes", () => {
  it("are driven as often as they repeat", async () => {
    const read = await traffic(routesOf('<route id="r" edges="wc" repeat="3"/><vehicle id="a" route="r" depart="0"/>'));
    expect(read).toMatch(/wc to wc/);
    const none = await accepted(
      routesOf('<route id="r" edges="wc" repeat="1"/><vehicle id="a" route="r" depart="0"/>'),
    );
    expect(none.demand.departures[0]?.route).toHaveLength(1);
  });

  it("give their stops to their vehicles, counted from when these depart", async () => {
    const { demand } = await accepted(
      routesOf(
        '<route id="r" edges="wc"><stop lane="wc_0" endPos="50" duration="9" until="40"/></route>' +
          '<flow id="f" route="r" begin="100" end="200" period="60"/>',
      ),
    );
    expect(demand.departures.map(({ halts }) => halts?.map(({ until_s }) => until_s))).toEqual([[140], [200]]);
  });
});

describe("demand over several files", () => {
  it("uses types that an additional file defines", async () => {
    const read = await accepted(
      '<additional><vType id="lorry" vClass="truck"/></additional>',
      routesOf('<trip id="a" type="lorry" depart="0" from="wc" to="de"/>'),
      routesOf('<trip id="b" type="lorry" depart="0" from="wc" to="de"/>'),
    );
    expect(read.demand.departures.map(({ type }) => read.demand.types[type]?.class)).toEqual(["truck", "truck"]);
  });

  it("takes flows and signal programs from additional files", async () => {
    const read = await accepted(
      '<additional><tlLogic id="c" programID="p"><phase duration="9" state="GGGG"/></tlLogic>' +
        '<flow id="f" from="wc" to="de" begin="0:01:00" end="120" vehsPerHour="360"/></additional>',
    );
    expect(read.demand.departures.map(({ depart_s }) => depart_s)).toEqual([60, 70, 80, 90, 100, 110]);
    expect(read.programs.map(({ program }) => program)).toEqual(["p"]);
  });

  it("ends a flow without an end with the simulation", async () => {
    const read = await accepted(routesOf('<flow id="f" from="wc" to="de" period="600"/>'));
    expect(read.demand.departures).toHaveLength(6);
  });
});

describe("what a seed decides", () => {
  const mixed = routesOf(
    '<vTypeDistribution id="mix"><vType id="m" vClass="motorcycle" probability="4"/><vType id="k" probability="1"/></vTypeDistribution>' +
      '<routeDistribution id="r"><route id="r0" edges="wc cd" probability="0.5"/><route id="r1" edges="wc cn" probability="0.5"/></routeDistribution>' +
      '<flow id="f" type="mix" route="r" begin="0" end="3600" number="1000"/>',
  );

  it("is who comes of a distribution of types and of routes, in their shares", async () => {
    const { demand } = await accepted(mixed);
    const { types, departures } = drawDemand(demand, 101);
    const bikes = departures.filter(({ type }) => types[type]?.id === "m").length;
    const north = departures.filter(({ route }) => network.edges.ids[route[1] as number] === "cn").length;
    expect(bikes).toBeGreaterThan(750);
    expect(bikes).toBeLessThan(850);
    expect(north).toBeGreaterThan(440);
    expect(north).toBeLessThan(560);
  });

  it("is the same for the same seed, and another for another", async () => {
    const { demand } = await accepted(mixed);
    expect(drawDemand(demand, 7)).toEqual(drawDemand(demand, 7));
    expect(drawDemand(demand, 7)).not.toEqual(drawDemand(demand, 8));
  });

  it("is when a flow with a probability sends vehicles, about as many as it says", async () => {
    const { demand } = await accepted(
      routesOf('<flow id="f" from="wc" to="de" probability="0.2"/><flow id="g" from="wc" to="de" period="exp(0.1)"/>'),
    );
    const ids = drawDemand(demand, 101).departures.map(({ id }) => id.slice(0, 1));
    const [bernoulli, poisson] = ["f", "g"].map((flow) => ids.filter((id) => id === flow).length);
    expect(Math.abs((bernoulli as number) - 720)).toBeLessThan(4 * Math.sqrt(720));
    expect(Math.abs((poisson as number) - 360)).toBeLessThan(4 * Math.sqrt(360));
  });

  it("is nothing where nothing is left open", async () => {
    const { demand } = await accepted(routesOf('<trip id="a" depart="0" from="wc" to="de"/>'));
    expect(drawDemand(demand, 101)).toBe(demand);
  });
});

describe("what is passed over", () => {
  it("is noted once for each kind of thing, with its first line", async () => {
    const read = await accepted(
      routesOf(
        '<person id="p" depart="0"><walk edges="wc"/><stop lane="wc_0" duration="3"/></person>\n' +
          '<thing/><thing/><trip id="a" depart="9" from="wc" to="de"/>\n<trip id="b" depart="3" from="wc" to="de"/>',
      ),
    );
    expect(read.notes.map(({ code, words, at }) => [code, words["count"], at?.line])).toEqual([
      ["SCENARIO_PEOPLE_LEFT_OUT", 1, 1],
      ["SCENARIO_ELEMENT_UNKNOWN", 2, 2],
      ["SCENARIO_UNSORTED", 1, 3],
    ]);
    expect(read.demand.departures.map(({ id }) => id)).toEqual(["b", "a"]);
  });
});

describe("detectors of additional files", () => {
  it("are found with their places, counted from the end where they are negative", async () => {
    const read = await accepted(
      '<additional><inductionLoop id="e1" lane="wc_0" pos="-10" period="60" file="x"/>' +
        '<laneAreaDetector id="e2" lane="wc_0" pos="-50" length="40" file="x"/>' +
        '<entryExitDetector id="e3" period="60" file="x"><detEntry lane="wc_0" pos="5"/><detExit lane="cd_0" pos="5"/></entryExitDetector></additional>',
    );
    const length_m = network.lanes.length_m[network.lanes.ids.indexOf("wc_0")] as number;
    expect(read.detectors[0]).toMatchObject({ kind: "loop", place: { at_m: length_m - 10 } });
    expect(read.detectors[1]).toMatchObject({ kind: "area", from_m: length_m - 50, to_m: length_m - 10 });
    expect(read.detectors[2]).toMatchObject({ kind: "entry-exit", entries: [{ at_m: 5 }], exits: [{ at_m: 5 }] });
  });

  it("beside their lane are refused with line and length", async () => {
    expect(await traffic('<additional>\n<e1Detector id="x" lane="wc_0" pos="9999"/></additional>')).toMatch(
      /0\.xml:2:\d+ .*detector x lies at 9999 m/,
    );
  });
});

describe("bad files", () => {
  const refused: readonly (readonly [string, string, RegExp])[] = [
    ["an entity bomb", '<!DOCTYPE r [<!ENTITY a "b"><!ENTITY c "&a;&a;">]>\n<routes><vType id="&c;"/></routes>', /XML/],
    ["elements in elements", `<routes>${"<a>".repeat(5000)}`, /more than 60 deep/],
    ["another kind of file", "<net/>", /begins with <net>/],
    ["an absurd flow", routesOf('<flow id="f" from="wc" to="de" period="0.0000001"/>'), /five million/],
    [
      "flows of too many",
      routesOf(
        '<flow id="f" from="wc" to="de" number="2" end="9"/><flow id="g" from="wc" to="de" number="4999999" end="9"/>',
      ),
      /more than 5000000/,
    ],
    ["a probability above one", routesOf('<flow id="f" from="wc" to="de" probability="7"/>'), /probability 7/],
    [
      "a flow that ends before it begins",
      routesOf('<flow id="f" from="wc" to="de" begin="9" end="2" number="1"/>'),
      /Exchange/,
    ],
    ["an empty distribution", routesOf('<vTypeDistribution id="d"/>'), /nothing to choose/],
    ["a trip between junctions", routesOf('<trip id="t" depart="0" fromJunction="1" toJunction="2"/>'), /duarouter/],
    ["a vehicle without a route", routesOf('<vehicle id="t" depart="0"/>'), /neither a route nor/],
    [
      "a road inside a junction",
      routesOf('<vehicle id="t" depart="0"><route edges="wc :c_0"/></vehicle>'),
      /inside a junction|no edge/,
    ],
    ["a time that is none", routesOf('<trip id="t" depart="soon" from="wc" to="de"/>'), /hours:minutes:seconds/],
    ["a type of negative gap", routesOf('<vType id="t" minGap="-1"/>'), /0 or more/],
  ];

  it.each(refused)("%s: one sentence with file and line", async (_, text, said) => {
    const answer = await traffic(text);
    expect(answer).toMatch(said);
    expect(answer).toMatch(/^0\.xml:\d+:\d+ /);
  });

  it("cut off anywhere are refused, or read as far as they are whole", async () => {
    const text = routesOf('<vType id="k" length="4"/>\n<flow id="f" type="k" from="wc" to="de" number="3" end="9"/>');
    for (let end = 0; end < text.length; end += 1) {
      const answer = await traffic(text.slice(0, end));
      expect(answer, `first ${end} characters`).toMatch(/^0\.xml:\d+:\d+ +this is no well-formed XML|begins with/);
    }
  });

  it("with bytes changed are read or refused in a sentence", async () => {
    const net = Buffer.from(await twoJunctionsText());
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.nat(net.length - 1), fc.nat(255)), { maxLength: 4 }), async (changes) => {
        const changed = Buffer.from(net);
        for (const [at, byte] of changes) changed[at] = byte;
        const read = await readNet("n.net.xml", [changed.toString("utf8")]);
        if (!read.ok) for (const found of read.problems) expect(sentence(found, "vi")).not.toMatch(/\{\w+\}/);
      }),
      { numRuns: 150 },
    );
  });
});

describe("packed files", () => {
  function packed(content: Buffer): string {
    const folder = temporaryFolder();
    closers.push(() => folder.remove());
    const file = join(folder.path, "n.net.xml.gz");
    writeFileSync(file, content);
    return file;
  }

  it("are read as others are", async () => {
    const file = packed(gzipSync(await twoJunctionsText()));
    const read = await readNet(file, fileChunks(file));
    expect(read.ok && read.value.edges.ids).toEqual(network.edges.ids);
  });

  it("that are cut off, or a bomb, are refused in a sentence", async () => {
    const whole = gzipSync(await twoJunctionsText());
    const cut = packed(whole.subarray(0, whole.length >> 1));
    const short = await readNet(cut, fileChunks(cut));
    expect(short.ok ? null : short.problems[0]?.code).toBe("SCENARIO_FILE_UNREADABLE");
    const bomb = packed(gzipSync(Buffer.concat([Buffer.from("<net>"), Buffer.alloc(100 << 20, " ")])));
    const large = await readNet(bomb, fileChunks(bomb));
    expect(large.ok ? null : large.problems[0]?.code).toBe("SCENARIO_FILE_BOMB");
  });
});
