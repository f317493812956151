/** A street on our own engine. Lanes are looked at only when somebody asks, and once a step. */
import { ok, type Result } from "../../core/problems/problem.ts";
import { Simulation, type SimulationOptions, type SimulationResult } from "../engine/simulation.ts";
import { NONE } from "../engine/world.ts";
import { programsInForce } from "../network/programs-in-force.ts";
import { classBit, type RoadNetwork, type SignalProgram } from "../network/road-network.ts";
import { openRecorder, type Recorder, type RecordOrder } from "../outputs/recorder.ts";
import type { ReplayTitle } from "../replay/replay-recorder.ts";
import { DetectorLog } from "../sensors/detector-log.ts";
import type { DetectorDefinition } from "../sumo/detector-reader.ts";
import { LaneSnapshot } from "./lane-snapshot.ts";
import type { LaneView, RunningStreet } from "./running-street.ts";

export class OwnStreet implements RunningStreet {
  readonly engine = "own";
  readonly network: RoadNetwork;
  readonly programs: readonly (SignalProgram | null)[];
  readonly step_s: number;
  readonly begin_s: number;
  readonly end_s: number;
  readonly vehicles: readonly string[];
  readonly #simulation: Simulation;
  readonly #classes: Int32Array;
  readonly #views = new Map<number, LaneSnapshot>();
  #steps = 0;
  #recorder: Recorder | null = null;

  constructor(options: SimulationOptions) {
    this.network = options.network;
    this.programs = programsInForce(options.network, options.programs ?? []);
    this.begin_s = options.begin_s;
    this.end_s = options.end_s;
    this.#simulation = new Simulation(options);
    const { world } = this.#simulation;
    this.step_s = world.dt;
    const bits = world.demand.types.map((type) => classBit(type.class));
    this.#classes = Int32Array.from(world.demand.departures, ({ type }) => bits[type] as number);
    this.vehicles = world.demand.departures.map(({ id }) => id);
  }

  /** Before the first step: what is kept of the run, with what `detectors` measure. Ended by `result`. */
  record(order: RecordOrder, title: ReplayTitle, detectors: readonly DetectorDefinition[]): Result<void> {
    const opened = openRecorder(order, {
      ...title,
      simulation: this.#simulation,
      programs: this.programs,
      ...(detectors.length > 0 ? { beside: (to) => new DetectorLog(detectors, this, to) } : {}),
    });
    if (!opened.ok) return opened;
    this.#recorder = opened.value;
    return ok(undefined);
  }

  get now_s(): number {
    return this.#simulation.world.now_s;
  }

  watch(lanes: Iterable<number>): void {
    for (const lane of lanes) {
      if (!this.#views.has(lane)) {
        this.#views.set(lane, new LaneSnapshot(lane, this.network.lanes.length_m[lane] as number));
      }
    }
  }

  step(): Promise<void> {
    this.#simulation.step();
    this.#steps += 1;
    this.#recorder?.note();
    return Promise.resolve();
  }

  lane(lane: number): LaneView {
    const view = this.#views.get(lane);
    if (view === undefined) throw new Error(`lane ${lane} is not watched`);
    if (view.step !== this.#steps) this.#look(view);
    return view;
  }

  #look(view: LaneSnapshot): void {
    const { world } = this.#simulation;
    view.reset();
    view.step = this.#steps;
    for (let v = world.front[view.lane] as number; v !== NONE; v = world.behind[v] as number) {
      const number = world.seats.number[v] as number;
      view.add(
        number,
        world.pos[v] as number,
        world.speed[v] as number,
        world.length[v] as number,
        this.#classes[number] as number,
      );
    }
  }

  shown(signal: number): string {
    return this.#simulation.shown(this.network.signals[signal] as string);
  }

  show(signal: number, state: string): void {
    this.#simulation.show(this.network.signals[signal] as string, state);
  }

  result(): Promise<SimulationResult> {
    this.#recorder?.close();
    this.#recorder = null;
    return Promise.resolve(this.#simulation.result());
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
