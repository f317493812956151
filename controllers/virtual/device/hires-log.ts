/**
 * The device's hi-res log: what the machine reports, and every change of calls, orders, inputs, preempts, coordination
 * and unit, a tenth of a second fine. It keeps the newest events only, as the loggers in cabinets do.
 */
import { codesOfMachine } from "../../../core/signal/events/from-machine.ts";
import {
  signalCodes as codes,
  coordinationState,
  type SignalCode,
  type SignalEvent,
} from "../../../core/signal/events/signal-codes.ts";
import type { Coordination } from "../../../core/signal/machine/machine.ts";
import type { MachineEvent } from "../../../core/signal/machine/types.ts";
import { preemptState } from "../../ntcip/oids.ts";
import { statusObjects } from "./status-objects.ts";
import type { VirtualDevice } from "./virtual-device.ts";

const PHASES = 16;

/** Code of each state that a preempt enters. */
const preemptCodes: Readonly<Record<number, SignalCode>> = {
  [preemptState.entryStarted]: codes.preempt_entry_started,
  [preemptState.trackService]: codes.preempt_begin_track_clearance,
  [preemptState.dwell]: codes.preempt_begin_dwell,
  [preemptState.linkActive]: codes.preempt_link_active,
  [preemptState.exitStarted]: codes.preempt_begin_exit,
  [preemptState.maxPresence]: codes.preempt_max_presence,
};

export class HiresLog {
  readonly #capacity: number;
  readonly #before = new Map<string, number>();
  #events: SignalEvent[] = [];
  #now_ms = 0;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** Hands out what was logged since the last time, oldest first, and forgets it. */
  take(): readonly SignalEvent[] {
    const taken = this.#events.slice(-this.#capacity);
    this.#events = [];
    return taken;
  }

  /** After every step of the device. `clock_ds` is the master clock. */
  step(device: VirtualDevice, machineEvents: readonly MachineEvent[], clock_ds: number): void {
    this.#now_ms = clock_ds * 100;
    for (const event of machineEvents) for (const code of codesOfMachine(event)) this.#add(code, event.phase);
    this.#inputs(device);
    this.#demand(device);
    this.#preempts(device);
    this.#coordination(device);
    this.#unit(device);
    // Twice the capacity is cut back to it, so that cutting costs little.
    if (this.#events.length > 2 * this.#capacity) this.#events = this.#events.slice(-this.#capacity);
  }

  #demand({ calls, commands: { orders } }: VirtualDevice): void {
    this.#flags("call", calls.vehicle, codes.phase_call_registered, codes.phase_call_dropped);
    this.#flags("ped call", calls.pedestrian, codes.pedestrian_call_registered, null);
    this.#flags("hold", orders.hold, codes.phase_hold_active, codes.phase_hold_released);
    this.#flags("omit", orders.phase_omit, codes.phase_omit_on, codes.phase_omit_off);
    this.#flags("ped omit", orders.ped_omit, codes.pedestrian_omit_on, codes.pedestrian_omit_off);
  }

  #inputs({ detectors, buttons, layout: { sizes } }: VirtualDevice): void {
    for (let channel = 1; channel <= sizes.detectors; channel += 1) {
      this.#flag(`detector ${channel}`, channel, detectors.isOn(channel), codes.detector_on, codes.detector_off);
      const faulty = (detectors.faults.bits[channel] ?? 0) !== 0;
      this.#flag(`fault ${channel}`, channel, faulty, codes.detector_fault, codes.detector_restored);
    }
    for (let button = 1; button <= sizes.pedestrianDetectors; button += 1) {
      const { pedestrian_detector_on: on, pedestrian_detector_off: off } = codes;
      this.#flag(`button ${button}`, button, buttons.isOn(button), on, off);
    }
  }

  #preempts({ preemption, layout: { sizes } }: VirtualDevice): void {
    for (let preempt = 1; preempt <= sizes.preempts; preempt += 1) {
      const on = preemption.calls.isOn(preempt);
      this.#flag(`preempt call ${preempt}`, preempt, on, codes.preempt_call_on, codes.preempt_call_off);
      const before = this.#before.get(`preempt ${preempt}`);
      const state = preemption.state(preempt);
      if (!this.#moved(`preempt ${preempt}`, state)) continue;
      if (before === preemptState.linkActive) this.#add(codes.preempt_link_inactive, preempt);
      const code = preemptCodes[state];
      if (code !== undefined) this.#add(code, preempt);
    }
  }

  #coordination({ coordination, programme }: VirtualDevice): void {
    const pattern = coordination?.pattern ?? 0;
    if (this.#moved("pattern", pattern) && pattern !== 0) this.#add(codes.coordination_pattern_change, pattern);
    const cycle_ds = coordination?.cycle_ds ?? 0;
    if (this.#moved("cycle", cycle_ds)) this.#add(codes.cycle_length_change, Math.round(cycle_ds / 10));
    const offset_ds = pattern === 0 ? 0 : (programme.pattern?.offset_ds ?? 0);
    if (this.#moved("offset", offset_ds)) this.#add(codes.offset_length_change, Math.round(offset_ds / 10));
    if (coordination !== null) this.#coordinationState(coordination);
  }

  #coordinationState({ pattern, inTransition, local_ds }: Coordination): void {
    if (pattern === null) {
      if (this.#moved("coordinated", 0)) this.#add(codes.coordination_state_change, coordinationState.free);
      return;
    }
    const inStep = inTransition ? 1 : 2;
    if (this.#moved("coordinated", inStep) && !inTransition) {
      this.#add(codes.coordination_state_change, coordinationState.in_step);
    }
    if (local_ds === 0) this.#add(codes.coordination_state_change, coordinationState.local_zero);
  }

  #unit(device: VirtualDevice): void {
    const flash = Number(statusObjects.unitFlashStatus?.(device, []) ?? 0);
    if (this.#moved("flash", flash)) this.#add(codes.unit_flash_status_change, flash);
    const alarm = Number(statusObjects.unitAlarmStatus1?.(device, []) ?? 0);
    if (this.#moved("alarm", alarm)) this.#add(codes.unit_alarm_status_change, alarm);
    const stopped = device.commands.orders.stop_time === 0 ? 0 : 1;
    if (this.#moved("stop time", stopped)) this.#add(codes.stop_time, stopped);
    const before_s = this.#before.get("clock");
    const ahead_s = device.clock.seconds - Math.floor(this.#now_ms / 1000);
    if (this.#moved("clock", ahead_s)) this.#add(codes.clock_updated, ahead_s - (before_s ?? 0));
  }

  /** One flag per phase. */
  #flags(name: string, mask: number, on: SignalCode, off: SignalCode | null): void {
    const changed = mask ^ (this.#before.get(name) ?? 0);
    if (changed === 0) return;
    this.#before.set(name, mask);
    for (let phase = 0; phase < PHASES; phase += 1) {
      const bit = 1 << phase;
      if ((changed & bit) === 0) continue;
      const code = (mask & bit) === 0 ? off : on;
      if (code !== null) this.#add(code, phase + 1);
    }
  }

  #flag(name: string, number: number, value: boolean, on: SignalCode, off: SignalCode): void {
    if (this.#moved(name, value ? 1 : 0)) this.#add(value ? on : off, number);
  }

  /** True when the value differs from the one of the step before; at the start everything is 0. */
  #moved(name: string, value: number): boolean {
    if ((this.#before.get(name) ?? 0) === value) return false;
    this.#before.set(name, value);
    return true;
  }

  #add(event_id: SignalCode, parameter: number): void {
    this.#events.push({ at_ms: this.#now_ms, event_id, parameter });
  }
}
