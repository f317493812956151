/**
 * Lane encroachment: the body is over a solid line by more than allowed, without a break, for longer than allowed.
 *
 * How far it is over hangs on the way it faces (a tenth of a radian is 0.2 m at a car's end), which shows by how it goes on. So
 * each sighting is judged a little later, by how the vehicle's middle moved before and after it.
 */
import { type Fitness, unfit } from "./fitness.ts";
import { along, between, distance_m, type Marking, type Point, sideOf } from "./ground.ts";
import { type Measured, passed_ms } from "./onset.ts";
import { around_ms, RecentPath } from "./recent-path.ts";
import type { Ruling } from "./ruling.ts";
import { type Sighting, width_m } from "./sighting.ts";

const laneLineVersion = 2;

export interface LaneLineSettings {
  /** The pieces of the solid line. */
  readonly solid: readonly Marking[];
  readonly over_m: number;
  readonly for_s: number;
}

interface Followed {
  readonly path: RecentPath;
  /** Seen, and not judged yet; the oldest first. */
  readonly waiting: Sighting[];
  /** How far it was over at the sighting judged last. */
  reach: Measured | null;
  /** Null while it is not over. */
  over: { readonly since_ms: number; readonly error_ms: number; most_m: number } | null;
  done: boolean;
}

type Body = Pick<Sighting, "front" | "rear" | "class">;

/** Slower, the way it faces is that by which it was seen. */
const drives_m_s = 2;

/** Aside, a body is laid right to so much. */
const aside_m = 0.05;
const most_ms = 400;

/** Who drifts over a line is as far over it for a long time. */
function slow_ms(before: Measured | null, now: Measured): number {
  if (before === null) return most_ms;
  const rate_m_ms = (now.value - before.value) / (now.at_ms - before.at_ms);
  return rate_m_ms > 0 ? Math.min(most_ms, aside_m / rate_m_ms) : most_ms;
}

/** How far the smaller part of the body reaches over the line; 0 when it is on one side. */
function over_m({ front, rear, class: vehicleClass }: Body, line: Marking): number {
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

/** The body as its path tells; which end is in front does not matter here. */
function laid(sighting: Sighting, path: RecentPath): Body {
  const motion = path.at(sighting.at_ms);
  const speed_m_s = motion === null ? 0 : Math.hypot(motion.vx, motion.vy);
  if (motion === null || speed_m_s < drives_m_s) return sighting;
  const half = distance_m(sighting.rear, sighting.front) / 2 / speed_m_s;
  const end = (side: number): Point => ({
    x_m: motion.x_m + side * half * motion.vx,
    y_m: motion.y_m + side * half * motion.vy,
  });
  return { class: sighting.class, front: end(1), rear: end(-1) };
}

export class LaneLineRule {
  readonly #settings: LaneLineSettings;
  readonly #followed = new Map<number, Followed>();

  constructor(settings: LaneLineSettings) {
    this.#settings = settings;
  }

  observe(sighting: Sighting, fitness: Fitness): Ruling | null {
    const { track, at_ms } = sighting;
    const followed = this.#followed.get(track) ?? {
      path: new RecentPath(),
      waiting: [],
      reach: null,
      over: null,
      done: false,
    };
    this.#followed.set(track, followed);
    if (followed.done) return null;
    followed.path.add(between(sighting.rear, sighting.front, 0.5), at_ms);
    followed.waiting.push(sighting);
    return this.#judge(followed, at_ms - around_ms, fitness);
  }

  ended(track: number, fitness: Fitness): Ruling | null {
    const followed = this.#followed.get(track);
    this.#followed.delete(track);
    if (followed === undefined || followed.done) return null;
    return this.#judge(followed, Number.POSITIVE_INFINITY, fitness);
  }

  /** What was seen up to a moment. */
  #judge(followed: Followed, until_ms: number, fitness: Fitness): Ruling | null {
    const { waiting } = followed;
    while (waiting[0] !== undefined && waiting[0].at_ms <= until_ms) {
      const ruling = this.#look(followed, waiting.shift() as Sighting, fitness);
      if (ruling !== null) return ruling;
    }
    return null;
  }

  #look(followed: Followed, sighting: Sighting, fitness: Fitness): Ruling | null {
    const { at_ms, track } = sighting;
    const body = laid(sighting, followed.path);
    const reach = { at_ms, value: Math.max(0, ...this.#settings.solid.map((line) => over_m(body, line))) };
    const before = followed.reach;
    followed.reach = reach;
    // A guessed place proves nothing; what is seen again later may.
    if (reach.value <= this.#settings.over_m || sighting.occluded) {
      followed.over = null;
      return null;
    }
    followed.over ??= {
      since_ms: passed_ms(before, reach, this.#settings.over_m),
      error_ms: slow_ms(before, reach),
      most_m: 0,
    };
    followed.over.most_m = Math.max(followed.over.most_m, reach.value);
    const { since_ms, error_ms, most_m } = followed.over;
    if (at_ms - since_ms < this.#settings.for_s * 1000) return null;
    followed.done = true;
    followed.waiting.length = 0;
    const reason = unfit(fitness);
    if (reason !== null) return { refusal: { rule: "lane_line", track, at_ms: since_ms, reason } };
    const measured = { over_m: most_m, for_s: (at_ms - since_ms) / 1000 };
    return { violation: { rule: "lane_line", version: laneLineVersion, track, at_ms: since_ms, error_ms, measured } };
  }
}
