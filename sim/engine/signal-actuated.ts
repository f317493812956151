/**
 * SUMO's `actuated` program: a green phase goes on, between its least and its greatest length, while one of its loops sees
 * gaps shorter than `max-gap`; where a phase names several successors, loops choose among them. After SUMO's user
 * documentation, "Traffic Lights: Actuated", as of 1.15.
 */
import type { SignalPhase, SignalProgram } from "../network/road-network.ts";
import type { Detection, GapRules } from "./signal-detection.ts";
import type { SignalLoops } from "./signal-loops.ts";
import { cycleOf_s, isGreenPhase, phaseAt } from "./signal-phase.ts";

/** What a loop of the running phase weighs against one of another. */
const servedWeight = 10;
const usualInactive_s = 180;
const soon_s = 0.001;
const eps_s = 1e-6;

export interface HeldLoop extends Detection {
  readonly loop: number;
}

export interface ActuatedParts {
  readonly program: SignalProgram;
  readonly rules: GapRules;
  readonly loops: SignalLoops;
  readonly held: readonly HeldLoop[];
}

const parameter = ({ parameters }: SignalProgram, key: string, usual: number): number => {
  const value = Number(parameters[key] ?? usual);
  return Number.isFinite(value) ? value : usual;
};

export const gapRules = (program: SignalProgram): GapRules => ({
  maxGap_s: parameter(program, "max-gap", 3),
  detectorGap_s: parameter(program, "detector-gap", 2),
  passing_s: parameter(program, "passing-time", 1.9),
});

/** Successors that the program has no phase for lead nowhere. */
const withinProgram = (phase: SignalPhase, count: number): SignalPhase =>
  phase.next === undefined ? phase : { ...phase, next: phase.next.filter((next) => next >= 0 && next < count) };

export class ActuatedSignal {
  readonly #parts: ActuatedParts;
  readonly #phases: readonly SignalPhase[];
  readonly #byPhase: readonly (readonly HeldLoop[])[];
  /** When each loop was last given green. */
  readonly #green_s: Map<HeldLoop, number>;
  readonly #inactive_s: number;
  #phase: number;
  #since_s: number;
  #next_s: number;

  constructor(parts: ActuatedParts, begin_s: number) {
    const { program, held } = parts;
    this.#parts = parts;
    this.#phases = program.phases.map((phase) => withinProgram(phase, program.phases.length));
    this.#byPhase = program.phases.map((_, at) => held.filter(({ phases }) => phases.includes(at)));
    this.#green_s = new Map(held.map((each) => [each, 0]));
    this.#inactive_s = parameter(program, "inactive-threshold", usualInactive_s);
    const { phase, left_s } = phaseAt(program, cycleOf_s(program), begin_s);
    this.#phase = phase;
    this.#since_s = begin_s;
    this.#next_s = begin_s + left_s;
  }

  /** What is shown from `now_s` on; decides when it is time to. */
  wants(now_s: number): string {
    while (now_s + eps_s >= this.#next_s) this.#next_s += this.#decide(now_s);
    return this.#running.state;
  }

  get #running(): SignalPhase {
    return this.#phases[this.#phase] as SignalPhase;
  }

  /** Until it has to decide again. */
  #decide(now_s: number): number {
    const { next } = this.#running;
    const several = next !== undefined && next.length > 1;
    const gap_s = this.#gap_s(now_s);
    if (gap_s !== Number.POSITIVE_INFINITY && !several) return this.#longer_s(now_s, gap_s);
    const chosen = several ? this.#choose(now_s, next) : (next?.[0] ?? (this.#phase + 1) % this.#phases.length);
    if (chosen !== this.#phase) {
      this.#phase = chosen;
      this.#since_s = now_s;
    }
    if (several && isGreenPhase(this.#running)) {
      for (const each of this.#byPhase[this.#phase] ?? []) this.#green_s.set(each, now_s);
    }
    return Math.max(1, this.#running.min_s - (now_s - this.#since_s));
  }

  /** The shortest gap that holds the running phase; infinite when nothing does. */
  #gap_s(now_s: number): number {
    const over = now_s - this.#since_s + eps_s >= this.#running.max_s;
    if (!isGreenPhase(this.#running) || over) return Number.POSITIVE_INFINITY;
    let least = Number.POSITIVE_INFINITY;
    for (const { loop, maxGap_s } of this.#byPhase[this.#phase] ?? []) {
      const gap_s = this.#parts.loops.since_s(loop);
      if (gap_s < maxGap_s) least = Math.min(least, gap_s);
    }
    return least;
  }

  /** Until whoever was seen last has passed the stop line, in whole seconds of the phase. */
  #longer_s(now_s: number, gap_s: number): number {
    const { min_s, max_s } = this.#running;
    const so_far = now_s - this.#since_s;
    const wanted = Math.max(min_s - so_far, this.#parts.rules.detectorGap_s - gap_s, soon_s);
    return Math.min(Math.ceil(so_far + wanted - eps_s) - so_far, max_s - so_far);
  }

  /** Of several successors the one whose loops weigh most; the running phase while it may go on; else the first. */
  #choose(now_s: number, successors: readonly number[]): number {
    let chosen = successors[0] as number;
    let most = 0;
    if (now_s - this.#since_s < this.#running.max_s) {
      most = this.#weight(this.#phase, now_s);
      if (most > 0) chosen = this.#phase;
    }
    for (const successor of successors) {
      const weight = this.#weight(this.#greenAfter(successor), now_s);
      if (weight > most) [chosen, most] = [successor, weight];
    }
    // Nobody starves: a loop that waits longer than all this is reached by way of the first.
    const starving = this.#parts.held.some((each) => this.#loopWeight(each, now_s) > most);
    return starving ? (successors[0] as number) : chosen;
  }

  #weight(phase: number, now_s: number): number {
    return (this.#byPhase[phase] ?? []).reduce((sum, each) => sum + this.#loopWeight(each, now_s), 0);
  }

  #loopWeight(each: HeldLoop, now_s: number): number {
    const { loops } = this.#parts;
    const green_s = this.#green_s.get(each) as number;
    if (loops.since_s(each.loop) >= each.maxGap_s && green_s >= loops.left_s(each.loop)) return 0;
    if (now_s - green_s > this.#inactive_s) return Math.trunc(now_s - green_s);
    return each.phases.includes(this.#phase) ? servedWeight : 1;
  }

  /** The green phase to which a successor leads. */
  #greenAfter(successor: number): number {
    let phase = successor;
    for (let hops = 0; hops < this.#phases.length; hops += 1) {
      const { next } = this.#phases[phase] as SignalPhase;
      if (isGreenPhase(this.#phases[phase] as SignalPhase)) return phase;
      phase = next?.[0] ?? (phase + 1) % this.#phases.length;
    }
    return 0;
  }
}
