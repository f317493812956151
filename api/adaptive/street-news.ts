/** What cameras tell of the lanes of one intersection, from the bus: as a sight for its policy, and with how far it may be trusted. */
import { DetectorSight } from "../../core/adaptive/acting/detector-sight.ts";
import { type LaneTrouble, LaneWatch } from "../../core/adaptive/acting/lane-watch.ts";
import { bitOf } from "../../core/adaptive/acting/ring-stages.ts";
import type { Junction } from "../../core/adaptive/junction.ts";
import { LaneSilence } from "../../core/adaptive/lane-silence.ts";
import type { JunctionSight } from "../../core/adaptive/sight.ts";
import type { Intersection } from "../../core/network/schema.ts";
import type { Bus } from "../../core/ports/bus.ts";
import type { FeedStatus } from "../../core/ports/detection-feed.ts";

interface Lane {
  readonly id: string;
  readonly bit: number;
  readonly watch: LaneWatch;
  /** Who tells of it: known from the first that he told. */
  feed: string | null;
  present: boolean;
  /** Since its silence was last looked at. */
  came: number;
}

export interface LaneState {
  readonly lane: string;
  readonly trouble: LaneTrouble | null;
  /** Estimated. */
  readonly queue_veh: number;
}

const sees = ({ phase, blindness }: FeedStatus): boolean => phase === "live" && (blindness ?? null) === null;

export class StreetNews {
  readonly #intersection: string;
  readonly #lanes: readonly Lane[];
  readonly #byLane: ReadonlyMap<string, number>;
  readonly #byChannel: ReadonlyMap<number, number>;
  readonly #sight: DetectorSight;
  readonly #silence: LaneSilence;
  #listened_ms = Number.NaN;

  constructor({ id, approaches }: Intersection, junction: Junction) {
    const lanes = approaches.flatMap((approach) => approach.lanes);
    this.#intersection = id;
    this.#lanes = lanes.map(({ id: lane, phase }) => ({
      id: lane,
      bit: bitOf(phase),
      watch: new LaneWatch(),
      feed: null,
      present: false,
      came: 0,
    }));
    this.#silence = new LaneSilence(lanes.length);
    this.#byLane = new Map(lanes.map((lane, at) => [lane.id, at]));
    this.#byChannel = new Map(lanes.map((lane, at) => [lane.detector_channel, at]));
    this.#sight = new DetectorSight(
      junction,
      this.#lanes.map(({ bit }) => bit),
    );
  }

  /** Returns how to hear no more. */
  listen(bus: Bus, nowMs: () => number): () => void {
    const ends = [
      bus.subscribe("crossing", ({ feed, lane }) => this.#crossed(feed, lane)),
      bus.subscribe("detector", ({ intersection, channel, on }) => {
        if (intersection === this.#intersection) this.#present(channel, on);
      }),
      bus.subscribe("feed", (status) => this.#heard(status, nowMs() / 1000)),
      bus.subscribe("flow", ({ lane, feed, quality }) => {
        const own = this.#lanes[this.#byLane.get(lane) ?? -1];
        if (own === undefined) return;
        own.feed = feed;
        own.watch.heard(nowMs() / 1000, quality !== "missing");
      }),
    ];
    return () => {
      for (const end of ends) end();
    };
  }

  look(greens: number, dt_s: number): JunctionSight {
    for (const { bit, watch } of this.#lanes) watch.look((greens & bit) !== 0, dt_s);
    return this.#sight.look(greens, dt_s);
  }

  /** Once a round, whoever leads. */
  listenIn(now_ms: number): void {
    const dt_s = (now_ms - this.#listened_ms) / 1000;
    if (dt_s <= 0) return;
    this.#listened_ms = now_ms;
    // Who does not look at a lane cannot say that it is quiet.
    if (Number.isNaN(dt_s) || this.#lanes.some(({ watch }) => watch.trouble(now_ms / 1000) !== null)) return;
    this.#silence.pass(dt_s);
    for (const [at, lane] of this.#lanes.entries()) {
      this.#silence.look(at, lane.came, !lane.present, dt_s);
      lane.came = 0;
    }
  }

  /** The first lane that may not be trusted; null where all may. */
  trouble(now_ms: number): { readonly lane: string; readonly trouble: LaneTrouble } | null {
    for (const [at, { id: lane }] of this.#lanes.entries()) {
      const trouble = this.#troubleOf(at, now_ms);
      if (trouble !== null) return { lane, trouble };
    }
    return null;
  }

  lanes(now_ms: number): readonly LaneState[] {
    return this.#lanes.map(({ id: lane }, at) => ({
      lane,
      trouble: this.#troubleOf(at, now_ms),
      queue_veh: this.#sight.sight.lanes[at]?.count ?? 0,
    }));
  }

  #troubleOf(at: number, now_ms: number): LaneTrouble | null {
    return this.#lanes[at]?.watch.trouble(now_ms / 1000) ?? (this.#silence.isSilent(at) ? "silent" : null);
  }

  #crossed(feed: string, lane: string | null): void {
    const at = lane === null ? undefined : this.#byLane.get(lane);
    const own = this.#lanes[at ?? -1];
    if (at === undefined || own === undefined) return;
    own.feed ??= feed;
    own.came += 1;
    this.#sight.crossed(at);
    own.watch.crossed();
  }

  #present(channel: number, on: boolean): void {
    const at = this.#byChannel.get(channel);
    const own = this.#lanes[at ?? -1];
    if (at === undefined || own === undefined) return;
    own.present = on;
    this.#sight.present(at, on);
    own.watch.present(on);
  }

  #heard(status: FeedStatus, now_s: number): void {
    for (const lane of this.#lanes) if (lane.feed === status.feed) lane.watch.heard(now_s, sees(status));
  }
}
