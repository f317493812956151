/**
 * One scenario while it runs, on either engine: what a controller sees of it and what it shows to drivers. Own engine and SUMO
 * answer alike, so that a controller, a sensor or a scorecard cannot tell which it has before it.
 */
import type { SimulationResult } from "../engine/simulation.ts";
import type { RoadNetwork, SignalProgram } from "../network/road-network.ts";
import type { SignalRules } from "./signal-rules.ts";

export type Engine = "own" | "sumo";

/**
 * A lane as the last step left it, foremost vehicle first. Only the first `count` entries of each array mean anything. The view
 * and its arrays are used again: read it anew after each step and keep nothing of it.
 */
export interface LaneView {
  readonly lane: number;
  readonly length_m: number;
  readonly count: number;
  /** Front bumpers, from the start of the lane. */
  readonly position_m: Float64Array;
  readonly speed_m_s: Float64Array;
  /** Lengths of the vehicles; a rear may still be on the lane before. */
  readonly body_m: Float64Array;
  /** Which vehicles: places in `RunningStreet.vehicles`, the same for as long as one drives. */
  readonly vehicle: Int32Array;
  /** `classBit` of each. */
  readonly class: Int32Array;
}

export interface RunningStreet {
  readonly engine: Engine;
  readonly network: RoadNetwork;
  /** In force when it begins, one for each signal, in the order of `network.signals`; null for a signal without. */
  readonly programs: readonly (SignalProgram | null)[];
  readonly step_s: number;
  readonly begin_s: number;
  readonly end_s: number;
  /** The moment that the next step begins with. Over when it has come to `end_s`. */
  readonly now_s: number;
  /** Names as the demand gives them; grows on SUMO as vehicles come. */
  readonly vehicles: readonly string[];

  /** Asks for views of these lanes from the next step on. Nothing is seen of others. */
  watch(lanes: Iterable<number>): void;
  /**
   * Drives on by one step. Own engine: done when it returns; SUMO: one exchange with its process, in which all that was shown
   * since the last one goes along. Rejects with a `ProblemError` when SUMO ends early or says an error.
   */
  step(): Promise<void>;
  /** Of a watched lane. Empty before the first step. */
  lane(lane: number): LaneView;
  /** What a signal (a place in `network.signals`) shows: a letter for each link index. Empty where it has no program. */
  shown(signal: number): string;
  /** From the next step on the signal shows this, until it is told otherwise; its program is out of force. */
  show(signal: number, state: string): void;
  /** What came of it, by the same rules on both engines. Once, at the end; ends SUMO. */
  result(): Promise<SimulationResult>;
  /** Gives everything back, whatever happened. May be called more than once. */
  close(): Promise<void>;
}

/** The cameras by which a street is seen, where it is not seen itself. */
export interface Cameras {
  /** So far before each stop line. */
  readonly range_m: number;
  /** The moment of what the view of a lane shows, s; NaN before the first. */
  told_s(lane: number): number;
}

/** A street as a controller has it: with what each signal may show. */
export interface ControlledStreet extends RunningStreet {
  readonly cameras?: Cameras;
  /** In the order of `network.signals`; null for a signal without a program, which cannot be controlled. */
  readonly rules: readonly (SignalRules | null)[];
}

/** Decides what signals show. A controller that breaks the guard's rules (`guarded-street.ts`) is a bug, and is thrown. */
export interface StreetController<Street extends RunningStreet = ControlledStreet> {
  /** Once, before the first step: the place to watch lanes. */
  begin(street: Street): void | Promise<void>;
  /** Once each simulated second, before the step that begins with it. What is simulated waits for a promise. */
  decide(street: Street): void | Promise<void>;
}
