/**
 * The central fail-safe of NTCIP 1202: commands from the centre expire. A SET of any control object restarts the
 * timer; when `unitBackupTime` passes without one, the device forgets them all and runs its own plan.
 */
import type { ObjectName } from "../../ntcip/oids.ts";

/** `local`: nobody outside has commanded anything since power-up. */
export type ControlMode = "local" | "system" | "backup";

/** Beginnings of the names of the control objects that are commands of the centre; the transaction and the clock are not. */
const COMMANDS = [
  "phaseControlGroup",
  "ringControlGroup",
  "system",
  "preemptControl",
  "specialFunction",
  "unitControl",
];

export function isCommand(name: ObjectName): boolean {
  return COMMANDS.some((start) => name.startsWith(start));
}

export class BackupTimer {
  #mode: ControlMode = "local";
  #since_ds = 0;

  get mode(): ControlMode {
    return this.#mode;
  }

  commanded(now_ds: number): void {
    this.#mode = "system";
    this.#since_ds = now_ds;
  }

  /** True at the moment the commands expire. `backup_s` 0 disables the timer. */
  expires(now_ds: number, backup_s: number): boolean {
    if (this.#mode !== "system" || backup_s === 0 || now_ds - this.#since_ds < backup_s * 10) return false;
    this.#mode = "backup";
    return true;
  }
}
