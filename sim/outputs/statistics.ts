/** Totals of a run in one document, as SUMO's `--statistic-output`, with what all emitted. */
import type { Simulation } from "../engine/simulation.ts";
import { NONE } from "../engine/world.ts";
import type { EmissionTotals } from "./emissions.ts";

interface Sums {
  inserted: number;
  running: number;
  waiting: number;
  way_m: number;
  speed: number;
  duration_s: number;
  waiting_s: number;
  loss_s: number;
  delay_s: number;
  /** Of those who are still waiting to be let in. */
  outside_s: number;
}

function sumsOf({ world }: Simulation): Sums {
  const sums = {
    inserted: 0,
    running: 0,
    waiting: 0,
    way_m: 0,
    speed: 0,
    duration_s: 0,
    waiting_s: 0,
    loss_s: 0,
    delay_s: 0,
    outside_s: 0,
  };
  for (const [number, { depart_s }] of world.demand.departures.entries()) {
    const v = world.seats.of[number] as number;
    const departed_s = world.departed_s[v] as number;
    if (Number.isNaN(departed_s)) {
      sums.waiting += 1;
      sums.outside_s += world.now_s - depart_s;
      continue;
    }
    const arrived_s = world.arrived_s[v] as number;
    const duration_s = (Number.isNaN(arrived_s) ? world.now_s : arrived_s) - departed_s;
    sums.inserted += 1;
    if (world.lane[v] !== NONE) sums.running += 1;
    sums.way_m += world.driven[v] as number;
    sums.speed += duration_s > 0 ? (world.driven[v] as number) / duration_s : 0;
    sums.duration_s += duration_s;
    sums.waiting_s += world.waiting_s[v] as number;
    sums.loss_s += world.loss_s[v] as number;
    sums.delay_s += departed_s - depart_s;
  }
  return sums;
}

function people({ walkers }: Simulation): string[] {
  if (walkers === null) return [];
  const { walks, way_m, duration_s, loss_s } = walkers.totals;
  const mean = (sum: number): string => (walks === 0 ? 0 : sum / walks).toFixed(2);
  return [
    `    <persons loaded="${walkers.people.walkers.length}" running="${walkers.running.length}" jammed="0"/>`,
    `    <pedestrianStatistics number="${walks}" routeLength="${mean(way_m)}" duration="${mean(duration_s)}" timeLoss="${mean(loss_s)}"/>`,
  ];
}

/** Means are over all who were let in, the unfinished included. */
export function statisticsXml(simulation: Simulation, { co2_mg, fuel_mg }: EmissionTotals): string {
  const sums = sumsOf(simulation);
  const mean = (sum: number): string => (sums.inserted === 0 ? 0 : sum / sums.inserted).toFixed(2);
  const loaded = simulation.world.demand.departures.length;
  const { inserted, running, waiting } = sums;
  const outside = (waiting === 0 ? 0 : sums.outside_s / waiting).toFixed(2);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    "",
    '<statistics xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:noNamespaceSchemaLocation="http://sumo.dlr.de/xsd/statistic_file.xsd">',
    `    <vehicles loaded="${loaded}" inserted="${inserted}" running="${running}" waiting="${waiting}"/>`,
    '    <teleports total="0" jam="0" yield="0" wrongLane="0"/>',
    '    <safety collisions="0" emergencyStops="0"/>',
    `    <vehicleTripStatistics count="${inserted}" routeLength="${mean(sums.way_m)}" speed="${mean(sums.speed)}" duration="${mean(sums.duration_s)}" waitingTime="${mean(sums.waiting_s)}" timeLoss="${mean(sums.loss_s)}" departDelay="${mean(sums.delay_s)}" departDelayWaiting="${outside}" totalTravelTime="${sums.duration_s.toFixed(2)}" totalDepartDelay="${sums.delay_s.toFixed(2)}"/>`,
    ...people(simulation),
    `    <emissions CO2_abs="${co2_mg.toFixed(0)}" fuel_abs="${fuel_mg.toFixed(0)}"/>`,
    "</statistics>",
    "",
  ].join("\n");
}
