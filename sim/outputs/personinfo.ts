/** One record for each walk of everybody on foot, as SUMO's `personinfo`: within tripinfo in XML, in a file of their own as CSV. */
import type { Simulation } from "../engine/simulation.ts";
import type { Walkers, WalkListener, WalkSoFar } from "../engine/walkers/walkers.ts";
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

interface Walked extends WalkSoFar {
  readonly departPos_m: number;
  /** -1: still under way. */
  readonly arrival_s: number;
  readonly arrivalPos_m: number;
}

export class PersonInfo implements WalkListener {
  readonly #simulation: Simulation;
  readonly #onFoot: Walkers;
  /** In XML that of the trips. */
  readonly #sheet: Sheet;
  /** By walker: walks that are over; forgotten when the last is. */
  readonly #over = new Map<number, Walked[]>();

  constructor(folder: string, format: OutputFormat, simulation: Simulation, walkers: Walkers, trips: Sheet) {
    this.#simulation = simulation;
    this.#onFoot = walkers;
    const shape = { name: "personinfo", root: "", schema: "", element: "", depth: 0, columns, leading: [] };
    this.#sheet = trips.xml ? trips : new Sheet(folder, format, shape);
    walkers.listener = this;
  }

  ended(i: number): void {
    const { people } = this.#onFoot;
    const over = this.#over.get(i) ?? [];
    over.push(this.#walked(i, this.#simulation.world.now_s));
    if ((people.walk[i] as number) + 1 < (people.walkers[i]?.walks.length ?? 0)) {
      this.#over.set(i, over);
      return;
    }
    this.#over.delete(i);
    this.#write(i, over);
  }

  /** Those who are still under way. */
  close(): void {
    for (const i of this.#onFoot.running.toSorted()) {
      this.#write(i, [...(this.#over.get(i) ?? []), this.#walked(i, -1)]);
    }
    if (!this.#sheet.xml) this.#sheet.close();
  }

  #write(i: number, walks: readonly Walked[]): void {
    const { people } = this.#onFoot;
    const type = this.#simulation.world.demand.types[people.walkers[i]?.type ?? 0]?.id ?? "";
    const id = people.walkers[i]?.id ?? "";
    const factor = people.factor[i] as number;
    if (!this.#sheet.xml) for (const walk of walks) this.#row(id, type, factor, walk);
    else {
      const depart = seconds(walks[0]?.depart_s ?? 0);
      const names = `id="${escapedXml(id)}" depart="${depart}" type="${escapedXml(type)}" speedFactor="${seconds(factor)}"`;
      this.#sheet.around(indented(1, `<personinfo ${names}>`));
      for (const walk of walks) this.#sheet.around(indented(2, walkXml(walk)));
      this.#sheet.around(indented(1, "</personinfo>"));
    }
  }

  #walked(i: number, arrival_s: number): Walked {
    const { from_m, to_m } = this.#onFoot.walkOf(i);
    return { ...this.#onFoot.soFar(i), departPos_m: from_m, arrival_s, arrivalPos_m: to_m };
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
  walk.wanted_m_s,
];

const walkXml = (walk: Walked): string => {
  const values = valuesOf(walk).map((value, at) => `${columns[at + 3]}="${value.toFixed(2)}"`);
  return `<walk ${values.join(" ")}/>`;
};
