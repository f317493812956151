/** One record a vehicle, as SUMO's `--tripinfo-output` with unfinished and undeparted vehicles. */
import type { Simulation } from "../engine/simulation.ts";
import { NONE, type World } from "../engine/world.ts";
import type { Emissions } from "./emissions.ts";
import { PersonInfo } from "./personinfo.ts";
import { indented, type OutputFormat, Sheet } from "./sheet.ts";
import type { StepListener } from "./step-listener.ts";

const columns = [
  "id",
  "depart",
  "departLane",
  "departPos",
  "departSpeed",
  "departDelay",
  "arrival",
  "arrivalLane",
  "arrivalPos",
  "arrivalSpeed",
  "duration",
  "routeLength",
  "waitingTime",
  "waitingCount",
  "stopTime",
  "timeLoss",
  "rerouteNo",
  "devices",
  "vType",
  "speedFactor",
  "vaporized",
] as const;

/** In XML they are of an element of their own inside, as of SUMO's emission device. */
const emitted = ["CO2_abs", "fuel_abs"] as const;

const emissions = indented(2, '<emissions CO2_abs="');
const endOfRecord = indented(1, "</tripinfo>");

export class Tripinfo implements StepListener {
  readonly #w: World;
  readonly #emissions: Emissions;
  readonly #sheet: Sheet;
  /** Null where nobody walks. */
  readonly #people: PersonInfo | null;
  readonly #lane: Int32Array;
  readonly #pos: Float64Array;
  readonly #speed: Float64Array;

  constructor(folder: string, format: OutputFormat, simulation: Simulation, emissions: Emissions) {
    const { world, walkers } = simulation;
    this.#w = world;
    this.#emissions = emissions;
    this.#sheet = new Sheet(folder, format, {
      name: "tripinfo",
      root: "tripinfos",
      schema: "tripinfo_file.xsd",
      element: "tripinfo",
      depth: 1,
      columns: format === "xml" ? columns : [...columns, ...emitted],
      leading: [],
    });
    this.#people = walkers === null ? null : new PersonInfo(folder, format, simulation, walkers, this.#sheet);
    this.#lane = world.seats.whole();
    this.#pos = world.seats.floats();
    this.#speed = world.seats.floats();
  }

  departed(v: number, lane: number): void {
    this.#lane[v] = lane;
    this.#pos[v] = this.#w.pos[v] as number;
    this.#speed[v] = this.#w.speed[v] as number;
  }

  arrived(v: number, lane: number): void {
    const w = this.#w;
    const over = (w.pos[v] as number) - this.#end_m(v, lane);
    this.#write(v, w.arrived_s[v] as number, lane, (w.driven[v] as number) - over);
  }

  /** Where its trip ends on its last lane. */
  #end_m(v: number, lane: number): number {
    const length_m = this.#w.network.lanes.length_m[lane] as number;
    return Math.min(length_m, this.#w.errands?.end_m(v) ?? length_m);
  }

  /** Those who are still under way, and those who never got in. */
  close(): void {
    const w = this.#w;
    this.#people?.close();
    for (const v of w.seats.of) {
      if (Number.isNaN(w.departed_s[v] as number)) this.#write(v, Number.NaN, NONE, 0);
      else if (Number.isNaN(w.arrived_s[v] as number)) this.#write(v, Number.NaN, NONE, w.driven[v] as number);
    }
    this.#sheet.close();
  }

  /** `lane`: where it arrived, or NONE. */
  #write(v: number, arrival_s: number, lane: number, way_m: number): void {
    const w = this.#w;
    const sheet = this.#sheet;
    const departure = w.departureOf(v);
    sheet.begin();
    sheet.text(departure?.id ?? "");
    this.#writeDeparture(v, departure?.depart_s ?? 0);
    this.#writeArrival(v, arrival_s, lane);
    sheet.number(way_m);
    sheet.number(w.waiting_s[v] as number);
    sheet.number(w.stops[v] as number, 0);
    sheet.number(w.errands?.halted_s[v] ?? 0);
    sheet.number(w.loss_s[v] as number);
    sheet.number(0, 0);
    sheet.text("");
    sheet.text(w.demand.types[departure?.type ?? 0]?.id ?? "");
    sheet.number(w.factor[v] as number);
    sheet.text(Number.isNaN(arrival_s) ? "end" : "");
    this.#writeEmissions(v);
  }

  #writeDeparture(v: number, due_s: number): void {
    const w = this.#w;
    const sheet = this.#sheet;
    const departed_s = w.departed_s[v] as number;
    const lane = this.#lane[v] as number;
    sheet.number(departed_s);
    sheet.text(w.network.lanes.ids[lane] ?? "");
    sheet.number(lane === NONE ? -1 : (this.#pos[v] as number));
    sheet.number(lane === NONE ? -1 : (this.#speed[v] as number));
    sheet.number((lane === NONE ? w.now_s : departed_s) - due_s);
  }

  #writeArrival(v: number, arrival_s: number, lane: number): void {
    const w = this.#w;
    const sheet = this.#sheet;
    const departed_s = w.departed_s[v] as number;
    const { ids } = w.network.lanes;
    sheet.number(arrival_s);
    sheet.text(ids[lane] ?? "");
    sheet.number(lane === NONE ? -1 : this.#end_m(v, lane));
    sheet.number(lane === NONE ? -1 : (w.speed[v] as number));
    const until_s = Number.isNaN(arrival_s) ? w.now_s : arrival_s;
    sheet.number(Number.isNaN(departed_s) ? 0 : until_s - departed_s);
  }

  #writeEmissions(v: number): void {
    const sheet = this.#sheet;
    const co2_mg = this.#emissions.co2_mg[v] as number;
    const fuel_mg = this.#emissions.fuel_mg[v] as number;
    if (!sheet.xml) {
      sheet.number(co2_mg, 0);
      sheet.number(fuel_mg, 0);
      sheet.end();
      return;
    }
    sheet.end(true);
    sheet.within(emissions, co2_mg);
    sheet.within('" fuel_abs="', fuel_mg);
    sheet.around('"/>');
    sheet.around(endOfRecord);
  }
}
