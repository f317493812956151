import { beforeAll, describe, expect, it } from "vitest";
import { LateFirst } from "../../../core/adaptive/priority/late-first.ts";
import { Preemption } from "../../../core/adaptive/priority/preemption.ts";
import { RollingSearch } from "../../../core/adaptive/rolling-search.ts";
import { AdaptiveControl } from "../../../sim/adaptive/adaptive-control.ts";
import { type PriorityName, PriorityNotices } from "../../../sim/adaptive/priority-notices.ts";
import { Timetable } from "../../../sim/adaptive/timetable.ts";
import type { Demand } from "../../../sim/demand/demand.ts";
import type { SimulationResult } from "../../../sim/engine/simulation.ts";
import type { RoadNetwork } from "../../../sim/network/road-network.ts";
import { GuardedStreet } from "../../../sim/street/guarded-street.ts";
import { OwnStreet } from "../../../sim/street/own-street.ts";
import { driveToEnd } from "../../support/driven-street.ts";
import { demandOf, trips, twoJunctions } from "../../support/two-junctions.ts";

let network: RoadNetwork;
let demand: Demand;

/** Each minute a bus that is a minute late, and an ambulance, both across the signal. */
function withPriority(): string {
  const others = trips(300, 3, (at) => (at * 7919) % 1009).split("\n");
  const special = Array.from({ length: 14 }, (_, at) => {
    const [bus_s, ambulance_s] = [20 + 60 * at, 45 + 60 * at];
    const stop = `<stop lane="nc_0" startPos="5" endPos="20" duration="0" until="${Math.max(0, bus_s - 60)}"/>`;
    return [
      `<trip id="bus${at}" type="bus" depart="${bus_s}" from="nc" to="cs">${stop}</trip>`,
      `<trip id="amb${at}" type="amb" depart="${ambulance_s}" from="sc" to="cn" departSpeed="max"/>`,
    ];
  }).flat();
  const time = (line: string): number => Number(/depart="(?<s>[\d.]+)"/.exec(line)?.groups?.["s"]);
  const types = '<vType id="bus" vClass="bus"/><vType id="amb" vClass="emergency"/>';
  return types + [...others, ...special].toSorted((a, b) => time(a) - time(b)).join("\n");
}

beforeAll(async () => {
  network = await twoJunctions();
  demand = await demandOf(network, withPriority());
});

/** The guard throws at whatever the signal's own program would not show. */
async function drive(kind: PriorityName, seed: number): Promise<SimulationResult> {
  const street = new OwnStreet({ network, demand, programs: [], seed, begin_s: 0, end_s: 1000 });
  const guarded = new GuardedStreet(street, null);
  const control = new AdaptiveControl(
    (junction) => new Preemption(new LateFirst(new RollingSearch(junction)), junction),
    new PriorityNotices(street, demand, kind),
  );
  await driveToEnd(guarded, control);
  return guarded.result();
}

const driveBoth = (kind: PriorityName): Promise<SimulationResult[]> =>
  Promise.all([101, 102].map((seed) => drive(kind, seed)));

const total = (runs: readonly SimulationResult[], type: string): number =>
  runs.reduce((sum, { types }) => sum + (types[type]?.delay_s as number), 0);

describe("priority on a street", () => {
  it("spares late buses waiting, and costs others little", async () => {
    const [none, bus] = [await driveBoth("none"), await driveBoth("bus")];
    expect(total(bus, "bus")).toBeLessThan(0.9 * total(none, "bus"));
    for (const [at, { delay_s }] of bus.entries()) expect(delay_s).toBeLessThan(1.15 * (none[at]?.delay_s as number));
  });

  it("lets emergency vehicles through, and all others after them", async () => {
    const [none, emergency] = [await driveBoth("none"), await driveBoth("emergency")];
    expect(total(emergency, "amb")).toBeLessThan(0.8 * total(none, "amb"));
    for (const [at, run] of emergency.entries()) {
      expect(run.delay_s).toBeLessThan(1.4 * (none[at]?.delay_s as number));
      expect([run.lock, run.inserted]).toEqual([[], none[at]?.inserted]);
    }
  });
});

describe("how late a bus is", () => {
  it("is held against the times of its stops, and against a usual pace without", () => {
    const departure = demand.departures.find(({ id }) => id === "bus5");
    const type = demand.types[departure?.type ?? 0];
    if (departure === undefined || type === undefined) throw new Error("no bus");
    const edge = network.edges.byId.get("nc") as number;
    const { halts: _, ...plain } = departure;
    const late = (of: typeof plain, position_m: number): number =>
      new Timetable(network, of, type).late_s(edge, position_m, departure.depart_s);
    expect(late(plain, 0)).toBe(0);
    expect(late(plain, 50)).toBeLessThan(0);
    expect(late(departure, 20)).toBeCloseTo(60, 6);
  });
});
