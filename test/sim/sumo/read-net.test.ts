import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sentence } from "../../../core/problems/problem.ts";
import { readNet } from "../../../sim/sumo/read-net.ts";
import { twoJunctions, twoJunctionsText } from "../../support/two-junctions.ts";

const link = (network: Awaited<ReturnType<typeof twoJunctions>>, from: string, to: string): number =>
  [...network.links.from].findIndex(
    (lane, at) => network.lanes.ids[lane] === from && network.lanes.ids[network.links.to[at] as number] === to,
  );

describe("reading a road network", () => {
  it("finds edges, lanes, links and the signal", async () => {
    const network = await twoJunctions();
    expect(network.edges.byId.has("wc")).toBe(true);
    expect(network.signals).toEqual(["c"]);
    expect(network.programs).toHaveLength(1);
    const straight = link(network, "wc_0", "cd_0");
    expect(network.lanes.ids[network.links.next[straight] as number]).toMatch(/^:c_/);
    expect(network.links.inner_m[straight]).toBeGreaterThan(10);
  });

  it("knows that a left turn crosses the opposite straight on, and gives way to it", async () => {
    const network = await twoJunctions();
    const [left, straight] = [link(network, "wc_1", "cn_0"), link(network, "dc_0", "cw_0")];
    const { conflicts, lanes, links } = network;
    // A left turn may have a place to wait inside: two lanes, one after the other.
    const first = links.next[left] as number;
    const second = links.next[lanes.firstLink[first] as number] as number;
    const touching = [first, second].flatMap((lane) => {
      const from = lanes.firstConflict[lane] as number;
      return Array.from({ length: (lanes.firstConflict[lane + 1] as number) - from }, (_, at) => from + at);
    });
    const crossing = touching.find((at) => conflicts.foe[at] === links.next[straight]) as number;
    expect(conflicts.yields[crossing]).toBe(1);
    expect(conflicts.foeYields[crossing]).toBe(0);
    expect(conflicts.size_m[crossing]).toBeGreaterThan(0);
  });

  it("says where a network is wrong", async () => {
    const text = await twoJunctionsText();
    const broken = await readNet("n.net.xml", [text.replace('length="9.03"', 'length="far"')]);
    expect(broken.ok).toBe(false);
    if (broken.ok) return;
    expect(broken.problems[0]).toMatchObject({ code: "SCENARIO_NUMBER_BAD", at: { file: "n.net.xml", line: 10 } });
  });

  it("answers any cut or garbled network with a network or a sentence, and never hangs", async () => {
    const text = await twoJunctionsText();
    await fc.assert(
      fc.asyncProperty(fc.nat(text.length), fc.nat(20), fc.string({ maxLength: 8 }), async (at, gone, put) => {
        const read = await readNet("n.net.xml", [text.slice(0, at) + put + text.slice(at + gone)]);
        if (!read.ok) for (const found of read.problems) expect(sentence(found)).not.toMatch(/\{\w+\}/);
      }),
      { numRuns: 300 },
    );
  });
});
