/**
 * The crossroads of docs/sample-adaptive.yaml in simulated time: queues before its stop lines, detectors and buttons, a virtual controller
 * spoken to over real SNMP on loopback, and the service's own adaptive control between them.
 */
import { readFileSync } from "node:fs";
import { AdaptiveControl } from "../../api/adaptive/adaptive-control.ts";
import { InProcessBus } from "../../api/bus/in-process-bus.ts";
import { parseSite } from "../../api/site/load.ts";
import { createNtcipController, type NtcipController } from "../../controllers/ntcip/ntcip-controller.ts";
import type { VirtualControllerHandle } from "../../controllers/virtual/cabinet.ts";
import { startVirtualControllers } from "../../controllers/virtual/virtual-controllers.ts";
import type { Intersection, Volume } from "../../core/network/schema.ts";
import type { FeedStatus } from "../../core/ports/detection-feed.ts";
import { listed, type Problem } from "../../core/problems/problem.ts";
import { vehicleClasses } from "../../core/traffic/vehicle-class.ts";
import { LaneQueues } from "../../sim/arrivals/queue.ts";
import { memoryLedger } from "./memory-storage.ts";
import { type StreetClock, streetClock } from "./street-clock.ts";

const FEED = "camera";
const COMMUNITY = "led-street-41";
const INTERVAL_S = 60;
const BACKUP_S = 60;
/** Answers come within a millisecond or never; on a busy machine a lost one costs a round. */
const TIMEOUT_S = 0.06;
const START_MS = 1_800_000_000_000;

export interface Told {
  readonly kind: string;
  readonly code: string | null;
  readonly at_ms: number;
}

export const ledSample = (): string =>
  readFileSync(new URL("../../docs/sample-adaptive.yaml", import.meta.url), "utf8");

function sample(): { readonly intersection: Intersection; readonly volumes: readonly Volume[] } {
  const site = parseSite(ledSample(), "sample-adaptive.yaml");
  if (!site.ok) throw new Error(listed(site.problems));
  const [intersection] = site.value.intersections;
  if (intersection === undefined) throw new Error("the sample has an intersection");
  return { intersection, volumes: site.value.volumes };
}

export class LedStreet {
  readonly intersection: Intersection;
  readonly device: VirtualControllerHandle;
  readonly manager: NtcipController;
  readonly clock: StreetClock;
  readonly control: AdaptiveControl;
  /** What went into the ledger. */
  readonly told: Told[] = [];
  /** Why nothing may be written, as the gate would say. */
  forbidden: Problem | null = null;
  /** After each tenth of a second of the device. */
  onStep: () => void = () => undefined;
  #blind = false;
  /** Lanes whose detectors stay on, whoever is there; crossings are not told. */
  readonly #stuck = new Set<string>();
  /** Lanes of which nothing is told any more, though their camera is well. */
  readonly #silent = new Set<string>();
  readonly #bus = new InProcessBus({ log: { error: () => undefined } });
  readonly #lanes: readonly { readonly id: string; readonly bit: number; readonly channel: number }[];
  readonly #queues: LaneQueues;
  readonly #on: boolean[];
  readonly #close: () => Promise<void>;
  #queues_ms: number;
  #interval_s = 0;

  static async open(seed: number): Promise<LedStreet> {
    const { intersection, volumes } = sample();
    const config = { id: "cabinet", intersection, port: 0, community: COMMUNITY, backup_s: BACKUP_S };
    const street = await startVirtualControllers({ controllers: [config] });
    const device = street.controllers.get("cabinet");
    if (device === undefined) throw new Error("the virtual controller did not start");
    let watching: LedStreet | null = null;
    let at_ds = 0;
    const clock = streetClock(START_MS, (clock_ds) => {
      for (at_ds = at_ds === 0 ? clock_ds - 1 : at_ds; at_ds < clock_ds; ) {
        at_ds += 1;
        street.stepTo(at_ds);
        watching?.onStep();
      }
    });
    watching = new LedStreet(intersection, volumes, device, clock, seed, () => street.close());
    return watching;
  }

  private constructor(
    intersection: Intersection,
    volumes: readonly Volume[],
    device: VirtualControllerHandle,
    clock: StreetClock,
    seed: number,
    close: () => Promise<void>,
  ) {
    this.intersection = intersection;
    this.device = device;
    this.clock = clock;
    this.#close = close;
    const { host, port } = device;
    const reach = { id: "cabinet", intersection, host, port, version: "v2c" as const, community: COMMUNITY };
    this.manager = createNtcipController({ ...reach, timeout_s: TIMEOUT_S, clock });
    const lanes = intersection.approaches.flatMap((approach) => approach.lanes);
    this.#lanes = lanes.map(({ id, phase, detector_channel }) => ({
      id,
      bit: 1 << (phase - 1),
      channel: detector_channel,
    }));
    this.#on = lanes.map(() => false);
    const flow = new Map(volumes.map(({ lane, flow_veh_h }) => [lane, flow_veh_h]));
    this.#queues = new LaneQueues(
      lanes.map(({ id, saturation_pcu_h }) => ({ id, saturation_pcu_h, flow_veh_h: flow.get(id) ?? 0 })),
      seed,
      clock.nowMs(),
      {
        crossed: (lane, at_ms, of) => this.#crossed(lane, at_ms, of),
        detector: (lane, _, on) => this.#detector(lane, on),
      },
    );
    this.#queues_ms = clock.nowMs();
    const ledger = memoryLedger();
    this.control = new AdaptiveControl({
      places: [{ controller: this.manager, intersection, virtual: true, approval: "automatic" }],
      site: { intersections: [intersection], corridors: [] },
      forbidden: () => this.forbidden,
      bus: this.#bus,
      ledger: {
        ...ledger,
        append: (kind, body, at_ms) => {
          const { why } = body as { readonly why: Problem | null };
          this.told.push({ kind, code: why?.code ?? null, at_ms });
          return ledger.append(kind, body, at_ms);
        },
      },
      clock,
      log: { info: () => undefined, warn: () => undefined },
    });
    this.#status();
  }

  get state() {
    const [state] = this.control.states();
    if (state === undefined) throw new Error("one intersection is led");
    return state;
  }

  get queued(): number {
    return this.#queues.queued.reduce((sum, each) => sum + each, 0);
  }

  /** So many seconds; `each` sees every one before it is decided in. */
  async pass(seconds: number, each: (second: number) => void = () => undefined): Promise<void> {
    for (let second = 0; second < seconds; second += 1) {
      this.clock.pass(1000);
      const { greens } = this.device.controller.device.lamps;
      for (const [lane, { bit }] of this.#lanes.entries()) {
        this.#queues.step(lane, this.#queues_ms, this.#queues_ms + 1000, (greens & bit) !== 0);
      }
      this.#queues_ms += 1000;
      this.#interval_s += 1;
      if (this.#interval_s % INTERVAL_S === 0) this.#interval();
      each(second);
      await this.control.round();
    }
  }

  /** A detector stays on, or is mended. */
  sticks(lane: string, stuck: boolean): void {
    const at = this.#lanes.findIndex(({ id }) => id === lane);
    if (stuck) this.#stuck.add(lane);
    else this.#stuck.delete(lane);
    this.#tellDetector(at, stuck || this.#on[at] === true);
  }

  /** Nobody is shown on a lane, or whoever is there again. */
  hushes(lane: string, hushed: boolean): void {
    const at = this.#lanes.findIndex(({ id }) => id === lane);
    if (hushed) this.#tellDetector(at, false);
    if (hushed) this.#silent.add(lane);
    else this.#silent.delete(lane);
    if (!hushed) this.#tellDetector(at, this.#on[at] === true);
  }

  /** The camera sees nothing, or sees again. */
  blinds(blind: boolean): void {
    this.#blind = blind;
    this.#status();
  }

  async close(): Promise<void> {
    await this.control.close();
    await this.manager.close();
    await this.#close();
  }

  #crossed(lane: number, at_ms: number, of: number): void {
    const id = this.#lanes[lane]?.id ?? "";
    if (this.#blind || this.#stuck.has(id) || this.#silent.has(id)) return;
    const unknown = { speed_kmh: null, speed_error_kmh: null, distance_m: null };
    const what = { feed: FEED, line: id, lane: id, at_ms: Math.floor(at_ms), class: vehicleClasses[of] ?? "car" };
    this.#bus.publish("crossing", { ...what, direction: "forward", track: 1, ...unknown });
  }

  #detector(lane: number, on: boolean): void {
    this.#on[lane] = on;
    if (!this.#stuck.has(this.#lanes[lane]?.id ?? "")) this.#tellDetector(lane, on);
  }

  /** The same contact goes to the device's input and to the centre. */
  #tellDetector(lane: number, on: boolean): void {
    const { id, channel } = this.#lanes[lane] ?? { id: "", channel: 0 };
    if (this.#silent.has(id)) return;
    this.device.setDetector(channel, on);
    if (this.#blind) return;
    const at_ms = this.clock.nowMs();
    this.#bus.publish("detector", { intersection: this.intersection.id, channel, at_ms, on, origin: "camera" });
  }

  #interval(): void {
    for (const { id } of this.#lanes) {
      this.#bus.publish("flow", {
        intersection: this.intersection.id,
        lane: id,
        feed: FEED,
        origin: "camera",
        start_ms: this.clock.nowMs() - INTERVAL_S * 1000,
        length_s: INTERVAL_S,
        total: 0,
        by_class: {},
        occupancy: null,
        mean_headway_s: null,
        quality: this.#blind ? "missing" : "valid",
        frames_seen: 0,
        gap_s: 0,
      });
    }
  }

  #status(): void {
    const status: FeedStatus = {
      feed: FEED,
      origin: "camera",
      phase: "live",
      since_ms: this.clock.nowMs(),
      message: null,
      frames: 0,
      frames_per_s: 10,
      gaps: [],
      blindness: this.#blind ? "dark" : null,
    };
    this.#bus.publish("feed", status);
  }
}
