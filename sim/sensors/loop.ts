/** An E1 loop: events as vehicles come and go, and SUMO's measures of an interval. */
import type { DetectorEvent } from "../../core/ports/detection-feed.ts";
import type { LaneView } from "../street/running-street.ts";
import { type Passage, PlaceWatch } from "./passages.ts";

/** As SUMO's `inductionLoop` writes it. */
export interface LoopInterval {
  readonly begin_s: number;
  readonly end_s: number;
  readonly vehicles: number;
  readonly flow_veh_h: number;
  /** Share of the interval in which somebody stood or drove over it. */
  readonly occupancy: number;
  /** Means over the vehicles; null without any. */
  readonly speed_m_s: number | null;
  readonly length_m: number | null;
}

export class Loop {
  readonly lane: number;
  readonly #watch: PlaceWatch;
  #begin_s: number;
  #on_s: number | null = null;
  #covered_s = 0;
  #on = 0;
  #vehicles = 0;
  #speeds = 0;
  #lengths = 0;

  constructor(lane: number, at_m: number, begin_s: number) {
    this.lane = lane;
    this.#watch = new PlaceWatch(at_m);
    this.#begin_s = begin_s;
  }

  /** After each step. Changes between covered and free, in order of time. */
  look(view: LaneView, now_s: number, step_s: number): readonly { readonly at_s: number; readonly on: boolean }[] {
    const changes: { at_s: number; on: boolean }[] = [];
    for (const passage of this.#watch.look(view, now_s, step_s)) {
      this.#on += passage.on ? 1 : -1;
      if (passage.on) this.#count(passage);
      if (passage.on && this.#on === 1) {
        this.#on_s = passage.at_s;
        changes.push({ at_s: passage.at_s, on: true });
      } else if (!passage.on && this.#on === 0) {
        this.#covered_s += passage.at_s - (this.#on_s ?? passage.at_s);
        this.#on_s = null;
        changes.push({ at_s: passage.at_s, on: false });
      }
    }
    return changes;
  }

  /** Ends the interval, and begins the next. */
  interval(end_s: number): LoopInterval {
    const [begin_s, length_s] = [this.#begin_s, end_s - this.#begin_s];
    if (this.#on_s !== null) {
      this.#covered_s += end_s - this.#on_s;
      this.#on_s = end_s;
    }
    const mean = (sum: number): number | null => (this.#vehicles === 0 ? null : sum / this.#vehicles);
    const interval: LoopInterval = {
      begin_s,
      end_s,
      vehicles: this.#vehicles,
      flow_veh_h: (this.#vehicles * 3600) / length_s,
      occupancy: this.#covered_s / length_s,
      speed_m_s: mean(this.#speeds),
      length_m: mean(this.#lengths),
    };
    [this.#begin_s, this.#covered_s, this.#vehicles, this.#speeds, this.#lengths] = [end_s, 0, 0, 0, 0];
    return interval;
  }

  #count({ speed_m_s, body_m }: Passage): void {
    this.#vehicles += 1;
    this.#speeds += speed_m_s;
    this.#lengths += body_m;
  }
}

/** What `detectors` emits for a channel: on and off, which the events log writes as 82 and 81. */
export function detectorEvent(
  intersection: string,
  channel: number,
  change: { readonly at_s: number; readonly on: boolean },
  epoch_ms: number,
): DetectorEvent {
  return { intersection, channel, at_ms: epoch_ms + change.at_s * 1000, on: change.on, origin: "simulated" };
}
