/**
 * One virtual controller without its network: database, commands, machine and lamps, moved on by `step` ten times a
 * second. It reads no clock and draws no chance, so a test or a simulation runs hours of it in seconds.
 *
 * Hold, ForceOff and the unit control bits are accepted and read back as a controller must; the fixed-time and
 * actuated machine behind it acts on calls and omits only.
 */
import type { Intersection } from "../../../core/network/schema.ts";
import type { Coordination } from "../../../core/signal/machine/machine.ts";
import type { MachineEvent } from "../../../core/signal/machine/types.ts";
import { type ObjectName, specialPattern } from "../../ntcip/oids.ts";
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
import { type Lamps, maskOf } from "./lamps.ts";
import { type FlashCause, Operation } from "./operation.ts";
import { type Programme, programmer } from "./programme.ts";

export interface DeviceParts {
  readonly site: Intersection;
  readonly layoutFor: (sizes: Sizes) => Layout;
  /** The database of a device that was set up before; else that of the site file. */
  readonly parameters?: Parameters;
  readonly verifyBase?: 0 | 1;
}

export class VirtualDevice {
  readonly layout: Layout;
  readonly calls = new Calls();
  readonly commands = new Commands();
  readonly detectors: Detectors;
  readonly transaction: Transaction;
  readonly clock = new DeviceClock();
  readonly watch = new CoordinationWatch();
  readonly #wired: number;
  readonly #channels: Channels;
  readonly #operation: Operation;
  readonly #programmeFor: (parameters: Parameters, command: number) => Programme;
  #parameters: Parameters;
  #programme: Programme;
  #command: Command = { source: "time_base", pattern: specialPattern.free };
  #channelLamps: ChannelLamps;
  #checksum: number;
  /** Steps since power-up: the only time that backup and transaction limits trust. */
  #uptime_ds = 0;
  #powerRestart = true;

  constructor({ site, layoutFor, parameters, verifyBase = 0 }: DeviceParts) {
    const sizes = sizesFor(site);
    this.layout = layoutFor(sizes);
    this.detectors = new Detectors(sizes);
    this.#wired = maskOf(site.signal.phases.map((phase) => phase.number));
    this.#channels = new Channels(sizes);
    this.transaction = new Transaction(verifyBase);
    this.#parameters = parameters ?? initialParameters(site, this.layout);
    this.#checksum = this.#parameters.checksum();
    this.#programmeFor = programmer(site, sizes);
    this.#programme = this.#programmeFor(this.#parameters, specialPattern.free);
    this.#operation = new Operation(this.#programme.config, this.#parameters.number("unitStartUpFlash"));
    this.#channelLamps = this.#channels.steady(this.#parameters, this.#operation.lamps);
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

  get programme(): Programme {
    return this.#programme;
  }

  /** What the phases show. */
  get lamps(): Lamps {
    return this.#operation.lamps;
  }

  /** What the driver sees. */
  get channels(): ChannelLamps {
    return this.#channelLamps;
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
    this.#command = this.#commandNow();
    this.#programme = this.#programmeFor(this.#parameters, this.#command.pattern);
    this.clock.synchronise(this.#programme.pattern?.cycle_ds ?? null);
    this.#placeCalls();
    const events = this.#operation.step({
      config: this.#programme.config,
      flash: this.#programme.flash,
      input: {
        clock_ds: this.clock.coordination_ds,
        pattern: this.#programme.pattern,
        vehicle_calls: this.calls.vehicle,
        ped_calls: this.calls.pedestrian,
        occupied: this.calls.occupied,
      },
    });
    this.watch.step(this.#programme.pattern?.number ?? null, this.coordination);
    this.#showChannels();
    return events;
  }

  #commandNow(): Command {
    return commandOf({
      coordOperationalMode: this.#parameters.number("coordOperationalMode"),
      systemPatternControl: this.commands.number("systemPatternControl"),
      timebaseAscPattern: this.#parameters.number("timebaseAscPattern", 1),
    });
  }

  #placeCalls(): void {
    const of = (name: ObjectName): number => this.commands.phases(name);
    const omitted = of("phaseControlGroupPhaseOmit");
    const vehicle = of("phaseControlGroupVehCall") | this.detectors.called(this.#parameters);
    const pedestrian = of("phaseControlGroupPedCall") & ~of("phaseControlGroupPedOmit");
    this.calls.step(vehicle & ~omitted, pedestrian & ~omitted, this.lamps);
  }

  #showChannels(): void {
    this.#channelLamps =
      this.flash === null
        ? this.#channels.steady(this.#parameters, this.lamps)
        : this.#channels.flashing(this.#parameters, this.#wired, this.#uptime_ds);
  }
}
