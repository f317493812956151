import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sentence } from "../../../core/problems/problem.ts";
import { readRoutes } from "../../../sim/sumo/read-traffic.ts";
import { demandOf, routesOf, trips, twoJunctions } from "../../support/two-junctions.ts";

describe("reading demand", () => {
  it("puts departures in order, whatever their order in the file", async () => {
    const network = await twoJunctions();
    const demand = await demandOf(
      network,
      '<vehicle id="b" depart="9"><route edges="wc cd"/></vehicle><vehicle id="a" depart="2"><route edges="wc cd"/></vehicle>',
    );
    expect(demand.departures.map(({ id }) => id)).toEqual(["a", "b"]);
  });

  it("finds the way of a trip", async () => {
    const network = await twoJunctions();
    const demand = await demandOf(network, '<trip id="t" depart="0" from="nc" to="dm"/>');
    expect([...(demand.departures[0]?.route ?? [])].map((edge) => network.edges.ids[edge])).toEqual(["nc", "cd", "dm"]);
  });

  it("makes vehicles of a flow", async () => {
    const network = await twoJunctions();
    const demand = await demandOf(
      network,
      '<flow id="f" begin="10" end="70" vehsPerHour="360" from="wc" to="cw"/>',
    ).catch((error: Error) => error.message);
    // No way leads back to where one comes from: there is no turning round here.
    expect(demand).toBe("SCENARIO_NO_WAY");
    const straight = await demandOf(network, '<flow id="f" begin="10" end="70" vehsPerHour="360" from="wc" to="de"/>');
    expect(straight.departures.map(({ depart_s }) => depart_s)).toEqual([10, 20, 30, 40, 50, 60]);
  });

  it("refuses a route without a connection, and says between which edges", async () => {
    const network = await twoJunctions();
    const read = await readRoutes(
      "t.rou.xml",
      [routesOf('<vehicle id="x" depart="0"><route edges="wc dm"/></vehicle>')],
      network,
    );
    expect(read.ok ? null : read.problems[0]).toMatchObject({
      code: "SCENARIO_ROUTE_BROKEN",
      words: { vehicle: "x", from: "wc", to: "dm" },
    });
  });

  it("answers any cut or garbled file with demand or a sentence", async () => {
    const network = await twoJunctions();
    const text = routesOf(`<vType id="k" length="4"/>${trips(6, 2, (at) => at)}`);
    await fc.assert(
      fc.asyncProperty(fc.nat(text.length), fc.nat(12), fc.string({ maxLength: 6 }), async (at, gone, put) => {
        const read = await readRoutes("t.rou.xml", [text.slice(0, at) + put + text.slice(at + gone)], network);
        if (!read.ok) for (const found of read.problems) expect(sentence(found)).not.toMatch(/\{\w+\}/);
      }),
      { numRuns: 300 },
    );
  });
});
