/** Random options of phases, overlaps, and orders from outside, for the machine's properties. */
import type { Intersection } from "../../../../core/network/schema.ts";
import type { Direction, MachineConfig, MachineOrders, PhaseOptions } from "../../../../core/signal/machine/types.ts";
import { NO_ORDERS } from "../../../../core/signal/machine/working.ts";

type Random = () => number;

const below = (random: Random, count: number): number => Math.floor(random() * count);

function options(random: Random): PhaseOptions {
  const often = (): boolean => random() < 0.4;
  return {
    red_revert_ds: below(random, 80),
    max2_green_ds: 100 + below(random, 500),
    added_initial_ds: below(random, 20),
    max_initial_ds: below(random, 300),
    minimum_gap_ds: below(random, 30),
    before_reduction_ds: below(random, 200),
    cars_before_reduction: below(random, 8),
    to_reduce_ds: below(random, 200),
    reduce_by_ds: below(random, 6),
    dynamic_max_limit_ds: below(random, 600),
    dynamic_max_step_ds: below(random, 100),
    ped_recall: often(),
    soft_recall: often(),
    dual_entry: often(),
    simultaneous_gap_disable: often(),
    guaranteed_passage: often(),
    rest_in_walk: often(),
    conditional_service: often(),
  };
}

/** The same phases with any options, and three overlaps over any of them. */
export function withOptions(config: MachineConfig, random: Random): MachineConfig {
  const numbers = config.phases.map((phase) => phase.number);
  const some = (): number[] => numbers.filter(() => random() < 0.3);
  return {
    ...config,
    phases: config.phases.map((phase) => ({ ...phase, options: options(random) })),
    overlaps: [1, 2, 3].map((number) => ({
      number,
      type: random() < 0.5 ? ("normal" as const) : ("minus_green_yellow" as const),
      included: some(),
      modifiers: some(),
      trail_green_ds: random() < 0.5 ? 0 : below(random, 80),
      trail_yellow_ds: 30 + below(random, 20),
      trail_red_ds: below(random, 30),
    })),
  };
}

/** Phases that can be green together: at most one a ring, of one barrier group. */
function together({ signal }: Intersection, random: Random): number {
  const group = below(random, signal.rings[0]?.length ?? 1);
  return signal.rings.reduce((mask, ring) => {
    const members = ring[group] ?? [];
    const phase = members[below(random, members.length + 1)];
    return phase === undefined ? mask : mask | (1 << (phase - 1));
  }, 0);
}

function direction(x: Intersection, random: Random): Direction {
  return {
    phases: together(x, random),
    walks: below(random, 65_536),
    min_green_ds: null,
    walk_ds: null,
    ped_clear_ds: null,
    dark_overlaps: below(random, 8),
  };
}

/** Half of the time no order at all, so that the machine also goes its own way. */
export function anyOrders(x: Intersection, random: Random): MachineOrders {
  if (random() < 0.5) return NO_ORDERS;
  const phases = (): number => (random() < 0.6 ? 0 : below(random, 65_536) & below(random, 65_536));
  const rings = (): number => (random() < 0.7 ? 0 : below(random, 4));
  return {
    hold: phases(),
    force_off: phases(),
    phase_omit: phases(),
    ped_omit: phases(),
    non_actuated: phases(),
    walk_rest: random() < 0.5,
    min_recall: random() < 0.3,
    stop_time: random() < 0.9 ? 0 : below(random, 4),
    ring_force_off: rings(),
    max2: rings(),
    max_inhibit: rings(),
    ped_recycle: rings(),
    red_rest: rings(),
    actuations: Int32Array.from({ length: 16 }, () => below(random, 12)),
    direction: random() < 0.8 ? null : direction(x, random),
  };
}
