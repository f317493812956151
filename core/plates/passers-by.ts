/** Vehicles whose plate is to be read: each once, with where it was in the pictures around its crossing. Bounded. */
import type { Crossing, FeedView, StreamTime } from "../ports/detection-feed.ts";
import { type TrailPoint, Trails } from "./trails.ts";

export interface PasserBy {
  readonly crossing: Crossing;
  /** Never empty. */
  readonly points: readonly TrailPoint[];
}

/** Why a vehicle was not taken: so many waited already, or no view showed it. */
export type PasserByLost = "too_many" | "unseen";

interface Crossed {
  readonly crossing: Crossing;
  readonly moment: StreamTime;
  readonly due_ms: number;
}

export interface PassersByOptions {
  readonly cameras: readonly string[];
  readonly mostWaiting: number;
  readonly lost: (why: PasserByLost, camera: string) => void;
}

/** A vehicle stays in sight for some time after its crossing, and the recorder writes what it got a little later. */
const AFTERWARDS_MS = 2000;
/** More pictures add little: see docs/reference/plates.md. */
const MOST_PICTURES = 5;
const REACH_S = 1.5;
/** Each track counts once, however many lines it crosses; so many of a camera's newest are remembered. */
const MOST_TRACKS = 2000;

export class PassersBy {
  readonly #options: PassersByOptions;
  readonly #trails: ReadonlyMap<string, Trails>;
  readonly #taken: ReadonlyMap<string, Set<string>>;
  /** Still in sight. */
  #crossed: Crossed[] = [];
  #waiting: PasserBy[] = [];

  constructor(options: PassersByOptions) {
    this.#options = options;
    this.#trails = new Map(options.cameras.map((camera) => [camera, new Trails()]));
    this.#taken = new Map(options.cameras.map((camera) => [camera, new Set()]));
  }

  get waiting(): number {
    return this.#crossed.length + this.#waiting.length;
  }

  saw(view: FeedView): void {
    this.#trails.get(view.feed)?.add(view);
  }

  crossed(crossing: Crossing, now_ms: number): void {
    const { feed, stream: moment, track } = crossing;
    const taken = this.#taken.get(feed);
    if (taken === undefined || moment === undefined) return;
    const key = `${moment.session_ms} ${track}`;
    if (taken.has(key)) return;
    taken.add(key);
    if (taken.size > MOST_TRACKS) taken.delete(taken.values().next().value as string);
    if (this.waiting >= this.#options.mostWaiting) this.#options.lost("too_many", feed);
    else this.#crossed.push({ crossing, moment, due_ms: now_ms + AFTERWARDS_MS });
  }

  /** To be called about every second: where a vehicle was is soon forgotten. */
  gather(now_ms: number): void {
    const due = this.#crossed.filter(({ due_ms }) => due_ms <= now_ms);
    this.#crossed = this.#crossed.filter(({ due_ms }) => due_ms > now_ms);
    for (const { crossing, moment } of due) {
      const { feed, track } = crossing;
      const points = this.#trails.get(feed)?.around(track, moment, REACH_S, MOST_PICTURES) ?? [];
      if (points.length > 0) this.#waiting.push({ crossing, points });
      else this.#options.lost("unseen", feed);
    }
  }

  /** The first `most` of those that wait. */
  take(most: number): readonly PasserBy[] {
    return this.#waiting.splice(0, most);
  }
}
