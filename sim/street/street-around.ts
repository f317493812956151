/** A street before another one, which answers as that does in all that is not said otherwise. */
import type { SimulationResult } from "../engine/simulation.ts";
import type { RoadNetwork, SignalProgram } from "../network/road-network.ts";
import type { LaneView, RunningStreet } from "./running-street.ts";

export abstract class StreetAround<Street extends RunningStreet> implements RunningStreet {
  protected readonly street: Street;

  constructor(street: Street) {
    this.street = street;
  }

  get engine(): RunningStreet["engine"] {
    return this.street.engine;
  }
  get network(): RoadNetwork {
    return this.street.network;
  }
  get programs(): readonly (SignalProgram | null)[] {
    return this.street.programs;
  }
  get step_s(): number {
    return this.street.step_s;
  }
  get begin_s(): number {
    return this.street.begin_s;
  }
  get end_s(): number {
    return this.street.end_s;
  }
  get now_s(): number {
    return this.street.now_s;
  }
  get vehicles(): readonly string[] {
    return this.street.vehicles;
  }

  watch(lanes: Iterable<number>): void {
    this.street.watch(lanes);
  }
  step(): Promise<void> {
    return this.street.step();
  }
  lane(lane: number): LaneView {
    return this.street.lane(lane);
  }
  shown(signal: number): string {
    return this.street.shown(signal);
  }
  show(signal: number, state: string): void {
    this.street.show(signal, state);
  }
  result(): Promise<SimulationResult> {
    return this.street.result();
  }
  close(): Promise<void> {
    return this.street.close();
  }
}
