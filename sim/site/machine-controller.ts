/** Drives a site's signals by what stands before them: the machine of the street's controllers, with loops at its stop lines. */
import type { Intersection } from "../../core/network/schema.ts";
import { machineConfig, machinePattern } from "../../core/signal/machine/convert.ts";
import { createMachine, type Machine } from "../../core/signal/machine/machine.ts";
import type { MachinePattern } from "../../core/signal/machine/types.ts";
import type { RunningStreet, StreetController } from "../street/running-street.ts";
import { stateOf } from "./machine-signals.ts";
import type { SignalledWay } from "./network.ts";
import type { SiteStreets } from "./schema.ts";

/** Before the stop line; a motorcycle or a car that stands is on it. */
const zone_m = 12;
const perSecond = 10;

interface Signal {
  readonly at: number;
  readonly machine: Machine;
  readonly pattern: MachinePattern | null;
  readonly ways: readonly SignalledWay[];
  /** Lanes before the stop lines, and the bit of the phase of each. */
  readonly lanes: readonly (readonly [lane: number, phase: number])[];
  calls: number;
}

export class MachineController implements StreetController<RunningStreet> {
  readonly #site: SiteStreets;
  readonly #ways: ReadonlyMap<string, readonly SignalledWay[]>;
  #signals: readonly Signal[] = [];

  constructor(site: SiteStreets, ways: ReadonlyMap<string, readonly SignalledWay[]>) {
    this.#site = site;
    this.#ways = ways;
  }

  begin(street: RunningStreet): void {
    const lanes = new Map(street.network.lanes.ids.map((id, at) => [id, at]));
    this.#signals = this.#site.intersections.map((each) => this.#signal(each, street, lanes));
    street.watch(this.#signals.flatMap((signal) => signal.lanes.map(([lane]) => lane)));
  }

  decide(street: RunningStreet): void {
    for (const signal of this.#signals) {
      const occupied = standing(signal, street);
      signal.calls = (signal.calls | occupied) & ~signal.machine.lamps.greens;
      for (let tenth = 0; tenth < perSecond; tenth += 1) {
        const clock_ds = Math.round(street.now_s * perSecond) + tenth;
        const { pattern, calls: vehicle_calls } = signal;
        signal.machine.step({ clock_ds, pattern, vehicle_calls, ped_calls: 0, occupied });
        if (tenth === 0) street.show(signal.at, stateOf(signal.ways, signal.machine.lamps));
      }
    }
  }

  #signal(intersection: Intersection, street: RunningStreet, numbers: ReadonlyMap<string, number>): Signal {
    const plan = this.#site.plans.find((each) => each.intersection === intersection.id);
    const lanes = intersection.approaches.flatMap((approach) =>
      approach.lanes.map(({ id, phase }) => [numbers.get(id) ?? -1, 1 << (phase - 1)] as const),
    );
    return {
      at: street.network.signals.indexOf(intersection.id),
      machine: createMachine(machineConfig(intersection)),
      pattern: plan === undefined ? null : machinePattern(plan),
      ways: this.#ways.get(intersection.id) ?? [],
      lanes: lanes.filter(([lane]) => lane !== -1),
      calls: 0,
    };
  }
}

/** Phases with somebody in the zone of one of their lanes. */
function standing({ lanes }: Signal, street: RunningStreet): number {
  let mask = 0;
  for (const [lane, bit] of lanes) {
    const { count, length_m, position_m } = street.lane(lane);
    if (count > 0 && (position_m[0] as number) > length_m - zone_m) mask |= bit;
  }
  return mask;
}
