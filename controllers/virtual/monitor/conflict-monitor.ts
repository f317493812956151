/**
 * A conflict monitor as an MMU is one: it sees only the lamps, ten times a second, knows only its own programme,
 * and a trip stays until someone restarts the cabinet. It shares no code with the machine it watches.
 */
import type { MonitorProgramme } from "./programme.ts";

/** Lamps lit now: bit 0 is phase 1. A flashing cabinet is driven past the monitor. */
export interface WatchedLamps {
  readonly reds: number;
  readonly yellows: number;
  readonly greens: number;
  /** Walk and pedestrian clearance: people are on the crossing. */
  readonly crossing: number;
  readonly flashing: boolean;
}

export type TripReason =
  | { readonly kind: "conflict"; readonly a: number; readonly b: number }
  | { readonly kind: "short_yellow"; readonly phase: number; readonly got_ds: number; readonly need_ds: number }
  | {
      readonly kind: "short_clearance";
      readonly from: number;
      readonly to: number;
      readonly got_ds: number;
      readonly need_ds: number;
    }
  | { readonly kind: "missing_red"; readonly phase: number }
  | { readonly kind: "two_colours"; readonly phase: number };

export interface Trip {
  readonly at_ds: number;
  readonly reason: TripReason;
}

type Colour = "red" | "yellow" | "green";

export class ConflictMonitor {
  readonly #programme: MonitorProgramme;
  /** By phase number: what was lit, since when, and when its green last ended. */
  readonly #colour: Colour[] = new Array<Colour>(17).fill("red");
  readonly #since = new Float64Array(17);
  readonly #greenEnd = new Float64Array(17);
  #dark = true;
  #trips: Trip[] = [];

  constructor(programme: MonitorProgramme) {
    this.#programme = programme;
  }

  /** Every fault seen; the first one latches the trip. At most 100 are kept. */
  get trips(): readonly Trip[] {
    return this.#trips;
  }

  get tripped(): boolean {
    return this.#trips.length > 0;
  }

  /** One sample, 0.1 s after the last. Returns the faults of this sample. */
  watch(at_ds: number, lamps: WatchedLamps): readonly Trip[] {
    if (lamps.flashing) {
      this.#dark = true;
      return [];
    }
    // After power-up and after flash nobody knows who is still inside: every phase counts as just ended.
    if (this.#dark) this.#restart(at_ds);
    const reasons: TripReason[] = [];
    const started = this.#programme.phases.filter((phase) => this.#watchPhase(at_ds, phase, lamps, reasons));
    for (const phase of started) this.#watchClearance(at_ds, phase, reasons);
    this.#watchConflicts(lamps, reasons);
    const faults = reasons.map((reason) => ({ at_ds, reason }));
    this.#trips = [...this.#trips, ...faults].slice(0, 100);
    return faults;
  }

  #restart(at_ds: number): void {
    this.#dark = false;
    this.#colour.fill("red");
    this.#since.fill(at_ds);
    this.#greenEnd.fill(at_ds);
  }

  /** Returns true when the green of this phase begins here. */
  #watchPhase(at_ds: number, phase: number, lamps: WatchedLamps, reasons: TripReason[]): boolean {
    const bit = 1 << (phase - 1);
    const red = (lamps.reds & bit) !== 0;
    const yellow = (lamps.yellows & bit) !== 0;
    const green = (lamps.greens & bit) !== 0;
    if (!red && !yellow && !green) {
      reasons.push({ kind: "missing_red", phase });
      return false;
    }
    if (Number(red) + Number(yellow) + Number(green) > 1) reasons.push({ kind: "two_colours", phase });
    const now: Colour = green ? "green" : yellow ? "yellow" : "red";
    const before = this.#colour[phase];
    if (now === before) return false;
    const lasted = at_ds - (this.#since[phase] ?? at_ds);
    const need = this.#programme.yellow_ds[phase] ?? 0;
    if (before === "green") this.#greenEnd[phase] = at_ds;
    if (before === "green" && now === "red") reasons.push({ kind: "short_yellow", phase, got_ds: 0, need_ds: need });
    if (before === "yellow" && lasted < need)
      reasons.push({ kind: "short_yellow", phase, got_ds: lasted, need_ds: need });
    this.#colour[phase] = now;
    this.#since[phase] = at_ds;
    return now === "green";
  }

  #watchClearance(at_ds: number, to: number, reasons: TripReason[]): void {
    for (const from of this.#programme.phases) {
      const need = this.#programme.clearance_ds[from]?.[to] ?? 0;
      // A phase still green is a conflict, which has its own rule.
      if (need === 0 || this.#colour[from] === "green") continue;
      const got = at_ds - (this.#greenEnd[from] ?? at_ds);
      if (got < need) reasons.push({ kind: "short_clearance", from, to, got_ds: got, need_ds: need });
    }
  }

  #watchConflicts(lamps: WatchedLamps, reasons: TripReason[]): void {
    const running = lamps.greens | lamps.yellows | lamps.crossing;
    for (const a of this.#programme.phases) {
      if ((running & (1 << (a - 1))) === 0) continue;
      const against = running & (this.#programme.conflicts[a] ?? 0);
      for (const b of this.#programme.phases) {
        if (b > a && (against & (1 << (b - 1))) !== 0) reasons.push({ kind: "conflict", a, b });
      }
    }
  }
}
