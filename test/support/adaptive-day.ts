/** Hours of faults at an intersection that a policy leads, and who watches it: the monitor, a second watcher, and a clock for each call. */
import { makeWatcher } from "../core/signal/machine/watcher.ts";
import { LedStreet } from "./led-street.ts";
import { Seeded } from "./seeded.ts";

const kinds = ["blind", "stuck", "cut", "loss", "preempt"] as const;
type Kind = (typeof kinds)[number];

interface Trouble {
  readonly kind: Kind;
  readonly since_s: number;
  readonly until_s: number;
  readonly end: () => void;
}

/** How long each lasts at least and at most; and how long passes between two, s. */
const lasting_s: Readonly<Record<Kind, readonly [number, number]>> = {
  blind: [30, 400],
  stuck: [400, 900],
  cut: [20, 240],
  loss: [60, 300],
  preempt: [15, 60],
};
const between_s = 400;
/** I7, for a call that the policy had the whole time to serve. */
const LED_LIMIT_S = 180;
/** A cut line may hold a green for the backup time, and the plan then takes a cycle to get into step and one to come round. */
const FALLEN_LIMIT_S = LED_LIMIT_S + 60 + 2 * 100;
/** Within so long the fall back to the plan must be told, and the return after the last trouble, s. */
const [TOLD_S, BACK_S] = [20, 180];
const BUTTONS = 4;

export class AdaptiveDay {
  readonly seen = new Set<string>();
  readonly #street: LedStreet;
  readonly #chance: Seeded;
  readonly #watcher: ReturnType<typeof makeWatcher>;
  readonly #faults: string[] = [];
  /** By phase: how long its call has waited, for vehicles and for who walks; and whether it was led all that time. */
  readonly #waits_s = [new Int32Array(16), new Int32Array(16)] as const;
  readonly #fallen = new Uint8Array(16);
  #longestLed_s = 0;
  #longestFallen_s = 0;
  #second = 0;
  #next_s = 200;
  #quiet_s = 0;
  #led_s = 0;
  #trouble: Trouble | null = null;
  #count = 0;
  #deck: Kind[] = [];

  static async open(seed: number): Promise<AdaptiveDay> {
    return new AdaptiveDay(await LedStreet.open(seed), seed);
  }

  private constructor(street: LedStreet, seed: number) {
    this.#street = street;
    this.#chance = new Seeded(seed);
    this.#watcher = makeWatcher(street.intersection, "at_least");
    street.onStep = () => this.#step();
  }

  get faults(): readonly string[] {
    const trips = this.#street.device.trips.map(({ reason }) => `trip: ${JSON.stringify(reason)}`);
    return [...trips, ...this.#watcher.faults.map(String), ...this.#faults].slice(0, 5);
  }

  summary(): string {
    const { tally } = this.#street.state;
    const told = new Map<string, number>();
    for (const { kind, code } of this.#street.told) told.set(code ?? kind, (told.get(code ?? kind) ?? 0) + 1);
    return (
      `${this.#count} troubles; led ${((100 * this.#led_s) / this.#second).toFixed(0)} % of the time; longest wait of a call ` +
      `${this.#longestLed_s} s while led, ${this.#longestFallen_s} s over a fall back; rounds ${JSON.stringify(tally)}; told ` +
      JSON.stringify(Object.fromEntries(told))
    );
  }

  /** Ends early at the first fault. */
  async run(seconds: number): Promise<void> {
    const end_s = this.#second + seconds;
    while (this.#second < end_s && this.faults.length === 0) {
      this.#disturb();
      await this.#street.pass(1);
      this.#second += 1;
      this.#judge();
    }
  }

  async close(): Promise<void> {
    await this.#street.close();
  }

  #step(): void {
    const { device } = this.#street.device.controller;
    if (device.flash === null) this.#watcher.look(device.lamps, device.uptime_ds);
    if (device.lamps.walks !== 0) this.seen.add("walk");
  }

  #disturb(): void {
    const { buttons } = this.#street.device.controller.device;
    for (let button = 1; button <= BUTTONS; button += 1) buttons.set(button, this.#chance.below(60) === 0);
    if (this.#trouble !== null && this.#second >= this.#trouble.until_s) {
      this.#trouble.end();
      this.#trouble = null;
      this.#next_s = this.#second + BACK_S + this.#chance.below(between_s);
    }
    if (this.#trouble === null && this.#second >= this.#next_s) this.#begin();
  }

  #begin(): void {
    const chance = this.#chance;
    // Each once, in some order, and again.
    if (this.#deck.length === 0) this.#deck = chance.shuffled(kinds);
    const kind = this.#deck.pop() as Kind;
    const [least, most] = lasting_s[kind];
    const until_s = this.#second + least + chance.below(most - least);
    this.seen.add(kind);
    this.#count += 1;
    this.#trouble = { kind, since_s: this.#second, until_s, end: this.#cause(kind) };
  }

  /** Returns how to end it. */
  #cause(kind: Kind): () => void {
    const street = this.#street;
    switch (kind) {
      case "blind":
        street.blinds(true);
        return () => street.blinds(false);
      case "stuck": {
        const lane = this.#chance.pick(street.intersection.approaches.flatMap(({ lanes }) => lanes)).id;
        street.sticks(lane, true);
        return () => street.sticks(lane, false);
      }
      case "cut":
        street.device.setFaults({ silent: true });
        return () => street.device.setFaults({});
      case "loss":
        street.device.setFaults({ dropShare: 0.1, loseShare: 0.1 });
        return () => street.device.setFaults({});
      case "preempt": {
        const { calls } = street.device.controller.device.preemption;
        calls.setInput(1, true);
        return () => calls.setInput(1, false);
      }
    }
  }

  #judge(): void {
    const led = this.#street.state.mode === "adaptive";
    this.#led_s += led ? 1 : 0;
    this.#clockCalls(led);
    this.#quiet_s = this.#trouble === null ? this.#quiet_s + 1 : 0;
    if (this.#quiet_s > BACK_S && !led) this.#fault("nothing is wrong, and the plan still runs");
    const trouble = this.#trouble;
    const mustTell = trouble !== null && (trouble.kind === "blind" || trouble.kind === "cut");
    if (mustTell && this.#second - trouble.since_s > TOLD_S && led) this.#fault(`${trouble.kind} was not noticed`);
    if (this.#street.told.length > 0 && led !== (this.#street.told.at(-1)?.kind === "adaptive.adaptive")) {
      this.#fault("a turn was not told");
    }
  }

  #clockCalls(led: boolean): void {
    const { calls, lamps, preemption } = this.#street.device.controller.device;
    // A preempt serves whom it is for; others wait until it is over.
    if (preemption.running !== 0) {
      this.#waits_s[0].fill(0);
      this.#waits_s[1].fill(0);
      return;
    }
    const waiting = [calls.vehicle & ~lamps.greens, calls.pedestrian & ~lamps.walks];
    for (let at = 0; at < 16; at += 1) {
      const calling = waiting.map((mask) => (mask & (1 << at)) !== 0);
      this.#fallen[at] = calling.includes(true) && (!led || this.#fallen[at] === 1) ? 1 : 0;
      for (const [kind, waits_s] of this.#waits_s.entries()) {
        waits_s[at] = calling[kind] === true ? (waits_s[at] as number) + 1 : 0;
        this.#limit(at, waits_s[at] as number, this.#fallen[at] === 1);
      }
    }
  }

  #limit(at: number, waited_s: number, fallen: boolean): void {
    if (fallen) this.#longestFallen_s = Math.max(this.#longestFallen_s, waited_s);
    else this.#longestLed_s = Math.max(this.#longestLed_s, waited_s);
    if (waited_s > (fallen ? FALLEN_LIMIT_S : LED_LIMIT_S)) this.#fault(`phase ${at + 1} has waited ${waited_s} s`);
  }

  #fault(what: string): void {
    this.#faults.push(`at ${this.#second} s: ${what}`);
  }
}
