/**
 * A traffic light controller as the signal exchange list describes it, without any connection: components, plans, inputs, outputs,
 * detectors, priorities, alarms, and lamps that the ring-and-barrier machine times. `advance` lets time pass.
 */
import type { MachineInput } from "../../../core/signal/machine/types.ts";
import type { SxlVersion } from "../protocol/versions.ts";
import { type Alarm, AlarmBoard, type AlarmChange, type Component } from "./alarm-board.ts";
import { Detectors } from "./detectors.ts";
import { Lines } from "./lines.ts";
import { PlanTable, type TimePlan } from "./plan-table.ts";
import { Priorities, type PriorityTimes } from "./priorities.ts";
import { SecurityCodes, type SecurityLevel } from "./security-codes.ts";
import { type Position, Signals, STAGES, type StartupIntervals } from "./signals.ts";
import { SiteClock } from "./site-clock.ts";

export interface InputProgramme {
  readonly input: number;
  readonly alarm: string;
  readonly component: string;
}

export interface TlcSettings {
  readonly sxl: SxlVersion;
  /** What S0095 says. */
  readonly version: string;
  /** The first is the main one; groups and detectors are numbered in their order. */
  readonly components: readonly Component[];
  /** Phase of each signal group, by id. */
  readonly phases: ReadonlyMap<string, number>;
  readonly plans: readonly {
    readonly number: number;
    readonly cycle_s: number;
    readonly bands: ReadonlyMap<number, number>;
  }[];
  readonly inputs: number;
  readonly outputs: number;
  readonly programmes: readonly InputProgramme[];
  readonly trafficSituations: number;
  readonly emergencyRoutes: number;
  readonly startup: StartupIntervals;
  readonly securityCodes: Readonly<Partial<Record<SecurityLevel, string>>>;
  readonly priorityTimes: PriorityTimes;
  readonly timeZone: string;
}

export interface TlcClocks {
  readonly monotonic_ms: () => number;
  readonly wall_ms: () => number;
}

export interface TlcListeners {
  alarm(change: AlarmChange, alarm: Alarm): void;
  /** M0004: connections end, subscriptions are forgotten. */
  restarted(): void;
}

export type ModeSource = "startup" | "forced" | "calendar_clock";

const STEP_MS = 100;

/** After a longer stop of the process only this much is made up for: nobody watches lamps of the past. */
const MOST_STEPS = 50;

export class Tlc {
  readonly settings: TlcSettings;
  readonly clock: SiteClock;
  readonly codes: SecurityCodes;
  readonly alarms: AlarmBoard;
  readonly inputs: Lines;
  readonly outputs: Lines;
  readonly detectors: Detectors;
  readonly emergencyRoutes = new Set<number>();
  lastEmergencyRoute = 0;
  readonly signals: Signals;
  readonly plans: PlanTable;
  readonly priorities: Priorities;
  /** Groups that were ordered to green (M0010) or to red (M0011), by index. */
  readonly started = new Set<number>();
  readonly stopped = new Set<number>();
  fixedTime = false;
  fixedTimeSource: ModeSource = "startup";
  positionSource: ModeSource = "startup";
  situation = { number: 1, source: "startup" as ModeSource };
  /** When the lamps last changed, as the cycle counter then in milliseconds (S0001 of 1.3). */
  changedAt_ms = 0;
  configured_ms: number;
  readonly #clocks: TlcClocks;
  readonly #listeners: TlcListeners;
  #revert: { readonly at_ms: number; readonly to: Position } | null = null;
  #stepped_ms: number;
  #states = "";

  constructor(settings: TlcSettings, clocks: TlcClocks, listeners: TlcListeners) {
    this.settings = settings;
    this.#clocks = clocks;
    this.#listeners = listeners;
    this.clock = new SiteClock(clocks.wall_ms);
    this.codes = new SecurityCodes(settings.securityCodes);
    const tell = (change: AlarmChange, alarm: Alarm): void => listeners.alarm(change, alarm);
    this.alarms = new AlarmBoard(settings.components, settings.sxl, () => this.clock.now_ms(), tell);
    this.inputs = new Lines(settings.inputs);
    this.outputs = new Lines(settings.outputs);
    this.detectors = new Detectors(
      settings.components.flatMap(({ id, type }) => (type === "detector_logic" ? [id] : [])),
      clocks.monotonic_ms(),
      this.clock.now_ms(),
    );
    this.signals = new Signals(
      this.groups.map(({ id }) => this.phaseOf(id)),
      settings.startup,
    );
    this.plans = new PlanTable(settings.plans.map(timePlan), settings.timeZone);
    this.priorities = new Priorities(settings.priorityTimes);
    this.configured_ms = this.clock.now_ms();
    this.#stepped_ms = clocks.monotonic_ms();
  }

  get main(): Component {
    const [main] = this.settings.components;
    if (main === undefined) throw new Error("a site has a main component; its configuration says so");
    return main;
  }

  get groups(): readonly Component[] {
    return this.settings.components.filter(({ type }) => type === "signal_group");
  }

  component(id: string): Component | undefined {
    return this.settings.components.find((component) => component.id === id);
  }

  phaseOf(group: string): number {
    return this.settings.phases.get(group) ?? STAGES[0][0];
  }

  stageOf(group: string): number {
    return STAGES.findIndex((phases) => (phases as readonly number[]).includes(this.phaseOf(group)));
  }

  now_ms(): number {
    return this.#clocks.monotonic_ms();
  }

  get runningPlan(): TimePlan | undefined {
    return this.plans.find(0, this.clock.now_ms());
  }

  /** Whole seconds of the base cycle counter and of the cycle counter, `c = (b + o) mod t` (S0001). */
  get counters(): { readonly base_s: number; readonly cycle_s: number } {
    const plan = this.runningPlan;
    if (plan === undefined) return { base_s: 0, cycle_s: 0 };
    const base_s = Math.floor(this.clock.now_ms() / 1000) % plan.cycle_s;
    return { base_s, cycle_s: (base_s + plan.offset_s) % plan.cycle_s };
  }

  /** Moves to a position; with a time-out in minutes it goes back by itself. */
  takePosition(position: Position, timeout_min: number, source: ModeSource): void {
    const before = this.signals.position;
    this.#revert =
      timeout_min > 0 && before !== position ? { at_ms: this.now_ms() + timeout_min * 60_000, to: before } : null;
    this.signals.take(position);
    this.positionSource = source;
  }

  /** M0004: everything as it was when it was switched on, but the clock and the security codes. */
  restart(): void {
    this.plans.choose(null);
    for (const plan of this.plans.plans) {
      const original = this.settings.plans.find(({ number }) => number === plan.number);
      if (original !== undefined) Object.assign(plan, { cycle_s: original.cycle_s, offset_s: 0 });
      for (const band of plan.bands.keys()) plan.bands.set(band, original?.bands.get(band) ?? 0);
    }
    this.priorities.clear();
    this.emergencyRoutes.clear();
    this.started.clear();
    this.stopped.clear();
    this.fixedTime = false;
    this.fixedTimeSource = this.positionSource = "startup";
    this.situation = { number: 1, source: "startup" };
    this.#revert = null;
    this.signals.restart();
    this.alarms.clearAll();
    this.raiseProgrammed();
    this.#listeners.restarted();
  }

  /** Alarms whose input is on are on. */
  raiseProgrammed(): void {
    for (const { input, alarm, component } of this.settings.programmes) {
      if (this.inputs.isOn(input)) this.alarms.raise(component, alarm);
      else this.alarms.clear(component, alarm);
    }
  }

  /** Lets the time pass that has passed. */
  advance(): void {
    const now_ms = this.now_ms();
    const due = Math.floor((now_ms - this.#stepped_ms) / STEP_MS);
    if (due <= 0) return;
    this.#stepped_ms += due * STEP_MS;
    if (this.#revert !== null && now_ms >= this.#revert.at_ms) this.takePosition(this.#revert.to, 0, "calendar_clock");
    const steps = Math.min(due, MOST_STEPS);
    for (let i = steps - 1; i >= 0; i--) this.signals.step(this.#machineInput(i * STEP_MS));
    this.detectors.step(now_ms, this.clock.now_ms());
    this.priorities.step(now_ms, this.clock.now_ms());
    this.plans.step(now_ms);
    const { states } = this.signals;
    if (states === this.#states) return;
    this.#states = states;
    this.changedAt_ms = this.counters.cycle_s * 1000 + (Math.floor(this.clock.now_ms() / STEP_MS) % 10) * STEP_MS;
  }

  #machineInput(ago_ms: number): MachineInput {
    const clock_ms = this.clock.now_ms() - ago_ms;
    const asked = this.#asked();
    return {
      clock_ds: Math.floor(clock_ms / STEP_MS),
      pattern: this.plans.pattern(clock_ms, this.fixedTime),
      vehicle_calls: asked,
      ped_calls: 0,
      occupied: asked,
    };
  }

  /** Phases that somebody asks for: detectors in turn, groups ordered to green, priorities, emergency routes. */
  #asked(): number {
    const everyPhase: readonly number[] = STAGES.flat();
    const stagePhases = (stage: number): readonly number[] => STAGES[stage % STAGES.length] ?? [];
    const phases = [
      ...this.detectors.active.map((i) => everyPhase[i % everyPhase.length]),
      ...this.groups.flatMap(({ id }, i) => (this.started.has(i) && !this.stopped.has(i) ? [this.phaseOf(id)] : [])),
      ...this.priorities.stages.flatMap(stagePhases),
      ...[...this.emergencyRoutes].flatMap((route) => stagePhases(route - 1)),
    ];
    return phases.reduce<number>((mask, phase) => (phase === undefined ? mask : mask | (1 << (phase - 1))), 0);
  }
}

const timePlan = ({ number, cycle_s, bands }: TlcSettings["plans"][number]): TimePlan => ({
  number,
  cycle_s,
  offset_s: 0,
  bands: new Map(bands),
});
