/** A site's signals on the ring-and-barrier machine that the virtual controller runs (`core/signal/machine`). */
import type { Intersection } from "../../core/network/schema.ts";
import { machineConfig, machinePattern } from "../../core/signal/machine/convert.ts";
import { createMachine, type Lamps } from "../../core/signal/machine/machine.ts";
import type { Plan } from "../../core/signal/plan.ts";
import type { SignalPhase, SignalProgram } from "../network/road-network.ts";
import type { SignalledWay } from "./network.ts";

/** Letters of a signal's state: `g` gives way to somebody who has green too. */
export function stateOf(ways: readonly SignalledWay[], { greens, yellows }: Pick<Lamps, "greens" | "yellows">): string {
  const lit = (mask: number, at: number): boolean => (mask & (1 << ((ways[at] as SignalledWay).phase - 1))) !== 0;
  return ways
    .map(({ yieldsTo }, at) => {
      if (lit(yellows, at)) return "y";
      if (!lit(greens, at)) return "r";
      return yieldsTo.some((foe) => lit(greens, foe)) ? "g" : "G";
    })
    .join("");
}

/** Every phase is called and nobody's green ends early: the cycle as it is laid out. */
const everybody = 0xffff;
/** By now a machine has found into its plan, or into its round. */
const settled_ds = 20_000;
const longest_ds = 10_000;
const perSecond = 10;

interface Recorded {
  readonly states: readonly string[];
  /** Where all coordinated phases begin to be green together. */
  readonly begins: readonly number[];
}

function recorded(
  intersection: Intersection,
  ways: readonly SignalledWay[],
  plan: Plan | null,
  from_ds: number,
): Recorded {
  const machine = createMachine(machineConfig(intersection));
  const pattern = plan === null ? null : machinePattern(plan);
  const coordinated = intersection.signal.coord_phases.reduce((mask, phase) => mask | (1 << (phase - 1)), 0);
  const asked = { pattern, vehicle_calls: everybody, ped_calls: 0, occupied: everybody };
  const [states, begins]: [string[], number[]] = [[], []];
  let before = true;
  for (let clock_ds = 0; clock_ds < from_ds + longest_ds; clock_ds += 1) {
    machine.step({ clock_ds, ...asked });
    const green = (machine.lamps.greens & coordinated) === coordinated;
    if (clock_ds >= from_ds) {
      if (green && !before) begins.push(states.length);
      states.push(stateOf(ways, machine.lamps));
    }
    before = green;
  }
  return { states, begins };
}

function phasesOf(states: readonly string[]): SignalPhase[] {
  const phases: SignalPhase[] = [];
  let since = 0;
  for (let at = 1; at <= states.length; at += 1) {
    if (states[at] === states[since]) continue;
    const duration_s = (at - since) / perSecond;
    phases.push({ duration_s, state: states[since] as string, min_s: duration_s, max_s: duration_s });
    since = at;
  }
  return phases;
}

/**
 * One cycle as the machine runs it with every phase called, for engines that play programs. Under a plan it lies on the plan's
 * clock; free, it goes from one begin of the coordinated greens to the next.
 */
export function fixedProgram(
  intersection: Intersection,
  ways: readonly SignalledWay[],
  plan: Plan | null,
): SignalProgram {
  const planned_ds = plan === null ? 1 : plan.cycle_s * perSecond;
  const from_ds = Math.ceil(settled_ds / planned_ds) * planned_ds;
  const { states, begins } = recorded(intersection, ways, plan, from_ds);
  const [first = 0, second = longest_ds] = begins;
  const [start, cycle_ds] = plan === null ? [first, second - first] : [0, planned_ds];
  const phases = phasesOf(states.slice(start, start + cycle_ds));
  const offset_s = ((from_ds + start) % cycle_ds) / perSecond;
  return { signal: intersection.id, program: "machine", type: "static", offset_s, phases, parameters: {} };
}
