/** One rehearsal of a plan: the scenario driven through once, given up when it cannot come below a limit any more. */
import { halting_m_s } from "../engine/krauss.ts";
import { isRed } from "../engine/light.ts";
import { Simulation } from "../engine/simulation.ts";
import { NONE, type World } from "../engine/world.ts";
import type { SignalProgram } from "../network/road-network.ts";
import { lateralResolution_m } from "../runner/drive.ts";
import type { Scenario } from "../scenario/open-scenario.ts";
import type { Rehearsal } from "./rehearsal-messages.ts";
import { scaledDemand } from "./scaled-demand.ts";

export interface RehearsalOptions {
  readonly scenario: Scenario;
  readonly programs: readonly SignalProgram[];
  readonly seed: number;
  readonly volume: number;
  readonly begin_s: number;
  readonly end_s: number;
  readonly limit_s: number | null;
  readonly most_s: number;
  readonly pace: readonly number[] | null;
}

const look_s = 10;
/** Nearer than this to the end of its lane somebody is first in the queue; less room than this beyond is none. */
const reach_m = 12;
const pace_s = 300;
/** Before the third mark nobody is behind. */
const marks = 3;

/** Vehicle-seconds of delay so far: it only grows. */
function delaySoFar({ demand, departed_s, loss_s, now_s, seats }: World): number {
  let sum = 0;
  for (let number = 0; number < demand.departures.length; number += 1) {
    const due_s = demand.departures[number]?.depart_s as number;
    if (due_s > now_s) break;
    const v = seats.of[number] as number;
    const departed = departed_s[v] as number;
    sum += Number.isNaN(departed) ? now_s - due_s : (loss_s[v] as number) + departed - due_s;
  }
  return sum;
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

const isBehind = (own: readonly number[], pace: readonly number[] | null): boolean =>
  pace !== null && own.length >= marks && (own.at(-1) as number) > (pace[own.length - 1] ?? Number.POSITIVE_INFINITY);

export function rehearse({ scenario, limit_s, most_s, pace, volume, ...options }: RehearsalOptions): Rehearsal {
  const [began_ms, used] = [performance.now(), process.cpuUsage()];
  const lateral_resolution_m = lateralResolution_m(scenario, { lateral_resolution_m: null });
  const simulation = new Simulation({
    ...scenario,
    ...options,
    demand: scaledDemand(scenario.demand, volume, options.seed),
    programs: [...scenario.programs, ...options.programs],
    ...(lateral_resolution_m > 0 ? { lateral_resolution_m } : {}),
  });
  const { world } = simulation;
  const count = Math.max(1, world.demand.departures.length);
  const standing_s = new Float64Array(scenario.network.signals.length);
  const limit = limit_s === null ? Number.POSITIVE_INFINITY : limit_s * count;
  const own: number[] = [];
  let next_s = options.begin_s + look_s;
  let [givenUp, blocked_s] = [false, 0];
  while (!simulation.over && !givenUp) {
    simulation.step();
    if (world.now_s < next_s) continue;
    next_s += look_s;
    addStanding(world, standing_s);
    blocked_s += look_s * blockedLanes(world);
    const delay = delaySoFar(world);
    if (world.now_s >= options.begin_s + (own.length + 1) * pace_s) own.push(Math.round(delay));
    givenUp = delay > limit || isBehind(own, pace) || performance.now() - began_ms > 1000 * most_s;
  }
  const { system, user } = process.cpuUsage(used);
  const { delay_s, stops, lock } = simulation.result();
  return {
    delay_s: thousandth(givenUp ? delaySoFar(world) / count : delay_s),
    stops: thousandth(stops),
    // Our drivers help each other out of a meeting that SUMO's never leave: a good plan does not need that.
    locked: lock.length > 0 || world.swaps > 0,
    blocked_s: blocked_s / count,
    givenUp,
    cpu_s: thousandth((user + system) / 1e6),
    pace: own,
    standing_s: Array.from(standing_s, Math.round),
  };
}
