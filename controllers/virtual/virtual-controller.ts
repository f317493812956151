/** A device with its conflict monitor, as they stand in one cabinet: the monitor sees the lamps of every step. */
import type { Intersection } from "../../core/network/schema.ts";
import type { MachineEvent, OffsetReference } from "../../core/signal/machine/types.ts";
import { Communities } from "./agent/communities.ts";
import { BlockObjects } from "./database/block-objects.ts";
import { DynamicObjects } from "./database/dynamic-objects.ts";
import { EventLog } from "./database/event-log.ts";
import type { Layout, Sizes } from "./database/layout.ts";
import type { ObjectStore } from "./database/object-store.ts";
import type { Parameters } from "./database/parameters.ts";
import { deviceObjects } from "./device/device-objects.ts";
import { HiresLog } from "./device/hires-log.ts";
import { VirtualDevice } from "./device/virtual-device.ts";
import { ConflictMonitor, type Trip } from "./monitor/conflict-monitor.ts";
import { compileProgramme } from "./monitor/programme.ts";

/** What outlives a restart of the device. */
export interface Kept {
  readonly parameters?: Parameters;
  readonly communities?: Communities;
  /** What `dbVerifyStatus` calls "not done"; makes differ. */
  readonly verifyBase?: 0 | 1;
  /** What its offsets time; makes differ. */
  readonly offsetReference?: OffsetReference;
}

export class VirtualController {
  readonly device: VirtualDevice;
  readonly objects: ObjectStore;
  readonly #monitor: ConflictMonitor;
  readonly #onTrip: (trip: Trip) => void;
  readonly #log: EventLog;
  #hires: HiresLog | null = null;
  /** What the monitor sees; one object for all steps. */
  readonly #seen = { reds: 0, yellows: 0, greens: 0, crossing: 0, pedClears: 0, flashing: false };

  constructor(
    site: Intersection,
    layoutFor: (sizes: Sizes) => Layout,
    onTrip: (trip: Trip) => void = () => undefined,
    kept: Kept = {},
  ) {
    this.#onTrip = onTrip;
    this.device = new VirtualDevice({ site, layoutFor, ...kept });
    this.#log = new EventLog(this.device.layout.sizes);
    const communities = kept.communities ?? new Communities({});
    this.objects = deviceObjects(this.device, [communities, this.#log, new DynamicObjects(), new BlockObjects()]);
    this.#monitor = new ConflictMonitor(compileProgramme(site));
  }

  /** Faults the conflict monitor has seen; the first one put the intersection in flash for good. */
  get trips(): readonly Trip[] {
    return this.#monitor.trips;
  }

  /** From now on the device keeps its newest `capacity` hi-res events; `HiresLog.take` hands them out. */
  record(capacity: number): HiresLog {
    const log = new HiresLog(capacity);
    this.#hires = log;
    return log;
  }

  /** Advances by 0.1 s; `clock_ds` is the master clock in deciseconds since the Unix epoch. */
  step(clock_ds: number): readonly MachineEvent[] {
    const events = this.device.step(clock_ds);
    this.#hires?.step(this.device, events, clock_ds);
    this.#log.step(this.device.clock.seconds, this.device.parameters, (oid) => this.#integer(oid));
    const { channels, lamps, flash, uptime_ds } = this.device;
    const seen = this.#seen;
    seen.reds = channels.reds;
    seen.yellows = channels.yellows;
    seen.greens = channels.greens;
    seen.crossing = lamps.walks | lamps.pedClears;
    seen.pedClears = lamps.pedClears;
    seen.flashing = flash !== null;
    const faults = this.#monitor.watch(uptime_ds, seen);
    const [first] = faults;
    if (first !== undefined) {
      this.device.trip();
      this.#onTrip(first);
    }
    return events;
  }

  #integer(oid: string): number | null {
    const reading = this.objects.get(oid);
    return typeof reading !== "string" && typeof reading.value === "number" ? reading.value : null;
  }
}
