/**
 * Preemption (NTCIP 1202, 2.7): entry, track clearance, dwell, link and exit as a sequence of directions to the
 * machine. The machine ends whatever is in the way with its own clearances.
 */
import type { Direction, MachineConfig } from "../../../core/signal/machine/types.ts";
import { preemptState } from "../../ntcip/oids.ts";
import type { Sizes } from "../database/layout.ts";
import type { Parameters } from "../database/parameters.ts";
import { compatible } from "./compatible.ts";
import { PreemptCalls } from "./preempt-calls.ts";
import { type PreemptSettings, preemptSettings } from "./preempt-settings.ts";

type Stage = "to_track" | "track" | "to_dwell" | "dwell" | "cycling" | "exit";

interface Active {
  readonly settings: PreemptSettings;
  readonly config: MachineConfig;
  readonly began_ds: number;
  readonly tracked: boolean;
  stage: Stage;
  since_ds: number;
  direction: Direction | null;
}

/** Greens of the phases, and whether a preempt's flash is on. */
export interface SeenLamps {
  readonly greens: number;
  readonly flash: boolean;
}

const ALL = 0xffff;

export class Preemption {
  readonly calls: PreemptCalls;
  readonly #sizes: Sizes;
  #read: Parameters | null = null;
  #settings: ReadonlyMap<number, PreemptSettings> = new Map();
  #active: Active | null = null;
  #now_ds = 0;

  constructor(sizes: Sizes) {
    this.#sizes = sizes;
    this.calls = new PreemptCalls(sizes.preempts);
  }

  /** Number of the preempt that is being served; 0 none. */
  get running(): number {
    return this.#active?.settings.number ?? 0;
  }

  /** The same, up to its exit. */
  get #serving(): number {
    return this.#active?.stage === "exit" ? 0 : this.running;
  }

  /** It takes the intersection out of automatic flash, or keeps it out. */
  get beatsFlash(): boolean {
    return this.#active?.settings.overridesFlash === true;
  }

  /** It wants flash, or is in it. */
  get flashes(): boolean {
    const active = this.#active;
    return active?.settings.flashes === true && (active.stage === "to_dwell" || active.stage === "dwell");
  }

  /** Phases that come first after its flash; null where no preempt is leaving one. */
  get exitPhases(): readonly number[] | null {
    const active = this.#active;
    if (active?.settings.flashes !== true || active.stage !== "exit" || active.direction === null) return null;
    const { phases } = active.direction;
    return active.config.phases.map(({ number }) => number).filter((number) => (phases & (1 << (number - 1))) !== 0);
  }

  /** What the machine shall do now; null leaves it to itself, within `omitted` and `pedsOmitted`. */
  get direction(): Direction | null {
    return this.#active?.direction ?? null;
  }

  get omitted(): number {
    return this.#active?.stage === "cycling" ? ALL & ~this.#active.settings.cyclingPhases : 0;
  }

  get pedsOmitted(): number {
    return this.#active?.stage === "cycling" ? ALL & ~this.#active.settings.cyclingWalks : 0;
  }

  /** `preemptState`. */
  state(number: number): number {
    const active = this.#active;
    if (active?.settings.number !== number) return this.calls.waitingState(number);
    switch (active.stage) {
      case "to_track":
        return preemptState.entryStarted;
      case "track":
        return preemptState.trackService;
      case "to_dwell":
        return active.tracked ? preemptState.trackService : preemptState.entryStarted;
      case "dwell":
      case "cycling":
        return this.#linking(active) ? preemptState.linkActive : preemptState.dwell;
      case "exit":
        return preemptState.exitStarted;
    }
  }

  /** One step. `remote` are the commands from afar, bit 0 is preempt 1; `lamps` are those of the step before. */
  step(parameters: Parameters, config: MachineConfig, remote: number, lamps: SeenLamps): void {
    this.#now_ds += 1;
    if (parameters !== this.#read) {
      this.#read = parameters;
      this.#settings = preemptSettings(parameters, this.#sizes);
    }
    if (this.#settings.size === 0 && this.#active === null) return;
    for (const settings of this.#settings.values()) {
      const asked = (remote & (1 << (settings.number - 1))) !== 0;
      this.calls.step(settings, asked, settings.number === this.#serving, this.#now_ds);
    }
    const next = this.#mostUrgent();
    if (next !== null) this.#begin(next, config);
    if (this.#active !== null) this.#advance(this.#active, lamps);
  }

  /** The ready preempt of the lowest number, if it may interrupt what runs. */
  #mostUrgent(): PreemptSettings | null {
    const running = this.#serving;
    for (const settings of this.#settings.values()) {
      if (settings.number === running) return null;
      if (!this.calls.isReady(settings, this.#now_ds)) continue;
      return running === 0 || this.#overrides(settings.number, running) ? settings : null;
    }
    return null;
  }

  /** A lower number overrides a higher one unless all from it on are told not to override their next. */
  #overrides(number: number, running: number): boolean {
    if (number > running) return false;
    for (let each = number; each < running; each += 1) {
      if (this.#settings.get(each)?.overridesNext !== false) return true;
    }
    return false;
  }

  #begin(settings: PreemptSettings, config: MachineConfig): void {
    const before = this.#active;
    if (before !== null) this.calls.link(before.settings.link, false);
    this.calls.served(settings.number);
    const tracked = settings.trackPhases !== 0 && settings.trackGreen_ds > 0;
    this.#active = {
      settings,
      config,
      began_ds: this.#now_ds,
      tracked,
      stage: tracked ? "to_track" : "to_dwell",
      since_ds: this.#now_ds,
      direction: {
        phases: compatible(config, tracked ? settings.trackPhases : settings.dwellPhases),
        walks: tracked ? 0 : settings.dwellWalks,
        min_green_ds: settings.minimumGreen_ds,
        walk_ds: settings.minimumWalk_ds,
        ped_clear_ds: settings.enterPedClear_ds,
        dark_overlaps: ALL & ~(tracked ? settings.trackOverlaps : settings.dwellOverlaps),
      },
    };
  }

  #advance(active: Active, { greens, flash }: SeenLamps): void {
    const { settings, stage } = active;
    const lasted_ds = this.#now_ds - active.since_ds;
    const shown = active.direction === null || (greens & active.direction.phases) === active.direction.phases;
    const there = stage === "to_dwell" && settings.flashes ? flash : shown;
    if (this.#tooLong(active)) this.calls.giveUp(settings.number);
    switch (stage) {
      case "to_track":
        if (there) this.#enter(active, "track", active.direction);
        return;
      case "track":
        if (lasted_ds >= settings.trackGreen_ds) this.#enter(active, "to_dwell", dwelling(active));
        return;
      case "to_dwell":
        if (there) this.#enter(active, "dwell", dwelling(active));
        return;
      case "dwell":
      case "cycling":
        this.#dwell(active, lasted_ds);
        return;
      case "exit":
        if (there) this.#active = null;
    }
  }

  #dwell(active: Active, lasted_ds: number): void {
    const { settings } = active;
    const wanted = this.#wanted(active);
    this.calls.link(settings.link, wanted && this.#linking(active));
    if (active.stage === "dwell" && lasted_ds < settings.dwellGreen_ds) return;
    if (!wanted && this.#now_ds - active.began_ds >= settings.minimumDuration_ds) this.#exit(active);
    else if (active.stage === "dwell" && settings.cyclingPhases !== 0 && !settings.flashes)
      this.#enter(active, "cycling", null);
  }

  #wanted({ settings }: Active): boolean {
    return this.calls.isOn(settings.number) && this.calls.waitingState(settings.number) !== preemptState.maxPresence;
  }

  #exit(active: Active): void {
    this.calls.link(active.settings.link, false);
    this.calls.served(active.settings.number);
    this.#enter(active, "exit", {
      phases: compatible(active.config, active.settings.exitPhases),
      walks: 0,
      min_green_ds: null,
      walk_ds: null,
      ped_clear_ds: null,
      dark_overlaps: 0,
    });
  }

  #enter(active: Active, stage: Stage, direction: Direction | null): void {
    active.stage = stage;
    active.since_ds = this.#now_ds;
    active.direction = direction;
  }

  /** The end of the dwell green calls the preempt it is linked to. */
  #linking({ settings, stage, since_ds }: Active): boolean {
    const over = stage === "cycling" || (stage === "dwell" && this.#now_ds - since_ds >= settings.dwellGreen_ds);
    return settings.link > 0 && settings.link < settings.number && over;
  }

  #tooLong({ settings, began_ds }: Active): boolean {
    const limit = settings.maximumPresence_ds;
    return limit > 0 && this.calls.isOn(settings.number) && this.#now_ds - began_ds >= limit;
  }
}

function dwelling({ settings, config }: Active): Direction {
  return {
    phases: compatible(config, settings.dwellPhases),
    walks: settings.dwellWalks,
    min_green_ds: null,
    walk_ds: null,
    ped_clear_ds: null,
    dark_overlaps: ALL & ~settings.dwellOverlaps,
  };
}
