/** Leads a signal from one of its stages to another as the guard wants it: yellow, all-red, then green for long enough. */
import { leastWalk_s } from "../../core/adaptive/priority/walk-round.ts";
import type { RunningStreet } from "./running-street.ts";
import { isGreen, type SignalRules } from "./signal-rules.ts";

export class StageSignal {
  readonly signal: number;
  readonly rules: SignalRules;
  /** The stage that is shown, or being changed to. */
  stage: number;
  readonly #minGreen_s: number;
  #state = "";
  /** When all of the stage shows; until then everybody is at red, before that yellow shows, and before that people only finish crossing. */
  #green_s: number;
  #yellow_s: number;
  #walked_s: number;
  /** What is shown with yellow, and while people finish crossing. */
  #changing = "";
  #walking = "";
  #least_s: number;

  constructor(signal: number, rules: SignalRules, street: RunningStreet, minGreen_s: number) {
    this.signal = signal;
    this.rules = rules;
    this.#minGreen_s = minGreen_s;
    this.#green_s = street.now_s;
    this.#yellow_s = street.now_s;
    this.#walked_s = street.now_s;
    this.#least_s = minGreen_s;
    const shown = street.shown(signal);
    this.stage = Math.max(0, rules.stages.indexOf(shown));
    this.#state = shown;
    // Begun in a yellow: it is held for its full length before the first stage.
    if (shown !== rules.stages[this.stage]) this.#toward(shown, street.now_s);
  }

  /** May another stage be chosen now? */
  ready(now_s: number): boolean {
    return this.#changing === "" && now_s >= this.#green_s + this.#least_s;
  }

  /** For how long all of the stage shows. */
  shownFor_s(now_s: number): number {
    return Math.max(0, now_s - this.#green_s);
  }

  /** Until all of the stage shows. */
  greenIn_s(now_s: number): number {
    return Math.max(0, this.#green_s - now_s);
  }

  /** From its green on, until the stage may end. */
  get least_s(): number {
    return this.#least_s;
  }

  /** Begins to change; only when `ready`. */
  choose(stage: number, now_s: number): void {
    if (stage === this.stage) return;
    this.stage = stage;
    this.#toward(this.#state, now_s);
  }

  /** The stage that is about to turn green; -1 in between. */
  turningGreen(now_s: number): number {
    return this.#changing !== "" && now_s >= this.#green_s ? this.stage : -1;
  }

  /** Everybody stays at red for a moment longer. */
  wait(now_s: number, more_s: number): void {
    this.#green_s = now_s + more_s;
  }

  /** Once each second, after choosing. */
  tick(street: RunningStreet): void {
    const target = this.rules.stages[this.stage] as string;
    if (this.#changing !== "") {
      if (street.now_s < this.#walked_s) this.#state = this.#walking;
      else if (street.now_s < this.#yellow_s) this.#state = this.#changing;
      else if (street.now_s < this.#green_s) this.#state = withoutYellow(this.#changing);
      else {
        this.#state = target;
        this.#changing = "";
      }
    } else this.#state = target;
    street.show(this.signal, this.#state);
  }

  #toward(from: string, now_s: number): void {
    const target = this.rules.stages[this.stage] as string;
    const links = this.rules.walk_s.map((walk_s, link) =>
      changeOf(from[link] as string, target[link] as string, walk_s),
    );
    const longest = (of: readonly number[], ending: Ending): number =>
      Math.max(0, ...of.filter((_, link) => links[link]?.ending === ending));
    // Signals change on whole seconds: an all-red that began late must not end early.
    const yellow_s = wholeSeconds(longest(this.rules.yellow_s, "green"));
    const change_s = yellow_s + (yellow_s > 0 ? wholeSeconds(this.rules.allRed_s) : 0);
    this.#changing = links.map(({ changing }) => changing).join("");
    this.#walking = links.map(({ walking }) => walking).join("");
    this.#least_s = Math.max(this.#minGreen_s, links.some(({ ending }) => ending === "begins") ? leastWalk_s : 0);
    this.#green_s = now_s + Math.max(change_s, longest(this.rules.walk_s, "walk"));
    this.#walked_s = this.#green_s - change_s;
    this.#yellow_s = this.#walked_s + yellow_s;
  }
}

type Ending = "green" | "walk" | "begins" | "none";

/** What a link shows with yellow, and before that while people finish crossing. */
interface LinkChange {
  readonly ending: Ending;
  readonly changing: string;
  readonly walking: string;
}

function changeOf(was: string, willBe: string, walk_s: number): LinkChange {
  const ends = (isGreen(was) && !isGreen(willBe)) || was === "y" || was === "Y";
  if (ends && walk_s > 0) return { ending: "walk", changing: "r", walking: "r" };
  if (ends) return { ending: "green", changing: "y", walking: was };
  // Who keeps green shows it on; nobody else gets it before the others have cleared.
  const kept = isGreen(was) || was === willBe ? was : "r";
  const begins = walk_s > 0 && isGreen(willBe) && !isGreen(was);
  return { ending: begins ? "begins" : "none", changing: kept, walking: kept };
}

/** Tenths that add up inexactly are no further second. */
export const wholeSeconds = (seconds: number): number => Math.ceil(seconds - 1e-6);

const withoutYellow = (state: string): string => state.replace(/[yY]/g, "r");
