/**
 * One approach on either engine, seen over the port: how its queues leave when green begins, and how long one is on it. The same
 * code looks at both.
 */
import type { ScenarioFiles } from "../../sim/index.ts";
import { programsInForce } from "../../sim/network/programs-in-force.ts";
import type { RoadNetwork } from "../../sim/network/road-network.ts";
import type { Scenario } from "../../sim/scenario/open-scenario.ts";
import { OwnStreet } from "../../sim/street/own-street.ts";
import type { LaneView, RunningStreet } from "../../sim/street/running-street.ts";
import { isGreen } from "../../sim/street/signal-rules.ts";
import { openSumoStreet } from "../../sim/traci/sumo-street.ts";
import { needed } from "./needed.ts";

const mostQueued = 16;
const standing_m_s = 0.1;
/** Who was so near its end and is gone has left over it, and not to another lane. */
const nearEnd_m = 25;
/** From the fifth vehicle on a queue leaves steadily (HCM, saturation headway). */
const steadyFrom = 4;
const leastSeen = 10;

export interface ApproachStudy {
  /** By place in the queue: mean seconds since the one before left, or since green began; with how many were seen. */
  readonly headways_s: readonly { readonly mean_s: number; readonly seen: number }[];
  readonly saturation_per_h: number;
  readonly startUpLoss_s: number;
  /** On the edge, sorted. */
  readonly travelTimes_s: readonly number[];
}

export async function openStreet(
  engine: "own" | "sumo",
  files: ScenarioFiles,
  { network, demand, programs }: Scenario,
  seed: number,
): Promise<RunningStreet> {
  const { begin_s, end_s } = files;
  if (engine === "own") return new OwnStreet({ network, demand, programs, seed, begin_s, end_s });
  const order = { files, plans: [], seed, step_s: 1, lateral_resolution_m: 0, locks: false };
  return needed(await openSumoStreet(order, network, programsInForce(network, programs)));
}

/** Lanes that a signal rules, with the place of one of their links in it. */
function ruledLanes({ edges, lanes, links }: RoadNetwork): ReadonlyMap<number, { signal: number; index: number }> {
  const ruled = new Map<number, { signal: number; index: number }>();
  for (const [link, signal] of links.signal.entries()) {
    const lane = links.from[link] as number;
    const inside = edges.inside[lanes.edge[lane] as number] === 1;
    if (signal >= 0 && !inside && !ruled.has(lane))
      ruled.set(lane, { signal, index: links.signalIndex[link] as number });
  }
  return ruled;
}

/** The lane before a signal on which most vehicles drive. */
export async function busiestLane(street: RunningStreet): Promise<number> {
  const ruled = [...ruledLanes(street.network).keys()];
  const seen = new Map(ruled.map((lane) => [lane, new Set<number>()]));
  street.watch(ruled);
  while (street.now_s < street.end_s) {
    await street.step();
    for (const [lane, vehicles] of seen) {
      const { count, vehicle } = street.lane(lane);
      for (let at = 0; at < count; at += 1) vehicles.add(vehicle[at] as number);
    }
  }
  return [...seen].reduce((best, each) => (each[1].size > best[1].size ? each : best))[0];
}

class Queue {
  readonly headways_s: number[][] = Array.from({ length: mostQueued }, () => []);
  #waiting: number[] = [];
  #place = 0;
  #last_s = 0;
  #green = false;

  /** Before the step of `now_s` is driven: who stands when green begins is the queue. */
  light(green: boolean, now_s: number, view: Pick<LaneView, "count" | "vehicle" | "speed_m_s">): void {
    if (green && !this.#green) {
      this.#waiting = [];
      for (let at = 0; at < Math.min(mostQueued, view.count); at += 1) {
        if ((view.speed_m_s[at] as number) > standing_m_s) break;
        this.#waiting.push(view.vehicle[at] as number);
      }
      this.#place = 0;
      this.#last_s = now_s;
    }
    if (!green) this.#waiting = [];
    this.#green = green;
  }

  left(vehicle: number, at_s: number): void {
    if (this.#waiting[this.#place] !== vehicle) return;
    this.headways_s[this.#place]?.push(at_s - this.#last_s);
    this.#last_s = at_s;
    this.#place += 1;
  }
}

/** Told of everybody who leaves a lane over its end, and when, between two steps. */
class Leavers {
  readonly #was = new Map<number, { pos_m: number; speed_m_s: number }>();

  look(view: LaneView, now_s: number, step_s: number, left: (vehicle: number, at_s: number) => void): void {
    const here = new Set(view.vehicle.subarray(0, view.count));
    for (const [vehicle, { pos_m, speed_m_s }] of this.#was) {
      if (here.has(vehicle)) continue;
      this.#was.delete(vehicle);
      const rest_m = view.length_m - pos_m;
      if (rest_m > nearEnd_m) continue;
      left(vehicle, now_s - step_s + Math.min(step_s, rest_m / Math.max(speed_m_s, rest_m / step_s, 0.1)));
    }
    for (let at = 0; at < view.count; at += 1) {
      const [pos_m, speed_m_s] = [view.position_m[at] as number, view.speed_m_s[at] as number];
      this.#was.set(view.vehicle[at] as number, { pos_m, speed_m_s });
    }
  }
}

/** Adds what one seed shows of a lane's queue and its edge's travel times. */
async function watchSeed(street: RunningStreet, lane: number, queue: Queue, times_s: number[]): Promise<void> {
  const { edges, lanes } = street.network;
  const edge = lanes.edge[lane] as number;
  const first = edges.firstLane[edge] as number;
  const beside = Array.from({ length: (edges.firstLane[edge + 1] as number) - first }, (_, at) => first + at);
  const { signal, index } = ruledLanes(street.network).get(lane) as { signal: number; index: number };
  const leavers = beside.map(() => new Leavers());
  const came_s = new Map<number, number>();
  street.watch(beside);
  while (street.now_s < street.end_s) {
    const step_s = street.now_s;
    const before = street.lane(lane);
    const standing = {
      count: before.count,
      vehicle: before.vehicle.slice(),
      speed_m_s: before.speed_m_s.slice(),
    };
    await street.step();
    queue.light(isGreen(street.shown(signal)[index]), step_s, standing);
    for (const [at, each] of beside.entries()) {
      const view = street.lane(each);
      leavers[at]?.look(view, street.now_s, street.step_s, (vehicle, at_s) => {
        if (each === lane) queue.left(vehicle, at_s);
        times_s.push(at_s - (came_s.get(vehicle) ?? at_s));
        came_s.delete(vehicle);
      });
      for (let n = 0; n < view.count; n += 1) {
        const vehicle = view.vehicle[n] as number;
        if (!came_s.has(vehicle)) came_s.set(vehicle, street.now_s);
      }
    }
  }
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

export async function studyOf(
  engine: "own" | "sumo",
  files: ScenarioFiles,
  scenario: Scenario,
  lane: number,
  seeds: readonly number[],
): Promise<ApproachStudy> {
  const queue = new Queue();
  const times_s: number[] = [];
  for (const seed of seeds) {
    const street = await openStreet(engine, files, scenario, seed);
    try {
      await watchSeed(street, lane, queue, times_s);
    } finally {
      await street.close();
    }
  }
  const headways_s = queue.headways_s
    .map((values) => ({ mean_s: mean(values), seen: values.length }))
    .filter(({ seen }) => seen >= leastSeen);
  const steady_s = mean(headways_s.slice(steadyFrom).map(({ mean_s }) => mean_s));
  const startUpLoss_s = headways_s.slice(0, steadyFrom).reduce((sum, { mean_s }) => sum + mean_s - steady_s, 0);
  return {
    headways_s,
    saturation_per_h: 3600 / steady_s,
    startUpLoss_s,
    travelTimes_s: times_s.toSorted((a, b) => a - b),
  };
}
