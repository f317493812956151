/**
 * Whether a controller may be written to: only after it was read back since the start, while nobody has changed it
 * beside us, and while nobody has given it back to its local plan.
 */
import type { Downloaded } from "../../controllers/index.ts";
import type { DeviceRecord } from "../../core/ports/device-records.ts";
import { failed, ok, type Problem, problem, type Result, sentence } from "../../core/problems/problem.ts";
import { Rounds } from "../service/rounds.ts";
import { noteDevice } from "./device-note.ts";
import { frozenWord, ownersWord, unknownDevice } from "./device-word.ts";
import type { GateParts, Person, Place } from "./parts.ts";

const WATCH_MS = 10_000;

export class DeviceGuard {
  readonly watch: Rounds;
  readonly #parts: GateParts;
  readonly #records = new Map<string, DeviceRecord>();
  readonly #readBack = new Set<string>();
  /** Controllers that we are writing to: their checksum changes by our own work. */
  readonly #writing = new Map<string, number>();
  /** Of virtual controllers, as they were first seen: that of one that was started anew. */
  readonly #factory = new Map<string, number>();

  constructor(parts: GateParts) {
    this.#parts = parts;
    this.watch = new Rounds(parts.clock, () => this.#round());
  }

  async open(): Promise<void> {
    for (const record of await this.#parts.devices.all()) this.#records.set(record.controller, record);
  }

  recordOf(controller: string): DeviceRecord {
    return this.#records.get(controller) ?? unknownDevice(controller);
  }

  /** Has it been read back since the start? */
  isRead(controller: string): boolean {
    return this.#readBack.has(controller);
  }

  /** The first look since the start was had: from now on it may be written to, unless something else forbids it. */
  async wasRead(place: Place): Promise<void> {
    const { id } = place.controller;
    if (place.virtual) await this.#seenFromFactory(place);
    else await this.compare(place);
    this.#readBack.add(id);
  }

  async #seenFromFactory({ controller }: Place): Promise<void> {
    const read = await controller.parameterChecksum();
    if (!read.ok || read.value === null) return;
    this.#factory.set(controller.id, read.value);
    await this.#put({ ...this.recordOf(controller.id), checksum: read.value, frozen: null });
  }

  /** That somebody changed it beside us, and nobody has accepted that yet; null when nobody did. */
  frozen(controller: string): Problem | null {
    return frozenWord(this.recordOf(controller));
  }

  /** Why nothing may be written; null when it may. */
  problemOf(controller: string): Problem | null {
    const unread = this.isRead(controller) ? null : problem("DEVICE_NOT_READ_BACK", { controller });
    return ownersWord(this.recordOf(controller)) ?? unread;
  }

  /**
   * Nobody else's change is looked for while `work` writes parameters, and no longer; what it left is what is expected
   * from then on. Where somebody else changed the device meanwhile nothing more is written.
   */
  async writing(place: Place, work: () => Promise<Result<Downloaded>>): Promise<Result<Downloaded>> {
    const { controller } = place;
    const { id } = controller;
    this.#writing.set(id, (this.#writing.get(id) ?? 0) + 1);
    try {
      const done = await work();
      // After a failure the device may hold the old or the new values: both are our own work.
      const left = done.ok ? ok(done.value.controller_checksum) : await controller.parameterChecksum();
      const edited = !done.ok && done.problems.some(({ code }) => code === "EDITED_MEANWHILE");
      if (left.ok && edited && left.value !== null) await this.#freeze(place, left.value);
      else if (left.ok) await this.#put({ ...this.recordOf(id), checksum: left.value });
      return done;
    } finally {
      this.#writing.set(id, (this.#writing.get(id) ?? 1) - 1);
    }
  }

  /** What a change of ours has left in the device; null where it has no checksum. */
  async expect(controller: string, checksum: number | null): Promise<void> {
    await this.#put({ ...this.recordOf(controller), checksum });
  }

  /** Compares with what our own work left, also across restarts. */
  async compare(place: Place): Promise<void> {
    const { controller } = place;
    const { id } = controller;
    const read = await controller.parameterChecksum();
    const record = this.recordOf(id);
    if (!read.ok || read.value === null || (this.#writing.get(id) ?? 0) > 0) return;
    const isNew = record.checksum === null || this.#factory.get(id) === read.value;
    if (isNew) return this.#put({ ...record, checksum: read.value, frozen: null });
    const known = record.frozen?.checksum ?? record.checksum;
    if (read.value === known) return;
    await this.#freeze(place, read.value);
  }

  async #freeze({ controller: { id }, intersection }: Place, found: number): Promise<void> {
    const { clock, ledger, log } = this.#parts;
    const record = this.recordOf(id);
    const at_ms = clock.nowMs();
    await this.#put({ ...record, frozen: { checksum: found, at_ms } });
    const about = { controller: id, intersection: intersection.id, expected: record.checksum, found };
    await ledger.append("device.frozen", about, at_ms);
    const alarm = this.problemOf(id);
    if (alarm !== null) log.warn({ controller: id }, sentence(alarm));
  }

  /** Somebody has compared the device: what it is now is right. `checksum` is the one they saw. */
  async accept(place: Place, checksum: number, reason: string, by: Person): Promise<Result<void>> {
    const { id } = place.controller;
    const record = this.recordOf(id);
    const { frozen } = record;
    if (frozen?.checksum !== checksum) return failed(problem("DEVICE_NOT_FROZEN", { controller: id, found: checksum }));
    const taken = await place.controller.device?.accept(checksum);
    if (taken?.ok === false) return taken;
    await noteDevice(this.#parts, "device.accepted", place, by, { reason, before: record.checksum, after: checksum });
    await this.#put({ ...record, checksum, frozen: null });
    return ok(undefined);
  }

  async release(place: Place, reason: string, by: Person): Promise<void> {
    const released = { by: by.name, reason, at_ms: this.#parts.clock.nowMs() };
    await this.#put({ ...this.recordOf(place.controller.id), released });
  }

  async takeBack(place: Place, reason: string, by: Person): Promise<Result<void>> {
    const record = this.recordOf(place.controller.id);
    if (record.released === null) {
      return failed(problem("DEVICE_NOT_RELEASED", { controller: place.controller.id }));
    }
    await noteDevice(this.#parts, "device.taken_back", place, by, { reason, before: record.released });
    await this.#put({ ...record, released: null });
    return ok(undefined);
  }

  async #put(record: DeviceRecord): Promise<void> {
    await this.#parts.devices.put(record);
    this.#records.set(record.controller, record);
  }

  async #round(): Promise<number> {
    const { log, places } = this.#parts;
    await Promise.all(
      places
        .filter(({ controller }) => this.isRead(controller.id))
        .map((place) =>
          this.compare(place).catch((error: unknown) => {
            log.warn({ controller: place.controller.id, error: String(error) }, "its checksum could not be compared");
          }),
        ),
    );
    return WATCH_MS;
  }
}
