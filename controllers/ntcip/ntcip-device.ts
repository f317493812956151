/**
 * One device as far as it can be asked: what it is, what it holds, what it shows. Nothing here writes. One operation at
 * a time on the link that downloads use too; the poll of once a second has a link of its own, so that neither waits.
 */

import type { Intersection } from "../../core/network/schema.ts";
import type { Clock } from "../../core/ports/clock.ts";
import { failed, ok, type Problem, problem, type Result } from "../../core/problems/problem.ts";
import type { WriteLimit } from "../gate/write-limit.ts";
import { cell } from "./cells.ts";
import { type Credentials, versionName } from "./credentials.ts";
import type { DatabaseDocument } from "./database/document.ts";
import { uploadDatabase } from "./database/upload.ts";
import { type DeviceClock, readClock } from "./device-clock.ts";
import { type Capabilities, discover } from "./discover.ts";
import { LocalEdits } from "./local-edits.ts";
import type { OffsetReferenceName } from "./offset-reference.ts";
import { createOperationQueue, type OperationQueue } from "./operation-queue.ts";
import { type DevicePoll, Poll } from "./poll.ts";
import { noQuirks, type Quirks } from "./quirks.ts";
import { type LoggedEvent, readEvents } from "./read-events.ts";
import { type PreemptReading, readPreempts } from "./read-preempts.ts";
import { integerAt, readOne } from "./readings.ts";
import { ATTEMPTS, SnmpLink } from "./snmp-link.ts";

export interface DeviceOptions extends Credentials {
  readonly id: string;
  readonly host: string;
  readonly port: number;
  /** Of one attempt; there are three. */
  readonly timeout_s: number;
  readonly clock: Clock;
  /** Who we are when we write, where that is somebody else than when we read. */
  readonly writer?: Credentials;
  /** Shared by all devices of this process. */
  readonly writes?: WriteLimit;
  /** What was learned of this device before. */
  readonly remembered?: DeviceMemory;
  /** How often the poll asks before a second counts as missed, and how long it waits each time. */
  readonly poll?: { readonly attempts: number; readonly timeout_s: number };
  /**
   * Whether a local edit stops our writes here, until somebody accepts it. Where the gate's own guard does that, with a
   * record of who accepted, it is told and no more.
   */
  readonly freezes?: boolean;
  /** For the log: a session that had to be made anew. */
  readonly onNote?: (note: Problem) => void;
}

/** What is worth keeping of a device between two lives of this process. */
export interface DeviceMemory {
  readonly quirks: Quirks;
  /** Checksum of the database as we left it or as somebody accepted it; null: take what is found. */
  readonly checksum: number | null;
}

/** Six copies inside a second: with 5 % lost on each way, one poll in a million fails (0.0975^6). */
const POLL = { attempts: 3, timeout_s: 0.3 } as const;
const CHECKSUM = cell("globalSetIDParameter");

export class NtcipDevice {
  readonly id: string;
  readonly link: SnmpLink;
  readonly queue: OperationQueue;
  readonly edits: LocalEdits;
  readonly #options: DeviceOptions;
  readonly #site: Intersection | null;
  readonly #pollLink: SnmpLink;
  #poll: Poll | null = null;
  #polling: Promise<Result<DevicePoll>> | null = null;
  #groups: number | null = null;

  /** `site` where it is known which intersection the device stands at. */
  constructor(options: DeviceOptions, site: Intersection | null = null) {
    const { id, remembered } = options;
    this.id = id;
    this.#options = options;
    this.#site = site;
    const reach = { ...options, controller: id, quirks: remembered?.quirks ?? noQuirks };
    this.link = new SnmpLink(reach);
    this.#pollLink = new SnmpLink({ ...reach, ...(options.poll ?? POLL) });
    this.queue = createOperationQueue((waiting) => problem("CONTROLLER_BUSY", { controller: id, waiting }));
    this.edits = new LocalEdits(id, remembered?.checksum ?? null, options.freezes ?? true);
  }

  /** How long one request can take before it counts as unanswered. */
  get worstRetry_s(): number {
    return ATTEMPTS * this.#options.timeout_s;
  }

  get offsetReference(): OffsetReferenceName {
    return this.link.quirks.offset_reference;
  }

  /** To be kept by whoever made this device, and given back as `remembered`. */
  get memory(): DeviceMemory {
    return { quirks: this.link.quirks, checksum: this.edits.expected };
  }

  discover(): Promise<Result<Capabilities>> {
    const { host, port, version } = this.#options;
    const address = `${host}:${port}`;
    const { link, worstRetry_s } = this;
    const target = { link, controller: this.id, address, snmp: versionName(version), worstRetry_s };
    return this.queue.run(() => discover(target));
  }

  readDatabase(): Promise<Result<DatabaseDocument>> {
    return this.queue.run(() => uploadDatabase(this.link, this.id));
  }

  readClock(): Promise<Result<DeviceClock>> {
    return this.queue.run(() => readClock({ link: this.link, controller: this.id, clock: this.#options.clock }));
  }

  readEvents(): Promise<Result<readonly LoggedEvent[]>> {
    return this.queue.run(() => readEvents(this.link, this.id));
  }

  preempts(): Promise<Result<readonly PreemptReading[]>> {
    return this.queue.run(() => readPreempts(this.link));
  }

  /** For the one loop that polls this device: bits that are cleared by reading reach nobody else. */
  poll(): Promise<Result<DevicePoll>> {
    this.#polling ??= this.#pollOnce().finally(() => {
      this.#polling = null;
    });
    return this.#polling;
  }

  /** Somebody has looked at what the device holds now, and takes it as it is. */
  async accept(checksum: number): Promise<Result<void>> {
    return this.queue.run(async () => {
      const found = await this.checksum();
      if (!found.ok) return found;
      if (found.value !== checksum) {
        const words = { controller: this.id, found: found.value ?? "none", accepted: checksum };
        return failed(problem("LOCAL_EDIT_OTHER", words));
      }
      this.edits.accept(checksum);
      return ok(undefined);
    });
  }

  /** Null where the device has none. Inside an operation of the queue. */
  async checksum(): Promise<Result<number | null>> {
    const read = await this.link.read([CHECKSUM]);
    return read.ok ? ok(integerAt(read.value, CHECKSUM)) : read;
  }

  /** Of eight phases each. Inside an operation of the queue. */
  async phaseGroups(link = this.link): Promise<Result<number>> {
    if (this.#groups !== null) return ok(this.#groups);
    const groups = await readOne(link, this.id, cell("maxPhaseGroups"));
    if (groups.ok) this.#groups = groups.value;
    return groups;
  }

  close(): void {
    this.link.close();
    this.#pollLink.close();
  }

  async #pollOnce(): Promise<Result<DevicePoll>> {
    const groups = await this.phaseGroups(this.#pollLink);
    if (!groups.ok) return groups;
    const { id } = this;
    const device = { id, intersection: this.#site?.id ?? id, site: this.#site, groups: groups.value };
    this.#poll ??= new Poll(this.#pollLink, device, () => this.#options.clock.nowMs());
    const polled = await this.#poll.run();
    if (polled.ok) this.edits.observe(polled.value.checksum, polled.value.asked_ms);
    return polled;
  }
}
