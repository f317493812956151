import { beforeAll, describe, expect, it } from "vitest";
import type { RoadNetwork, SignalProgram } from "../../../sim/network/road-network.ts";
import { QueueDrive } from "../../../sim/retime/queues/queue-drive.ts";
import { GOES, lightOf, lightsOf, STANDS, STILL_GOES, YIELDS } from "../../../sim/retime/queues/queue-lights.ts";
import { queueStreet } from "../../../sim/retime/queues/queue-street.ts";
import { demandOf, twoJunctions } from "../../support/two-junctions.ts";

const hour = { begin_s: 0, end_s: 600 };
/** A car's headway in a queue: 1 s and 7.5 m at 9 m/s and what drivers lose, and 5 % on top. */
const headway_s = 1.05 * (1 + 7.5 / 9 + 0.15);

let network: RoadNetwork;
beforeAll(async () => {
  network = await twoJunctions();
});

const program = (...phases: readonly (readonly [number, string])[]): SignalProgram => ({
  signal: "c",
  program: "test",
  type: "static",
  offset_s: 0,
  phases: phases.map(([duration_s, state]) => ({ duration_s, state, min_s: duration_s, max_s: duration_s })),
  parameters: {},
});

/** All cars are of one kind that keeps to the speed limit. */
const even = '<vType id="even" speedDev="0"/>';
const cars = (count: number, every_s: number, from: string, to: string): string =>
  Array.from(
    { length: count },
    (_, at) =>
      `<trip id="${from}${at}" type="even" depart="${(at * every_s).toFixed(1)}" from="${from}" to="${to}" departSpeed="max"/>`,
  ).join("");

async function driven(vehicles: string, ...programs: readonly SignalProgram[]) {
  const street = queueStreet(network, await demandOf(network, even + vehicles), hour, 1);
  return new QueueDrive(street).run(lightsOf(network, [], programs));
}

const only = (letter: string, ...places: readonly number[]): string =>
  Array.from({ length: 14 }, (_, place) => (places.includes(place) ? letter : "r")).join("");

describe("lights as queues see them", () => {
  it("go, give way and stand as the letters say, and still go for two seconds of a yellow after green", () => {
    const { places, shown } = lightOf(program([3, "Gg"], [3, "yr"], [2, "rr"]));
    expect(places).toBe(2);
    const rows = Array.from({ length: 8 }, (_, second) => [...shown.slice(2 * second, 2 * second + 2)]);
    expect(rows).toEqual([
      ...Array.from({ length: 3 }, () => [GOES, YIELDS]),
      [STILL_GOES, STANDS],
      [STILL_GOES, STANDS],
      ...Array.from({ length: 3 }, () => [STANDS, STANDS]),
    ]);
  });
});

describe("an hour as queues", () => {
  it("costs nobody anything where the light is always green and cars come one by one", async () => {
    const { blocked_s, delay_s } = await driven(cars(50, 10, "nc", "cs"), program([60, only("G", 1)]));
    expect(delay_s).toBeCloseTo(0, 6);
    expect(blocked_s).toBe(0);
  });

  it("lets a queue leave one after another at its headway", async () => {
    // All come at once and find green: the nth waits for n headways.
    const { delay_s } = await driven(cars(10, 0, "nc", "cs"), program([600, only("G", 1)]));
    expect(delay_s).toBeCloseTo((headway_s * 9) / 2, 1);
  });

  it("waits as a fluid does at a fixed light, and the start of green on top", async () => {
    const flow_s = 1 / 12;
    const red_s = 30;
    const { delay_s } = await driven(cars(45, 12, "nc", "cs"), program([30, only("G", 1)], [red_s, only("G")]));
    const fluid_s = red_s ** 2 / (2 * 60 * (1 - flow_s * headway_s));
    expect(delay_s).toBeGreaterThan(fluid_s);
    expect(delay_s).toBeLessThan(fluid_s + 4);
  });

  it("whoever never gets green waits until the hour is over", async () => {
    const { delay_s } = await driven(cars(1, 1, "nc", "cs"), program([60, only("G", 0)]));
    expect(delay_s).toBeGreaterThan(500);
  });

  it("whoever gives way waits for a gap, and long where there are none", async () => {
    const waits = async (every_s: number): Promise<number> => {
      const [left, both] = [program([60, only("g", 2).replace(/^(.{8})r/, "$1G")]), cars(8, 60, "nc", "cd")];
      const others = Math.floor(500 / every_s);
      const { delay_s } = await driven(both + cars(others, every_s, "sc", "cn"), left);
      return (delay_s * (8 + others)) / 8;
    };
    expect(await waits(60)).toBeLessThan(5);
    expect(await waits(7)).toBeLessThan(await waits(3));
  });

  it("a minor road without a signal waits for the major one", async () => {
    const alone = await driven(cars(20, 20, "md", "de"));
    const beside = await driven(
      cars(20, 20, "md", "de") + cars(200, 2.5, "wc", "de"),
      program([60, only("G", 11, 12)]),
    );
    expect(alone.delay_s).toBeCloseTo(0, 6);
    expect((beside.delay_s * 220) / 20).toBeGreaterThan(3);
  });

  it("who has no room beyond holds up those behind, and that is told", async () => {
    const shut = program([60, only("G", 0, 1, 2, 3, 7, 8, 9, 10, 11, 12, 13)]);
    const { blocked_s } = await driven(cars(290, 2, "ed", "cw"), shut);
    expect(blocked_s).toBeGreaterThan(0);
  });

  it("is the same each time it is driven", async () => {
    const street = queueStreet(network, await demandOf(network, even + cars(100, 4, "wc", "de")), hour, 3);
    const [drive, lights] = [
      new QueueDrive(street),
      lightsOf(network, [], [program([20, only("G", 11, 12)], [20, only("G")])]),
    ];
    expect(drive.run(lights)).toEqual(drive.run(lights));
  });
});
