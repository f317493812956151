/**
 * The lamps of a site, from the ring-and-barrier machine: two stages in two rings, the first of them coordinated, and each signal
 * group with one of the four phases. Dark and flashing yellow are entered at once, as the safe states that they are (EN 12675);
 * out of them the way is always through the start-up intervals and the machine's own red.
 */
import { createMachine, type Machine } from "../../../core/signal/machine/machine.ts";
import type { MachineConfig, MachineInput } from "../../../core/signal/machine/types.ts";

export const STAGES = [
  [2, 6],
  [4, 8],
] as const;

const MIN_GREEN_DS = 50;
const YELLOW_DS = 30;
const RED_CLEAR_DS = 20;

/** What a stage takes at least, green to green of the other one. */
export const SHORTEST_STAGE_S = (MIN_GREEN_DS + YELLOW_DS + RED_CLEAR_DS) / 10;
/** Yellow and red after a stage's green. */
export const CLEARANCE_S = (YELLOW_DS + RED_CLEAR_DS) / 10;

const config: MachineConfig = {
  phases: STAGES.flat().map((number) => ({
    number,
    min_green_ds: MIN_GREEN_DS,
    max_green_ds: 400,
    passage_ds: 20,
    walk_ds: 0,
    ped_clear_ds: 0,
    yellow_ds: YELLOW_DS,
    red_clear_ds: RED_CLEAR_DS,
    recall: "min",
  })),
  rings: [
    [[2], [4]],
    [[6], [8]],
  ],
  coord_phases: [2, 6],
  intergreens: [],
};

export type Position = "NormalControl" | "YellowFlash" | "Dark";

export type StartupLetter = "e" | "f" | "g";

/** How long each start-up interval lasts; e is dark or flashing yellow, f is yellow, g is red. */
export type StartupIntervals = readonly { readonly letter: StartupLetter; readonly ds: number }[];

type Stage =
  | { readonly kind: "starting"; interval: number; left_ds: number; readonly machine: Machine }
  | { readonly kind: "running"; readonly machine: Machine }
  | { readonly kind: "flash" }
  | { readonly kind: "dark" };

const bitOf = (phase: number): number => 1 << (phase - 1);

export class Signals {
  readonly #phases: readonly number[];
  readonly #startup: StartupIntervals;
  readonly #greenFor_ds = new Map<number, number>();
  #stage: Stage;
  #calls = 0;

  /** `phases[i]` is the phase of signal group i. */
  constructor(phases: readonly number[], startup: StartupIntervals) {
    this.#phases = phases;
    this.#startup = startup;
    this.#stage = this.#begin();
  }

  get starting(): boolean {
    return this.#stage.kind === "starting";
  }

  get position(): Position {
    if (this.#stage.kind === "flash") return "YellowFlash";
    return this.#stage.kind === "dark" ? "Dark" : "NormalControl";
  }

  /** Through the start-up intervals, from wherever it stands. */
  restart(): void {
    this.#stage = this.#begin();
  }

  take(position: Position): void {
    if (position === this.position) return;
    if (position === "NormalControl") this.restart();
    else this.#stage = { kind: position === "Dark" ? "dark" : "flash" };
  }

  /** Seconds since local zero and of the cycle, while a plan runs. */
  get local(): { readonly at_s: number; readonly cycle_s: number } | null {
    if (this.#stage.kind !== "running") return null;
    const { local_ds, cycle_ds } = this.#stage.machine.coordination();
    return local_ds === null || cycle_ds === null ? null : { at_s: local_ds / 10, cycle_s: cycle_ds / 10 };
  }

  /** One step of 0.1 s. */
  step(input: MachineInput): void {
    this.#calls = input.vehicle_calls | input.occupied;
    const stage = this.#stage;
    if (stage.kind === "starting") this.#stepStart(stage, input);
    else if (stage.kind === "running") stage.machine.step(input);
    for (const phase of STAGES.flat()) {
      const green = stage.kind === "running" && (stage.machine.lamps.greens & bitOf(phase)) !== 0;
      this.#greenFor_ds.set(phase, green ? (this.#greenFor_ds.get(phase) ?? 0) + 1 : 0);
    }
  }

  isGreen(group: number): boolean {
    const phase = this.#phases[group];
    return phase !== undefined && (this.#greenFor_ds.get(phase) ?? 0) > 0;
  }

  /** One character for each signal group (S0001). */
  get states(): string {
    return this.#phases.map((phase) => this.#letter(phase)).join("");
  }

  #begin(): Stage {
    const [first] = this.#startup;
    const machine = createMachine(config);
    if (first === undefined) return { kind: "running", machine };
    // Entered between two steps: the next one shows it for the first time.
    return { kind: "starting", interval: 0, left_ds: first.ds + 1, machine };
  }

  #stepStart(stage: Extract<Stage, { kind: "starting" }>, input: MachineInput): void {
    // The machine begins in red; what it shows of that during interval g counts.
    if (this.#startup[stage.interval]?.letter === "g") stage.machine.step(input);
    stage.left_ds -= 1;
    if (stage.left_ds > 0) return;
    stage.interval += 1;
    const next = this.#startup[stage.interval];
    if (next === undefined) this.#stage = { kind: "running", machine: stage.machine };
    else stage.left_ds = next.ds;
  }

  #letter(phase: number): string {
    const stage = this.#stage;
    if (stage.kind === "dark") return "b";
    if (stage.kind === "flash") return "c";
    if (stage.kind === "starting") return this.#startup[stage.interval]?.letter ?? "g";
    const { greens, yellows } = stage.machine.lamps;
    const bit = bitOf(phase);
    if ((yellows & bit) !== 0) return "N";
    if ((greens & bit) === 0) return (this.#calls & bit) === 0 ? "B" : "F";
    if ((this.#greenFor_ds.get(phase) ?? 0) <= MIN_GREEN_DS) return "1";
    return (this.#calls & bit) === 0 ? "4" : "3";
  }
}
