/** The turning movements of one camera, told as they end and summed up over windows. */
import type { Movement } from "../../core/ports/detection-feed.ts";
import type { MovementInterval } from "../../core/traffic/movement-interval.ts";
import { vehicleClasses } from "../../core/traffic/vehicle-class.ts";
import type { Camera } from "../schema.ts";
import { type Tracker, trackCapacity } from "../track/tracker.ts";
import type { GroundTracks } from "./ground-tracks.ts";
import { MovementWatch } from "./movement-watch.ts";
import { MovementWindows } from "./movement-windows.ts";
import type { MovementRule } from "./schema.ts";

export class MovementLog {
  readonly #watch: MovementWatch;
  readonly #windows: MovementWindows;
  #ground: GroundTracks | null = null;
  #now_ms: number;
  /** How far each slot's track had come when it entered. */
  readonly #way_m = new Float64Array(trackCapacity);

  constructor(camera: Camera, from_ms: number, listener: { movement(movement: Movement): void }) {
    const { id: feed, intersection, interval_s, lines, movements = [] } = camera;
    this.#now_ms = from_ms;
    this.#windows = new MovementWindows({ feed, intersection, lines, movements, interval_s, from_ms });
    this.#watch = new MovementWatch(lines, movements, {
      entered: (slot) => {
        this.#way_m[slot] = this.#ground?.way_m(slot) ?? Number.NaN;
      },
      moved: (index, slot, track, vehicleClass, entered_ms, left_ms) => {
        const { id, turn = null, entry, exit } = movements[index] as MovementRule;
        this.#windows.moved(index, vehicleClass, entered_ms, left_ms);
        const way_m = (this.#ground?.way_m(slot) ?? Number.NaN) - (this.#way_m[slot] ?? Number.NaN);
        listener.movement({
          feed,
          movement: id,
          turn,
          entry,
          exit,
          class: vehicleClasses[vehicleClass] ?? "car",
          track,
          entered_ms,
          left_ms,
          distance_m: Number.isNaN(way_m) ? null : Math.round(way_m * 10) / 10,
        });
      },
      unfinished: (line, vehicleClass) => this.#windows.unfinished(line, vehicleClass, this.#now_ms),
      unentered: (line, vehicleClass, at_ms) => this.#windows.unentered(line, vehicleClass, at_ms),
    });
  }

  /** After each update of the tracker and the ground, before the crossings of that picture. */
  observe(tracker: Tracker, ground: GroundTracks | null, at_ms: number): void {
    this.#ground = ground;
    this.#now_ms = at_ms;
    this.#windows.frame(at_ms);
    this.#watch.observe(tracker);
  }

  crossed(slot: number, line: number, direction: "forward" | "backward", at_ms: number): void {
    this.#watch.crossed(slot, line, direction, at_ms);
  }

  loseAll(): void {
    this.#watch.loseAll();
  }

  due(now_ms: number): readonly MovementInterval[] {
    return this.#windows.due(now_ms);
  }

  cut(now_ms: number): readonly MovementInterval[] {
    return this.#windows.cut(now_ms);
  }
}
