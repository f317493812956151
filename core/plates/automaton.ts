/** Which characters may follow, for many formats at once: a finite automaton that is worked out as it is used. */
import { mayBreakAfter, type PlateFormat, type Slot } from "./format.ts";
import { plateSymbols, symbolCount } from "./symbols.ts";

/** A place inside one format: in slot `slot`, after `taken` of its characters. */
interface Place {
  readonly format: number;
  readonly slot: number;
  readonly taken: string;
  /** The line break is behind us. */
  readonly broken: boolean;
}

interface State {
  readonly places: readonly Place[];
  /** Next state for each symbol, then for the line break; `unknown` until asked, `dead` when nothing may follow. */
  readonly next: Int32Array;
  readonly accepting: boolean;
}

const unknown = -2;
/** No format goes on from here. */
export const dead = -1;

export class PlateAutomaton {
  readonly start: number;
  readonly #formats: readonly PlateFormat[];
  readonly #states: State[] = [];
  readonly #known = new Map<string, number>();

  constructor(formats: readonly PlateFormat[]) {
    this.#formats = formats;
    this.start = this.#stateOf(
      formats.flatMap((_, format) => this.#reach({ format, slot: 0, taken: "", broken: false })),
    );
  }

  /** The state after symbol number `symbol`, or `dead`. */
  after(state: number, symbol: number): number {
    const here = this.#states[state] as State;
    const found = here.next[symbol] as number;
    if (found !== unknown) return found;
    const sign = plateSymbols[symbol] as string;
    const next = this.#stateOf(here.places.flatMap((place) => this.#take(place, sign)));
    here.next[symbol] = next;
    return next;
  }

  /** The state after the line break, or `dead`. */
  afterBreak(state: number): number {
    const here = this.#states[state] as State;
    const found = here.next[symbolCount] as number;
    if (found !== unknown) return found;
    const next = this.#stateOf(here.places.filter((p) => this.#mayBreak(p)).map((p) => ({ ...p, broken: true })));
    here.next[symbolCount] = next;
    return next;
  }

  /** May the text end here? */
  accepts(state: number): boolean {
    return (this.#states[state] as State).accepting;
  }

  #stateOf(places: readonly Place[]): number {
    if (places.length === 0) return dead;
    const unique = new Map(places.map((place) => [keyOf(place), place]));
    const key = [...unique.keys()].sort().join(" ");
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const next = new Int32Array(symbolCount + 1).fill(unknown);
    const state: State = { places: [...unique.values()], next, accepting: places.some((p) => this.#isEnd(p)) };
    this.#states.push(state);
    this.#known.set(key, this.#states.length - 1);
    return this.#states.length - 1;
  }

  #slotsOf(place: Place): readonly Slot[] {
    return (this.#formats[place.format] as PlateFormat).slots;
  }

  /** The place, and those behind it that need no further character. */
  #reach(place: Place): Place[] {
    const slot = this.#slotsOf(place)[place.slot];
    if (slot === undefined || !isComplete(slot, place.taken)) return [place];
    const beyond: Place = { ...place, slot: place.slot + 1, taken: "" };
    return mayGoOn(slot, place.taken) ? [place, ...this.#reach(beyond)] : this.#reach(beyond);
  }

  #take(place: Place, sign: string): Place[] {
    const slot = this.#slotsOf(place)[place.slot];
    if (slot === undefined || !mayTake(slot, place.taken, sign)) return [];
    return this.#reach({ ...place, taken: slot.kind === "word" ? place.taken + sign : `${place.taken}.` });
  }

  #isEnd(place: Place): boolean {
    const { layouts, slots } = this.#formats[place.format] as PlateFormat;
    return place.slot === slots.length && layouts.includes(place.broken ? "two-line" : "one-line");
  }

  #mayBreak(place: Place): boolean {
    const format = this.#formats[place.format] as PlateFormat;
    const between = !place.broken && place.taken === "" && mayBreakAfter(format, place.slot);
    return between && format.layouts.includes("two-line");
  }
}

const keyOf = ({ format, slot, taken, broken }: Place): string => `${format}:${slot}:${taken}:${broken ? 1 : 0}`;

const isComplete = (slot: Slot, taken: string): boolean =>
  slot.kind === "word" ? slot.words.includes(taken) : taken.length >= slot.least;

const mayGoOn = (slot: Slot, taken: string): boolean =>
  slot.kind === "word" ? slot.words.some((each) => each !== taken && each.startsWith(taken)) : taken.length < slot.most;

const mayTake = (slot: Slot, taken: string, sign: string): boolean =>
  slot.kind === "word"
    ? slot.words.some((each) => each.startsWith(taken + sign))
    : taken.length < slot.most && slot.symbols.includes(sign);
