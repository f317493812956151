import { beforeEach, describe, expect, it } from "vitest";
import { NeighbourNews } from "../../../api/adaptive/neighbour-news.ts";
import { InProcessBus } from "../../../api/bus/in-process-bus.ts";
import { DetectorSight } from "../../../core/adaptive/acting/detector-sight.ts";
import { maskOf, ringStages } from "../../../core/adaptive/acting/ring-stages.ts";
import { siteJunction } from "../../../core/adaptive/acting/site-junction.ts";
import type { Intersection } from "../../../core/network/schema.ts";
import type { OutflowNews } from "../../../core/ports/bus.ts";
import { crossroads } from "../../support/crossroads.ts";

/** Two of them on a road from north to south, 500 m at 50 km/h: 36 s, and 3 s to get going. */
const [north, south] = [
  { ...crossroads, id: "north" },
  { ...crossroads, id: "south" },
];
const corridor = {
  id: "road",
  name: "Road",
  intersections: [
    { id: "north", distance_m: 0, outbound_phase: 2, inbound_phase: 6 },
    { id: "south", distance_m: 500, outbound_phase: 2, inbound_phase: 6 },
  ],
  progression_speed_kmh: 40,
  outbound_weight: 0.5,
};
const TRAVEL_S = 39;
const [northThrough, northLeft] = [0, 1];
const start_s = 1_800_000_000;

class Led {
  readonly eyes: DetectorSight;
  readonly #news: NeighbourNews;
  readonly end: () => void;

  constructor(intersection: Intersection, bus: InProcessBus) {
    const junction = siteJunction(intersection, 15);
    const stages = ringStages(intersection.signal);
    const lanes = intersection.approaches.flatMap((approach) => approach.lanes);
    this.eyes = new DetectorSight(
      junction,
      lanes.map(({ phase }) => maskOf([phase])),
    );
    const site = { intersections: [north, south], corridors: [corridor] };
    this.#news = new NeighbourNews({ intersection, junction, stages, bus, ...site });
    this.end = this.#news.listen();
  }

  second(now_s: number, greens: number): void {
    this.#news.look(this.eyes.look(greens, 1), greens, 1, now_s * 1000);
  }

  queued(lane: number): number {
    return this.eyes.sight.lanes[lane]?.count ?? 0;
  }
}

const bus = (): InProcessBus => new InProcessBus({ log: { error: () => undefined } });
const [main, side] = [maskOf([2, 6]), maskOf([4, 8])];
let road: InProcessBus;
let told: OutflowNews[];

beforeEach(() => {
  road = bus();
  told = [];
  road.subscribe("outflow", (news) => told.push(news));
});

describe("intersections of a corridor that are led", () => {
  it("tell each other whom they let go, so that a queue is known to grow where and when they come", () => {
    const [from, to] = [new Led(north, road), new Led(south, road)];
    to.eyes.present(northThrough, true);
    // Nine cross at the first one, who go straight on or turn right; the second one is red for them.
    for (let s = 0; s < 100; s += 1) {
      if (s >= 10 && s < 28 && s % 2 === 0) from.eyes.crossed(northThrough);
      from.second(start_s + s, main);
      to.second(start_s + s, side);
      if (s === 10 + TRAVEL_S - 3) expect(to.queued(northThrough)).toBeLessThanOrEqual(2);
    }
    expect(to.queued(northThrough)).toBeGreaterThanOrEqual(2);
    expect(to.eyes.sight.lanes[northLeft]?.told).toBeGreaterThan(0);
    expect(new Set(told.map(({ intersection }) => intersection))).toEqual(new Set(["north", "south"]));
    expect(told.every(({ vehicles }) => vehicles.length === told[0]?.vehicles.length)).toBe(true);
  });

  it("believe nobody who has not spoken for a while", () => {
    const [from, to] = [new Led(north, road), new Led(south, road)];
    for (let s = 0; s < 40; s += 1) {
      if (s < 10) from.second(start_s + s, main);
      to.second(start_s + s, side);
      const { beyond } = to.eyes.sight.lanes[northThrough] ?? { beyond: null };
      if (s > 6 && s < 15) expect(beyond).not.toBeNull();
      if (s > 25) expect(beyond).toBeNull();
    }
  });

  it("hear no more once they are closed", () => {
    const [from, to] = [new Led(north, road), new Led(south, road)];
    to.end();
    for (let s = 0; s < 10; s += 1) {
      from.second(start_s + s, main);
      to.second(start_s + s, side);
    }
    expect(to.eyes.sight.lanes[northThrough]?.beyond).toBeNull();
  });
});
