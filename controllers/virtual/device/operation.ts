/**
 * What drives the lamps: the machine while the intersection runs, a wind-down to all red before anything that the
 * machine cannot change while running, flash, and the all-red start after it.
 */
import { createMachine, type Machine } from "../../../core/signal/machine/machine.ts";
import { STARTUP_RED_DS } from "../../../core/signal/machine/state.ts";
import type { MachineConfig, MachineEvent, MachineInput } from "../../../core/signal/machine/types.ts";
import { allRed, LampAges, type Lamps, maskOf } from "./lamps.ts";
import { sameConfig, sameStructure } from "./machine-config.ts";
import { WindDown } from "./wind-down.ts";

export type FlashCause = "startup" | "commanded" | "mmu";

type Stage =
  | { readonly kind: "running"; readonly machine: Machine }
  | { readonly kind: "winding"; readonly down: WindDown }
  | { readonly kind: "red"; left_ds: number }
  | { readonly kind: "flash"; readonly cause: FlashCause };

/** New timings wait this long for a moment when nothing is timing out; then the device winds down for them. */
const PATIENCE_DS = 3000;

const NOTHING: readonly MachineEvent[] = [];

export interface Orders {
  readonly config: MachineConfig;
  readonly flash: boolean;
  readonly input: MachineInput;
}

export class Operation {
  /** Phases that have heads in the street, whether enabled or not. */
  readonly #wired: number;
  readonly #ages = new LampAges();
  #config: MachineConfig;
  #stage: Stage;
  #lamps: Lamps;
  #startup_ds: number;
  #waited_ds = 0;

  constructor(config: MachineConfig, startupFlash_s: number) {
    this.#config = config;
    this.#wired = maskOf(config.phases.map((phase) => phase.number));
    this.#lamps = allRed(this.#wired);
    this.#startup_ds = startupFlash_s * 10;
    this.#stage = startupFlash_s > 0 ? { kind: "flash", cause: "startup" } : this.#red();
  }

  get lamps(): Lamps {
    return this.#lamps;
  }

  /** Null unless the intersection runs. */
  get machine(): Machine | null {
    return this.#stage.kind === "running" ? this.#stage.machine : null;
  }

  get flash(): FlashCause | null {
    return this.#stage.kind === "flash" ? this.#stage.cause : null;
  }

  /** The conflict monitor has taken the lamps away: flash at once, until the cabinet is restarted. */
  trip(): void {
    this.#stage = { kind: "flash", cause: "mmu" };
    this.#lamps = allRed(this.#wired);
  }

  /** One step of 0.1 s. */
  step(orders: Orders): readonly MachineEvent[] {
    const events = this.#advance(orders);
    this.#ages.observe(this.#lamps);
    return events;
  }

  #advance(orders: Orders): readonly MachineEvent[] {
    const stage = this.#stage;
    switch (stage.kind) {
      case "flash":
        this.#leaveFlash(stage.cause, orders.flash);
        return NOTHING;
      case "red":
        stage.left_ds -= 1;
        if (stage.left_ds <= 0) this.#start(orders);
        return NOTHING;
      case "winding":
        this.#show(stage.down.step());
        if (stage.down.done) this.#stage = orders.flash ? { kind: "flash", cause: "commanded" } : this.#red();
        return NOTHING;
      case "running":
        return this.#run(stage.machine, orders);
    }
  }

  #leaveFlash(cause: FlashCause, wanted: boolean): void {
    this.#startup_ds -= 1;
    if (cause === "mmu" || (cause === "startup" && this.#startup_ds > 0) || (cause === "commanded" && wanted)) return;
    this.#stage = this.#red();
  }

  #start(orders: Orders): void {
    if (orders.flash) {
      this.#stage = { kind: "flash", cause: "commanded" };
      return;
    }
    this.#config = orders.config;
    this.#waited_ds = 0;
    this.#stage = { kind: "running", machine: createMachine(orders.config) };
  }

  #run(machine: Machine, orders: Orders): readonly MachineEvent[] {
    if (orders.flash || this.#mustRestart(orders.config)) {
      this.#stage = { kind: "winding", down: new WindDown(this.#config.phases, this.#lamps, this.#ages) };
      return this.#advance(orders);
    }
    const running = this.#takeTimings(machine, orders.config);
    const events = running.step(orders.input);
    this.#show(running.lamps);
    return events;
  }

  #mustRestart(config: MachineConfig): boolean {
    if (config === this.#config) return false;
    return !sameStructure(config, this.#config) || this.#waited_ds > PATIENCE_DS;
  }

  /** New timings wait for a moment when no yellow, clearance or walk is timing out: none may be shortened. */
  #takeTimings(machine: Machine, config: MachineConfig): Machine {
    if (config === this.#config) return machine;
    const { lamps } = machine;
    const quiet = lamps.yellows === 0 && lamps.walks === 0 && lamps.pedClears === 0 && lamps.phaseOns === lamps.greens;
    if (!quiet && !sameConfig(config, this.#config)) {
      this.#waited_ds += 1;
      return machine;
    }
    this.#waited_ds = 0;
    const changed = sameConfig(config, this.#config) ? machine : createMachine(config, machine.state);
    this.#config = config;
    this.#stage = { kind: "running", machine: changed };
    return changed;
  }

  /** A phase that is wired but disabled shows red. */
  #show(lamps: Lamps): void {
    const reds = this.#wired & ~lamps.greens & ~lamps.yellows;
    const dontWalks = this.#wired & ~lamps.walks & ~lamps.pedClears;
    this.#lamps = { ...lamps, reds, dontWalks };
  }

  /** After flash nobody knows who is still inside: red until the longest clearance has passed. */
  #red(): Stage {
    const clearances = this.#config.phases.map((phase) => phase.yellow_ds + phase.red_clear_ds);
    const longest = Math.max(...clearances, ...this.#config.intergreens.map((intergreen) => intergreen.ds));
    this.#lamps = allRed(this.#wired);
    return { kind: "red", left_ds: longest - STARTUP_RED_DS };
  }
}
