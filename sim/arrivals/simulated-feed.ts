/** Simulated traffic behind the port that cameras stand behind. Every event and interval says it is simulated. */
import type { Intersection, Volume } from "../../core/network/schema.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { DetectionFeed, DetectionSink, FeedPhase, FeedStatus } from "../../core/ports/detection-feed.ts";
import { type Problem, problem } from "../../core/problems/problem.ts";
import { feedTrouble } from "../../core/traffic/feed-trouble.ts";
import { vehicleClasses } from "../../core/traffic/vehicle-class.ts";
import { IntervalOutbox } from "./interval-outbox.ts";
import { IntervalTally } from "./interval-tally.ts";
import { LaneQueues, type QueueListener } from "./queue.ts";

export interface SimulatedFeedOptions {
  readonly intersections: readonly Intersection[];
  readonly volumes: readonly Volume[];
  /** Ids of the lanes no camera watches; others have no simulated traffic. */
  readonly lanesToSimulate: Iterable<string>;
  readonly seed: number;
  readonly clock: Clock;
  readonly sink: DetectionSink;
  /** Phases whose green is showing at an intersection now; null when nobody knows, and then its queues hold. */
  readonly signal: (intersection: string) => readonly number[] | null;
  readonly interval_s: number;
  /** Simulated seconds in a second of the clock; 1 unless a demonstration must hurry. */
  readonly speed?: number;
}

interface SimulatedLane {
  readonly intersection: string;
  readonly lane: string;
  readonly phase: number;
  readonly channel: number;
  readonly known: boolean;
}

const FEED = "simulated";
const STEP_MS = 1000;
/** Behind by more than this (the machine slept), the time between is a gap rather than traffic made up at once. */
const MOST_BEHIND_MS = 60_000;
const MOST_GAPS = 100;

type Gap = FeedStatus["gaps"][number];

function lanesOf({ intersections, volumes, lanesToSimulate }: SimulatedFeedOptions): readonly SimulatedLane[] {
  const wanted = new Set(lanesToSimulate);
  const stated = new Set(volumes.map(({ lane }) => lane));
  return intersections.flatMap((intersection) =>
    intersection.approaches
      .flatMap((approach) => approach.lanes)
      .filter((lane) => wanted.has(lane.id))
      .map((lane) => ({
        intersection: intersection.id,
        lane: lane.id,
        phase: lane.phase,
        channel: lane.detector_channel,
        known: stated.has(lane.id),
      })),
  );
}

class SimulatedFeed implements DetectionFeed {
  readonly feed = FEED;
  readonly #options: SimulatedFeedOptions;
  readonly #speed: number;
  readonly #lanes: readonly SimulatedLane[];
  readonly #tally: IntervalTally;
  readonly #outbox: IntervalOutbox;
  readonly #closing = new AbortController();
  #queues: LaneQueues | null = null;
  #life: Promise<void> | null = null;
  #phase: FeedPhase = "connecting";
  #trouble: Problem | null = null;
  #since_ms: number;
  /** Where clock and simulation agreed: at `#origin_ms` of both. */
  #origin_ms = 0;
  #now_ms = 0;
  #steps = 0;
  #track = 0;
  #gaps: readonly Gap[] = [];

  constructor(options: SimulatedFeedOptions) {
    this.#options = options;
    this.#speed = options.speed ?? 1;
    this.#lanes = lanesOf(options);
    this.#tally = new IntervalTally(this.#lanes.length);
    this.#outbox = new IntervalOutbox((interval) => options.sink.flowInterval(interval));
    this.#since_ms = options.clock.nowMs();
  }

  async start(stop: AbortSignal): Promise<void> {
    if (this.#life !== null) throw new Error("A simulated feed starts once.");
    const { clock, seed, intersections, volumes } = this.#options;
    this.#origin_ms = clock.nowMs();
    this.#now_ms = this.#origin_ms;
    const flows = new Map(volumes.map(({ lane, flow_veh_h }) => [lane, flow_veh_h]));
    const saturation = new Map(
      intersections.flatMap(({ approaches }) =>
        approaches.flatMap(({ lanes }) => lanes.map((lane) => [lane.id, lane.saturation_pcu_h] as const)),
      ),
    );
    const queueLanes = this.#lanes.map(({ lane }) => ({
      id: lane,
      flow_veh_h: flows.get(lane) ?? 0,
      saturation_pcu_h: saturation.get(lane) ?? 0,
    }));
    this.#queues = new LaneQueues(queueLanes, seed, this.#now_ms, this.#listener());
    // The window that is already running started before us.
    const cut_ms = this.#now_ms % this.#interval_ms();
    for (let lane = 0; lane < this.#lanes.length; lane += 1) this.#tally.unseen(lane, cut_ms);
    this.#enter("live", null);
    const end = AbortSignal.any([stop, this.#closing.signal]);
    this.#life = this.#run(end).catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error);
      this.#enter("stopped", problem("SIMULATION_FAILED", { reason }));
    });
  }

  async close(reason: string): Promise<void> {
    this.#closing.abort(new Error(reason));
    await this.#life;
    await this.#outbox.deliver();
  }

  status(): FeedStatus {
    return {
      feed: FEED,
      origin: "simulated",
      phase: this.#phase,
      since_ms: this.#since_ms,
      ...feedTrouble(this.#trouble),
      frames: this.#steps,
      frames_per_s: this.#phase === "live" ? (1000 / STEP_MS) * this.#speed : 0,
      gaps: this.#gaps,
    };
  }

  async still(): Promise<null> {
    return null;
  }

  #interval_ms(): number {
    return this.#options.interval_s * 1000;
  }

  async #run(end: AbortSignal): Promise<void> {
    const { clock } = this.#options;
    while (!end.aborted) {
      // An abort ends the wait early; the loop's condition then says so.
      await clock.sleep(STEP_MS / this.#speed, end).catch((error: unknown) => {
        if (!end.aborted) throw error;
      });
      if (end.aborted) break;
      this.#catchUp();
    }
    this.#liftDetectors();
    this.#enter("stopped", null);
  }

  #catchUp(): void {
    const target = this.#origin_ms + (this.#options.clock.nowMs() - this.#origin_ms) * this.#speed;
    if (target - this.#now_ms > MOST_BEHIND_MS * this.#speed) this.#skipTo(target);
    // Whole steps only, but for the first, which ends on a full second: events then fall the same way each time.
    for (;;) {
      const next = (Math.floor(this.#now_ms / STEP_MS) + 1) * STEP_MS;
      if (next > target || this.#outbox.full) break;
      this.#step(next);
    }
    const { trouble, waiting } = this.#outbox;
    if (trouble === null) this.#enter("live", null);
    else this.#enter("stalled", problem("SIMULATION_WAITS", { waiting, reason: trouble }));
  }

  #step(to_ms: number): void {
    const queues = this.#queues;
    if (queues === null) return;
    const from_ms = this.#now_ms;
    let intersection: string | null = null;
    let greens: readonly number[] | null = null;
    for (const [index, lane] of this.#lanes.entries()) {
      if (lane.intersection !== intersection) {
        intersection = lane.intersection;
        greens = this.#options.signal(intersection);
      }
      queues.step(index, from_ms, to_ms, greens?.includes(lane.phase) ?? false);
      const covered_ms = queues.takeCovered(index);
      if (greens === null) this.#tally.unseen(index, to_ms - from_ms);
      else this.#tally.seen(index, covered_ms);
    }
    this.#now_ms = to_ms;
    this.#steps += 1;
    if (to_ms % this.#interval_ms() === 0) this.#finishInterval(to_ms - this.#interval_ms());
  }

  #finishInterval(start_ms: number): void {
    const window = { feed: FEED, start_ms, length_s: this.#options.interval_s };
    for (const [index, lane] of this.#lanes.entries()) this.#outbox.add(this.#tally.take(index, lane, window));
    this.#options.sink.status(this.status());
    this.#sendOff();
  }

  /** Deliveries run beside the simulation; trouble shows in the status, and the next interval tries again. */
  #sendOff(): void {
    void this.#outbox.deliver();
  }

  /** Nothing happened from now to `target_ms`: the windows in between say so. */
  #skipTo(target_ms: number): void {
    const to_ms = Math.floor(target_ms / STEP_MS) * STEP_MS;
    this.#gaps = [...this.#gaps, { from_ms: this.#now_ms, to_ms }].slice(-MOST_GAPS);
    while (this.#now_ms < to_ms && !this.#outbox.full) {
      const boundary = (Math.floor(this.#now_ms / this.#interval_ms()) + 1) * this.#interval_ms();
      const next = Math.min(boundary, to_ms);
      for (let lane = 0; lane < this.#lanes.length; lane += 1) this.#tally.unseen(lane, next - this.#now_ms);
      this.#now_ms = next;
      if (next === boundary) this.#finishInterval(boundary - this.#interval_ms());
    }
  }

  #listener(): QueueListener {
    const { sink } = this.#options;
    return {
      crossed: (index, at_ms, vehicleClass) => {
        const lane = this.#lanes[index]?.lane ?? null;
        this.#tally.crossed(index, at_ms, vehicleClass);
        this.#track += 1;
        sink.crossing({
          feed: FEED,
          line: lane ?? FEED,
          lane,
          at_ms: Math.floor(at_ms),
          class: vehicleClasses[vehicleClass] ?? "car",
          direction: "forward",
          track: this.#track,
          speed_kmh: null,
          speed_error_kmh: null,
          distance_m: null,
        });
      },
      detector: (index, at_ms, on) => this.#detector(index, at_ms, on),
    };
  }

  #detector(index: number, at_ms: number, on: boolean): void {
    const lane = this.#lanes[index];
    if (lane === undefined) return;
    const { intersection, channel } = lane;
    this.#options.sink.detectorEvent({ intersection, channel, at_ms: Math.floor(at_ms), on, origin: "simulated" });
  }

  /** Nobody would ever call the covered ones off. */
  #liftDetectors(): void {
    for (const index of this.#lanes.keys()) {
      if (this.#queues?.isCovered(index) === true) this.#detector(index, this.#now_ms, false);
    }
  }

  #enter(phase: FeedPhase, trouble: Problem | null): void {
    const changed = phase !== this.#phase;
    if (!changed && feedTrouble(trouble).message === this.status().message) return;
    if (changed) this.#since_ms = this.#options.clock.nowMs();
    this.#phase = phase;
    this.#trouble = trouble;
    this.#options.sink.status(this.status());
  }
}

/** A feed named `simulated`: seeded arrivals at the site file's volumes, queueing at the signals that really show. */
export function createSimulatedFeed(options: SimulatedFeedOptions): DetectionFeed {
  return new SimulatedFeed(options);
}
