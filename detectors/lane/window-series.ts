/**
 * Windows that start at whole multiples of their length on the wall clock, and what of each was seen. A window is handed
 * out a little after it ended, since a crossing is certain only once the vehicle is clearly past the line; what comes
 * later still goes to the oldest open window: nothing is lost, and nothing counts twice.
 */
import type { FlowInterval } from "../../core/traffic/flow-interval.ts";

/** Pictures farther apart than this leave a gap between them: tracks do not outlive it, so crossings may be missing. */
export const hole_ms = 1000;
const grace_ms = 2000;
/** With less than this share seen, a window says nothing. */
const leastSeen = 0.1;
/** After a longer silence (the machine slept), only this many empty windows say so. */
const mostEmpty = 60;

export class Window<T> {
  readonly start_ms: number;
  readonly content: T;
  frames = 0;
  damagedFrames = 0;
  seen_ms = 0;
  gaps = 0;
  longestGap_ms = 0;

  constructor(start_ms: number, content: T) {
    this.start_ms = start_ms;
    this.content = content;
  }

  gap(ms: number): void {
    if (ms <= 0) return;
    this.gaps += 1;
    this.longestGap_ms = Math.max(this.longestGap_ms, ms);
  }
}

function addSeen(window: Window<unknown>, ms: number): void {
  window.seen_ms += ms;
}

export interface WindowSeriesOptions<T> {
  readonly interval_s: number;
  /** The window that holds this instant is the first; what came before the first picture is a gap. */
  readonly from_ms: number;
  readonly make: () => T;
}

export class WindowSeries<T> {
  readonly #options: WindowSeriesOptions<T>;
  readonly length_ms: number;
  /** Windows about which something is known, oldest first. */
  readonly #open: Window<T>[] = [];
  #next_ms: number;
  #lastFrame_ms = Number.NaN;

  constructor(options: WindowSeriesOptions<T>) {
    this.#options = options;
    this.length_ms = options.interval_s * 1000;
    this.#next_ms = this.#startOf(options.from_ms);
  }

  /** Start of the oldest window still open: all before it was handed out. */
  get next_ms(): number {
    return this.#next_ms;
  }

  get open(): readonly Window<T>[] {
    return this.#open;
  }

  /** A picture was looked at. Returns the time since the one before, or NaN when there is a hole between them. */
  frame(at_ms: number, damaged = false): number {
    const before_ms = this.#lastFrame_ms;
    this.#lastFrame_ms = at_ms;
    const window = this.at(at_ms);
    window.frames += 1;
    if (damaged) window.damagedFrames += 1;
    const wait_ms = at_ms - before_ms;
    if (wait_ms >= 0 && wait_ms <= hole_ms) {
      this.spread(before_ms, at_ms, addSeen);
      return wait_ms;
    }
    this.#hole(window, before_ms, at_ms);
    return Number.NaN;
  }

  /** The open window that holds the instant, or the oldest one for what comes too late. */
  at(at_ms: number): Window<T> {
    const start_ms = Math.max(this.#next_ms, this.#startOf(at_ms));
    let place = this.#open.length;
    while (place > 0 && (this.#open[place - 1] as Window<T>).start_ms > start_ms) place -= 1;
    const there = this.#open[place - 1];
    if (there?.start_ms === start_ms) return there;
    const window = new Window(start_ms, this.#options.make());
    this.#open.splice(place, 0, window);
    return window;
  }

  /** Gives each window its part of a stretch of time. */
  spread(from_ms: number, to_ms: number, add: (window: Window<T>, ms: number) => void): void {
    let at_ms = Math.max(from_ms, this.#next_ms);
    while (at_ms < to_ms) {
      const window = this.at(at_ms);
      const until_ms = Math.min(to_ms, window.start_ms + this.length_ms);
      add(window, until_ms - at_ms);
      at_ms = until_ms;
    }
  }

  /** The windows that are over, oldest first. Seen by nobody, they are missing, which never means no traffic. */
  due(now_ms: number): readonly Window<T>[] {
    return this.#handOut(now_ms - grace_ms - this.length_ms);
  }

  /** Everything that is open, cut at `now_ms`; of the window that is running only if there is something to say. */
  cut(now_ms: number): readonly Window<T>[] {
    const running_ms = this.#startOf(now_ms);
    return this.#handOut(now_ms).filter(({ start_ms, frames }) => start_ms < running_ms || frames > 0);
  }

  seen_ms(window: Window<T>): number {
    return Math.min(this.length_ms, window.seen_ms);
  }

  quality(window: Window<T>): FlowInterval["quality"] {
    const seen = this.seen_ms(window) / this.length_ms;
    if (seen < leastSeen) return "missing";
    return seen < 1 ? "partial" : "valid";
  }

  /** The parts of the hole in the window where it began, if that is still open, and in the one where it ended. */
  #hole(window: Window<T>, before_ms: number, at_ms: number): void {
    window.gap(at_ms - Math.max(window.start_ms, before_ms > at_ms || Number.isNaN(before_ms) ? 0 : before_ms));
    for (const earlier of this.#open) {
      const end_ms = earlier.start_ms + this.length_ms;
      if (earlier !== window && before_ms >= earlier.start_ms && before_ms < end_ms) earlier.gap(end_ms - before_ms);
    }
  }

  /** All windows that start at `last_ms` or before. */
  #handOut(last_ms: number): readonly Window<T>[] {
    const windows: Window<T>[] = [];
    const silentBefore_ms = this.#startOf(last_ms) - mostEmpty * this.length_ms;
    while (this.#next_ms <= last_ms) {
      const known = this.#open[0];
      if (known?.start_ms === this.#next_ms) this.#open.shift();
      else if (this.#next_ms < silentBefore_ms) {
        this.#next_ms = Math.min(silentBefore_ms, known?.start_ms ?? silentBefore_ms);
        continue;
      }
      const window = known?.start_ms === this.#next_ms ? known : new Window(this.#next_ms, this.#options.make());
      this.#endless(window);
      windows.push(window);
      this.#next_ms += this.length_ms;
    }
    return windows;
  }

  /** No picture has come since this window ended: its last stretch, or all of it, is a gap too. */
  #endless(window: Window<T>): void {
    const end_ms = window.start_ms + this.length_ms;
    if (this.#lastFrame_ms >= end_ms) {
      if (window.frames === 0 && window.gaps === 0 && window.seen_ms === 0) window.gap(this.length_ms);
      return;
    }
    const last_ms = this.#lastFrame_ms >= window.start_ms ? this.#lastFrame_ms : window.start_ms;
    window.gap(end_ms - last_ms);
  }

  #startOf(at_ms: number): number {
    return Math.floor(at_ms / this.length_ms) * this.length_ms;
  }
}
