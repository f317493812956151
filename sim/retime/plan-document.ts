/** What is told of a plan: how each signal runs, what it is expected to bring, what binds it, and what it costs to change over. */
import { bandProof, noBound, type Proof } from "../../core/retime/band-proof.ts";
import { cycleOf } from "../../core/retime/stages/build-program.ts";
import { type Changeover, changeover } from "../../core/retime/stages/changeover.ts";
import { leastGreen_s, type StageTiming } from "../../core/retime/stages/signal-stages.ts";
import { laneFlow_h, ratesOf, stageCost } from "../../core/retime/stages/stage-delay.ts";
import type { RoadNetwork, SignalProgram } from "../network/road-network.ts";
import { halfWidth, mean } from "../runner/score.ts";
import type { ScenarioFiles } from "../scenario/find-scenario.ts";
import { type CorridorBands, corridorBands } from "./corridor-bands.ts";
import type { Plan } from "./plan-programs.ts";
import type { Rehearsal } from "./rehearsal-messages.ts";
import type { Retimed, RetimedSignal } from "./retimed-signals.ts";

/** A plan of ours and the network's own program on the same seeds. */
export interface Checked {
  readonly ours: readonly Rehearsal[];
  readonly own: readonly Rehearsal[];
}

/** Mean and half the width of its 95 % interval over the seeds; null of one seed. */
export interface Interval {
  readonly mean: number;
  readonly ci95: number | null;
}

export interface Predicted {
  readonly delay_s: Interval;
  readonly stops: Interval;
  readonly locked_seeds: number;
}

export type Binding =
  | {
      readonly kind: "lane";
      readonly links: readonly number[];
      readonly degree_of_saturation: number;
      readonly flow_h: number;
    }
  | { readonly kind: "least_green"; readonly stages: readonly string[] }
  | { readonly kind: "no_traffic" };

export interface SignalPlan {
  readonly signal: string;
  readonly program: string;
  readonly cycle_s: number;
  /** From the zero of the scenario's clock, modulo the cycle, to the reference point. */
  readonly offset_s: number;
  readonly sequence: readonly { readonly state: string; readonly green_s: number; readonly split_s: number }[];
  readonly binding: Binding;
  readonly changeover: Changeover;
}

export interface PlanDocument {
  readonly scenario: string;
  readonly objective: "delay" | "band";
  readonly engine: "own";
  /** Of all signals, where it is one. */
  readonly cycle_s: number | null;
  readonly reference_point: "begin of the first stage's green";
  readonly signals: readonly SignalPlan[];
  /** Signals that keep the network's own program. */
  readonly kept: readonly string[];
  readonly bands: readonly CorridorBands[];
  /** Null where there was no time to rehearse it. */
  readonly predicted: { readonly plan: Predicted; readonly own: Predicted; readonly seeds: number } | null;
  readonly proof: Proof;
  /** `first_plan_s`: when the plans to begin with were there; `began_with` is null where there was no time to rehearse any. */
  readonly search: {
    readonly first_plan_s: number;
    readonly began_with: string | null;
    readonly changes_tried: number;
  };
  readonly seconds_used: number;
}

export interface DocumentInput {
  readonly files: ScenarioFiles;
  readonly retimed: Retimed;
  readonly network: RoadNetwork;
  readonly plan: Plan;
  readonly programs: readonly SignalProgram[];
  readonly checked: Checked;
  readonly objective: "delay" | "band";
  readonly tried: number;
  readonly first_plan_s: number;
  readonly began: string | null;
  readonly seconds_used: number;
}

const rounded = (value: number, by = 100): number => Math.round(value * by) / by;

function interval(values: readonly number[]): Interval {
  const half = halfWidth(values);
  return { mean: rounded(mean(values)), ci95: half === null ? null : rounded(half) };
}

const predicted = (runs: readonly Rehearsal[]): Predicted => ({
  delay_s: interval(runs.map(({ delay_s }) => delay_s)),
  stops: interval(runs.map(({ stops }) => stops)),
  locked_seeds: runs.filter(({ locked }) => locked).length,
});

function bindingOf({ stages, lanes }: RetimedSignal, timing: StageTiming, cycle_s: number): Binding {
  const { saturation, fullest } = stageCost(stages, lanes, ratesOf(stages, lanes), timing, cycle_s);
  const lane = lanes[fullest];
  if (lane === undefined) return { kind: "no_traffic" };
  const least = timing.order.filter((_, at) => timing.green_s[at] === leastGreen_s);
  if (least.length === timing.order.length || (saturation < 0.6 && least.length > 0)) {
    return { kind: "least_green", stages: least.map((stage) => stages.stages[stage] as string) };
  }
  const links = lane.turns.map(({ link }) => link);
  return { kind: "lane", links, degree_of_saturation: rounded(saturation), flow_h: Math.round(laneFlow_h(lane)) };
}

function signalPlan(signal: RetimedSignal, timing: StageTiming, program: SignalProgram): SignalPlan {
  const { stages, own } = signal;
  const cycle_s = cycleOf(stages, timing);
  const before_s = own.phases.reduce((sum, { duration_s }) => sum + duration_s, 0);
  const starts = new Map<number, number>();
  let [at, now_s] = [0, 0];
  for (const { state, duration_s } of program.phases) {
    const stage = timing.order[at];
    if (stage !== undefined && state.startsWith(stages.stages[stage] as string)) {
      starts.set(at, now_s);
      at += 1;
    }
    now_s += duration_s;
  }
  return {
    signal: own.signal,
    program: program.program,
    cycle_s: rounded(cycle_s, 1000),
    offset_s: rounded(timing.offset_s, 1000),
    sequence: timing.order.map((stage, place) => ({
      state: stages.stages[stage] as string,
      green_s: rounded(timing.green_s[place] as number, 1000),
      split_s: rounded((starts.get(place + 1) ?? cycle_s) - (starts.get(place) ?? 0), 1000),
    })),
    binding: bindingOf(signal, timing, cycle_s),
    changeover: changeover({ cycle_s: before_s, offset_s: own.offset_s }, { cycle_s, offset_s: timing.offset_s }),
  };
}

function proofOf(wanted: "delay" | "band", [road]: readonly CorridorBands[]): Proof {
  if (wanted === "delay" || road === undefined) return noBound("search and rehearsal");
  const reason = "the exact optimum of the bands with these greens is known; offsets are whole seconds";
  return bandProof(road, { ...road.widest, proved: true }, reason);
}

export function planDocument(input: DocumentInput): PlanDocument {
  const { checked, plan, programs, retimed } = input;
  const byName = new Map(programs.map((program) => [program.signal, program]));
  const signals = retimed.signals.flatMap((signal, at) => {
    const [timing, program] = [plan[at], byName.get(signal.own.signal)];
    return timing == null || program === undefined ? [] : [signalPlan(signal, timing, program)];
  });
  const unchanged = retimed.signals.flatMap(({ own }, at) => (plan[at] == null ? [own.signal] : []));
  const [first] = signals;
  const bands = corridorBands(retimed, plan, input.network);
  const common = first !== undefined && signals.every(({ cycle_s }) => cycle_s === first.cycle_s);
  return {
    scenario: input.files.name,
    objective: input.objective,
    engine: "own",
    cycle_s: common ? first.cycle_s : null,
    reference_point: "begin of the first stage's green",
    signals,
    kept: [...retimed.kept, ...unchanged],
    bands,
    predicted:
      checked.ours.length === 0
        ? null
        : { plan: predicted(checked.ours), own: predicted(checked.own), seeds: checked.ours.length },
    proof: proofOf(input.objective, bands),
    search: {
      first_plan_s: rounded(input.first_plan_s),
      began_with: input.began,
      changes_tried: input.tried,
    },
    seconds_used: rounded(input.seconds_used),
  };
}
