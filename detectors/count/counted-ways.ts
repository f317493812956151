/** Turning movements over the pictures of one source. */
import { vehicleClasses } from "../../core/traffic/vehicle-class.ts";
import type { GroundTracks } from "../lane/ground-tracks.ts";
import { MovementWatch } from "../lane/movement-watch.ts";
import type { CountingLine, MovementRule } from "../lane/schema.ts";
import { type Tracker, trackCapacity } from "../track/tracker.ts";
import type { CountedMovement, LostWay } from "./messages.ts";

export class CountedWays {
  readonly movements: CountedMovement[] = [];
  readonly unfinished: LostWay[] = [];
  readonly unentered: LostWay[] = [];
  readonly #watch: MovementWatch;
  #ground: GroundTracks | null = null;
  readonly #way_m = new Float64Array(trackCapacity);

  constructor(lines: readonly CountingLine[], rules: readonly MovementRule[]) {
    const lost = (line: number, kind: number): LostWay => ({ line: lines[line]?.id ?? "", class: nameOf(kind) });
    this.#watch = new MovementWatch(lines, rules, {
      entered: (slot) => {
        this.#way_m[slot] = this.#ground?.way_m(slot) ?? Number.NaN;
      },
      moved: (rule, slot, track, kind, entered_ms, left_ms) => {
        const way_m = (this.#ground?.way_m(slot) ?? Number.NaN) - (this.#way_m[slot] ?? Number.NaN);
        this.movements.push({
          movement: rules[rule]?.id ?? "",
          t_entry_s: entered_ms / 1000,
          t_exit_s: left_ms / 1000,
          class: nameOf(kind),
          track,
          ...(Number.isNaN(way_m) ? {} : { distance_m: Math.round(way_m * 10) / 10 }),
        });
      },
      unfinished: (line, kind) => this.unfinished.push(lost(line, kind)),
      unentered: (line, kind) => this.unentered.push(lost(line, kind)),
    });
  }

  /** After each update of the tracker and the ground, before the crossings of that picture. */
  observe(tracker: Tracker, ground: GroundTracks | null): void {
    this.#ground = ground;
    this.#watch.observe(tracker);
  }

  crossed(slot: number, line: number, direction: "forward" | "backward", t_s: number): void {
    this.#watch.crossed(slot, line, direction, Math.round(t_s * 1000));
  }

  /** Who is still inside has not finished. */
  end(): void {
    this.#watch.loseAll();
  }
}

const nameOf = (kind: number) => vehicleClasses[kind] ?? "car";
