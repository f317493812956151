/**
 * A street as its cameras see it: one beyond each stop line with a signal, with the stated errors and faults, over all that is between
 * its mast and the end of its range; nothing is known of what lies elsewhere. A controller cannot tell it from the street itself.
 */
import { LaneSnapshot } from "../street/lane-snapshot.ts";
import type { Cameras, ControlledStreet, LaneView } from "../street/running-street.ts";
import { StreetAround } from "../street/street-around.ts";
import { type CameraErrors, Sightings, standardErrors } from "./camera-errors.ts";
import type { CameraFault } from "./camera-faults.ts";
import { lookAt, lookBelow, mounting, type Shade } from "./camera-view.ts";
import { lanesBelow, lanesInSight, type SeenInside, type SeenLane } from "./camera-ways.ts";
import { FaultyCameras } from "./faulty-cameras.ts";

interface Seen {
  readonly view: LaneSnapshot;
  /** When it was looked at last, what moment it shows, and the roof that hides most behind it. */
  at_s: number;
  told_s: number;
  shade: Shade;
}

export class CameraStreet extends StreetAround<ControlledStreet> implements ControlledStreet {
  readonly cameras: Cameras;
  readonly #errors: CameraErrors;
  readonly #seed: number;
  /** By the edge of the stop lines: each camera misses others. */
  readonly #sightings = new Map<number, Sightings>();
  readonly #faulty: FaultyCameras;
  readonly #inSight: ReadonlyMap<number, SeenLane>;
  readonly #below: ReadonlyMap<number, SeenInside>;
  readonly #seen = new Map<number, Seen>();

  constructor(
    street: ControlledStreet,
    seed: number,
    errors: CameraErrors = standardErrors,
    faults: readonly CameraFault[] = [],
  ) {
    super(street);
    this.#errors = errors;
    this.#seed = seed;
    this.#faulty = new FaultyCameras(street.network, faults);
    this.#inSight = lanesInSight(street.network, errors.range_m);
    this.#below = lanesBelow(street.network, mounting.beyond_m);
    this.cameras = { range_m: errors.range_m, told_s: (lane) => this.#look(lane).told_s };
  }

  get rules(): ControlledStreet["rules"] {
    return this.street.rules;
  }

  /** Cameras see their whole way, whoever asks for which part of it. */
  override watch(lanes: Iterable<number>): void {
    const wanted = new Set(lanes);
    for (const lane of wanted) {
      const { next } = this.#inSight.get(lane) ?? { next: -1 };
      if (next !== -1) wanted.add(next);
    }
    this.street.watch(wanted);
  }

  override lane(lane: number): LaneView {
    return this.#look(lane).view;
  }

  #look(lane: number): Seen {
    const truth = this.street.lane(lane);
    let seen = this.#seen.get(lane);
    if (seen === undefined) {
      const view = new LaneSnapshot(lane, truth.length_m);
      seen = { view, at_s: Number.NaN, told_s: Number.NaN, shade: { rear_m: 0, height_m: 0 } };
      this.#seen.set(lane, seen);
    }
    if (seen.at_s === this.now_s) return seen;
    seen.at_s = this.now_s;
    const [before, below] = [this.#inSight.get(lane), this.#below.get(lane)];
    if (before !== undefined) this.#lookBefore(truth, before, seen);
    else if (below !== undefined) this.#lookBelow(truth, below, seen);
    return seen;
  }

  #lookBefore(truth: LaneView, part: SeenLane, seen: Seen): void {
    const fault = this.#faulty.at(part.stop, this.now_s);
    if (fault !== "dark") seen.told_s = this.now_s - this.#errors.latency_s;
    if (fault === "dark" || fault === "repeated") return;
    const shade = part.next === -1 ? undefined : this.#look(part.next).shade;
    seen.shade = lookAt(truth, this.#errors, this.#sightingsOf(part.stop), seen.view, part.ahead_m, shade);
    seen.told_s -= this.#faulty.spoil(fault, part, seen.view);
  }

  #lookBelow(truth: LaneView, { stop, to_m }: SeenInside, seen: Seen): void {
    if (this.#faulty.at(stop, this.now_s) === null) {
      lookBelow(truth, to_m, this.#errors, this.#sightingsOf(stop), seen.view);
    } else seen.view.reset();
  }

  #sightingsOf(stop: number): Sightings {
    const camera = this.network.lanes.edge[stop] as number;
    const known = this.#sightings.get(camera);
    if (known !== undefined) return known;
    const made = new Sightings(this.#errors, this.#seed, camera);
    this.#sightings.set(camera, made);
    return made;
  }
}
