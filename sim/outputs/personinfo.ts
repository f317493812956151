/** One record for each walk of everybody on foot, as SUMO's `personinfo`: within tripinfo in XML, in a file of their own as CSV. */
import type { Walk } from "../demand/demand.ts";
import type { Simulation } from "../engine/simulation.ts";
import type { Walkers, WalkListener } from "../engine/walkers/walkers.ts";
import { escapedXml, indented, type OutputFormat, Sheet, seconds } from "./sheet.ts";

const columns = [
  "id",
  "type",
  "speedFactor",
  "depart",
  "departPos",
  "arrival",
  "arrivalPos",
  "duration",
  "routeLength",
  "timeLoss",
  "maxSpeed",
] as const;

interface Walked {
  readonly depart_s: number;
  readonly departPos_m: number;
  /** -1: still under way. */
  readonly arrival_s: number;
  readonly arrivalPos_m: number;
  readonly duration_s: number;
  readonly way_m: number;
  readonly loss_s: number;
  readonly speed_m_s: number;
}

export class PersonInfo implements WalkListener {
  readonly #simulation: Simulation;
  readonly #onFoot: Walkers;
  readonly #sheet: Sheet;
  /** In XML the sheet is that of the trips. */
  readonly #isOwn: boolean;
  /** By walker: walks that are over; forgotten when the last is. */
  readonly #over = new Map<number, Walked[]>();

  constructor(folder: string, format: OutputFormat, simulation: Simulation, walkers: Walkers, trips: Sheet) {
    this.#simulation = simulation;
    this.#onFoot = walkers;
    this.#isOwn = format !== "xml";
    const shape = { name: "personinfo", root: "", schema: "", element: "", depth: 0, columns, leading: [] };
    this.#sheet = this.#isOwn ? new Sheet(folder, format, shape) : trips;
    walkers.listener = this;
  }

  ended(i: number, walk: number, at_s: number): void {
    const over = this.#over.get(i) ?? [];
    over.push(this.#walked(i, walk, at_s, true));
    if (walk + 1 < (this.#onFoot.people.walkers[i]?.walks.length ?? 0)) {
      this.#over.set(i, over);
      return;
    }
    this.#over.delete(i);
    this.#write(i, over);
  }

  /** Those who are still under way. */
  close(): void {
    const { people, running } = this.#onFoot;
    for (const i of running.toSorted()) {
      const last = this.#walked(i, people.walk[i] as number, this.#simulation.world.now_s, false);
      this.#write(i, [...(this.#over.get(i) ?? []), last]);
    }
    if (this.#isOwn) this.#sheet.close();
  }

  #write(i: number, walks: readonly Walked[]): void {
    const { people } = this.#onFoot;
    const type = this.#simulation.world.demand.types[people.walkers[i]?.type ?? 0]?.id ?? "";
    const id = people.walkers[i]?.id ?? "";
    const factor = people.factor[i] as number;
    if (this.#isOwn) for (const walk of walks) this.#row(id, type, factor, walk);
    else {
      const depart = seconds(walks[0]?.depart_s ?? 0);
      const names = `id="${escapedXml(id)}" depart="${depart}" type="${escapedXml(type)}" speedFactor="${seconds(factor)}"`;
      this.#sheet.around(indented(1, `<personinfo ${names}>`));
      for (const walk of walks) this.#sheet.around(indented(2, walkXml(walk)));
      this.#sheet.around(indented(1, "</personinfo>"));
    }
  }

  #walked(i: number, at: number, at_s: number, over: boolean): Walked {
    const { people, began_s, walked_m } = this.#onFoot;
    const walk = people.walkers[i]?.walks[at] as Walk;
    const way_m = walked_m[i] as number;
    const duration_s = at_s - (began_s[i] as number);
    const speed_m_s = walk.speed_m_s ?? (people.wanted[i] as number);
    return {
      depart_s: began_s[i] as number,
      departPos_m: walk.from_m,
      arrival_s: over ? at_s : -1,
      arrivalPos_m: walk.to_m,
      duration_s,
      way_m,
      loss_s: Math.max(0, duration_s - way_m / speed_m_s),
      speed_m_s,
    };
  }

  #row(id: string, type: string, factor: number, walk: Walked): void {
    const sheet = this.#sheet;
    sheet.begin();
    sheet.text(id);
    sheet.text(type);
    sheet.number(factor);
    for (const value of valuesOf(walk)) sheet.number(value);
    sheet.end();
  }
}

const valuesOf = (walk: Walked): readonly number[] => [
  walk.depart_s,
  walk.departPos_m,
  walk.arrival_s,
  walk.arrivalPos_m,
  walk.duration_s,
  walk.way_m,
  walk.loss_s,
  walk.speed_m_s,
];

const walkXml = (walk: Walked): string => {
  const values = valuesOf(walk).map((value, at) => `${columns[at + 3]}="${value.toFixed(2)}"`);
  return `<walk ${values.join(" ")}/>`;
};
