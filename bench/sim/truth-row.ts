/** How far our engine is from SUMO on one scenario under one controller. */
import type { RoadNetwork } from "../../sim/network/road-network.ts";
import { median } from "../vision/statistics.ts";
import { type ByEdge, delay_s, rankCorrelation, speed_m_s, summed } from "./edge-means.ts";
import type { Controller, Driven, Runs } from "./truth-runs.ts";

const apart = 0.05;
const fewVehicles = 50;
const approachVehicles = 20;

export interface TruthRow {
  readonly scenario: string;
  readonly controller: Controller;
  readonly seeds: number;
  /** Medians; SUMO's locked seeds are left out. */
  readonly sumo_s: number;
  readonly own_s: number;
  readonly sumoLocked: number;
  readonly ownLocked: number;
  readonly inserted: number;
  readonly finished: number;
  /** Spearman's, of the delay on the edges before signals. */
  readonly ranks: number;
  readonly approaches: number;
  /** Of edges that are compared, the share with a mean speed within 15 %. */
  readonly speeds: number;
  readonly edges: number;
  readonly exempt: number;
}

/** Outside junctions, and ending at a signal. */
function approachEdges({ edges, lanes, links, signals }: RoadNetwork): ReadonlySet<string> {
  const found = new Set<string>();
  for (const [link, signal] of links.signal.entries()) {
    const edge = lanes.edge[links.from[link] as number] as number;
    if (signal >= 0 && signal < signals.length && edges.inside[edge] === 0) found.add(edges.ids[edge] as string);
  }
  return found;
}

const halves = (driven: readonly Driven[]): readonly [ByEdge, ByEdge] => [
  summed(driven.filter((_, at) => at % 2 === 0).map(({ edges }) => edges)),
  summed(driven.filter((_, at) => at % 2 === 1).map(({ edges }) => edges)),
];

/** Shares of ratios, the larger through the smaller less one. */
const off = (a: number, b: number): number => Math.abs(a - b) / b;

function speedsOf(own: ByEdge, sumo: readonly Driven[]) {
  const theirs = summed(sumo.map(({ edges }) => edges));
  const [first, second] = halves(sumo);
  const ids = [...theirs].filter(([, { vehicles }]) => vehicles > fewVehicles * sumo.length).map(([id]) => id);
  const steady = ids.filter((id) => {
    const [a, b] = [first.get(id), second.get(id)];
    return a === undefined || b === undefined || off(speed_m_s(a), speed_m_s(b)) <= apart;
  });
  const near = steady.filter((id) => {
    const [mine, his] = [own.get(id), theirs.get(id)];
    return mine !== undefined && his !== undefined && off(speed_m_s(mine), speed_m_s(his)) <= 3 * apart;
  });
  return { speeds: near.length / steady.length, edges: steady.length, exempt: ids.length - steady.length };
}

function ranksOf(network: RoadNetwork, own: ByEdge, sumo: ByEdge, seeds: number) {
  const seen = [...approachEdges(network)].flatMap((id) => {
    const [mine, his] = [own.get(id), sumo.get(id)];
    const enough =
      mine !== undefined && his !== undefined && Math.min(mine.vehicles, his.vehicles) >= approachVehicles * seeds;
    return enough ? [[delay_s(mine), delay_s(his)] as const] : [];
  });
  const ranks = rankCorrelation(
    seen.map(([mine]) => mine),
    seen.map(([, his]) => his),
  );
  return { ranks, approaches: seen.length };
}

export function truthRow(
  scenario: string,
  controller: Controller,
  network: RoadNetwork,
  { own, sumo }: Runs,
): TruthRow {
  const open = sumo.filter(({ run }) => !run.locked);
  const judge = open.length > 0 ? open : sumo;
  const middle = (all: readonly Driven[], of: (each: Driven) => number): number => median(all.map(of));
  const inserted = ({ run }: Driven): number => run.inserted;
  const finished = ({ run }: Driven): number => run.inserted - run.unfinished;
  const mine = summed(own.map(({ edges }) => edges));
  return {
    scenario,
    controller,
    seeds: own.length,
    sumo_s: middle(judge, ({ run }) => run.delay_s),
    own_s: middle(own, ({ run }) => run.delay_s),
    sumoLocked: sumo.length - open.length,
    ownLocked: own.filter(({ run }) => run.locked).length,
    inserted: middle(own, inserted) / middle(judge, inserted) - 1,
    finished: middle(own, finished) / middle(judge, finished) - 1,
    ...ranksOf(network, mine, summed(judge.map(({ edges }) => edges)), own.length),
    ...speedsOf(mine, judge),
  };
}

const percent = (share: number): string => `${share >= 0 ? "+" : ""}${(100 * share).toFixed(1)} %`;

export function truthTable(rows: readonly TruthRow[]): readonly string[] {
  return [
    "| scenario | controller | SUMO, s | ours, s | delay | locked: SUMO, ours | inserted | finished | ranks (approaches) | speeds within 15 % (edges; exempt) |",
    "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ...rows.map((row) => {
      const delay = `${row.sumo_s.toFixed(1)} | ${row.own_s.toFixed(1)} | ${percent(row.own_s / row.sumo_s - 1)}`;
      const locked = `${row.sumoLocked}, ${row.ownLocked} of ${row.seeds}`;
      const ranks = Number.isNaN(row.ranks) ? `- (${row.approaches})` : `${row.ranks.toFixed(2)} (${row.approaches})`;
      const speeds = `${(100 * row.speeds).toFixed(0)} % (${row.edges}; ${row.exempt})`;
      const counts = `${percent(row.inserted)} | ${percent(row.finished)}`;
      return `| ${row.scenario} | ${row.controller} | ${delay} | ${locked} | ${counts} | ${ranks} | ${speeds} |`;
    }),
  ];
}
