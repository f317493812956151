/** Counts, headways, speeds and queues of a camera's lanes over windows of the wall clock, as flow intervals. */
import type { FlowInterval, qualityFlags } from "../../core/traffic/flow-interval.ts";
import { quantile } from "../../core/traffic/quantile.ts";
import { FrameSpacing } from "./frame-spacing.ts";
import { LaneTally } from "./lane-tally.ts";
import { type Window, WindowSeries } from "./window-series.ts";

export interface FlowLane {
  readonly intersection: string;
  readonly lane: string;
  /** Is its queue looked at? A queue nobody looks at is not an empty one. */
  readonly queue?: "counted" | "measured";
}

export interface FlowWindowsOptions {
  readonly feed: string;
  readonly lanes: readonly FlowLane[];
  readonly interval_s: number;
  readonly from_ms: number;
}

/** Fewer than this share of the promised pictures is worth a flag. */
const fewFrames = 0.8;

type Tallies = readonly LaneTally[];

export class FlowWindows {
  readonly #options: FlowWindowsOptions;
  readonly #series: WindowSeries<Tallies>;
  readonly #spacing = new FrameSpacing();
  #damageKnown = false;
  // What a stretch of time is about, kept here so that no picture makes a new function.
  #lane = 0;
  #vehicles = 0;
  #back_m = 0;
  readonly #cover = ({ content }: Window<Tallies>, ms: number): void => {
    (content[this.#lane] as LaneTally).covered_ms += ms;
  };
  readonly #queue = ({ content }: Window<Tallies>, ms: number): void => {
    (content[this.#lane] as LaneTally).queue(ms, this.#vehicles, this.#back_m);
  };

  constructor(options: FlowWindowsOptions) {
    this.#options = options;
    const make = (): Tallies => options.lanes.map(() => new LaneTally());
    this.#series = new WindowSeries({ interval_s: options.interval_s, from_ms: options.from_ms, make });
  }

  /** Start of the oldest window still open: all before it was handed out. */
  get next_ms(): number {
    return this.#series.next_ms;
  }

  /** A picture was looked at; `damaged` where somebody watches for that. */
  frame(at_ms: number, damaged?: boolean): void {
    this.#damageKnown ||= damaged !== undefined;
    const wait_ms = this.#series.frame(at_ms, damaged);
    if (!Number.isNaN(wait_ms)) this.#spacing.add(wait_ms);
    else for (const { content } of this.#series.open) for (const tally of content) tally.hole();
  }

  /** The lane's stop-line zone was covered from one picture to the next. */
  covered(lane: number, from_ms: number, to_ms: number): void {
    this.#lane = lane;
    this.#series.spread(from_ms, to_ms, this.#cover);
  }

  /** A vehicle came upon the lane's stop-line zone. */
  actuated(lane: number, at_ms: number): void {
    (this.#series.at(at_ms).content[lane] as LaneTally).actuations += 1;
  }

  /** `vehicleClass` is an index into `vehicleClasses`. */
  crossed(lane: number, at_ms: number, vehicleClass: number, speed_kmh: number | null = null): void {
    const window = this.#series.at(at_ms);
    (window.content[lane] as LaneTally).crossed(Math.max(at_ms, window.start_ms), vehicleClass, speed_kmh);
  }

  /** So many vehicles queued from one picture to the next, the last of them `back_m` from the stop line. */
  queued(lane: number, from_ms: number, to_ms: number, vehicles: number, back_m: number): void {
    this.#lane = lane;
    this.#vehicles = vehicles;
    this.#back_m = back_m;
    this.#series.spread(from_ms, to_ms, this.#queue);
  }

  due(now_ms: number): readonly FlowInterval[] {
    return this.#intervals(this.#series.due(now_ms));
  }

  cut(now_ms: number): readonly FlowInterval[] {
    return this.#intervals(this.#series.cut(now_ms));
  }

  #intervals(windows: readonly Window<Tallies>[]): readonly FlowInterval[] {
    return windows.flatMap((window) =>
      window.content.map((tally, index) => {
        tally.hole();
        return this.#interval(window, tally, this.#options.lanes[index] as FlowLane);
      }),
    );
  }

  #interval(window: Window<Tallies>, tally: LaneTally, { intersection, lane, queue }: FlowLane): FlowInterval {
    const { feed, interval_s } = this.#options;
    const seen_ms = this.#series.seen_ms(window);
    const quality = this.#series.quality(window);
    const headways = tally.headways();
    return {
      intersection,
      lane,
      feed,
      origin: "camera",
      start_ms: window.start_ms,
      length_s: interval_s,
      total: tally.total,
      by_class: tally.byClass,
      occupancy: quality === "missing" ? null : Math.min(1, tally.covered_ms / seen_ms),
      mean_headway_s: headways.mean_s,
      quality,
      frames_seen: window.frames,
      gap_s: (this.#series.length_ms - seen_ms) / 1000,
      min_headway_s: headways.min_s,
      median_headway_s: headways.median_s,
      headway_counts: headways.counts,
      ...speedsOf(tally),
      ...queueOf(tally, quality === "missing" ? undefined : queue),
      actuations: tally.actuations,
      ...this.#looks(window),
    };
  }

  /** How well the window was seen. */
  #looks(window: Window<Tallies>) {
    const spacing_ms = this.#spacing.median_ms();
    const frames_expected = spacing_ms === null ? null : Math.round(this.#series.length_ms / spacing_ms);
    const flags: (typeof qualityFlags)[number][] = [];
    if (window.gaps > 0) flags.push("gap");
    if (frames_expected !== null && window.frames < fewFrames * frames_expected) flags.push("few_frames");
    if (window.damagedFrames > 0) flags.push("damage");
    return {
      frames_expected,
      gaps: window.gaps,
      longest_gap_s: window.longestGap_ms / 1000,
      damaged_frames: this.#damageKnown ? window.damagedFrames : null,
      flags,
    };
  }
}

function speedsOf(tally: LaneTally) {
  const sorted = tally.speeds_kmh();
  const sum = sorted.reduce((total, speed) => total + speed, 0);
  return {
    speeds: sorted.length,
    mean_speed_kmh: sorted.length === 0 ? null : sum / sorted.length,
    p85_speed_kmh: quantile(sorted, 0.85),
  };
}

function queueOf(tally: LaneTally, queue: FlowLane["queue"]) {
  const known = queue !== undefined && tally.queueSeen_ms > 0;
  return {
    mean_queue_veh: known ? tally.queued_ms / tally.queueSeen_ms : null,
    max_queue_veh: known ? tally.longestQueue_veh : null,
    max_queue_m: known && queue === "measured" ? tally.longestQueue_m : null,
  };
}
