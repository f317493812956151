/**
 * A street as its cameras see it: one over each lane that ends at a signal, with the stated errors; nothing is known of other
 * lanes. A controller cannot tell it from the street itself.
 */
import { LaneSnapshot } from "../street/lane-snapshot.ts";
import type { ControlledStreet, LaneView } from "../street/running-street.ts";
import { StreetAround } from "../street/street-around.ts";
import { type CameraErrors, Sightings, standardErrors } from "./camera-errors.ts";
import { lookAt } from "./camera-view.ts";

export class CameraStreet extends StreetAround<ControlledStreet> implements ControlledStreet {
  readonly #errors: CameraErrors;
  readonly #sightings: Sightings;
  /** 1: ends at a signal. */
  readonly #watched: Uint8Array;
  readonly #views = new Map<number, LaneSnapshot>();

  constructor(street: ControlledStreet, seed: number, errors: CameraErrors = standardErrors) {
    super(street);
    this.#errors = errors;
    this.#sightings = new Sightings(errors, seed);
    const { lanes, links } = street.network;
    this.#watched = new Uint8Array(lanes.ids.length);
    for (const [link, signal] of links.signal.entries())
      if (signal !== -1) this.#watched[links.from[link] as number] = 1;
  }

  get rules(): ControlledStreet["rules"] {
    return this.street.rules;
  }

  override lane(lane: number): LaneView {
    const truth = this.street.lane(lane);
    let view = this.#views.get(lane);
    if (view === undefined) {
      view = new LaneSnapshot(lane, truth.length_m);
      this.#views.set(lane, view);
    }
    if (this.#watched[lane] === 1) lookAt(truth, this.#errors, this.#sightings, view);
    return view;
  }
}
