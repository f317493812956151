/** Means of edges and of lanes over intervals, as SUMO's `--edgedata-output` and `--lanedata-output`, with CO2 and fuel behind. */
import type { World } from "../engine/world.ts";
import type { Emissions } from "./emissions.ts";
import { LaneTally, type Tally } from "./lane-tally.ts";
import { escapedXml, indented, type OutputFormat, Sheet, seconds } from "./sheet.ts";
import type { Movement, StepListener } from "./step-listener.ts";

export interface MeanDataOptions {
  readonly edges: boolean;
  readonly lanes: boolean;
  readonly period_s: number;
}

const columns = [
  "id",
  "sampledSeconds",
  "traveltime",
  "overlapTraveltime",
  "density",
  "laneDensity",
  "occupancy",
  "waitingTime",
  "timeLoss",
  "speed",
  "speedRelative",
  "departed",
  "arrived",
  "entered",
  "left",
  "laneChangedFrom",
  "laneChangedTo",
  "CO2_abs",
  "fuel_abs",
] as const;
/** Those between the sampled seconds and `departed`: only where somebody was. */
const means = 9;
const longest_s = 100_000;

interface Place {
  readonly length_m: number;
  readonly lanes: number;
  readonly limit: number;
}

export class MeanData implements StepListener {
  readonly #w: World;
  readonly #emissions: Emissions;
  readonly #tally: LaneTally;
  readonly #edges: Sheet | null;
  readonly #lanes: Sheet | null;
  readonly #period_s: number;
  #begin_s: number;

  constructor(folder: string, format: OutputFormat, world: World, emissions: Emissions, options: MeanDataOptions) {
    const sheet = (name: string, element: string, depth: number, leading: readonly string[]): Sheet =>
      new Sheet(folder, format, {
        name,
        root: "meandata",
        schema: "meandata_file.xsd",
        element,
        depth,
        columns,
        leading,
      });
    this.#w = world;
    this.#emissions = emissions;
    this.#tally = new LaneTally(world);
    this.#edges = options.edges ? sheet("edgedata", "edge", 2, ["begin", "end"]) : null;
    this.#lanes = options.lanes ? sheet("lanedata", "lane", 3, ["begin", "end", "edge"]) : null;
    this.#period_s = options.period_s;
    this.#begin_s = world.now_s;
  }

  departed(_v: number, lane: number): void {
    this.#tally.count("departed", lane);
  }

  arrived(_v: number, lane: number): void {
    this.#tally.count("arrived", lane);
  }

  entered(_v: number, lane: number): void {
    this.#tally.count("entered", lane);
  }

  left(_v: number, lane: number): void {
    this.#tally.count("left", lane);
  }

  changed(_v: number, from: number, to: number): void {
    this.#tally.count("changedFrom", from);
    this.#tally.count("changedTo", to);
  }

  moved(movement: Movement): void {
    this.#tally.move(movement, this.#emissions.movedCo2_mg, this.#emissions.movedFuel_mg);
  }

  stepped(): void {
    // Steps of a tenth add up to a little less than they are.
    if (this.#w.now_s - this.#begin_s >= this.#period_s - 1e-6) this.#write();
  }

  close(): void {
    if (this.#w.now_s > this.#begin_s) this.#write();
    this.#edges?.close();
    this.#lanes?.close();
  }

  #write(): void {
    const end_s = this.#w.now_s;
    const { edges } = this.#w.network;
    for (const sheet of [this.#edges, this.#lanes]) {
      sheet?.around(indented(1, `<interval begin="${seconds(this.#begin_s)}" end="${seconds(end_s)}" id="greenwave">`));
      sheet?.lead(0, this.#begin_s);
      sheet?.lead(1, end_s);
    }
    for (const [edge, id] of edges.ids.entries()) {
      if (edges.inside[edge] === 1) continue;
      this.#writeEdge(id, edges.firstLane[edge] as number, edges.firstLane[edge + 1] as number);
    }
    for (const sheet of [this.#edges, this.#lanes]) sheet?.around(indented(1, "</interval>"));
    this.#tally.clear();
    this.#begin_s = end_s;
  }

  #writeEdge(id: string, first: number, end: number): void {
    const { ids, length_m, speed_m_s } = this.#w.network.lanes;
    const place = { length_m: length_m[first] as number, limit: speed_m_s[first] as number, lanes: end - first };
    if (this.#edges !== null) this.#record(this.#edges, id, this.#tally.of(first, end), place);
    const sheet = this.#lanes;
    if (sheet === null) return;
    sheet.around(indented(2, `<edge id="${escapedXml(id)}">`));
    sheet.lead(2, id);
    for (let lane = first; lane < end; lane += 1) {
      this.#record(sheet, ids[lane] ?? "", this.#tally.of(lane, lane + 1), { ...place, lanes: 1 });
    }
    sheet.around(indented(2, "</edge>"));
  }

  #record(sheet: Sheet, id: string, tally: Tally, place: Place): void {
    sheet.begin();
    sheet.text(id);
    sheet.number(tally.all_s);
    if (tally.all_s > 0) this.#means(sheet, tally, place);
    else for (let i = 0; i < means; i += 1) sheet.skip();
    sheet.number(tally.departed, 0);
    sheet.number(tally.arrived, 0);
    sheet.number(tally.entered, 0);
    sheet.number(tally.left, 0);
    sheet.number(tally.changedFrom, 0);
    sheet.number(tally.changedTo, 0);
    sheet.number(tally.co2_mg, 0);
    sheet.number(tally.fuel_mg, 0);
    sheet.end();
  }

  /** After SUMO's documentation, "Lane- or Edge-based Traffic Measures". */
  #means(sheet: Sheet, tally: Tally, { length_m, lanes, limit }: Place): void {
    const period_s = this.#w.now_s - this.#begin_s;
    const extended_m = length_m + tally.body_m_s / tally.all_s;
    const density = ((tally.all_s / period_s) * 1000) / length_m;
    const speed = tally.all_m / tally.all_s;
    if (tally.front_m > 0) sheet.number(Math.min(longest_s, (length_m * tally.front_s) / tally.front_m));
    else sheet.skip();
    sheet.number(tally.all_m > 0 ? Math.min(longest_s, (extended_m * tally.all_s) / tally.all_m) : longest_s);
    sheet.number(density);
    sheet.number(density / lanes);
    sheet.number((100 * tally.covered_m_s) / period_s / length_m / lanes);
    sheet.number(tally.waiting_s);
    sheet.number(tally.loss_s);
    sheet.number(speed);
    sheet.number(speed / limit);
  }
}
