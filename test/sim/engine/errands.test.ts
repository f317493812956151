import { beforeAll, describe, expect, it } from "vitest";
import { Simulation } from "../../../sim/engine/simulation.ts";
import type { RoadNetwork } from "../../../sim/network/road-network.ts";
import { TrafficReader } from "../../../sim/sumo/read-traffic.ts";
import { routesOf, twoJunctions } from "../../support/two-junctions.ts";

const NONE = -1;
const place = '<additional><busStop id="market" lane="sc_0" startPos="40" endPos="70"/></additional>';
const calm = '<vType id="bus" vClass="bus" sigma="0" speedDev="0"/><vType id="car" sigma="0" speedDev="0"/>';
let network: RoadNetwork;

beforeAll(async () => {
  network = await twoJunctions();
});

async function simulationOf(vehicles: string, end_s = 300): Promise<Simulation> {
  const reader = new TrafficReader(network, { begin_s: 0, end_s });
  for (const text of [place, routesOf(calm + vehicles)]) {
    const read = await reader.read("test.xml", [text]);
    if (!read.ok) throw new Error(read.problems.map(({ code }) => code).join());
  }
  return new Simulation({ network, demand: reader.traffic.demand, seed: 1, begin_s: 0, end_s });
}

interface Moment {
  readonly lane: string;
  readonly pos: number;
  readonly speed: number;
}

/** A vehicle, second by second, while it is on the road; null where it is off it. */
function drive(simulation: Simulation, number: number): (Moment | null)[] {
  const { world } = simulation;
  const moments: (Moment | null)[] = [];
  while (!simulation.over) {
    simulation.step();
    const v = world.seats.of[number] as number;
    const lane = world.lane[v] as number;
    const at = { lane: network.lanes.ids[lane] ?? "", pos: world.pos[v] as number, speed: world.speed[v] as number };
    moments.push(lane === NONE ? null : at);
  }
  return moments;
}

describe("a stop on the way", () => {
  const bus = (more: string): string =>
    `<vehicle id="b" type="bus" depart="0" departSpeed="max"><route edges="sc cn"/>${more}</vehicle>`;

  it("is kept for its time, at its place, and costs the bus no delay of its own", async () => {
    const simulation = await simulationOf(bus('<stop busStop="market" duration="20"/>'));
    const standing = drive(simulation, 0).filter(
      (at) => at !== null && at.lane === "sc_0" && at.pos < 71 && at.speed === 0,
    );
    expect(standing).toHaveLength(20);
    for (const at of standing) expect(at?.pos).toBeCloseTo(70, 1);
    const { world } = simulation;
    expect(world.errands?.halted_s[world.seats.of[0] as number]).toBe(20);
    const through = await simulationOf(bus(""));
    through.run();
    // Who stops and starts loses something, and may come to another light; standing itself is no loss.
    const lost_s = (one: Simulation): number => one.world.loss_s[one.world.seats.of[0] as number] as number;
    expect(lost_s(simulation) - lost_s(through)).toBeLessThan(60);
    expect(simulation.result().unfinished).toBe(0);
  });

  it("lasts until its moment, if that is later", async () => {
    const moments = drive(await simulationOf(bus('<stop lane="sc_0" endPos="70" duration="5" until="90"/>')), 0);
    const moved = moments.findIndex((at, second) => second > 30 && at !== null && at.speed > 0);
    expect(moved).toBe(90);
  });

  it("holds up who comes behind on the lane, but not from a bay", async () => {
    const car = '<vehicle id="c" type="car" depart="2" departSpeed="max"><route edges="sc cn"/></vehicle>';
    const arrival_s = async (stop: string): Promise<number> => {
      const simulation = await simulationOf(bus(stop) + car);
      const behind = drive(simulation, 1);
      return behind.findLastIndex((at) => at?.lane.startsWith("sc") === true && at.pos < 70);
    };
    const onLane_s = await arrival_s('<stop busStop="market" duration="60"/>');
    const inBay_s = await arrival_s('<stop busStop="market" duration="60" parking="true"/>');
    expect(onLane_s - inBay_s).toBeGreaterThan(40);
  });

  it("takes a bus in a bay off the lane and back", async () => {
    const moments = drive(await simulationOf(bus('<stop busStop="market" duration="30" parking="true"/>')), 0);
    const first = moments.findIndex((at) => at !== null);
    const last = moments.findLastIndex((at) => at !== null);
    expect(moments.slice(first, last).filter((at) => at === null)).toHaveLength(29);
  });

  it("is refused where the route does not come to it", async () => {
    await expect(simulationOf(bus('<stop lane="de_0" duration="5"/>'))).rejects.toThrow("SCENARIO_STOP_OFF_ROUTE");
  });
});

describe("the end of a trip", () => {
  it("is where arrivalPos says", async () => {
    const simulation = await simulationOf(
      '<vehicle id="a" type="car" depart="0" departSpeed="max" arrivalPos="30"><route edges="sc cn"/></vehicle>',
    );
    const last = drive(simulation, 0).findLast((at) => at !== null);
    expect(last?.lane).toMatch(/^cn/);
    expect(last?.pos).toBeLessThanOrEqual(30);
    expect(simulation.result().unfinished).toBe(0);
  });
});
