/**
 * Ways through a junction: a track that crosses a line of entry and then a line of exit has made one movement. A track
 * that is lost in between has made none: where it went is not guessed at.
 */
import { type Tracker, trackCapacity } from "../track/tracker.ts";
import type { CameraLine, CountingLine, MovementRule } from "./schema.ts";

export interface MovementListener {
  entered(slot: number): void;
  /** `rule` is an index into the rules. */
  moved(rule: number, slot: number, track: number, vehicleClass: number, entered_ms: number, left_ms: number): void;
  /** `line` is an index into the lines. */
  unfinished(line: number, vehicleClass: number): void;
  unentered(line: number, vehicleClass: number, at_ms: number): void;
}

type Direction = "forward" | "backward";
type Way = Direction | "both";

/** A movement by the positions of its lines. */
interface Rule {
  readonly entry: number;
  readonly exit: number;
  readonly entryWay: Way;
  readonly exitWay: Way;
}

const nowhere = -1;

export class MovementWatch {
  readonly #rules: readonly Rule[];
  readonly #listener: MovementListener;
  /** Per slot: the track, its last class, the line it entered by (or nowhere), which way, and when. */
  readonly #track = new Uint32Array(trackCapacity);
  readonly #class = new Uint8Array(trackCapacity);
  readonly #entry = new Int16Array(trackCapacity).fill(nowhere);
  readonly #entryForward = new Uint8Array(trackCapacity);
  readonly #entered_ms = new Float64Array(trackCapacity);
  /** 1 once the track has left the junction: it makes one movement in its life. */
  readonly #done = new Uint8Array(trackCapacity);

  constructor(
    lines: readonly (CountingLine & Partial<Pick<CameraLine, "direction">>)[],
    movements: readonly MovementRule[],
    listener: MovementListener,
  ) {
    this.#listener = listener;
    this.#rules = movements.map((rule) => {
      const [entry, exit] = [
        lines.findIndex(({ id }) => id === rule.entry),
        lines.findIndex(({ id }) => id === rule.exit),
      ];
      return {
        entry,
        exit,
        entryWay: rule.entry_direction ?? lines[entry]?.direction ?? "both",
        exitWay: rule.exit_direction ?? lines[exit]?.direction ?? "both",
      };
    });
  }

  /** After each update of the tracker, before the crossings of that picture. */
  observe(tracker: Tracker): void {
    for (let slot = 0; slot < trackCapacity; slot += 1) {
      const id = tracker.ids[slot] ?? 0;
      if (this.#track[slot] !== id) {
        this.#lose(slot);
        this.#track[slot] = id;
      }
      if (id !== 0 && tracker.seen[slot] !== 0) this.#class[slot] = tracker.classOf(slot);
    }
  }

  crossed(slot: number, line: number, direction: Direction, at_ms: number): void {
    if (this.#done[slot] === 1) return;
    const rule = this.#leaves(slot, line, direction);
    if (rule !== nowhere) {
      this.#done[slot] = 1;
      const entered_ms = this.#entered_ms[slot] ?? 0;
      const [track = 0, vehicleClass = 0] = [this.#track[slot], this.#class[slot]];
      this.#listener.moved(rule, slot, track, vehicleClass, entered_ms, at_ms);
    } else if (this.#isEntry(line, direction)) {
      this.#entry[slot] = line;
      this.#entryForward[slot] = direction === "forward" ? 1 : 0;
      this.#entered_ms[slot] = at_ms;
      this.#listener.entered(slot);
    } else if (this.#entry[slot] === nowhere && this.#isExit(line, direction)) {
      this.#done[slot] = 1;
      this.#listener.unentered(line, this.#class[slot] ?? 0, at_ms);
    }
  }

  /** All tracks end: a new epoch, or the end of it all. */
  loseAll(): void {
    for (let slot = 0; slot < trackCapacity; slot += 1) {
      this.#lose(slot);
      this.#track[slot] = 0;
    }
  }

  #lose(slot: number): void {
    const entry = this.#entry[slot] ?? nowhere;
    if (entry !== nowhere && this.#done[slot] === 0) this.#listener.unfinished(entry, this.#class[slot] ?? 0);
    this.#entry[slot] = nowhere;
    this.#done[slot] = 0;
  }

  /** The rule that this crossing completes, or nowhere. */
  #leaves(slot: number, line: number, direction: Direction): number {
    const entered: Direction = this.#entryForward[slot] === 1 ? "forward" : "backward";
    for (let i = 0; i < this.#rules.length; i += 1) {
      const { entry, exit, entryWay, exitWay } = this.#rules[i] as Rule;
      if (entry === this.#entry[slot] && exit === line && fits(entryWay, entered) && fits(exitWay, direction)) return i;
    }
    return nowhere;
  }

  #isEntry(line: number, direction: Direction): boolean {
    return this.#rules.some(({ entry, entryWay }) => entry === line && fits(entryWay, direction));
  }

  #isExit(line: number, direction: Direction): boolean {
    return this.#rules.some(({ exit, exitWay }) => exit === line && fits(exitWay, direction));
  }
}

const fits = (way: Way, direction: Direction): boolean => way === "both" || way === direction;
