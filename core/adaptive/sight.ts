/** What is seen of an intersection at a moment, by whatever sees it: everybody within range, or what cameras tell. */
import type { Junction } from "./junction.ts";
import type { Emergency } from "./priority/emergency.ts";

/** Of those who come, so many are never seen by cameras that are set up as they should be: docs/reference/scenarios.md. */
export const missedShare = 0.1;

const firstRoom = 64;
/** What tells where it is may be off by so much, m. */
const near_m = 3;

/** Vehicles of one lane, the nearest to the stop line first. Arrays are used again and grow. */
export class LaneSight {
  count = 0;
  /** From the front bumper to the stop line. */
  distance_m = new Float64Array(firstRoom);
  speed_m_s = new Float64Array(firstRoom);
  /** What a second of each costs, in seconds of a usual vehicle. */
  weight = new Float64Array(firstRoom);
  /** Since the lane last moved or was empty, s. */
  waited_s = 0;
  /** Vehicles of its queue that stand beyond the junction before: who wants to cross there is in their way, and they in theirs. */
  spilled = 0;
  /** Vehicles that came into sight, and that left over the stop line, since the look before. */
  entered = 0;
  left = 0;
  /** So many may stand at the line whom nobody sees. */
  hidden = 0;
  /** By second ahead: who comes to the line then and is not in sight, as neighbours tell; null where none do. */
  beyond: Float64Array | null = null;
  /** The share of those who come here that they tell of, 0 where they tell nothing; and who comes to the line within this second. */
  told = 0;
  arriving = 0;

  clear(): void {
    this.count = 0;
    this.spilled = 0;
    this.hidden = 0;
    this.entered = 0;
    this.left = 0;
  }

  /** What neighbours tell, and who should have come into sight and did not. */
  hear(beyond: Float64Array | null, told: number, hidden: number): void {
    this.beyond = beyond;
    this.told = told;
    this.hidden = hidden;
  }

  /** Kept in order of distance; those of one lane mostly come so. */
  add(distance_m: number, speed_m_s: number): void {
    if (this.count === this.distance_m.length) this.#grow();
    let at = this.count;
    while (at > 0 && (this.distance_m[at - 1] as number) > distance_m) {
      this.distance_m[at] = this.distance_m[at - 1] as number;
      this.speed_m_s[at] = this.speed_m_s[at - 1] as number;
      this.weight[at] = this.weight[at - 1] as number;
      at -= 1;
    }
    this.distance_m[at] = distance_m;
    this.speed_m_s[at] = speed_m_s;
    this.weight[at] = 1;
    this.count += 1;
  }

  /** Whoever is seen nearest to `distance_m` counts for so many; nobody where none is near. */
  weigh(distance_m: number, weight: number): void {
    let [nearest, off_m] = [-1, near_m];
    for (let at = 0; at < this.count; at += 1) {
      const here_m = Math.abs((this.distance_m[at] as number) - distance_m);
      if (here_m < off_m) [nearest, off_m] = [at, here_m];
    }
    if (nearest >= 0) this.weight[nearest] = weight;
  }

  #grow(): void {
    const room = this.distance_m.length * 2;
    const larger = (values: Float64Array): Float64Array<ArrayBuffer> => {
      const made = new Float64Array(room);
      made.set(values);
      return made;
    };
    this.distance_m = larger(this.distance_m);
    this.speed_m_s = larger(this.speed_m_s);
    this.weight = larger(this.weight);
  }
}

export class JunctionSight {
  readonly lanes: readonly LaneSight[];
  /** By exit: metres that are free from its start on, less what those need who still drive up to its queue. */
  readonly room_m: Float64Array;
  /** By exit: vehicles on all of its lanes. */
  readonly behind: Float64Array;
  /** By exit: vehicles that left it over its far end since the look before, a lane's worth where it has several. */
  readonly released: Float64Array;
  /** By movement: vehicles seen to have taken it since the look before. */
  readonly turned: Float64Array;
  /** Whose route leads over it, nearer than they can be seen or not. */
  emergencies: readonly Emergency[] = [];

  constructor({ lanes, exits, movements }: Junction) {
    this.lanes = lanes.map(() => new LaneSight());
    this.room_m = new Float64Array(exits).fill(Number.POSITIVE_INFINITY);
    this.behind = new Float64Array(exits);
    this.released = new Float64Array(exits);
    this.turned = new Float64Array(movements.length);
  }
}

const gain_m_s2 = 2.6;

/** Seconds to the line, gaining speed up to the limit and never braking. */
export function freeTime_s(distance: number, speed: number, limit: number): number {
  if (speed >= limit) return distance / speed;
  const gaining_s = (limit - speed) / gain_m_s2;
  const gaining_m = ((limit + speed) / 2) * gaining_s;
  if (distance >= gaining_m) return gaining_s + (distance - gaining_m) / limit;
  return (-speed + Math.sqrt(speed * speed + 2 * gain_m_s2 * distance)) / gain_m_s2;
}

/** Who is so slow, and no further from the line than a queue of those before would reach, stands in it. */
export const creep_m_s = 2;
const [spacing_m, slack_m] = [7.5, 6];

/** When the `at`-th of a lane is at the line if nobody is in its way, s from now; 0 of who stands in its queue. */
export function arrival_s({ distance_m, speed_m_s }: LaneSight, at: number, limit_m_s: number): number {
  const [distance, speed] = [distance_m[at] as number, speed_m_s[at] as number];
  const stands = speed < creep_m_s && distance < spacing_m * (at + 1) + slack_m;
  return stands ? 0 : freeTime_s(distance, speed, limit_m_s);
}

/** Those whom nobody sees at the line; where somebody is seen to stand they go with him. */
export const hiddenFirst = ({ count, hidden, speed_m_s }: LaneSight): number =>
  count > 0 && (speed_m_s[0] as number) < creep_m_s ? 0 : hidden;
