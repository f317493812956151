/** Control objects: commands of the centre, in force at once and forgotten when the backup timer runs out. */
import { type ObjectName, oid, unitControlBit } from "../../ntcip/oids.ts";
import { BackupTimer, type ControlMode } from "./backup-timer.ts";

/** Both groups of one column, and the order it stands for. */
const phaseColumns = [
  ["phase_omit", "phaseControlGroupPhaseOmit"],
  ["ped_omit", "phaseControlGroupPedOmit"],
  ["hold", "phaseControlGroupHold"],
  ["force_off", "phaseControlGroupForceOff"],
  ["vehicle_call", "phaseControlGroupVehCall"],
  ["ped_call", "phaseControlGroupPedCall"],
] as const satisfies readonly (readonly [string, ObjectName])[];

/** Omitting red clearance is stored and read back, and nothing else: no order shortens a clearance. */
const ringColumns = [
  ["stop_time", "ringControlGroupStopTime"],
  ["ring_force_off", "ringControlGroupForceOff"],
  ["max2", "ringControlGroupMax2"],
  ["max_inhibit", "ringControlGroupMaxInhibit"],
  ["ped_recycle", "ringControlGroupPedRecycle"],
  ["red_rest", "ringControlGroupRedRest"],
] as const satisfies readonly (readonly [string, ObjectName])[];

type Order = (typeof phaseColumns)[number][0] | (typeof ringColumns)[number][0];

const forceOffGroups = [oid("phaseControlGroupForceOff", 1), oid("phaseControlGroupForceOff", 2)] as const;
const unitControl = oid("unitControl");
const systemPattern = oid("systemPatternControl");

export class Commands {
  readonly #timer = new BackupTimer();
  readonly #values = new Map<string, number>();
  readonly #orders: Record<Order, number> = {
    phase_omit: 0,
    ped_omit: 0,
    hold: 0,
    force_off: 0,
    vehicle_call: 0,
    ped_call: 0,
    stop_time: 0,
    ring_force_off: 0,
    max2: 0,
    max_inhibit: 0,
    ped_recycle: 0,
    red_rest: 0,
  };
  #preempts = 0;
  #systemPattern = 0;
  #unit = 0;

  get mode(): ControlMode {
    return this.#timer.mode;
  }

  /** Phases or rings of every control column as bit masks; bit 0 is the first. Live. */
  get orders(): Readonly<Record<Order, number>> {
    return this.#orders;
  }

  /** Preempts called from afar; bit 0 is preempt 1. */
  get preempts(): number {
    return this.#preempts;
  }

  /** `systemPatternControl`; 0 where the centre commands nothing, or its commands have expired. */
  get systemPattern(): number {
    return this.#systemPattern;
  }

  unit(bit: keyof typeof unitControlBit): boolean {
    return (this.#unit & unitControlBit[bit]) !== 0;
  }

  value(identifier: string): number {
    return this.#values.get(identifier) ?? 0;
  }

  set(identifier: string, value: number, now_ds: number): void {
    this.#values.set(identifier, value);
    this.#timer.commanded(now_ds);
    this.#read();
  }

  /** ForceOff clears itself where the green it was meant for has ended. */
  greensEnded(phases: number): void {
    const done = this.#orders.force_off & phases;
    if (done === 0) return;
    for (const [group, identifier] of forceOffGroups.entries()) {
      this.#values.set(identifier, this.value(identifier) & ~(done >> (8 * group)));
    }
    this.#read();
  }

  /** Lets the commands expire; true at the moment they do. */
  step(now_ds: number, backup_s: number): boolean {
    const expired = this.#timer.expires(now_ds, backup_s);
    if (!expired) return false;
    this.#values.clear();
    this.#read();
    return true;
  }

  #read(): void {
    for (const [order, name] of phaseColumns) {
      this.#orders[order] = this.value(oid(name, 1)) | (this.value(oid(name, 2)) << 8);
    }
    for (const [order, name] of ringColumns) this.#orders[order] = this.value(oid(name, 1));
    this.#unit = this.value(unitControl);
    this.#systemPattern = this.value(systemPattern);
    this.#preempts = 0;
    for (let preempt = 1; preempt <= 16; preempt += 1) {
      if (this.value(oid("preemptControlState", preempt)) !== 0) this.#preempts |= 1 << (preempt - 1);
    }
  }
}
