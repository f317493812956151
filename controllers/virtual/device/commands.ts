/** Control objects: commands of the centre, in force at once and forgotten when the backup timer runs out. */
import type { ObjectName } from "../../ntcip/oids.ts";
import { oid } from "../../ntcip/oids.ts";
import { BackupTimer, type ControlMode } from "./backup-timer.ts";

export class Commands {
  readonly #timer = new BackupTimer();
  readonly #values = new Map<string, number>();

  get mode(): ControlMode {
    return this.#timer.mode;
  }

  value(identifier: string): number {
    return this.#values.get(identifier) ?? 0;
  }

  number(name: ObjectName): number {
    return this.value(oid(name));
  }

  /** Bit mask over all groups of one control column; bit 0 is phase 1. */
  phases(name: ObjectName): number {
    return this.value(oid(name, 1)) | (this.value(oid(name, 2)) << 8);
  }

  set(identifier: string, value: number, now_ds: number): void {
    this.#values.set(identifier, value);
    this.#timer.commanded(now_ds);
  }

  /** Lets the commands expire; true at the moment they do. */
  step(now_ds: number, backup_s: number): boolean {
    const expired = this.#timer.expires(now_ds, backup_s);
    if (expired) this.#values.clear();
    return expired;
  }
}
