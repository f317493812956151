/** Drives a site's signals by what stands before them: the machine of the street's controllers, with loops at its stop lines. */
import type { Intersection } from "../../core/network/schema.ts";
import { machineConfig, machinePattern } from "../../core/signal/machine/convert.ts";
import { createMachine, type Machine } from "../../core/signal/machine/machine.ts";
import type { MachinePattern } from "../../core/signal/machine/types.ts";
import type { RunningStreet, StreetController } from "../street/running-street.ts";
import { isOccupied, stopLanes } from "./detectors.ts";
import { stateOf } from "./machine-signals.ts";
import type { SignalledWay } from "./network.ts";
import type { SiteStreets } from "./schema.ts";

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
    this.#signals = this.#site.intersections.map((each) => this.#signal(each, street));
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

  #signal(intersection: Intersection, street: RunningStreet): Signal {
    const plan = this.#site.plans.find((each) => each.intersection === intersection.id);
    return {
      at: street.network.signals.indexOf(intersection.id),
      machine: createMachine(machineConfig(intersection)),
      pattern: plan === undefined ? null : machinePattern(plan),
      ways: this.#ways.get(intersection.id) ?? [],
      lanes: stopLanes(intersection, street.network).map(({ lane, phase }) => [lane, 1 << (phase - 1)] as const),
      calls: 0,
    };
  }
}

/** Phases with somebody in the zone of one of their lanes. */
function standing({ lanes }: Signal, street: RunningStreet): number {
  let mask = 0;
  for (const [lane, bit] of lanes) if (isOccupied(street, lane)) mask |= bit;
  return mask;
}
