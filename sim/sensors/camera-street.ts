/**
 * A street as its cameras see it: one over each lane that ends at a signal, with the stated errors; nothing is known of other
 * lanes. A controller cannot tell it from the street itself.
 */
import type { SimulationResult } from "../engine/simulation.ts";
import { LaneSnapshot } from "../street/lane-snapshot.ts";
import type { ControlledStreet, LaneView } from "../street/running-street.ts";
import { type CameraErrors, Sightings, standardErrors } from "./camera-errors.ts";
import { lookAt } from "./camera-view.ts";

export class CameraStreet implements ControlledStreet {
  readonly #street: ControlledStreet;
  readonly #errors: CameraErrors;
  readonly #sightings: Sightings;
  /** 1: ends at a signal. */
  readonly #watched: Uint8Array;
  readonly #views = new Map<number, LaneSnapshot>();

  constructor(street: ControlledStreet, seed: number, errors: CameraErrors = standardErrors) {
    this.#street = street;
    this.#errors = errors;
    this.#sightings = new Sightings(errors, seed);
    const { lanes, links } = street.network;
    this.#watched = new Uint8Array(lanes.ids.length);
    for (const [link, signal] of links.signal.entries())
      if (signal !== -1) this.#watched[links.from[link] as number] = 1;
  }

  get engine() {
    return this.#street.engine;
  }
  get network() {
    return this.#street.network;
  }
  get programs() {
    return this.#street.programs;
  }
  get rules() {
    return this.#street.rules;
  }
  get step_s(): number {
    return this.#street.step_s;
  }
  get begin_s(): number {
    return this.#street.begin_s;
  }
  get end_s(): number {
    return this.#street.end_s;
  }
  get now_s(): number {
    return this.#street.now_s;
  }
  get vehicles(): readonly string[] {
    return this.#street.vehicles;
  }

  watch(lanes: Iterable<number>): void {
    this.#street.watch(lanes);
  }

  step(): Promise<void> {
    return this.#street.step();
  }

  lane(lane: number): LaneView {
    const truth = this.#street.lane(lane);
    let view = this.#views.get(lane);
    if (view === undefined) {
      view = new LaneSnapshot(lane, truth.length_m);
      this.#views.set(lane, view);
    }
    if (this.#watched[lane] === 1) lookAt(truth, this.#errors, this.#sightings, view);
    return view;
  }

  shown(signal: number): string {
    return this.#street.shown(signal);
  }

  show(signal: number, state: string): void {
    this.#street.show(signal, state);
  }

  result(): Promise<SimulationResult> {
    return this.#street.result();
  }

  close(): Promise<void> {
    return this.#street.close();
  }
}
