/**
 * Is a plan fair beside the network's own program? Looks only at what both show, second by second of their cycles, and shares
 * no code with what makes plans.
 */
import type { TimedState } from "./link-states.ts";

export type Unfairness =
  | { readonly kind: "together"; readonly a: number; readonly b: number; readonly letters: string }
  | { readonly kind: "green"; readonly link: number; readonly got_s: number; readonly need_s: number }
  | { readonly kind: "yellow"; readonly link: number; readonly got_s: number; readonly need_s: number }
  | {
      readonly kind: "clearance";
      readonly link: number;
      readonly next: number;
      readonly got_s: number;
      readonly need_s: number;
    }
  | { readonly kind: "unserved"; readonly link: number };

const green = (letter: string | undefined): boolean => letter === "G" || letter === "g";
const yellow = (letter: string | undefined): boolean => letter === "y" || letter === "Y";

/** A link starts, or gets priority that it did not have. */
const freer = (before: string | undefined, now: string | undefined): boolean =>
  green(now) && (!green(before) || (before === "g" && now === "G"));

/** All pairs of letters that are shown together, as `link letter link letter`. */
function shownPairs(states: readonly TimedState[]): Set<string> {
  const pairs = new Set<string>();
  for (const { state } of states) {
    const going = [...state].flatMap((letter, link) => (green(letter) ? [`${link}${letter}`] : []));
    for (const a of going) for (const b of going) pairs.add(`${a} ${b}`);
  }
  return pairs;
}

function strangePairs(own: readonly TimedState[], plan: readonly TimedState[]): Unfairness[] {
  const known = shownPairs(own);
  return [...shownPairs(plan)].flatMap((pair) => {
    const [, a, first, b, second] = /^(\d+)(\w) (\d+)(\w)$/.exec(pair) ?? [];
    if (known.has(pair) || Number(a) > Number(b)) return [];
    return [{ kind: "together" as const, a: Number(a), b: Number(b), letters: `${first}${second}` }];
  });
}

interface Spell {
  /** Place of its first state. */
  readonly at: number;
  readonly length_s: number;
}

/** Unbroken spells of one kind of light of one link; a spell that never ends is left out. */
function spells(states: readonly TimedState[], link: number, is: (letter: string | undefined) => boolean): Spell[] {
  const count = states.length;
  const letter = (at: number): string | undefined => states[at % count]?.state[link];
  const found: Spell[] = [];
  for (let at = 0; at < count; at += 1) {
    if (!is(letter(at)) || is(letter(at + count - 1))) continue;
    let length_s = 0;
    for (let k = at; is(letter(k)); k += 1) length_s += states[k % count]?.duration_s ?? 0;
    found.push({ at, length_s });
  }
  return found;
}

interface Ended {
  readonly yellow_s: number;
  /** Links that start next, and how long after the end of green; none where a whole stage lies between. */
  readonly nexts: ReadonlyMap<number, number>;
}

/** Nobody's green ends and somebody goes, for as long as a stage lasts at least. */
const wholeStage = ({ state, duration_s }: TimedState): boolean =>
  duration_s >= 5 && !/[yYu]/.test(state) && /[gG]/.test(state);

function endedAt(states: readonly TimedState[], at: number, link: number): Ended {
  const count = states.length;
  const nexts = new Map<number, number>();
  let [passed_s, yellow_s] = [0, 0];
  for (let k = at; k < at + count; k += 1) {
    const now = states[k % count] as TimedState;
    const before = (states[(k - 1 + count) % count] as TimedState).state;
    for (const [other, letter] of [...now.state].entries()) {
      if (freer(before[other], letter)) nexts.set(other, passed_s);
    }
    // A link without yellow is a crossing, which clears while others stay green.
    if (nexts.size > 0 || (yellow_s > 0 && wholeStage(now))) break;
    if (yellow(now.state[link])) yellow_s += now.duration_s;
    passed_s += now.duration_s;
  }
  return { yellow_s, nexts };
}

const endings = (states: readonly TimedState[], link: number): Ended[] =>
  spells(states, link, (letter) => !green(letter)).map(({ at }) => endedAt(states, at, link));

const slack_s = 1e-6;

function shortEnds(own: readonly TimedState[], plan: readonly TimedState[], link: number): Unfairness[] {
  const theirs = endings(own, link);
  const need_s = Math.min(...theirs.map(({ yellow_s }) => yellow_s));
  const found: Unfairness[] = [];
  for (const { yellow_s, nexts } of endings(plan, link)) {
    if (yellow_s < need_s - slack_s) found.push({ kind: "yellow", link, got_s: yellow_s, need_s });
    for (const [next, got_s] of nexts) {
      const shown = theirs.flatMap(({ nexts: each }) => each.get(next) ?? []);
      const least_s = shown.length === 0 ? need_s : Math.min(...shown);
      const apart = !own.some(({ state }) => green(state[link]) && green(state[next]));
      if (apart && got_s < least_s - slack_s) found.push({ kind: "clearance", link, next, got_s, need_s: least_s });
    }
  }
  return found;
}

/** Empty for a fair plan. */
export function unfairness(
  own: readonly TimedState[],
  plan: readonly TimedState[],
  leastGreen_s: number,
): Unfairness[] {
  const links = Math.min(...[...own, ...plan].map(({ state }) => state.length));
  const found = strangePairs(own, plan);
  for (let link = 0; link < links; link += 1) {
    for (const { length_s } of spells(plan, link, green)) {
      if (length_s < leastGreen_s - slack_s) found.push({ kind: "green", link, got_s: length_s, need_s: leastGreen_s });
    }
    const given = own.some(({ state }) => state[link] === "G");
    if (given && !plan.some(({ state }) => state[link] === "G")) found.push({ kind: "unserved", link });
    found.push(...shortEnds(own, plan, link));
  }
  return found;
}
