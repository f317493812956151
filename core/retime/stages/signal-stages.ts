/**
 * What a signal's own program teaches: the stages that it may show, the yellow and the red clearance of each link, and which
 * links it shows green together. A new plan is made of these and of nothing else.
 */
import { greens, isGreen, isRedYellow, isYellow, type TimedState } from "./link-states.ts";

/** One way to run a signal; offset is the moment, modulo the cycle, at which the green of the first stage begins. */
export interface StageTiming {
  /** Numbers of stages as they follow each other; a stage may come twice. */
  readonly order: readonly number[];
  /** Of each in `order`: how long all of it is green. */
  readonly green_s: readonly number[];
  readonly offset_s: number;
  /** So much red more, s, where somebody's green ends who gives way and may wait inside; none unless said. */
  readonly clear_s?: number;
}

export interface SignalStages {
  readonly signal: string;
  readonly links: number;
  /** Each state once; nobody's green ends in it. */
  readonly stages: readonly string[];
  /** By link. */
  readonly yellow_s: readonly number[];
  readonly yellowLetter: readonly string[];
  /** From the end of yellow until a link that is never green together with it may start. */
  readonly red_s: readonly number[];
  /** 1 at `links * a + b`: some state shows a and b green. */
  readonly together: Uint8Array;
  /** By link: its green with priority goes over into one without and no yellow between. */
  readonly loses: readonly boolean[];
  /** Stages of which a cycle must hold one each, for every link: one with its `G`, or its `g` where the program has no more. */
  readonly needed: readonly (readonly number[])[];
  /** The program's own stages and their lengths. */
  readonly own: StageTiming;
}

export const leastGreen_s = 5;

const previous = (states: readonly TimedState[], at: number): string =>
  (states[(at - 1 + states.length) % states.length] as TimedState).state;
const after = (states: readonly TimedState[], at: number): TimedState => states[at % states.length] as TimedState;

/** Links that may go more freely than in the state before. */
function starting(before: string, now: string): number[] {
  return greens(now).filter((link) => !isGreen(before[link]) || (before[link] === "g" && now[link] === "G"));
}

/** Somebody goes, nobody's green is ending, and it is no short remainder of the stage before. */
function isStage(states: readonly TimedState[], at: number): boolean {
  const { state, duration_s } = states[at] as TimedState;
  if ([...state].some((letter) => isYellow(letter) || isRedYellow(letter))) return false;
  if (greens(state).length === 0) return false;
  return duration_s >= leastGreen_s || starting(previous(states, at), state).length > 0;
}

function togetherOf(states: readonly TimedState[], links: number): Uint8Array {
  const together = new Uint8Array(links * links);
  for (const { state } of states) {
    const green = greens(state);
    for (const a of green) for (const b of green) together[a * links + b] = 1;
  }
  return together;
}

interface Ending {
  readonly yellow_s: number;
  readonly letter: string;
  readonly red_s: number;
}

/** How long the state's condition holds from `at` on, at most once around. */
function run_s(states: readonly TimedState[], at: number, holds: (at: number) => boolean): [number, number] {
  let [sum, next] = [0, at];
  while (next < at + states.length && holds(next)) {
    sum += after(states, next).duration_s;
    next += 1;
  }
  return [sum, next];
}

/** The end of a link's green before `at`: its yellow, and the red until somebody who conflicts, or anybody else, starts. */
function endingAt(states: readonly TimedState[], at: number, link: number): Ending {
  const letter = after(states, at).state[link] as string;
  const [yellow_s, red] = run_s(states, at, (k) => isYellow(after(states, k).state[link]));
  const quiet = (k: number): boolean =>
    starting(previous(states, k % states.length), after(states, k).state).length === 0;
  // A link without yellow is a crossing: its clearance may last while others stay green. Elsewhere a whole stage ends it.
  const clears = (k: number): boolean => quiet(k) && (yellow_s === 0 || !isStage(states, k % states.length));
  const [red_s] = run_s(states, red, clears);
  return { yellow_s, letter: isYellow(letter) ? letter : "y", red_s };
}

function endingsOf(states: readonly TimedState[], link: number): Ending {
  const all = states.flatMap(({ state }, at) =>
    isGreen(previous(states, at)[link]) && !isGreen(state[link]) ? [endingAt(states, at, link)] : [],
  );
  return {
    yellow_s: Math.max(0, ...all.map(({ yellow_s }) => yellow_s)),
    letter: all.find(({ yellow_s }) => yellow_s > 0)?.letter ?? "y",
    red_s: Math.max(0, ...all.map(({ red_s }) => red_s)),
  };
}

const losesPriority = (states: readonly TimedState[], link: number): boolean =>
  states.some(({ state }, at) => previous(states, at)[link] === "G" && state[link] === "g");

/** A link whose `G` no stage shows comes by a state that has it, with what ends there taken out. */
function stagesOf(states: readonly TimedState[]): string[] {
  const found = new Set(states.flatMap(({ state }, at) => (isStage(states, at) ? [state] : [])));
  for (const { state } of states) {
    const shown = [...found];
    if ([...state].some((letter, link) => letter === "G" && !shown.some((stage) => stage[link] === "G"))) {
      found.add(state.replace(/[yYu]/g, "r"));
    }
  }
  return [...found];
}

function neededOf(stages: readonly string[], links: number): number[][] {
  const sets = new Map<string, number[]>();
  for (let link = 0; link < links; link += 1) {
    const first = stages.flatMap((stage, at) => (stage[link] === "G" ? [at] : []));
    const showing = first.length > 0 ? first : stages.flatMap((stage, at) => (isGreen(stage[link]) ? [at] : []));
    if (showing.length > 0) sets.set(showing.join(), showing);
  }
  return [...sets.values()];
}

function ownTiming(states: readonly TimedState[], stages: readonly string[], offset_s: number): StageTiming {
  const shown = states.filter((_, at) => isStage(states, at));
  const first = states.findIndex((_, at) => isStage(states, at));
  const before_s = states.slice(0, Math.max(0, first)).reduce((sum, { duration_s }) => sum + duration_s, 0);
  return {
    order: shown.map(({ state }) => stages.indexOf(state)),
    green_s: shown.map(({ duration_s }) => Math.max(leastGreen_s, duration_s)),
    offset_s: offset_s + before_s,
  };
}

/** Null for a signal that has no two stages to choose between: it keeps its program. */
export function readStages(signal: string, states: readonly TimedState[], offset_s: number): SignalStages | null {
  const links = Math.min(...states.map(({ state }) => state.length));
  const cut = states.map(({ state, duration_s }) => ({ state: state.slice(0, links), duration_s }));
  const stages = states.length === 0 ? [] : stagesOf(cut);
  if (stages.length < 2) return null;
  const endings = Array.from({ length: links }, (_, link) => endingsOf(cut, link));
  return {
    signal,
    links,
    stages,
    yellow_s: endings.map(({ yellow_s }) => yellow_s),
    yellowLetter: endings.map(({ letter }) => letter),
    red_s: endings.map(({ red_s }) => red_s),
    together: togetherOf(cut, links),
    loses: endings.map((_, link) => losesPriority(cut, link)),
    needed: neededOf(stages, links),
    own: ownTiming(cut, stages, offset_s),
  };
}

/** Every link that the program gives green gets it, with priority where the program has that. */
export const serves = ({ needed }: SignalStages, order: readonly number[]): boolean =>
  needed.every((stages) => stages.some((stage) => order.includes(stage)));
