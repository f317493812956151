/** Writes the replay of one run while it goes on: the moment at which it begins, then every second. */
import { closeSync, openSync } from "node:fs";
import { encodeHead, ReplayEncoder } from "../../core/replay/encode.ts";
import type { ReplayFrame, ReplayHeader, ReplayLane } from "../../core/replay/format.ts";
import type { Simulation } from "../engine/simulation.ts";
import { NONE, type World } from "../engine/world.ts";
import type { RoadNetwork } from "../network/road-network.ts";
import { writeAll } from "../outputs/write-all.ts";

const frame_s = 1;

export interface ReplayTitle {
  readonly scenario: string;
  readonly seed: number;
}

/** Of each signal: the links that it rules, in the order of the letters of a frame, and each one's place in its state. */
interface Ruled {
  readonly lanes: number[];
  readonly indices: number[];
}

function ruledBy({ signals, links }: RoadNetwork): readonly Ruled[] {
  const ruled: Ruled[] = signals.map(() => ({ lanes: [], indices: [] }));
  for (const [link, signal] of links.signal.entries()) {
    ruled[signal]?.lanes.push(links.from[link] as number);
    ruled[signal]?.indices.push(links.signalIndex[link] as number);
  }
  return ruled;
}

const lanesOf = ({ edges, lanes }: RoadNetwork): ReplayLane[] =>
  lanes.ids.map((id, lane) => ({
    id,
    length_m: lanes.length_m[lane] as number,
    width_m: lanes.width_m[lane] as number,
    inside: edges.inside[lanes.edge[lane] as number] === 1,
    shape: lanes.shape[lane] as Float64Array,
  }));

function headerOf({ network, demand, now_s }: World, ruled: readonly Ruled[], title: ReplayTitle): ReplayHeader {
  return {
    ...title,
    begin_s: now_s,
    frame_s,
    types: demand.types.map((type) => ({
      id: type.id,
      class: type.class,
      length_m: type.length_m,
      width_m: type.width_m,
    })),
    vehicles: { ids: demand.departures.map(({ id }) => id), types: demand.departures.map(({ type }) => type) },
    signals: network.signals.map((id, at) => ({ id, lanes: ruled[at]?.lanes ?? [] })),
  };
}

export class ReplayRecorder {
  readonly #simulation: Simulation;
  readonly #file: number;
  readonly #encoder: ReplayEncoder;
  readonly #ruled: readonly Ruled[];
  readonly #frame: { -readonly [K in keyof ReplayFrame]: ReplayFrame[K] };
  readonly #states: string[];
  readonly #shown: string[];
  /** Departures before this one are over. */
  #first = 0;
  #next_s: number;

  /** Throws what the file system says where the file cannot be written. */
  constructor(file: string, simulation: Simulation, title: ReplayTitle) {
    const { world } = simulation;
    const vehicles = world.lane.length;
    this.#simulation = simulation;
    this.#ruled = ruledBy(world.network);
    const header = headerOf(world, this.#ruled, title);
    this.#file = openSync(file, "w");
    this.#encoder = new ReplayEncoder(header);
    this.#states = this.#ruled.map(() => "");
    this.#shown = this.#ruled.map(() => "");
    this.#frame = {
      count: 0,
      vehicle: new Int32Array(vehicles),
      lane: new Int32Array(vehicles),
      position_m: new Float32Array(vehicles),
      lateral_m: new Float32Array(vehicles),
      speed_m_s: new Float32Array(vehicles),
      shown: this.#shown,
    };
    writeAll(this.#file, encodeHead(header, lanesOf(world.network)));
    this.#next_s = world.now_s + frame_s;
    this.#take();
  }

  /** After every step. */
  note(): void {
    // Steps of a tenth add up to a little less than they are.
    if (this.#simulation.world.now_s < this.#next_s - 1e-6) return;
    this.#next_s += frame_s;
    this.#take();
  }

  close(): void {
    writeAll(this.#file, this.#encoder.end());
    closeSync(this.#file);
  }

  #take(): void {
    this.#takeSignals();
    this.#takeVehicles();
    writeAll(this.#file, this.#encoder.frame(this.#frame));
  }

  #takeSignals(): void {
    const { signals } = this.#simulation.world.network;
    for (let at = 0; at < signals.length; at += 1) {
      const state = this.#simulation.shown(signals[at] as string);
      if (state === this.#states[at]) continue;
      this.#states[at] = state;
      this.#shown[at] = (this.#ruled[at]?.indices ?? []).map((index) => state.charAt(index) || "O").join("");
    }
  }

  #takeVehicles(): void {
    const w = this.#simulation.world;
    const frame = this.#frame;
    const { of } = w.seats;
    while (this.#first < of.length && !Number.isNaN(w.arrived_s[of[this.#first] as number] as number)) this.#first += 1;
    frame.count = 0;
    for (let number = this.#first; number < of.length; number += 1) {
      if ((w.demand.departures[number]?.depart_s ?? 0) > w.now_s) return;
      if (w.lane[of[number] as number] !== NONE) this.#takeVehicle(of[number] as number, number);
    }
  }

  #takeVehicle(v: number, number: number): void {
    const w = this.#simulation.world;
    const frame = this.#frame;
    const at = frame.count;
    frame.vehicle[at] = number;
    frame.lane[at] = w.lane[v] as number;
    frame.position_m[at] = w.pos[v] as number;
    frame.lateral_m[at] = w.sideBySide?.offset_m[v] ?? 0;
    frame.speed_m_s[at] = w.speed[v] as number;
    frame.count += 1;
  }
}
