/** Turning movements of one camera over windows of the wall clock, as movement intervals. */
import type { MovementInterval } from "../../core/traffic/movement-interval.ts";
import { vehicleClasses } from "../../core/traffic/vehicle-class.ts";
import { countsByClass } from "./lane-tally.ts";
import type { CountingLine, MovementRule } from "./schema.ts";
import { type Window, WindowSeries } from "./window-series.ts";

export interface MovementWindowsOptions {
  readonly feed: string;
  readonly intersection: string;
  readonly lines: readonly CountingLine[];
  readonly movements: readonly MovementRule[];
  readonly interval_s: number;
  readonly from_ms: number;
}

const classes = vehicleClasses.length;

interface Tally {
  /** By rule and class. */
  readonly moved: Uint32Array;
  readonly took_ms: Float64Array;
  /** By line and class. */
  readonly unfinished: Uint32Array;
  readonly unentered: Uint32Array;
}

export class MovementWindows {
  readonly #options: MovementWindowsOptions;
  readonly #series: WindowSeries<Tally>;

  constructor(options: MovementWindowsOptions) {
    const { interval_s, from_ms, lines, movements } = options;
    const make = (): Tally => ({
      moved: new Uint32Array(movements.length * classes),
      took_ms: new Float64Array(movements.length),
      unfinished: new Uint32Array(lines.length * classes),
      unentered: new Uint32Array(lines.length * classes),
    });
    this.#options = options;
    this.#series = new WindowSeries({ interval_s, from_ms, make });
  }

  frame(at_ms: number): void {
    this.#series.frame(at_ms);
  }

  /** `rule` and `line` are positions in the lists of the options, `vehicleClass` in `vehicleClasses`. */
  moved(rule: number, vehicleClass: number, entered_ms: number, left_ms: number): void {
    const { content } = this.#series.at(left_ms);
    add(content.moved, rule, vehicleClass);
    content.took_ms[rule] = (content.took_ms[rule] ?? 0) + left_ms - entered_ms;
  }

  unfinished(line: number, vehicleClass: number, at_ms: number): void {
    add(this.#series.at(at_ms).content.unfinished, line, vehicleClass);
  }

  unentered(line: number, vehicleClass: number, at_ms: number): void {
    add(this.#series.at(at_ms).content.unentered, line, vehicleClass);
  }

  due(now_ms: number): readonly MovementInterval[] {
    return this.#series.due(now_ms).map((window) => this.#interval(window));
  }

  cut(now_ms: number): readonly MovementInterval[] {
    return this.#series.cut(now_ms).map((window) => this.#interval(window));
  }

  #interval(window: Window<Tally>): MovementInterval {
    const { feed, intersection, interval_s, lines, movements } = this.#options;
    const { moved, took_ms, unfinished, unentered } = window.content;
    const seen_ms = this.#series.seen_ms(window);
    return {
      intersection,
      feed,
      origin: "camera",
      start_ms: window.start_ms,
      length_s: interval_s,
      movements: movements.map(({ id, entry, exit, turn = null }, rule) => {
        const counts = countsOf(moved, rule);
        const mean_time_s = counts.total === 0 ? null : (took_ms[rule] ?? 0) / counts.total / 1000;
        return { movement: id, entry, exit, turn, ...counts, mean_time_s };
      }),
      unfinished: lines.flatMap(({ id }, line) => present({ entry: id, ...countsOf(unfinished, line) })),
      unentered: lines.flatMap(({ id }, line) => present({ exit: id, ...countsOf(unentered, line) })),
      quality: this.#series.quality(window),
      frames_seen: window.frames,
      gap_s: (this.#series.length_ms - seen_ms) / 1000,
    };
  }
}

function add(counts: Uint32Array, row: number, vehicleClass: number): void {
  const cell = row * classes + vehicleClass;
  counts[cell] = (counts[cell] ?? 0) + 1;
}

function countsOf(counts: Uint32Array, row: number) {
  const own = counts.subarray(row * classes, (row + 1) * classes);
  return { total: own.reduce((sum, count) => sum + count, 0), by_class: countsByClass(own) };
}

const present = <T extends { readonly total: number }>(counted: T): readonly T[] =>
  counted.total > 0 ? [counted] : [];
