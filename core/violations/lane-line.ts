/** Lane encroachment: the body is over a solid line by more than allowed, without a break, for longer than allowed. */
import { type Fitness, unfit } from "./fitness.ts";
import { along, between, distance_m, type Marking, sideOf } from "./ground.ts";
import type { Ruling } from "./ruling.ts";
import { type Sighting, width_m } from "./sighting.ts";

const laneLineVersion = 1;

export interface LaneLineSettings {
  /** The pieces of the solid line. */
  readonly solid: readonly Marking[];
  readonly over_m: number;
  readonly for_s: number;
}

interface Followed {
  /** Null while it is not over. */
  over: { readonly since_ms: number; most_m: number } | null;
  done: boolean;
}

/** How far the smaller part of the body reaches over the line; 0 when it is on one side. */
function over_m({ front, rear, class: vehicleClass }: Sighting, line: Marking): number {
  const place = along(line, between(rear, front, 0.5));
  if (place < 0 || place > 1) return 0;
  const length = Math.max(distance_m(rear, front), 1e-6);
  const half = width_m[vehicleClass] / 2;
  const [nx, ny] = [(-(front.y_m - rear.y_m) / length) * half, ((front.x_m - rear.x_m) / length) * half];
  let [left, right] = [0, 0];
  for (const end of [front, rear]) {
    for (const hand of [1, -1]) {
      const side = sideOf(line, { x_m: end.x_m + hand * nx, y_m: end.y_m + hand * ny });
      left = Math.max(left, side);
      right = Math.max(right, -side);
    }
  }
  return Math.min(left, right);
}

export class LaneLineRule {
  readonly #settings: LaneLineSettings;
  readonly #followed = new Map<number, Followed>();

  constructor(settings: LaneLineSettings) {
    this.#settings = settings;
  }

  observe(sighting: Sighting, fitness: Fitness): Ruling | null {
    const followed = this.#followed.get(sighting.track) ?? { over: null, done: false };
    this.#followed.set(sighting.track, followed);
    if (followed.done) return null;
    const reach_m = Math.max(0, ...this.#settings.solid.map((line) => over_m(sighting, line)));
    if (reach_m <= this.#settings.over_m) {
      followed.over = null;
      return null;
    }
    const { at_ms, track } = sighting;
    followed.over ??= { since_ms: at_ms, most_m: 0 };
    followed.over.most_m = Math.max(followed.over.most_m, reach_m);
    // A guessed place proves nothing; what is seen again later may.
    if (sighting.occluded) followed.over = null;
    if (followed.over === null || at_ms - followed.over.since_ms < this.#settings.for_s * 1000) return null;
    followed.done = true;
    const since_ms = followed.over.since_ms;
    const reason = unfit(fitness);
    if (reason !== null) return { refusal: { rule: "lane_line", track, at_ms: since_ms, reason } };
    const measured = { over_m: followed.over.most_m, for_s: (at_ms - since_ms) / 1000 };
    return { violation: { rule: "lane_line", version: laneLineVersion, track, at_ms: since_ms, measured } };
  }

  ended(track: number): null {
    this.#followed.delete(track);
    return null;
  }
}
