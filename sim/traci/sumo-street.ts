/** A street on SUMO, over TraCI: one exchange a step, which takes along all that signals were told to show. */
import { rm } from "node:fs/promises";
import { failed, ok, ProblemError, problem, type Result } from "../../core/problems/problem.ts";
import type { SimulationResult } from "../engine/simulation.ts";
import { classBit, type RoadNetwork, type SignalProgram, vehicleClassNames } from "../network/road-network.ts";
import { LaneSnapshot } from "../street/lane-snapshot.ts";
import type { LaneView, RunningStreet } from "../street/running-street.ts";
import { ByteNames } from "./byte-names.ts";
import { Batch, leastApi, readAnswers, signalAnswer, surroundingsAnswer, toVariable, variables } from "./commands.ts";
import { freePort, TraciConnection } from "./connection.ts";
import { sumoResult } from "./plain-run.ts";
import { type SumoOrder, sumoArguments, sumoFolder } from "./sumo-inputs.ts";
import { SumoProcess } from "./sumo-process.ts";
import { MessageReader, MessageWriter, tags, wrongAnswer } from "./wire.ts";

/** A step of the largest city takes less. */
const usualSilence_ms = 120_000;

interface Parts {
  readonly order: SumoOrder;
  readonly network: RoadNetwork;
  readonly programs: readonly (SignalProgram | null)[];
  readonly folder: string;
  readonly sumo: SumoProcess;
  readonly connection: TraciConnection;
}

class SumoStreet implements RunningStreet {
  readonly engine = "sumo";
  readonly network: RoadNetwork;
  readonly programs: readonly (SignalProgram | null)[];
  readonly step_s: number;
  readonly begin_s: number;
  readonly end_s: number;
  readonly #parts: Parts;
  readonly #writer = new MessageWriter();
  readonly #batch = new Batch(this.#writer);
  readonly #reader = new MessageReader();
  readonly #lanes: ByteNames;
  readonly #signals: ByteNames;
  readonly #vehicles = new ByteNames();
  readonly #classes = new ByteNames(vehicleClassNames);
  readonly #classBits = Int32Array.from(vehicleClassNames, classBit);
  readonly #views: (LaneSnapshot | undefined)[];
  readonly #watched: LaneSnapshot[] = [];
  readonly #shown: string[];
  #seesVehicles = false;
  #steps = 0;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.network = parts.network;
    this.programs = parts.programs;
    this.step_s = parts.order.step_s;
    this.begin_s = parts.order.files.begin_s;
    this.end_s = parts.order.files.end_s;
    this.#lanes = new ByteNames(parts.network.lanes.ids);
    this.#signals = new ByteNames(parts.network.signals);
    this.#views = parts.network.lanes.ids.map(() => undefined);
    this.#shown = parts.network.signals.map(() => "");
  }

  get now_s(): number {
    return this.begin_s + this.#steps * this.step_s;
  }

  get vehicles(): readonly string[] {
    return this.#vehicles.names;
  }

  /** Asks which TraCI it speaks, and what signals show. */
  async begin(): Promise<void> {
    this.#batch.getVersion();
    await this.#exchange();
    for (const [signal, program] of this.programs.entries()) {
      if (program !== null) this.#batch.watchSignal(this.network.signals[signal] as string);
    }
    if (this.#batch.sent.length > 0) await this.#exchange();
  }

  watch(lanes: Iterable<number>): void {
    for (const lane of lanes) {
      if (this.#views[lane] !== undefined) continue;
      const view = new LaneSnapshot(lane, this.network.lanes.length_m[lane] as number);
      this.#views[lane] = view;
      this.#watched.push(view);
      if (!this.#seesVehicles) this.#batch.watchVehicles(this.network.lanes.ids[lane] as string);
      this.#seesVehicles = true;
    }
  }

  async step(): Promise<void> {
    this.#batch.step();
    await this.#exchange();
    this.#steps += 1;
  }

  lane(lane: number): LaneView {
    const view = this.#views[lane];
    if (view === undefined) throw new Error(`lane ${lane} is not watched`);
    return view;
  }

  shown(signal: number): string {
    return this.#shown[signal] as string;
  }

  show(signal: number, state: string): void {
    if (state !== this.#shown[signal]) this.#batch.show(this.network.signals[signal] as string, state);
  }

  async result(): Promise<SimulationResult> {
    this.#batch.close();
    await this.#exchange();
    const wrong = await this.#parts.sumo.ended;
    if (wrong !== null) throw new ProblemError([wrong]);
    const result = await sumoResult(this.network, this.#parts.folder, this.#parts.order);
    if (!result.ok) throw new ProblemError(result.problems);
    return result.value;
  }

  async close(): Promise<void> {
    this.#parts.connection.close();
    await this.#parts.sumo.stop();
    await rm(this.#parts.folder, { recursive: true, force: true });
  }

  async #exchange(): Promise<void> {
    this.#reader.open(await this.#parts.connection.exchange(this.#writer.message()));
    readAnswers(this.#reader, this.#batch.sent, {
      version: (api, name) => {
        if (api < leastApi) throw new ProblemError([problem("SUMO_VERSION", { found: name, api, wanted: leastApi })]);
      },
      subscription: (kind, reader) => this.#take(kind, reader),
    });
    this.#batch.reset();
  }

  #take(kind: number, reader: MessageReader): void {
    if (kind === signalAnswer) this.#takeSignal(reader);
    else if (kind === surroundingsAnswer) this.#takeVehicles(reader);
    else throw wrongAnswer(`a subscription of kind ${kind}`);
  }

  #takeSignal(reader: MessageReader): void {
    const length = reader.stringBytes();
    const signal = this.#signals.find(reader.bytes, reader.at - length, reader.at);
    reader.ubyte();
    toVariable(reader, variables.signalState, tags.string);
    const size = reader.stringBytes();
    if (signal === -1 || same(this.#shown[signal] as string, reader, size)) return;
    this.#shown[signal] = reader.bytes.toString("latin1", reader.at - size, reader.at);
  }

  #takeVehicles(reader: MessageReader): void {
    for (const view of this.#watched) view.reset();
    reader.stringBytes();
    reader.ubyte();
    reader.ubyte();
    for (let left = reader.int(); left > 0; left -= 1) this.#takeVehicle(reader);
    for (const view of this.#watched) view.sort();
  }

  #takeVehicle(reader: MessageReader): void {
    const nameLength = reader.stringBytes();
    const vehicle = this.#vehicles.take(reader.bytes, reader.at - nameLength, reader.at);
    toVariable(reader, variables.lane, tags.string);
    const laneLength = reader.stringBytes();
    const lane = this.#lanes.find(reader.bytes, reader.at - laneLength, reader.at);
    toVariable(reader, variables.position, tags.double);
    const position_m = reader.double();
    toVariable(reader, variables.speed, tags.double);
    const speed_m_s = reader.double();
    toVariable(reader, variables.length, tags.double);
    const body_m = reader.double();
    toVariable(reader, variables.class, tags.string);
    const classLength = reader.stringBytes();
    const view = this.#views[lane];
    if (view === undefined) return;
    const kind = this.#classes.find(reader.bytes, reader.at - classLength, reader.at);
    view.add(vehicle, position_m, speed_m_s, body_m, this.#classBits[kind] ?? 0);
  }
}

function same(text: string, { bytes, at }: MessageReader, size: number): boolean {
  if (text.length !== size) return false;
  for (let i = 0; i < size; i += 1) if (text.charCodeAt(i) !== bytes[at - size + i]) return false;
  return true;
}

/** Starts SUMO and comes to its first step. `programs`: those in force, by signal. Whoever opens it closes it. */
export async function openSumoStreet(
  order: SumoOrder,
  network: RoadNetwork,
  programs: readonly (SignalProgram | null)[],
  silence_ms = usualSilence_ms,
): Promise<Result<RunningStreet>> {
  const folder = await sumoFolder();
  const port = await freePort();
  const args = [...(await sumoArguments(order, folder)), "--remote-port", String(port), "--num-clients", "1"];
  const sumo = new SumoProcess(args, folder);
  try {
    const connection = await TraciConnection.to(port, sumo, silence_ms);
    const street = new SumoStreet({ order, network, programs, folder, sumo, connection });
    await street.begin();
    return ok(street);
  } catch (error) {
    await sumo.stop();
    await rm(folder, { recursive: true, force: true });
    if (error instanceof ProblemError) return failed(...error.problems);
    throw error;
  }
}
