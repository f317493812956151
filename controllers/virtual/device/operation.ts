/**
 * What drives the lamps: the machine while the intersection runs, flash, and the all-red start after it. Before flash,
 * and before rings that the machine cannot take up while running, the machine itself brings everything to red.
 */
import { createMachine, type Machine } from "../../../core/signal/machine/machine.ts";
import { STARTUP_RED_DS } from "../../../core/signal/machine/state.ts";
import type { Direction, MachineConfig, MachineEvent, MachineInput } from "../../../core/signal/machine/types.ts";
import { NO_ORDERS } from "../../../core/signal/machine/working.ts";
import { allRed, type Lamps, maskOf } from "./lamps.ts";
import { type Change, changeBetween, isQuiet, reordered } from "./stage-change.ts";

/** What may order flash: a pattern, or a preempt that dwells in it. */
export type OrderedFlash = "commanded" | "preempt";
export type FlashCause = "startup" | "mmu" | OrderedFlash;

type Stage =
  | { readonly kind: "running"; readonly machine: Machine }
  | { readonly kind: "red"; left_ds: number }
  | { readonly kind: "flash"; readonly cause: FlashCause };

/** Another order of phases waits this long for a quiet moment; then everything goes red for it. */
const PATIENCE_DS = 3000;

const NOTHING: readonly MachineEvent[] = [];

export interface Orders {
  readonly config: MachineConfig;
  readonly flash: OrderedFlash | null;
  /** Phases served last before automatic flash (bit 0 is phase 1), and first after it. */
  readonly flashEntry: number;
  readonly flashExit: readonly number[];
  readonly input: MachineInput;
}

export class Operation {
  /** Phases that have heads in the street, whether enabled or not. */
  readonly #wired: number;
  readonly #lamps: { -readonly [Key in keyof Lamps]: number };
  #config: MachineConfig;
  #stage: Stage;
  #startup_ds: number;
  #waited_ds = 0;
  /** The last configuration compared with the one in force, and what came of it. */
  #compared: MachineConfig | null = null;
  #change: Change = "none";
  /** How long the phases before flash have been green together. */
  #entered_ds = 0;
  #afterFlash = false;

  constructor(config: MachineConfig, startupFlash_s: number) {
    this.#config = config;
    this.#wired = maskOf(config.phases.map((phase) => phase.number));
    this.#lamps = { ...allRed(this.#wired) };
    this.#startup_ds = startupFlash_s * 10;
    this.#stage = startupFlash_s > 0 ? { kind: "flash", cause: "startup" } : this.#red();
  }

  /** Live. */
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
    this.#darken();
  }

  /** One step of 0.1 s. */
  step(orders: Orders): readonly MachineEvent[] {
    const stage = this.#stage;
    switch (stage.kind) {
      case "flash":
        this.#stayInFlash(stage.cause, orders.flash);
        return NOTHING;
      case "red":
        stage.left_ds -= 1;
        if (stage.left_ds <= 0) this.#start(orders);
        return NOTHING;
      case "running":
        return this.#run(stage.machine, orders);
    }
  }

  /** Or leaves it. One order may take over from another. */
  #stayInFlash(cause: FlashCause, ordered: OrderedFlash | null): void {
    this.#startup_ds -= 1;
    if (cause === "mmu" || (cause === "startup" && this.#startup_ds > 0)) return;
    if (cause !== "startup" && ordered !== null) {
      this.#stage = { kind: "flash", cause: ordered };
      return;
    }
    this.#afterFlash = true;
    this.#stage = this.#red();
  }

  #start(orders: Orders): void {
    if (orders.flash !== null) {
      this.#stage = { kind: "flash", cause: orders.flash };
      return;
    }
    this.#config = orders.config;
    this.#compared = null;
    this.#waited_ds = 0;
    this.#entered_ds = 0;
    const exits = this.#afterFlash && orders.flashExit.length > 0;
    this.#afterFlash = false;
    const config = exits ? { ...orders.config, start_phases: orders.flashExit, start_walks: [] } : orders.config;
    this.#stage = { kind: "running", machine: createMachine(config) };
  }

  #run(machine: Machine, orders: Orders): readonly MachineEvent[] {
    const running = this.#takeUp(machine, orders.config);
    const restarts = this.#waited_ds > PATIENCE_DS;
    if (orders.flash === null && !restarts) {
      this.#entered_ds = 0;
      return this.#show(running, orders.input);
    }
    // A preempt has had its own entry: its flash waits for nothing but that everything ends in full.
    const entering = orders.flash === "commanded" && !this.#entryIsOver(running, orders.flashEntry);
    const entry = entering ? orders.flashEntry : 0;
    const events = this.#show(running, directed(orders.input, entry));
    if (entry !== 0 || !running.standsRed) return events;
    this.#stage = orders.flash === null ? this.#red() : { kind: "flash", cause: orders.flash };
    return events;
  }

  /** Phases before flash have had their minimum together. */
  #entryIsOver(machine: Machine, entry: number): boolean {
    const minimum = Math.max(0, ...this.#config.phases.map((phase) => phase.min_green_ds));
    const all = entry !== 0 && (machine.lamps.greens & entry) === entry;
    if (all || this.#entered_ds > 0) this.#entered_ds += 1;
    return entry === 0 || this.#entered_ds > minimum;
  }

  /** Timings hold from the next interval on, another order from a quiet moment on. */
  #takeUp(machine: Machine, config: MachineConfig): Machine {
    const change = config === this.#config ? "none" : this.#changeTo(config);
    if (change === "none") {
      this.#config = config;
      this.#waited_ds = 0;
      return machine;
    }
    if (change === "structure") {
      this.#waited_ds = PATIENCE_DS + 1;
      return machine;
    }
    const { state } = machine;
    const local = machine.coordination().local_ds;
    const mayMove = change === "timings" || (isQuiet(state) && (local === null || local === 0));
    if (!mayMove) {
      this.#waited_ds += 1;
      return machine;
    }
    this.#config = config;
    this.#compared = null;
    this.#waited_ds = 0;
    const changed = createMachine(config, change === "timings" ? state : reordered(state, config));
    this.#stage = { kind: "running", machine: changed };
    return changed;
  }

  #changeTo(config: MachineConfig): Change {
    if (config !== this.#compared) {
      this.#compared = config;
      this.#change = changeBetween(this.#config, config);
    }
    return this.#change;
  }

  #show(machine: Machine, input: MachineInput): readonly MachineEvent[] {
    const events = machine.step(input);
    Object.assign(this.#lamps, machine.lamps);
    // A phase that is wired but disabled shows red.
    this.#lamps.reds = this.#wired & ~machine.lamps.greens & ~machine.lamps.yellows;
    this.#lamps.dontWalks = this.#wired & ~machine.lamps.walks & ~machine.lamps.pedClears;
    return events;
  }

  #darken(): void {
    Object.assign(this.#lamps, allRed(this.#wired));
  }

  /** After flash nobody knows who is still inside: red until the longest clearance has passed. */
  #red(): Stage {
    const clearances = this.#config.phases.map((phase) => phase.yellow_ds + phase.red_clear_ds);
    const longest = Math.max(...clearances, ...this.#config.intergreens.map((intergreen) => intergreen.ds));
    this.#darken();
    return { kind: "red", left_ds: longest - STARTUP_RED_DS };
  }
}

/** Everything the machine shows ends in full; then only `phases` may come. */
function directed(input: MachineInput, phases: number): MachineInput {
  const direction: Direction = {
    phases,
    walks: 0,
    min_green_ds: null,
    walk_ds: null,
    ped_clear_ds: null,
    dark_overlaps: phases === 0 ? -1 : 0,
  };
  return { ...input, pattern: null, orders: { ...(input.orders ?? NO_ORDERS), hold: 0, direction } };
}
