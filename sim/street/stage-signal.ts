/** Leads a signal from one of its stages to another as the guard wants it: yellow, all-red, then green for long enough. */
import type { RunningStreet } from "./running-street.ts";
import { isGreen, type SignalRules } from "./signal-rules.ts";

export class StageSignal {
  readonly signal: number;
  readonly rules: SignalRules;
  /** The stage that is shown, or being changed to. */
  stage: number;
  readonly #minGreen_s: number;
  #state = "";
  /** When all of the stage shows, and since when somebody has had green for the first time. */
  #green_s: number;
  #yellow_s: number;
  /** Yellow ends for the last of those that lose their green; and until then what they show. */
  #changing = "";

  constructor(signal: number, rules: SignalRules, street: RunningStreet, minGreen_s: number) {
    this.signal = signal;
    this.rules = rules;
    this.#minGreen_s = minGreen_s;
    this.#green_s = street.now_s;
    this.#yellow_s = street.now_s;
    const shown = street.shown(signal);
    this.stage = Math.max(0, rules.stages.indexOf(shown));
    this.#state = shown;
    // Begun in a yellow: it is held for its full length before the first stage.
    if (shown !== rules.stages[this.stage]) this.#toward(shown, street.now_s);
  }

  /** May another stage be chosen now? */
  ready(now_s: number): boolean {
    return this.#changing === "" && now_s >= this.#green_s + this.#minGreen_s;
  }

  /** For how long all of the stage shows. */
  shownFor_s(now_s: number): number {
    return Math.max(0, now_s - this.#green_s);
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
      if (street.now_s < this.#yellow_s) this.#state = this.#changing;
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
    let [changing, longest] = ["", 0];
    for (let link = 0; link < this.rules.size; link += 1) {
      const [was, willBe] = [from[link] as string, target[link] as string];
      const ends = (isGreen(was) && !isGreen(willBe)) || was === "y" || was === "Y";
      if (ends) longest = Math.max(longest, this.rules.yellow_s[link] as number);
      // Who keeps green shows it on; nobody else gets it before the others have cleared.
      changing += ends ? "y" : isGreen(was) || was === willBe ? was : "r";
    }
    this.#changing = changing;
    // Signals change on whole seconds: an all-red that began late must not end early.
    this.#yellow_s = now_s + wholeSeconds(longest);
    this.#green_s = this.#yellow_s + (longest > 0 ? wholeSeconds(this.rules.allRed_s) : 0);
  }
}

/** Tenths that add up inexactly are no further second. */
const wholeSeconds = (seconds: number): number => Math.ceil(seconds - 1e-6);

const withoutYellow = (state: string): string => state.replace(/[yY]/g, "r");
