/**
 * A street whose signals show nothing that their own programs would not: only greens and priorities that some phase of theirs
 * shows together, yellow before red for as long as theirs lasts, all-red as theirs, no green shorter than five seconds, nobody across a
 * crossing for people before who has begun to cross is over it. A controller that asks for anything else has a bug, and the run ends
 * there: what breaks here would break on a street.
 */
import type { ControlledStreet, RunningStreet } from "./running-street.ts";
import { isGreen, type SignalRules, signalRules } from "./signal-rules.ts";
import { StreetAround } from "./street-around.ts";

export const minGreen_s = 5;
/** Steps of a tenth of a second add up inexactly. */
const slack_s = 1e-6;

class SignalGuard {
  readonly #rules: SignalRules;
  readonly #name: string;
  #state: string;
  /** By link index: since when it shows its letter, the green that its yellow follows, and when that yellow ended. */
  readonly #since_s: Float64Array;
  readonly #before: string[];
  readonly #ended_s: Float64Array;

  /** What is shown when a controller takes over counts as if it had begun just then. */
  constructor(name: string, rules: SignalRules, state: string, now_s: number) {
    this.#name = name;
    this.#rules = rules;
    this.#state = state;
    this.#since_s = new Float64Array(rules.size).fill(now_s);
    this.#before = [...state].map((letter) => (isGreen(letter) ? letter : "G"));
    this.#ended_s = new Float64Array(rules.size).fill(Number.NEGATIVE_INFINITY);
  }

  check(state: string, now_s: number): void {
    if (state === this.#state) return;
    if (state.length < this.#rules.size || /[^rugGsyY]/.test(state)) this.#broken(state, "is no state of this signal");
    for (let link = 0; link < this.#rules.size; link += 1) this.#checkChange(link, state, now_s);
    this.#checkPairs(state);
    for (let link = 0; link < this.#rules.size; link += 1) this.#note(link, state[link] as string, now_s);
    this.#state = state;
  }

  #checkChange(link: number, state: string, now_s: number): void {
    const [from, to] = [this.#state[link] as string, state[link] as string];
    if (from === to || (isGreen(from) && isGreen(to))) return;
    const for_s = now_s - (this.#since_s[link] as number) + slack_s;
    const isWalk = (this.#rules.walk_s[link] as number) > 0;
    if (isGreen(from)) {
      if (!isWalk && to !== "y" && to !== "Y") this.#broken(state, `takes green from link ${link} without yellow`);
      if (for_s < minGreen_s) this.#broken(state, `ends green of link ${link} after ${for_s.toFixed(1)} s`);
    } else if ((from === "y" || from === "Y") && for_s < (this.#rules.yellow_s[link] as number)) {
      this.#broken(state, `ends yellow of link ${link} after ${for_s.toFixed(1)} s`);
    }
    if (isGreen(to)) this.#checkAllRed(link, state, now_s);
  }

  #checkAllRed(link: number, state: string, now_s: number): void {
    for (let other = 0; other < this.#rules.size; other += 1) {
      const red_s = now_s - (this.#ended_s[other] as number) + slack_s;
      if (other === link || red_s >= Math.max(this.#rules.allRed_s, this.#rules.walk_s[other] as number)) continue;
      if (!this.#rules.together(link, state[link] as string, other, this.#before[other] as string)) {
        const what = this.#rules.walk_s[other] === 0 ? "yellow" : "walk";
        this.#broken(state, `gives green to link ${link} ${red_s.toFixed(1)} s after the ${what} of link ${other}`);
      }
    }
  }

  #checkPairs(state: string): void {
    for (let a = 0; a < this.#rules.size; a += 1) {
      if (!/[gGsyY]/.test(state[a] as string)) continue;
      for (let b = a; b < this.#rules.size; b += 1) {
        if (/[gGsyY]/.test(state[b] as string) && !this.#allowed(a, b, state)) {
          this.#broken(state, `shows links ${a} and ${b} what the signal's program never shows together`);
        }
      }
    }
  }

  /** Yellow counts as itself, or as the green before it. */
  #allowed(a: number, b: number, state: string): boolean {
    const asGreen = (link: number): string => {
      const letter = state[link] as string;
      if (letter !== "y" && letter !== "Y") return letter;
      const now = this.#state[link] as string;
      return isGreen(now) ? now : (this.#before[link] as string);
    };
    const { together } = this.#rules;
    return (
      together(a, state[a] as string, b, state[b] as string) ||
      together(a, asGreen(a), b, asGreen(b)) ||
      together(a, state[a] as string, b, asGreen(b)) ||
      together(a, asGreen(a), b, state[b] as string)
    );
  }

  #note(link: number, to: string, now_s: number): void {
    const from = this.#state[link] as string;
    if (from === to) return;
    if (!(isGreen(from) && isGreen(to))) this.#since_s[link] = now_s;
    if (isGreen(from)) this.#before[link] = from;
    const isWalk = (this.#rules.walk_s[link] as number) > 0;
    if (from === "y" || from === "Y" || (isWalk && isGreen(from))) this.#ended_s[link] = now_s;
  }

  #broken(state: string, what: string): never {
    throw new Error(`signal ${this.#name}: ${state} ${what} (now ${this.#state})`);
  }
}

export class GuardedStreet extends StreetAround<RunningStreet> implements ControlledStreet {
  readonly #guards: (SignalGuard | null)[];
  readonly rules: readonly (SignalRules | null)[];

  /** `yellow_s`: in place of each program's own yellow and all-red; null: its own. */
  constructor(street: RunningStreet, yellow_s: number | null) {
    super(street);
    this.#guards = street.programs.map(() => null);
    const { crossings } = street.network;
    this.rules = street.programs.map((program, at) =>
      program === null
        ? null
        : signalRules(
            program,
            yellow_s,
            crossings.filter(({ signal }) => signal === at),
          ),
    );
  }

  override show(signal: number, state: string): void {
    const rules = this.rules[signal] ?? null;
    const name = this.network.signals[signal] ?? String(signal);
    if (rules === null) throw new Error(`signal ${name} has no program: nothing can be shown there`);
    const known = this.#guards[signal] ?? null;
    const guard = known ?? new SignalGuard(name, rules, this.street.shown(signal), this.now_s);
    this.#guards[signal] = guard;
    guard.check(state, this.now_s);
    this.street.show(signal, state);
  }
}
