import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { parseSite } from "../../../api/site/load.ts";
import { listed } from "../../../core/problems/problem.ts";
import type { Plan } from "../../../core/signal/plan.ts";
import { timeline } from "../../../core/signal/timeline.ts";
import { openSite, type SiteScenario } from "../../../sim/site/open-site.ts";
import type { SiteStreets } from "../../../sim/site/schema.ts";
import { OwnStreet } from "../../../sim/street/own-street.ts";

const sample = fileURLToPath(new URL("../../../docs/sample-site.yaml", import.meta.url));
const span = { begin_s: 0, end_s: 3600 };
/** The sample's rush hour, thinned out: whatever is due gets through. */
const quiet = 0.3;

let site: SiteStreets;
beforeAll(() => {
  const read = parseSite(readFileSync(sample, "utf8"), sample);
  if (!read.ok) throw new Error(listed(read.problems));
  const { intersections, corridors, volumes } = read.value;
  const thinned = volumes.map((each) => ({ ...each, flow_veh_h: each.flow_veh_h * quiet }));
  site = { intersections, corridors, volumes: thinned, plans: [] };
});

function opened(streets: SiteStreets): SiteScenario {
  const made = openSite(streets, span);
  if (!made.ok) throw new Error(listed(made.problems));
  return made.value;
}

async function driven(scenario: SiteScenario, end_s: number, machines: boolean) {
  const { network, demand } = scenario;
  const street = new OwnStreet({ network, demand, seed: 101, begin_s: 0, end_s });
  const machine = machines ? scenario.machines() : null;
  machine?.begin(street);
  const shown = new Set<string>();
  while (street.now_s < end_s) {
    machine?.decide(street);
    await street.step();
    shown.add(street.shown(0));
  }
  return { result: await street.result(), shown };
}

describe("a site file as a scenario", () => {
  it("has the site's own lanes before its stop lines, each led on by its turns", () => {
    const { lanes } = opened(site).network;
    const own = site.intersections.flatMap(({ approaches }) => approaches.flatMap((each) => each.lanes));
    for (const { id, turns } of own) {
      const lane = lanes.ids.indexOf(id);
      expect(lane, id).not.toBe(-1);
      expect((lanes.firstLink[lane + 1] as number) - (lanes.firstLink[lane] as number), id).toBe(turns.length);
    }
  });

  it("joins the corridor's intersections by roads of its distances", () => {
    const { edges, lanes } = opened(site).network;
    const [, second] = site.corridors[0]?.intersections ?? [];
    const id = site.intersections.find((each) => each.id === second?.id);
    const arriving = id?.approaches.find(({ lanes: own }) => own.some(({ phase }) => phase === second?.outbound_phase));
    const pieces = edges.ids.filter((edge) => edge.startsWith(`${second?.id}.${arriving?.id}`));
    const length_m = pieces.reduce(
      (sum, edge) => sum + (lanes.length_m[edges.firstLane[edges.byId.get(edge) as number] as number] as number),
      0,
    );
    // The rest is the junction that one comes from.
    expect((second?.distance_m ?? 0) - length_m).toBeGreaterThan(10);
    expect((second?.distance_m ?? 0) - length_m).toBeLessThan(60);
  });

  it("sends as many over each approach as its volumes say", () => {
    const { demand, network, notes } = opened(site);
    expect(notes).toEqual([]);
    const wanted = site.volumes
      .filter(({ lane }) => lane.startsWith("ntp-nb"))
      .reduce((sum, each) => sum + each.flow_veh_h, 0);
    const edge = network.lanes.edge[network.lanes.ids.indexOf("ntp-nb-1")] as number;
    const over = demand.departures.filter(({ route }) => route.includes(edge)).length;
    expect(Math.abs(over - wanted)).toBeLessThan(2 * Math.sqrt(wanted));
  });

  it("shows in its fixed program the greens of the plan, to the tenth of a second", () => {
    const [intersection] = site.intersections;
    if (intersection === undefined) throw new Error("the sample has no intersection");
    const splits = [30, 40, 50, 30, 40, 50].map((split_s, at) => ({
      phase: [1, 2, 4, 5, 6, 8][at] as number,
      split_s,
      mode: "none" as const,
    }));
    const plan: Plan = {
      intersection: intersection.id,
      pattern: 1,
      cycle_s: 120,
      offset_s: 13,
      offset_reference: "begin_green_of_coord_phases",
      sequence: 1,
      splits,
    };
    const laidOut = timeline(intersection, plan);
    if (!laidOut.ok) throw new Error(listed(laidOut.problems));
    const { network } = opened({ ...site, plans: [plan] });
    const program = network.programs.find(({ signal }) => signal === intersection.id);
    expect(program?.phases.reduce((sum, { duration_s }) => sum + duration_s, 0)).toBeCloseTo(120, 6);
    const lane = network.lanes.ids.indexOf("ntp-eb-1");
    const index = network.links.signalIndex[network.lanes.firstLink[lane] as number] as number;
    const green_s = program?.phases
      .filter(({ state }) => /[gG]/.test(state[index] ?? ""))
      .reduce((sum, { duration_s }) => sum + duration_s, 0);
    const span = laidOut.value.phases.find(({ phase }) => phase === 2)?.green;
    expect(green_s).toBeCloseTo((span?.to_s ?? 0) - (span?.from_s ?? 0), 6);
  });

  it("drives everybody through under the machine, which answers to who stands before it", async () => {
    const { result, shown } = await driven(opened(site), 1200, true);
    expect(result.lock).toEqual([]);
    expect(result.unfinished).toBeLessThan(0.4 * result.inserted);
    expect(shown.size).toBeGreaterThan(4);
  });
});
