/**
 * One virtual controller without its network: database, commands, inputs, machine and lamps, moved on by `step` ten
 * times a second. It reads no clock and draws no chance, so a test or a simulation runs hours of it in seconds.
 */
import type { Intersection } from "../../../core/network/schema.ts";
import type { Coordination } from "../../../core/signal/machine/machine.ts";
import type { MachineEvent, MachineInput, MachineOrders, OffsetReference } from "../../../core/signal/machine/types.ts";
import { NO_ORDERS } from "../../../core/signal/machine/working.ts";
import { specialPattern } from "../../ntcip/oids.ts";
import { initialParameters, sizesFor } from "../database/initial-parameters.ts";
import type { Layout, Sizes } from "../database/layout.ts";
import type { Parameters, Value } from "../database/parameters.ts";
import { Transaction } from "../database/transaction.ts";
import { Calls } from "./calls.ts";
import { type ChannelLamps, Channels } from "./channels.ts";
import { type Command, commandOf } from "./command.ts";
import { Commands } from "./commands.ts";
import { databaseFault, timingFault } from "./consistency.ts";
import { CoordinationWatch } from "./coordination-watch.ts";
import { Detectors } from "./detectors.ts";
import { DeviceClock } from "./device-clock.ts";
import { GreenEnds } from "./green-ends.ts";
import { type Lamps, maskOf } from "./lamps.ts";
import { type FlashCause, Operation, type Orders } from "./operation.ts";
import { PedestrianDetectors } from "./pedestrian-detectors.ts";
import { Preemption } from "./preemption.ts";
import { type Programme, programmer } from "./programme.ts";
import { ServiceWatch } from "./service-watch.ts";
import { type InForce, TimeBase } from "./time-base.ts";

export interface DeviceParts {
  readonly site: Intersection;
  readonly layoutFor: (sizes: Sizes) => Layout;
  /** The database of a device that was set up before; else that of the site file. */
  readonly parameters?: Parameters;
  readonly verifyBase?: 0 | 1;
  /** What its offsets time; makes differ. */
  readonly offsetReference?: OffsetReference;
}

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

export class VirtualDevice {
  readonly layout: Layout;
  readonly calls = new Calls();
  readonly commands = new Commands();
  readonly detectors: Detectors;
  readonly buttons: PedestrianDetectors;
  readonly preemption: Preemption;
  readonly transaction: Transaction;
  readonly clock = new DeviceClock();
  readonly watch = new CoordinationWatch();
  readonly service = new ServiceWatch();
  readonly ends = new GreenEnds();
  readonly #wired: number;
  readonly #timeBase: TimeBase;
  readonly #channels: Channels;
  readonly #operation: Operation;
  readonly #programmeFor: (parameters: Parameters, command: number) => Programme;
  #parameters: Parameters;
  #programme: Programme;
  #overlaps = 0;
  #inForce: InForce = { dayPlan: 0, action: 0, pattern: 0, specialFunctions: 0 };
  #command: Command = { source: "time_base", pattern: specialPattern.free };
  #checksum: number;
  /** Steps since power-up: the only time that backup and transaction limits trust. */
  #uptime_ds = 0;
  #powerRestart = true;
  #greens = 0;
  readonly #machineOrders: Writable<MachineOrders>;
  readonly #input: Writable<MachineInput>;
  readonly #orders: Writable<Orders>;
  /** What the preempts see of the street. */
  readonly #seen = { greens: 0, flash: false };
  readonly #placed = { vehicle: 0, pedestrian: 0, extended: 0, locking: 0 };

  constructor(parts: DeviceParts) {
    const { site, layoutFor, parameters, verifyBase = 0, offsetReference = "begin_green" } = parts;
    const sizes = sizesFor(site);
    this.layout = layoutFor(sizes);
    this.detectors = new Detectors(sizes);
    this.buttons = new PedestrianDetectors(sizes);
    this.preemption = new Preemption(sizes);
    this.#timeBase = new TimeBase(sizes);
    this.#wired = maskOf(site.signal.phases.map((phase) => phase.number));
    this.#channels = new Channels(sizes);
    this.transaction = new Transaction(verifyBase);
    this.#parameters = parameters ?? initialParameters(site, this.layout);
    this.#checksum = this.#parameters.checksum();
    this.#programmeFor = programmer(site, sizes, offsetReference);
    this.#programme = this.#programmeFor(this.#parameters, specialPattern.free);
    this.#operation = new Operation(this.#programme.config, this.#parameters.number("unitStartUpFlash"));
    this.#machineOrders = { ...NO_ORDERS, actuations: this.detectors.actuations };
    this.#input = {
      clock_ds: 0,
      pattern: null,
      vehicle_calls: 0,
      ped_calls: 0,
      occupied: 0,
      orders: this.#machineOrders,
    };
    this.#orders = {
      config: this.#programme.config,
      flash: null,
      flashEntry: 0,
      flashExit: [],
      input: this.#input,
    };
    this.#showChannels();
  }

  get parameters(): Parameters {
    return this.#parameters;
  }

  get checksum(): number {
    return this.#checksum;
  }

  get uptime_ds(): number {
    return this.#uptime_ds;
  }

  get command(): Command {
    return this.#command;
  }

  /** What the device's own time base says now, whoever commands. */
  get timeBase(): InForce {
    return this.#inForce;
  }

  get programme(): Programme {
    return this.#programme;
  }

  get operation(): Operation {
    return this.#operation;
  }

  /** What phases and overlaps show. Live. */
  get lamps(): Lamps {
    return this.#operation.lamps;
  }

  /** Overlaps in use; bit 0 is overlap 1. */
  get overlaps(): number {
    return this.#overlaps;
  }

  /** What the driver sees. Live. */
  get channels(): ChannelLamps {
    return this.#channels.lamps;
  }

  get flash(): FlashCause | null {
    return this.#operation.flash;
  }

  /** Null unless the intersection runs. */
  get coordination(): Coordination | null {
    return this.#operation.machine?.coordination() ?? null;
  }

  /** True once after power-up: latched until read. */
  takePowerRestart(): boolean {
    const restarted = this.#powerRestart;
    this.#powerRestart = false;
    return restarted;
  }

  /** Puts changed parameters in force, or names the fault that forbids it. */
  apply(changes: ReadonlyMap<string, Value>): string | null {
    const changed = this.#parameters.with(changes);
    const fault = databaseFault(changed, this.layout.sizes);
    if (fault !== null) return fault;
    this.#parameters = changed;
    this.#checksum = changed.checksum();
    return null;
  }

  /** What verification says of the database as it would be with `changes`: an error text, or null. */
  #verify(changes: ReadonlyMap<string, Value>): string | null {
    const changed = this.#parameters.with(changes);
    return databaseFault(changed, this.layout.sizes) ?? timingFault(changed, this.layout, changes);
  }

  /** The conflict monitor tripped: flash, latched. */
  trip(): void {
    this.#operation.trip();
    this.#showChannels();
  }

  /** Advances by 0.1 s. `clock_ds` is the master clock: deciseconds since the Unix epoch. */
  step(clock_ds: number): readonly MachineEvent[] {
    this.#uptime_ds += 1;
    this.clock.tick(clock_ds);
    this.transaction.step(this.#uptime_ds, (changes) => this.#verify(changes));
    const backup_s = this.#parameters.number("unitBackupTime");
    if (this.commands.step(this.#uptime_ds, backup_s)) this.clock.useOwnTime();
    this.#decideProgramme();
    this.clock.synchronise(this.#programme.pattern?.cycle_ds ?? null);
    this.#seen.greens = this.lamps.greens;
    this.#seen.flash = this.flash === "preempt";
    this.preemption.step(this.#parameters, this.#programme.config, this.commands.preempts, this.#seen);
    this.#placeCalls();
    this.#giveOrders();
    const events = this.#operation.step(this.#orders);
    this.ends.hear(events);
    this.#lookBack();
    this.#showChannels();
    return events;
  }

  #decideProgramme(): void {
    this.#inForce = this.#timeBase.at(this.#parameters, this.clock.seconds);
    this.#command = commandOf({
      coordOperationalMode: this.#parameters.number("coordOperationalMode"),
      systemPatternControl: this.commands.systemPattern,
      timebaseAscPattern: this.#inForce.pattern,
    });
    const programme = this.#programmeFor(this.#parameters, this.#command.pattern);
    if (programme === this.#programme && this.#uptime_ds > 1) return;
    this.#programme = programme;
    this.#overlaps = maskOf((programme.config.overlaps ?? []).map((overlap) => overlap.number));
    this.#orders.config = programme.config;
    this.#orders.flashEntry = programme.flashEntry;
    this.#input.pattern = programme.pattern;
  }

  #placeCalls(): void {
    const { orders } = this.commands;
    this.detectors.step(this.#parameters, this.lamps);
    this.buttons.step(this.#parameters);
    const placed = this.#placed;
    placed.vehicle = (orders.vehicle_call | this.detectors.called) & ~orders.phase_omit;
    placed.pedestrian = (orders.ped_call | this.buttons.called) & ~orders.ped_omit & ~orders.phase_omit;
    placed.extended = orders.vehicle_call | this.detectors.extended;
    placed.locking = this.#programme.locking | this.detectors.locked;
    this.calls.step(placed, this.lamps);
    this.#input.clock_ds = this.clock.coordination_ds;
    this.#input.vehicle_calls = this.calls.vehicle;
    this.#input.ped_calls = this.calls.pedestrian;
    this.#input.occupied = this.calls.occupied;
  }

  #giveOrders(): void {
    const { commands, preemption } = this;
    const given = this.#machineOrders;
    const { nonActuated1, nonActuated2 } = this.#programme;
    given.hold = commands.orders.hold;
    given.force_off = commands.orders.force_off;
    given.phase_omit = commands.orders.phase_omit | preemption.omitted;
    given.ped_omit = commands.orders.ped_omit | preemption.pedsOmitted;
    given.stop_time = commands.orders.stop_time;
    given.ring_force_off = commands.orders.ring_force_off;
    given.max2 = commands.orders.max2;
    given.max_inhibit = commands.orders.max_inhibit;
    given.ped_recycle = commands.orders.ped_recycle;
    given.red_rest = commands.orders.red_rest;
    given.min_recall = commands.unit("externalMinRecall");
    given.walk_rest = commands.unit("walkRestModifier");
    given.non_actuated =
      (commands.unit("callToNonAct1") ? nonActuated1 : 0) | (commands.unit("callToNonAct2") ? nonActuated2 : 0);
    given.direction = preemption.direction;
    const commanded = this.#programme.flash && !preemption.beatsFlash ? "commanded" : null;
    this.#orders.flash = preemption.flashes ? "preempt" : commanded;
    this.#orders.flashExit = preemption.exitPhases ?? this.#programme.flashExit;
  }

  /** What follows from the lamps of this step. */
  #lookBack(): void {
    const { greens } = this.lamps;
    this.commands.greensEnded(this.#greens & ~greens);
    this.#greens = greens;
    const now = this.coordination;
    this.watch.step(this.#programme.pattern?.number ?? null, now);
    const waiting = this.flash === null ? this.calls.vehicle & ~greens & ~this.commands.orders.phase_omit : 0;
    this.service.step(this.#programme.config, waiting, now?.cycle_ds ?? null);
  }

  #showChannels(): void {
    if (this.flash === null) this.#channels.steady(this.#parameters, this.lamps, this.#overlaps);
    else this.#channels.flashing(this.#parameters, this.#wired, this.#overlaps, this.#uptime_ds);
  }
}
