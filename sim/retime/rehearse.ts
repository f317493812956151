/** One rehearsal of a plan: the scenario driven through once, given up when it cannot come below a limit any more. */
import type { Demand } from "../demand/demand.ts";
import { drawDemand } from "../demand/draw.ts";
import { isRed } from "../engine/light.ts";
import { Random } from "../engine/random.ts";
import { Simulation } from "../engine/simulation.ts";
import { NONE, type World } from "../engine/world.ts";
import type { SignalProgram } from "../network/road-network.ts";
import { lateralResolution_m } from "../runner/drive.ts";
import type { Scenario } from "../scenario/open-scenario.ts";
import type { Rehearsal } from "./rehearsal-messages.ts";

export interface RehearsalOptions {
  readonly scenario: Scenario;
  readonly programs: readonly SignalProgram[];
  readonly seed: number;
  readonly more: number;
  readonly begin_s: number;
  readonly end_s: number;
  readonly limit_s: number | null;
  readonly most_s: number;
}

const look_s = 10;
/** Nearer than this to the end of its lane somebody is first in the queue; less room than this beyond is none. */
const reach_m = 12;
const halting_m_s = 0.1;
const mostLater_s = 30;

/** Vehicle-seconds of delay so far: it only grows. */
function delaySoFar({ demand, departed_s, loss_s, now_s }: World): number {
  let sum = 0;
  for (let v = 0; v < demand.departures.length; v += 1) {
    const due_s = demand.departures[v]?.depart_s as number;
    if (due_s > now_s) break;
    const departed = departed_s[v] as number;
    sum += Number.isNaN(departed) ? now_s - due_s : (loss_s[v] as number) + departed - due_s;
  }
  return sum;
}

/** A share of the vehicles comes twice, the second a little later: which ones depends on the seed. */
function withMore(demand: Demand, more: number, seed: number): Demand {
  if (more <= 0) return demand;
  const random = new Random(seed);
  const { types, departures: drawn } = drawDemand(demand, seed);
  const departures = drawn.flatMap((each) => {
    const again = random.next() < more;
    const later = { ...each, id: `${each.id}+`, depart_s: each.depart_s + 1 + Math.floor(random.next() * mostLater_s) };
    return again ? [each, later] : [each];
  });
  return { types, departures: departures.sort((a, b) => a.depart_s - b.depart_s) };
}

function addStanding(world: World, standing_s: Float64Array): void {
  const { links } = world.network;
  for (let i = 0; i < world.activeCount; i += 1) {
    const lane = world.active[i] as number;
    for (let v = world.front[lane] as number; v !== NONE; v = world.behind[v] as number) {
      if ((world.speed[v] as number) >= halting_m_s) continue;
      const link = world.linkFrom(lane, world.way[v] as number);
      const signal = link === NONE ? NONE : (links.signal[link] as number);
      if (signal !== NONE) standing_s[signal] = (standing_s[signal] as number) + look_s;
    }
  }
}

/** Is the lane behind this link full up to its beginning, and does its last vehicle stand? */
function isFull(world: World, link: number): boolean {
  const last = world.back[world.network.links.to[link] as number] as number;
  return last !== NONE && (world.speed[last] as number) < halting_m_s && world.rear_m(last) < reach_m;
}

/** How many lanes could go on by their light and cannot for want of room beyond: from such rings locks are made. */
function blockedLanes(world: World): number {
  const { lanes } = world.network;
  let blocked = 0;
  for (let i = 0; i < world.activeCount; i += 1) {
    const lane = world.active[i] as number;
    const first = world.front[lane] as number;
    if ((world.speed[first] as number) >= halting_m_s) continue;
    if ((lanes.length_m[lane] as number) - (world.pos[first] as number) > reach_m) continue;
    const link = world.linkFrom(lane, world.way[first] as number);
    if (link !== NONE && !isRed(world.state[link] as number) && isFull(world, link)) blocked += 1;
  }
  return blocked;
}

const thousandth = (value: number): number => Math.round(value * 1000) / 1000;

export function rehearse({ scenario, limit_s, more, most_s, ...options }: RehearsalOptions): Rehearsal {
  const began_ms = performance.now();
  const lateral_resolution_m = lateralResolution_m(scenario, { lateral_resolution_m: null });
  const simulation = new Simulation({
    ...scenario,
    ...options,
    demand: withMore(scenario.demand, more, options.seed),
    programs: [...scenario.programs, ...options.programs],
    ...(lateral_resolution_m > 0 ? { lateral_resolution_m } : {}),
  });
  const { world } = simulation;
  const count = Math.max(1, world.demand.departures.length);
  const standing_s = new Float64Array(scenario.network.signals.length);
  const limit = limit_s === null ? Number.POSITIVE_INFINITY : limit_s * count;
  let next_s = options.begin_s + look_s;
  let [givenUp, blocked_s] = [false, 0];
  while (!simulation.over && !givenUp) {
    simulation.step();
    if (world.now_s < next_s) continue;
    next_s += look_s;
    addStanding(world, standing_s);
    blocked_s += look_s * blockedLanes(world);
    givenUp = delaySoFar(world) > limit || performance.now() - began_ms > 1000 * most_s;
  }
  const { delay_s, stops, lock } = simulation.result();
  return {
    delay_s: thousandth(givenUp ? delaySoFar(world) / count : delay_s),
    stops: thousandth(stops),
    locked: lock.length > 0,
    blocked_s: blocked_s / count,
    givenUp,
    wall_s: thousandth((performance.now() - began_ms) / 1000),
    standing_s: Array.from(standing_s, Math.round),
  };
}
