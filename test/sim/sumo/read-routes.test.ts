import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sentence } from "../../../core/problems/problem.ts";
import { readRoutes } from "../../../sim/sumo/read-traffic.ts";
import { demandOf, routesOf, trips, twoJunctions } from "../../support/two-junctions.ts";

/** Of three vehicles. */
const flow = (id: string) => `<flow id="${id}" begin="0" period="5" number="3" from="wc" to="de"/>`;

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

  it.each([
    ["two vehicles", '<trip id="x" depart="0" from="wc" to="de"/>\n<trip id="x" depart="900" from="wc" to="de"/>', "x"],
    ["two flows", `${flow("x")}\n${flow("x")}`, "x"],
    ["a vehicle and one that a flow makes", `${flow("x")}\n<trip id="x.2" depart="0" from="wc" to="de"/>`, "x.2"],
    ["one that a flow makes and a vehicle", `<trip id="x.2" depart="0" from="wc" to="de"/>\n${flow("x")}`, "x.2"],
  ])("refuses %s of one name, and says where the second stands", async (_, vehicles, id) => {
    const read = await readRoutes("t.rou.xml", [routesOf(vehicles)], await twoJunctions());
    expect(read.ok ? null : read.problems[0]).toMatchObject({
      code: "SCENARIO_NAME_TWICE",
      words: { id },
      at: { file: "t.rou.xml", line: 2 },
    });
  });

  it("takes a vehicle that is named like one which its flow does not make any more", async () => {
    const vehicles = `${flow("x")}<trip id="x.3" depart="0" from="wc" to="de"/><trip id="x.02" depart="0" from="wc" to="de"/>`;
    const demand = await demandOf(await twoJunctions(), vehicles);
    expect(demand.departures.map(({ id }) => id).toSorted()).toEqual(["x.0", "x.02", "x.1", "x.2", "x.3"]);
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
