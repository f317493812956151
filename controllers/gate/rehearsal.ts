/**
 * Runs a plan on the ring-and-barrier machine before any street does: under the pattern it takes over from, through
 * the change and for some cycles after, with everybody calling, with nobody, and with scattered calls. The
 * `StreetJudge` watches every change of the lights.
 */
import type { Intersection } from "../../core/network/schema.ts";
import { type Problem, problem } from "../../core/problems/problem.ts";
import { machineConfig, machinePattern } from "../../core/signal/machine/convert.ts";
import { createMachine, type Machine } from "../../core/signal/machine/machine.ts";
import type { MachineConfig, MachineInput, MachinePattern } from "../../core/signal/machine/types.ts";
import type { Plan } from "../../core/signal/plan.ts";
import { inSequence } from "../../core/signal/sequences.ts";
import { StreetJudge } from "./street-judge.ts";

const EVERYBODY = 0xffff;
/** Free running before a plan that takes over from none. */
const FREE_DS = 400;
/** Under the new plan: the change falls into the first, correction of the offset begins in the second. */
const CYCLES = 4;
/** Of scattered calls: long enough for a green to gap out, short enough to call again in the same cycle. */
const SCATTER_DS = 37;

/** What drives the lights: the machine, or for the proof of the rehearsal itself one with a fault. */
type MakeMachine = (config: MachineConfig) => Pick<Machine, "lamps" | "outputs" | "step">;

type Calls = Pick<MachineInput, "vehicle_calls" | "ped_calls" | "occupied">;
type Traffic = (at_ds: number) => Calls;

const all: Calls = { vehicle_calls: EVERYBODY, ped_calls: EVERYBODY, occupied: EVERYBODY };
const none: Calls = { vehicle_calls: 0, ped_calls: 0, occupied: 0 };
const everybody: Traffic = () => all;
const nobody: Traffic = () => none;

/** A fixed scramble of the time (Knuth's multiplicative hash): the same rehearsal every time. */
function scattered(at_ds: number): Calls {
  const mask = Math.imul(Math.floor(at_ds / SCATTER_DS) + 1, 2654435761) >>> 16;
  return { vehicle_calls: mask, ped_calls: mask >>> 3, occupied: mask };
}

/** A street, its judge and a clock of their own. */
class Rehearsal {
  readonly judge: StreetJudge;
  readonly #machine: ReturnType<MakeMachine>;
  readonly #calls: Traffic;
  #now_ds = 0;
  #lights = -1;
  #crossing = -1;

  constructor(intersection: Intersection, calls: Traffic, make: MakeMachine) {
    this.#machine = make(machineConfig(intersection));
    this.judge = new StreetJudge(intersection);
    this.#calls = calls;
  }

  get now_ds(): number {
    return this.#now_ds;
  }

  run(pattern: MachinePattern | null, length_ds: number): void {
    for (let step = 0; step < length_ds; step++) {
      this.#machine.step({ clock_ds: this.#now_ds, pattern, ...this.#calls(this.#now_ds) });
      this.#now_ds += 1;
      this.#look(pattern?.number ?? 0);
    }
  }

  /** Between two changes there is nothing new to judge. */
  #look(pattern: number): void {
    const { greens, yellows, walks, pedClears } = this.#machine.lamps;
    const lights = greens | (yellows << 16);
    const crossing = walks | (pedClears << 16);
    if (lights === this.#lights && crossing === this.#crossing) return;
    this.#lights = lights;
    this.#crossing = crossing;
    this.judge.look(this.#now_ds, pattern, this.#machine.outputs());
  }
}

/** The street under the pattern that is about to be replaced. */
function opening(rehearsal: Rehearsal, from: Plan | null): void {
  if (from === null) rehearsal.run(null, FREE_DS);
  // Two cycles and a bit: the change is asked for in the middle of things.
  else rehearsal.run(machinePattern(from), Math.round(from.cycle_s * 23.7));
}

/** I7 in coordination: with a standing call, nobody waits longer than two cycles. */
function waits(rehearsal: Rehearsal, intersection: Intersection, plan: Plan): readonly Problem[] {
  const served = plan.splits.filter((split) => split.mode !== "omitted").map((split) => split.phase);
  return served.flatMap((phase) => {
    const began_ds = rehearsal.judge.greenBegan_ds(phase) ?? 0;
    const got_s = (rehearsal.now_ds - began_ds) / 10;
    const words = { intersection: intersection.id, pattern: plan.pattern, phase, got_s };
    return got_s > 2 * plan.cycle_s ? [problem("REHEARSED_WAIT", words)] : [];
  });
}

interface Take {
  readonly intersection: Intersection;
  readonly plan: Plan;
  readonly from: Plan | null;
  readonly calls: Traffic;
}

function rehearseOnce({ intersection, plan, from, calls }: Take, make: MakeMachine): readonly Problem[] {
  const rehearsal = new Rehearsal(intersection, calls, make);
  opening(rehearsal, from);
  rehearsal.run(machinePattern(plan), CYCLES * plan.cycle_s * 10);
  return calls === everybody
    ? [...rehearsal.judge.problems, ...waits(rehearsal, intersection, plan)]
    : rehearsal.judge.problems;
}

const keyOf = ({ code, words }: Problem): string =>
  [code, words["what"], words["phase"], words["a"], words["b"]].join(" ");

/**
 * All faults seen, each kind once. `from` are the plans it may take over from; null is free running. A machine here
 * runs one order of phases: a change from another sequence is rehearsed from free running.
 */
export function rehearse(
  stated: Intersection,
  plan: Plan,
  from: readonly (Plan | null)[],
  make: MakeMachine = createMachine,
): readonly Problem[] {
  const intersection = inSequence(stated, plan.sequence);
  const openings = new Set(from.map((before) => (before?.sequence === plan.sequence ? before : null)));
  const problems = [...openings].flatMap((before) =>
    [everybody, nobody, scattered].flatMap((calls) => rehearseOnce({ intersection, plan, from: before, calls }, make)),
  );
  return [...new Map(problems.map((found) => [keyOf(found), found])).values()];
}
