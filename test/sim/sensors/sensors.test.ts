import { beforeAll, describe, expect, it } from "vitest";
import { hiresOf } from "../../../core/events/hires.ts";
import { classBit, type RoadNetwork } from "../../../sim/network/road-network.ts";
import { Area } from "../../../sim/sensors/area.ts";
import { Sightings, standardErrors } from "../../../sim/sensors/camera-errors.ts";
import { lookAt } from "../../../sim/sensors/camera-view.ts";
import { EntryExit } from "../../../sim/sensors/entry-exit.ts";
import { detectorEvent, Loop } from "../../../sim/sensors/loop.ts";
import { hidden } from "../../../sim/sensors/occlusion.ts";
import { LaneSnapshot } from "../../../sim/street/lane-snapshot.ts";
import { OwnStreet } from "../../../sim/street/own-street.ts";
import { demandOf, twoJunctions } from "../../support/two-junctions.ts";

const car = classBit("passenger");
const bus = classBit("bus");
const motorcycle = classBit("motorcycle");
let network: RoadNetwork;
beforeAll(async () => {
  network = await twoJunctions();
});

async function street(count: number): Promise<OwnStreet> {
  const flow = `<flow id="f" begin="0" number="${count}" period="4" from="wc" to="de" departLane="0" departSpeed="max"/>`;
  const demand = await demandOf(network, flow);
  return new OwnStreet({ network, demand, seed: 101, begin_s: 0, end_s: 600 });
}

/** A lane with vehicles at these places, foremost first. */
function laneWith(length_m: number, fronts_m: readonly number[], bit = car, speed_m_s = 0): LaneSnapshot {
  const view = new LaneSnapshot(0, length_m);
  for (const [vehicle, front_m] of fronts_m.entries()) view.add(vehicle, front_m, speed_m_s, 5, bit);
  return view;
}

describe("a loop", () => {
  it("counts each vehicle once, whether it stands on it or drives over it", async () => {
    const own = await street(40);
    const lanes = ["wc_0", "wc_1"].map((id) => network.lanes.ids.indexOf(id));
    const length_m = network.lanes.length_m[lanes[0] as number] as number;
    const loops = lanes.flatMap((lane) => [10, length_m - 1].map((at_m) => ({ at_m, loop: new Loop(lane, at_m, 0) })));
    own.watch(lanes);
    while (own.now_s < own.end_s) {
      await own.step();
      for (const { loop } of loops) loop.look(own.lane(loop.lane), own.now_s, own.step_s);
    }
    const counted = (place_m: number): number =>
      loops
        .filter(({ at_m }) => at_m === place_m)
        .reduce((sum, { loop }) => sum + loop.interval(own.end_s).vehicles, 0);
    expect([counted(10), counted(length_m - 1)]).toEqual([40, 40]);
  });

  it("goes on and off in turns, and is covered as long as SUMO's definition says", () => {
    const loop = new Loop(0, 50, 0);
    // At 10 m/s a car 5 m long takes half a second over a place.
    const seen = [40, 52, 62].map((front_m, at) => loop.look(laneWith(100, [front_m], car, 10), at + 1, 1));
    expect(seen.flat().map(({ on }) => on)).toEqual([true, false]);
    const { occupancy, vehicles, length_m } = loop.interval(10);
    expect(vehicles).toBe(1);
    expect(length_m).toBe(5);
    expect(occupancy).toBeGreaterThan(0.03);
    expect(occupancy).toBeLessThan(0.07);
  });

  it("emits what cameras emit: 82 and 81 of its channel", () => {
    const on = hiresOf(detectorEvent("c", 7, { at_s: 12.34, on: true }, 1_000_000));
    const off = hiresOf(detectorEvent("c", 7, { at_s: 13, on: false }, 1_000_000));
    expect(on).toMatchObject({ event_id: 82, parameter: 7, at_ms: 1_012_300, origin: "simulated" });
    expect(off.event_id).toBe(81);
  });
});

describe("an area", () => {
  it("tells who stands in it, and how long their queue is", () => {
    const view = laneWith(100, [98, 90, 82, 40]);
    const state = new Area(0, 30, 100).look(view);
    expect(state).toMatchObject({ vehicles: 4, halting: 4, mean_speed_m_s: 0 });
    expect(state.jam_m).toBeCloseTo(98 - 77, 6);
    expect(state.occupancy).toBeCloseTo(20 / 70, 6);
  });
});

describe("an entry with its exit", () => {
  it("tells how long people take from one to the other", async () => {
    const own = await street(5);
    const lanes = ["wc_0", "cd_0"].map((id) => network.lanes.ids.indexOf(id)) as [number, number];
    const pair = new EntryExit([{ lane: lanes[0], at_m: 20 }], [{ lane: lanes[1], at_m: 20 }]);
    own.watch(pair.lanes);
    while (own.now_s < own.end_s) {
      await own.step();
      pair.look(own);
    }
    const { vehicles, travel_time_s, within } = pair.interval();
    expect(vehicles + within).toBe(5);
    expect(vehicles).toBeGreaterThan(0);
    expect(travel_time_s).toBeGreaterThan(5);
  });
});

describe("a virtual camera", () => {
  const seen = (view: LaneSnapshot, seed = 101, errors = standardErrors) => {
    const shown = new LaneSnapshot(0, view.length_m);
    lookAt(view, errors, new Sightings(errors, seed), shown);
    return shown;
  };
  const exact = { ...standardErrors, missed: 0, doubled: 0, latency_s: 0 };

  it("sees 80 m", () => {
    expect(seen(laneWith(200, [199, 150, 121, 119, 10]), 101, exact).count).toBe(3);
  });

  it("misses one in ten, and sees three in a hundred twice, the same ones with the same seed", () => {
    const sightings = new Sightings(standardErrors, 101);
    const times = Array.from({ length: 20_000 }, (_, vehicle) => sightings.times(vehicle));
    const share = (wanted: number) => times.filter((each) => each === wanted).length / times.length;
    expect(share(0)).toBeCloseTo(0.1, 2);
    expect(share(2)).toBeCloseTo(0.03, 2);
    const again = new Sightings(standardErrors, 101);
    expect(Array.from({ length: 20_000 }, (_, vehicle) => again.times(vehicle))).toEqual(times);
  });

  it("tells where everybody was 0.3 s ago", () => {
    const view = laneWith(100, [90], car, 10);
    expect(seen(view, 101, { ...exact, latency_s: 0.3 }).position_m[0]).toBeCloseTo(87, 6);
  });

  it("does not see a motorcycle right behind a bus, but one far behind it", () => {
    const view = new LaneSnapshot(0, 100);
    view.add(0, 99, 0, 12, bus);
    view.add(1, 85, 0, 2, motorcycle);
    view.add(2, 45, 0, 2, motorcycle);
    const shown = seen(view, 101, exact);
    expect([...shown.vehicle.subarray(0, shown.count)]).toEqual([0, 2]);
  });

  it("sees over a car whoever is as high", () => {
    const mounting = { beyond_m: 15, height_m: 7 };
    expect(hidden(mounting, { rear_m: 6, height_m: 1.5 }, { front_m: 8, height_m: 1.5 })).toBe(false);
  });
});
