/**
 * A conflict monitor as an MMU is one: it sees only the lamps, ten times a second, knows only its own programme,
 * and a trip stays until someone restarts the cabinet. It shares no code with the machine it watches.
 */
import { CHANNEL_SLOTS, type MonitorProgramme } from "./programme.ts";

/** Lamps lit now: bit 0 is channel 1. A flashing cabinet is driven past the monitor. */
export interface WatchedLamps {
  readonly reds: number;
  readonly yellows: number;
  readonly greens: number;
  /** Walk and pedestrian clearance: people are on the crossing. By phase, as the vehicle heads are. */
  readonly crossing: number;
  /** Of those, the ones that are being cleared. */
  readonly pedClears: number;
  readonly flashing: boolean;
}

export type TripReason =
  /** Of channels. */
  | { readonly kind: "conflict"; readonly a: number; readonly b: number }
  | { readonly kind: "short_yellow"; readonly channel: number; readonly got_ds: number; readonly need_ds: number }
  | {
      readonly kind: "short_clearance";
      readonly from: number;
      readonly to: number;
      readonly got_ds: number;
      readonly need_ds: number;
    }
  | { readonly kind: "short_ped_clear"; readonly phase: number; readonly got_ds: number; readonly need_ds: number }
  | { readonly kind: "missing_red"; readonly channel: number }
  | { readonly kind: "two_colours"; readonly channel: number };

export interface Trip {
  readonly at_ds: number;
  readonly reason: TripReason;
}

type Colour = "red" | "yellow" | "green";

const NOTHING: readonly Trip[] = [];
const MOST_TRIPS = 100;

export class ConflictMonitor {
  readonly #programme: MonitorProgramme;
  /** By channel: what was lit, since when, and when its green last ended. */
  readonly #colour: Colour[] = new Array<Colour>(CHANNEL_SLOTS).fill("red");
  readonly #since = new Float64Array(CHANNEL_SLOTS);
  readonly #greenEnd = new Float64Array(CHANNEL_SLOTS);
  /** By phase: when its pedestrian clearance began. */
  readonly #clearSince = new Float64Array(CHANNEL_SLOTS);
  readonly #seen = { reds: 0, yellows: 0, greens: 0, crossing: 0, pedClears: 0 };
  #quiet = false;
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
      this.#quiet = false;
      return NOTHING;
    }
    // After power-up and after flash nobody knows who is still inside: every channel counts as just ended.
    if (this.#dark) this.#restart(at_ds);
    // Lamps that were in order and have not changed are in order.
    if (this.#quiet && this.#same(lamps)) return NOTHING;
    const reasons: TripReason[] = [];
    const started: number[] = [];
    for (const channel of this.#programme.channels) {
      if (this.#watchChannel(at_ds, channel, lamps, reasons)) started.push(channel);
    }
    for (const channel of started) this.#watchClearance(at_ds, channel, reasons);
    this.#watchConflicts(lamps, reasons);
    this.#watchPeople(at_ds, lamps, reasons);
    this.#remember(lamps);
    this.#quiet = reasons.length === 0;
    if (this.#quiet) return NOTHING;
    const faults = reasons.map((reason) => ({ at_ds, reason }));
    this.#trips = [...this.#trips, ...faults].slice(0, MOST_TRIPS);
    return faults;
  }

  #same({ reds, yellows, greens, crossing, pedClears }: WatchedLamps): boolean {
    const seen = this.#seen;
    return (
      reds === seen.reds &&
      yellows === seen.yellows &&
      greens === seen.greens &&
      crossing === seen.crossing &&
      pedClears === seen.pedClears
    );
  }

  #remember({ reds, yellows, greens, crossing, pedClears }: WatchedLamps): void {
    Object.assign(this.#seen, { reds, yellows, greens, crossing, pedClears });
  }

  #restart(at_ds: number): void {
    this.#dark = false;
    this.#colour.fill("red");
    this.#since.fill(at_ds);
    this.#greenEnd.fill(at_ds);
    this.#clearSince.fill(at_ds);
    Object.assign(this.#seen, { reds: 0, yellows: 0, greens: 0, crossing: 0, pedClears: 0 });
  }

  /** Returns true when the green of this channel begins here. */
  #watchChannel(at_ds: number, channel: number, lamps: WatchedLamps, reasons: TripReason[]): boolean {
    const bit = 1 << (channel - 1);
    const red = (lamps.reds & bit) !== 0;
    const yellow = (lamps.yellows & bit) !== 0;
    const green = (lamps.greens & bit) !== 0;
    if (!red && !yellow && !green) {
      reasons.push({ kind: "missing_red", channel });
      return false;
    }
    if (Number(red) + Number(yellow) + Number(green) > 1) reasons.push({ kind: "two_colours", channel });
    const now: Colour = green ? "green" : yellow ? "yellow" : "red";
    const before = this.#colour[channel];
    if (now === before) return false;
    const lasted = at_ds - (this.#since[channel] ?? at_ds);
    const need = this.#programme.yellow_ds[channel] ?? 0;
    if (before === "green") this.#greenEnd[channel] = at_ds;
    if (before === "green" && now === "red") reasons.push({ kind: "short_yellow", channel, got_ds: 0, need_ds: need });
    if (before === "yellow" && lasted < need)
      reasons.push({ kind: "short_yellow", channel, got_ds: lasted, need_ds: need });
    this.#colour[channel] = now;
    this.#since[channel] = at_ds;
    return now === "green";
  }

  #watchClearance(at_ds: number, to: number, reasons: TripReason[]): void {
    for (const from of this.#programme.channels) {
      const need = this.#programme.clearance_ds[from]?.[to] ?? 0;
      // A channel still green is a conflict, which has its own rule.
      if (need === 0 || this.#colour[from] === "green") continue;
      const got = at_ds - (this.#greenEnd[from] ?? at_ds);
      if (got < need) reasons.push({ kind: "short_clearance", from, to, got_ds: got, need_ds: need });
    }
  }

  #watchConflicts(lamps: WatchedLamps, reasons: TripReason[]): void {
    const running = lamps.greens | lamps.yellows | lamps.crossing;
    for (const a of this.#programme.channels) {
      if ((running & (1 << (a - 1))) === 0) continue;
      const against = running & (this.#programme.conflicts[a] ?? 0);
      if (against === 0) continue;
      for (const b of this.#programme.channels) {
        if (b > a && (against & (1 << (b - 1))) !== 0) reasons.push({ kind: "conflict", a, b });
      }
    }
  }

  #watchPeople(at_ds: number, lamps: WatchedLamps, reasons: TripReason[]): void {
    const before = this.#seen;
    const changed = (before.crossing ^ lamps.crossing) | (before.pedClears ^ lamps.pedClears);
    for (let phase = 1; changed !== 0 && phase <= 16; phase += 1) {
      const bit = 1 << (phase - 1);
      if ((changed & bit) === 0) continue;
      if ((lamps.pedClears & bit) !== 0 && (before.pedClears & bit) === 0) this.#clearSince[phase] = at_ds;
      if ((before.crossing & bit) !== 0 && (lamps.crossing & bit) === 0) this.#watchLastOne(at_ds, phase, reasons);
    }
  }

  /** Whoever stepped off the kerb at the last moment of walk has the whole clearance. */
  #watchLastOne(at_ds: number, phase: number, reasons: TripReason[]): void {
    const cleared = (this.#seen.pedClears & (1 << (phase - 1))) !== 0;
    const got_ds = cleared ? at_ds - (this.#clearSince[phase] ?? at_ds) : 0;
    const need_ds = this.#programme.ped_clear_ds[phase] ?? 0;
    if (got_ds < need_ds) reasons.push({ kind: "short_ped_clear", phase, got_ds, need_ds });
  }
}
