/** The signals of a scenario that can be retimed: what their programs teach, and the traffic of their lanes. */
import { readStages, type SignalStages } from "../../core/retime/stages/signal-stages.ts";
import type { LaneFlow } from "../../core/retime/stages/stage-delay.ts";
import { drawDemand } from "../demand/draw.ts";
import { programsInForce } from "../network/programs-in-force.ts";
import type { SignalProgram } from "../network/road-network.ts";
import type { Scenario } from "../scenario/open-scenario.ts";
import { laneFlows } from "./lane-flows.ts";
import { type Movement, readMovements } from "./read-movements.ts";
import { scaledDemand } from "./scaled-demand.ts";

export interface RetimedSignal {
  /** Number in the network. */
  readonly signal: number;
  readonly stages: SignalStages;
  /** The program that is in force without a plan. */
  readonly own: SignalProgram;
  readonly lanes: readonly LaneFlow[];
}

export interface Retimed {
  readonly signals: readonly RetimedSignal[];
  /** Signals that keep their program: off, one stage, or none. */
  readonly kept: readonly string[];
  readonly movements: readonly Movement[];
}

export const slice_s = 900;
/** Where a demand leaves something to chance, plans are made for what it decides under this seed. */
const seed = 1;

interface Times {
  readonly begin_s: number;
  readonly end_s: number;
}

/** Under so many times the traffic that the demand has. */
export function retimedSignals(scenario: Scenario, { begin_s, end_s }: Times, volume = 1): Retimed {
  const { network, programs } = scenario;
  const demand = scaledDemand(drawDemand(scenario.demand, seed), volume, seed);
  const movements = readMovements(network, demand, { begin_s, end_s, slice_s });
  const lanes = laneFlows(network, movements, slice_s);
  const signals: RetimedSignal[] = [];
  const kept: string[] = [];
  for (const [signal, own] of programsInForce(network, programs).entries()) {
    const stages = own === null ? null : readStages(own.signal, own.phases, own.offset_s);
    if (own === null || stages === null) kept.push(network.signals[signal] as string);
    else signals.push({ signal, stages, own, lanes: lanes[signal] ?? [] });
  }
  return { signals, kept, movements };
}
