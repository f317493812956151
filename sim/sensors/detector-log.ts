/** Runs the detectors that a scenario's additional files place, and writes what each measured in its intervals. */
import { makeFolder } from "../outputs/make-folder.ts";
import { type OutputFormat, Sheet, type SheetShape } from "../outputs/sheet.ts";
import type { RunningStreet } from "../street/running-street.ts";
import type { DetectorDefinition } from "../sumo/detector-reader.ts";
import { Area } from "./area.ts";
import { EntryExit } from "./entry-exit.ts";
import { Loop } from "./loop.ts";

const shape = (name: string, columns: readonly string[]): SheetShape => ({
  name,
  root: "detector",
  schema: `det_${name}_file.xsd`,
  element: "interval",
  depth: 1,
  columns: ["begin", "end", "id", ...columns],
  leading: [],
});

/** By kind: SUMO's names for what is measured. */
const shapes = {
  loop: shape("e1", ["nVehContrib", "flow", "occupancy", "speed", "length"]),
  area: shape("e2", ["meanVehicleNumber", "meanHaltingNumber", "meanOccupancy", "maxJamLengthInMeters"]),
  "entry-exit": shape("e3", ["vehicleSum", "meanTravelTime", "vehicleSumWithin"]),
} as const;

/** As SUMO writes what nobody was there for. */
const nothing = -1;

interface Running {
  readonly lanes: readonly number[];
  look(street: RunningStreet): void;
  /** What is measured since the last one, in the order of the columns. */
  interval(end_s: number): readonly number[];
}

class RunningLoop implements Running {
  readonly lanes: readonly number[];
  readonly #loop: Loop;

  constructor({ place }: Extract<DetectorDefinition, { kind: "loop" }>, begin_s: number) {
    this.lanes = [place.lane];
    this.#loop = new Loop(place.lane, place.at_m, begin_s);
  }

  look(street: RunningStreet): void {
    this.#loop.look(street.lane(this.#loop.lane), street.now_s, street.step_s);
  }

  interval(end_s: number): readonly number[] {
    const { vehicles, flow_veh_h, occupancy, speed_m_s, length_m } = this.#loop.interval(end_s);
    return [vehicles, flow_veh_h, 100 * occupancy, speed_m_s ?? nothing, length_m ?? nothing];
  }
}

class RunningArea implements Running {
  readonly lanes: readonly number[];
  readonly #area: Area;
  #steps = 0;
  #sums: [number, number, number, number] = [0, 0, 0, 0];

  constructor({ lane, from_m, to_m }: Extract<DetectorDefinition, { kind: "area" }>) {
    this.lanes = [lane];
    this.#area = new Area(lane, from_m, to_m);
  }

  look(street: RunningStreet): void {
    const { vehicles, halting, occupancy, jam_m } = this.#area.look(street.lane(this.#area.lane));
    const [before, halted, covered, longest] = this.#sums;
    this.#steps += 1;
    this.#sums = [before + vehicles, halted + halting, covered + 100 * occupancy, Math.max(longest, jam_m)];
  }

  interval(): readonly number[] {
    const steps = Math.max(1, this.#steps);
    const [vehicles, halting, covered, longest] = this.#sums;
    this.#steps = 0;
    this.#sums = [0, 0, 0, 0];
    return [vehicles / steps, halting / steps, covered / steps, longest];
  }
}

class RunningEntryExit implements Running {
  readonly #pair: EntryExit;

  constructor({ entries, exits }: Extract<DetectorDefinition, { kind: "entry-exit" }>) {
    this.#pair = new EntryExit(entries, exits);
  }

  get lanes(): readonly number[] {
    return this.#pair.lanes;
  }

  look(street: RunningStreet): void {
    this.#pair.look(street);
  }

  interval(): readonly number[] {
    const { vehicles, travel_time_s, within } = this.#pair.interval();
    return [vehicles, travel_time_s ?? nothing, within];
  }
}

function running(definition: DetectorDefinition, begin_s: number): Running {
  if (definition.kind === "loop") return new RunningLoop(definition, begin_s);
  return definition.kind === "area" ? new RunningArea(definition) : new RunningEntryExit(definition);
}

export class DetectorLog {
  readonly #street: RunningStreet;
  readonly #sheets: ReadonlyMap<DetectorDefinition["kind"], Sheet>;
  readonly #detectors: { readonly of: DetectorDefinition; readonly runs: Running; since_s: number }[];

  /** Before the first step. Throws what the file system says where the folder cannot be written to. */
  constructor(
    definitions: readonly DetectorDefinition[],
    street: RunningStreet,
    { folder, format }: { readonly folder: string; readonly format: OutputFormat },
  ) {
    this.#street = street;
    const since_s = street.begin_s;
    this.#detectors = definitions.map((of) => ({ of, runs: running(of, since_s), since_s }));
    street.watch(this.#detectors.flatMap(({ runs }) => runs.lanes));
    makeFolder(folder);
    const kinds = [...new Set(definitions.map(({ kind }) => kind))];
    this.#sheets = new Map(kinds.map((kind) => [kind, new Sheet(folder, format, shapes[kind])]));
  }

  /** After every step. */
  note(): void {
    const { now_s, step_s } = this.#street;
    for (const detector of this.#detectors) {
      detector.runs.look(this.#street);
      if (now_s - detector.since_s > detector.of.period_s - step_s / 2) this.#write(detector, now_s);
    }
  }

  /** At the end, once. */
  close(): void {
    const { now_s } = this.#street;
    for (const detector of this.#detectors) if (now_s > detector.since_s) this.#write(detector, now_s);
    for (const sheet of this.#sheets.values()) sheet.close();
  }

  #write(detector: { readonly of: DetectorDefinition; readonly runs: Running; since_s: number }, end_s: number): void {
    const sheet = this.#sheets.get(detector.of.kind) as Sheet;
    sheet.begin();
    for (const time_s of [detector.since_s, end_s]) sheet.number(time_s, 2);
    sheet.text(detector.of.id);
    for (const value of detector.runs.interval(end_s)) sheet.number(value, 2);
    sheet.end();
    detector.since_s = end_s;
  }
}
