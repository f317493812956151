/**
 * Nobody who called waits beyond the intersection's limit (I7), whatever a policy finds best: a phase is served so early that even
 * if every phase were overdue at once, one round of shortest services still comes in time for the last.
 */
import { clearance_ds, LONGEST_WAIT_S, leadAtMost_ds, needGreen_s } from "../../signal/needs.ts";
import type { SignalSpec } from "../../signal/schema.ts";
import type { DeviceView } from "./device-view.ts";
import { bitOf, maskOf } from "./ring-stages.ts";

const PHASES = 16;
/** However long a round is, somebody who has just come is not overdue. */
const soonest_s = 20;

/** Every phase once for no longer than it must, one barrier group after the other, s. */
export function shortestRound_s(signal: SignalSpec): number {
  const service_s = new Map(
    signal.phases.map((phase) => {
      const cleared_ds = clearance_ds(signal, phase.number) + leadAtMost_ds(signal, phase.number);
      return [phase.number, needGreen_s(phase) + cleared_ds / 10];
    }),
  );
  const groups = signal.rings[0]?.length ?? 0;
  const lengths = Array.from({ length: groups }, (_, g) =>
    Math.max(...signal.rings.map((ring) => (ring[g] ?? []).reduce((sum, each) => sum + (service_s.get(each) ?? 0), 0))),
  );
  return lengths.reduce((sum, length) => sum + length, 0);
}

export class CallLimit {
  /** From so long a wait on a phase is served, for vehicles and for who walks, s. */
  readonly serveAfter_s: number;
  readonly walkAfter_s: number;
  readonly #vehicle_s = new Float64Array(PHASES);
  readonly #walk_s = new Float64Array(PHASES);
  /** Phases that are called for ever. */
  readonly #recalled: number;
  readonly #walkRecalled: number;

  constructor(signal: SignalSpec) {
    const { longest_wait_s = LONGEST_WAIT_S, longest_walk_wait_s = LONGEST_WAIT_S, phases } = signal;
    const round_s = shortestRound_s(signal);
    this.serveAfter_s = Math.max(soonest_s, longest_wait_s - round_s);
    this.walkAfter_s = Math.max(soonest_s, longest_walk_wait_s - round_s);
    const having = (fits: (recall: string) => boolean): number =>
      maskOf(phases.filter(({ recall }) => fits(recall)).map(({ number }) => number));
    this.#recalled = having((recall) => recall !== "none");
    this.#walkRecalled = having((recall) => recall === "ped");
  }

  /** `omitted`: whose calls the device could not tell of since the look before; who called then still waits. */
  look({ greens, walks, vehicleCalls, pedCalls }: DeviceView, omitted: number, dt_s: number): void {
    for (let at = 0; at < PHASES; at += 1) {
      const bit = 1 << at;
      const untold = (omitted & bit) !== 0;
      const count = (waits_s: Float64Array, called: boolean, served: boolean): void => {
        const waits = !served && (called || (untold && (waits_s[at] as number) > 0));
        waits_s[at] = waits ? (waits_s[at] as number) + dt_s : 0;
      };
      count(this.#vehicle_s, ((vehicleCalls | this.#recalled) & bit) !== 0, (greens & bit) !== 0);
      count(this.#walk_s, ((pedCalls | this.#walkRecalled) & bit) !== 0, (walks & bit) !== 0);
    }
  }

  /** The phase whose call is the longest past its time, of those at red; or null. */
  overdue(greens: number): number | null {
    let [worst, longest]: [number | null, number] = [null, 0];
    for (let phase = 1; phase <= PHASES; phase += 1) {
      if ((greens & bitOf(phase)) !== 0) continue;
      const past_s = Math.max(
        (this.#vehicle_s[phase - 1] as number) - this.serveAfter_s,
        (this.#walk_s[phase - 1] as number) - this.walkAfter_s,
      );
      if (past_s > longest) [worst, longest] = [phase, past_s];
    }
    return worst;
  }
}
