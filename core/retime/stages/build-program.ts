/** A timing as the states that are shown: between two stages whoever stops gets its yellow and its red clearance in full. */
import { isGreen, type TimedState } from "./link-states.ts";
import { leastGreen_s, type SignalStages, type StageTiming } from "./signal-stages.ts";

/** Links that have to stop between two stages: a green ends, or loses its priority where the program never does so directly. */
function stopping(of: SignalStages, from: string, to: string): number[] {
  const stops: number[] = [];
  for (let link = 0; link < of.links; link += 1) {
    if (!isGreen(from[link])) continue;
    const loses = from[link] === "G" && to[link] === "g" && of.loses[link] === false;
    if (!isGreen(to[link]) || loses) stops.push(link);
  }
  return stops;
}

function starting(from: string, to: string, stops: readonly number[]): number[] {
  return [...to].flatMap((letter, link) => {
    if (!isGreen(letter)) return [];
    const freer = !isGreen(from[link]) || (from[link] === "g" && letter === "G") || stops.includes(link);
    return freer ? [link] : [];
  });
}

/** Seconds of green of other stages since `link` was last green, going back from the stage at `at`; null if it never is. */
function since_s(of: SignalStages, { order, green_s }: StageTiming, at: number, link: number): number | null {
  let sum = 0;
  for (let back = 0; back < order.length; back += 1) {
    const place = (at - back + order.length) % order.length;
    if (isGreen(of.stages[order[place] as number]?.[link])) return sum;
    sum += green_s[place] as number;
  }
  return null;
}

const conflicts = ({ links, together }: SignalStages, a: number, b: number): boolean => together[a * links + b] === 0;

interface Change {
  readonly stops: readonly number[];
  readonly length_s: number;
}

/** From the stage at place `at` of the order to the next. */
function changeAfter(of: SignalStages, timing: StageTiming, at: number): Change {
  const from = of.stages[timing.order[at] as number] as string;
  const to = of.stages[timing.order[(at + 1) % timing.order.length] as number] as string;
  const stops = stopping(of, from, to);
  const starts = starting(from, to, stops);
  let length_s = Math.max(0, ...stops.map((link) => of.yellow_s[link] as number));
  for (let link = 0; link < of.links; link += 1) {
    if (isGreen(to[link]) && !stops.includes(link)) continue;
    if (!starts.some((start) => start === link || conflicts(of, link, start))) continue;
    const passed_s = since_s(of, timing, at, link);
    if (passed_s === null) continue;
    length_s = Math.max(length_s, (of.yellow_s[link] as number) + (of.red_s[link] as number) - passed_s);
  }
  // Who waits for a gap inside leaves when nobody comes any more; those who start next would meet him there.
  const waits = stops.some((link) => from[link] === "g" && !isGreen(to[link]));
  return { stops, length_s: length_s + (waits ? (timing.clear_s ?? 0) : 0) };
}

function changingState(of: SignalStages, from: string, to: string, stops: readonly number[], passed_s: number): string {
  return [...from.slice(0, of.links)]
    .map((letter, link) => {
      if (stops.includes(link)) return passed_s < (of.yellow_s[link] as number) ? of.yellowLetter[link] : "r";
      if (isGreen(letter)) return letter;
      return letter === to[link] || isGreen(to[link]) ? letter : "r";
    })
    .join("");
}

function changeStates(of: SignalStages, timing: StageTiming, at: number): TimedState[] {
  const { stops, length_s } = changeAfter(of, timing, at);
  const from = of.stages[timing.order[at] as number] as string;
  const to = of.stages[timing.order[(at + 1) % timing.order.length] as number] as string;
  const ends = new Set([...stops.map((link) => of.yellow_s[link] as number), length_s]);
  let passed_s = 0;
  const states: TimedState[] = [];
  for (const end_s of [...ends].filter((end) => end > 0 && end <= length_s).sort((a, b) => a - b)) {
    states.push({ duration_s: end_s - passed_s, state: changingState(of, from, to, stops, passed_s) });
    passed_s = end_s;
  }
  return states;
}

/** All that is shown in one cycle, from the green of the first stage on. */
export function buildProgram(of: SignalStages, timing: StageTiming): readonly TimedState[] {
  return timing.order.flatMap((stage, at) => [
    { duration_s: timing.green_s[at] as number, state: of.stages[stage] as string },
    ...changeStates(of, timing, at),
  ]);
}

/** By place of the order: how long the change after it takes, for greens of these lengths. */
export const changes_s = (of: SignalStages, timing: StageTiming): number[] =>
  timing.order.map((_, at) => changeAfter(of, timing, at).length_s);

/** Seconds of a cycle in which stages change, for greens of these lengths. */
export const changing_s = (of: SignalStages, timing: StageTiming): number =>
  changes_s(of, timing).reduce((sum, length_s) => sum + length_s, 0);

export const cycleOf = (of: SignalStages, timing: StageTiming): number =>
  timing.green_s.reduce((sum, green) => sum + green, 0) + changing_s(of, timing);

/**
 * The same timing with its longest green made longer or shorter until the cycle is this long: how long changes take depends on
 * the greens between them where a clearance outlasts a stage. Null where the least green does not allow it.
 */
export function fitted(of: SignalStages, timing: StageTiming, cycle_s: number): StageTiming | null {
  const green_s = [...timing.green_s];
  for (let turn = 0; turn < 4; turn += 1) {
    const missing_s = cycle_s - cycleOf(of, { ...timing, green_s });
    if (Math.abs(missing_s) < 1e-9) return { ...timing, green_s };
    const longest = green_s.indexOf(Math.max(...green_s));
    green_s[longest] = (green_s[longest] as number) + missing_s;
    if ((green_s[longest] as number) < leastGreen_s) return null;
  }
  return null;
}
