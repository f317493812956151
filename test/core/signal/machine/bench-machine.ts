/** A machine on the bench: eight phases in two rings, orders that a test changes, and what happened when. */
import { createMachine, type Machine } from "../../../../core/signal/machine/machine.ts";
import type {
  MachineConfig,
  MachineEvent,
  MachineOrders,
  MachinePhase,
  PhaseOptions,
} from "../../../../core/signal/machine/types.ts";
import { NO_ORDERS } from "../../../../core/signal/machine/working.ts";
import type { MutableInput } from "./street.ts";

export const bit = (...phases: readonly number[]): number => phases.reduce((mask, p) => mask | (1 << (p - 1)), 0);

type Changed = Partial<Omit<MachinePhase, "number" | "options">> & PhaseOptions;

const optionNames = [
  "red_revert_ds",
  "max2_green_ds",
  "added_initial_ds",
  "max_initial_ds",
  "minimum_gap_ds",
  "before_reduction_ds",
  "cars_before_reduction",
  "to_reduce_ds",
  "reduce_by_ds",
  "dynamic_max_limit_ds",
  "dynamic_max_step_ds",
  "ped_recall",
  "soft_recall",
  "dual_entry",
  "simultaneous_gap_disable",
  "guaranteed_passage",
  "rest_in_walk",
  "conditional_service",
] as const;

function phase(number: number, changed: Changed): MachinePhase {
  const options = Object.fromEntries(optionNames.flatMap((name) => (name in changed ? [[name, changed[name]]] : [])));
  const rest = Object.fromEntries(Object.entries(changed).filter(([name]) => !(name in options)));
  return {
    number,
    min_green_ds: 50,
    max_green_ds: 300,
    passage_ds: 20,
    walk_ds: 0,
    ped_clear_ds: 0,
    yellow_ds: 30,
    red_clear_ds: 10,
    recall: "none",
    ...rest,
    options,
  };
}

/** Phases 1 2 | 3 4 over 5 6 | 7 8; what differs is given by phase. */
export function eightPhases(
  changed: Readonly<Record<number, Changed>> = {},
  more: Partial<MachineConfig> = {},
): MachineConfig {
  return {
    phases: [1, 2, 3, 4, 5, 6, 7, 8].map((number) => phase(number, changed[number] ?? {})),
    rings: [
      [
        [1, 2],
        [3, 4],
      ],
      [
        [5, 6],
        [7, 8],
      ],
    ],
    coord_phases: [2, 6],
    intergreens: [],
    ...more,
  };
}

export class BenchMachine {
  readonly machine: Machine;
  readonly input: MutableInput = { clock_ds: 0, pattern: null, vehicle_calls: 0, ped_calls: 0, occupied: 0 };
  readonly events: MachineEvent[] = [];
  #orders: MachineOrders = NO_ORDERS;

  constructor(config: MachineConfig) {
    this.machine = createMachine(config);
  }

  order(orders: Partial<MachineOrders>): void {
    this.#orders = { ...this.#orders, ...orders };
    this.input.orders = this.#orders;
  }

  /** `standing` calls come again as soon as they were served. */
  run(steps: number, standing = 0): this {
    for (let step = 0; step < steps; step += 1) {
      this.input.vehicle_calls |= standing & ~this.machine.lamps.greens;
      this.events.push(...this.machine.step(this.input));
      this.input.vehicle_calls &= ~this.machine.lamps.greens;
      this.input.ped_calls &= ~this.machine.lamps.walks;
      this.input.clock_ds += 1;
    }
    return this;
  }

  /** When the phase did this, in steps since power-up; all times. */
  times(number: number, kind: MachineEvent["kind"]): readonly number[] {
    return this.events.filter((event) => event.phase === number && event.kind === kind).map((event) => event.at_ds);
  }

  /** The first time at or after `from`. */
  at(number: number, kind: MachineEvent["kind"], from = 0): number | undefined {
    return this.times(number, kind).find((at) => at >= from);
  }

  get greens(): number {
    return this.machine.lamps.greens;
  }
}
