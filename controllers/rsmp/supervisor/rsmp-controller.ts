/**
 * An RSMP site behind the port that every signal controller has, so that the gate's way leads to it as to any other. RSMP has no
 * words for phases, clearances or minimums: of those the site file speaks, and what is read from the site are its plans, what
 * runs and what its lamps show.
 */
import type { Intersection } from "../../../core/network/schema.ts";
import type { Clock } from "../../../core/ports/clock.ts";
import type {
  ControllerStatus,
  DeviceTiming,
  ProvedPlan,
  ReadBack,
  SignalController,
} from "../../../core/ports/signal-controller.ts";
import { failed, ok, type Problem, problem, type Result } from "../../../core/problems/problem.ts";
import { refusalOf } from "../../gate/proved-plan.ts";
import { pause } from "../../ntcip/pause.ts";
import type { ConnectedSite } from "./connected-site.ts";
import { choosePlan, comparePlan, type PlanOrder, tendBands, writePlan } from "./plan-commands.ts";
import { readSitePlans, readSiteStatus, statedTiming, textChecksum } from "./site-reading.ts";
import { bandsOf, type StageLayout } from "./stage-splits.ts";

export interface RsmpControllerOptions {
  readonly id: string;
  readonly intersection: Intersection;
  /** The site's component with plans and lamps. */
  readonly component: string;
  readonly layout: StageLayout;
  /** Time plans that may be written to. */
  readonly plans: readonly number[];
  /** Phase of each signal group, in the order of the site. */
  readonly signalGroups: readonly number[];
  readonly bandTimeout_min: number;
  /** Fails while the site is not connected. */
  readonly site: () => Result<ConnectedSite>;
  readonly clock: Clock;
}

/** Confirmed within this many cycles, or given back. */
const CYCLES = 3;
const POLL_MS = 1000;
/** Bands are tended so often within their time-out, and looked at after so long at the latest. */
const [BEATS, LONGEST_BEAT_S] = [3, 60];

interface Heartbeat {
  readonly pattern: number | null;
  readonly next_s: number;
}

/** What ran before the last choice of ours: a plan by command, or the site's own choice (null). */
interface Before {
  readonly chosen: number | null;
}

export class RsmpController implements SignalController {
  readonly id: string;
  readonly intersection: string;
  readonly #options: RsmpControllerOptions;
  readonly #downloaded = new Map<number, ProvedPlan>();
  #commanded: ProvedPlan | null = null;
  #before: Before | null = null;
  #commands = 0;

  constructor(options: RsmpControllerOptions) {
    this.#options = options;
    this.id = options.id;
    this.intersection = options.intersection.id;
  }

  async readTiming(): Promise<Result<DeviceTiming>> {
    const { bandTimeout_min, component, intersection, layout, site } = this.#options;
    const connected = site();
    if (!connected.ok) return connected;
    const patterns = await readSitePlans(connected.value, component, layout, this.#options.plans, intersection);
    return patterns.ok ? ok(statedTiming(intersection, patterns.value, bandTimeout_min * 60)) : patterns;
  }

  async status(): Promise<Result<ControllerStatus>> {
    const { clock, component, signalGroups, site } = this.#options;
    const connected = site();
    if (!connected.ok) return connected;
    const who = { controller: this.id, intersection: this.intersection };
    return readSiteStatus(connected.value, component, signalGroups, who, () => clock.nowMs());
  }

  async download(proved: ProvedPlan): Promise<Result<ReadBack>> {
    const refused = this.#refusal(proved);
    if (refused !== null) return failed(refused);
    const { pattern } = proved.plan;
    const shown = await this.status();
    if (!shown.ok) return shown;
    if (shown.value.pattern === pattern) return failed(problem("PATTERN_IN_FORCE", { controller: this.id, pattern }));
    this.#downloaded.delete(pattern);
    const done = await this.#ordered(proved, writePlan);
    if (done.ok) this.#downloaded.set(pattern, proved);
    return done;
  }

  async activate(proved: ProvedPlan, stop: AbortSignal): Promise<Result<ControllerStatus>> {
    const refused = this.#refusal(proved);
    if (refused !== null) return failed(refused);
    const { cycle_s, pattern } = proved.plan;
    if (this.#downloaded.get(pattern) !== proved) {
      return failed(problem("PLAN_NOT_DOWNLOADED", { controller: this.id, pattern }));
    }
    const ticket = ++this.#commands;
    const before = await this.status();
    if (!before.ok) return before;
    this.#before = { chosen: before.value.control_status === "systemControl" ? before.value.pattern : null };
    const chosen = await this.#choose(pattern, "a proved plan");
    const confirmed = chosen.ok ? await this.#confirmation(pattern, cycle_s, ticket, stop) : chosen;
    if (confirmed.ok) this.#commanded = proved;
    if (confirmed.ok || stop.aborted || ticket !== this.#commands) return confirmed;
    const back = await this.#choose(this.#before.chosen, "it was not confirmed");
    return failed(...confirmed.problems, ...(back.ok ? [] : back.problems));
  }

  async retake(proved: ProvedPlan): Promise<Result<ReadBack>> {
    const refused = this.#refusal(proved);
    if (refused !== null) return failed(refused);
    const shown = await this.status();
    if (!shown.ok) return shown;
    const { control_status, pattern: held } = shown.value;
    const { pattern } = proved.plan;
    if (held !== pattern || control_status !== "systemControl") {
      return failed(problem("COMMAND_DROPPED", { controller: this.id, pattern, held }));
    }
    const equal = await this.#ordered(proved, comparePlan);
    if (!equal.ok) return equal;
    this.#downloaded.set(pattern, proved);
    this.#commanded = proved;
    return equal;
  }

  /** Of S0097, which names all of the site's parameters; null for a site that has none. */
  async parameterChecksum(): Promise<Result<number | null>> {
    const { component, site } = this.#options;
    const connected = site();
    if (!connected.ok) return connected;
    const told = await connected.value.request(component, [{ sCI: "S0097", n: "checksum" }]);
    if (!told.ok) return told.problems.some(({ code }) => code === "RSMP_SITE_REFUSED") ? ok(null) : told;
    const [value] = told.value;
    return ok(value?.q === "recent" && typeof value.s === "string" ? textChecksum(value.s) : null);
  }

  async revert(): Promise<Result<void>> {
    this.#commands++;
    const before = this.#before;
    if (before === null) return failed(problem("NOTHING_TO_REVERT", { controller: this.id }));
    const back = await this.#choose(before.chosen, "back to what ran before");
    if (back.ok) this.#commanded = before.chosen === null ? null : (this.#downloaded.get(before.chosen) ?? null);
    return back;
  }

  async release(): Promise<Result<void>> {
    this.#commands++;
    const released = await this.#choose(null, "back to its own choice of plan");
    if (released.ok) this.#commanded = null;
    return released;
  }

  /** Sets the bands again before they lapse, as long as the site still runs the plan by our command. */
  async heartbeat(): Promise<Result<Heartbeat>> {
    const next_s = Math.min(LONGEST_BEAT_S, (this.#options.bandTimeout_min * 60) / BEATS);
    const proved = this.#commanded;
    if (proved === null) return ok({ pattern: null, next_s });
    const { pattern } = proved.plan;
    const shown = await this.status();
    if (!shown.ok) return shown;
    if (shown.value.pattern !== pattern || shown.value.control_status !== "systemControl") {
      this.#commanded = null;
      return failed(problem("COMMAND_DROPPED", { controller: this.id, pattern, held: shown.value.pattern }));
    }
    const tended = await this.#ordered(proved, tendBands);
    return tended.ok ? ok({ pattern, next_s }) : tended;
  }

  /** The connection is the supervisor's. */
  close(): Promise<void> {
    this.#commands++;
    this.#commanded = null;
    return Promise.resolve();
  }

  #refusal(proved: ProvedPlan): Problem | null {
    const refused = refusalOf(this.id, this.intersection, proved);
    if (refused !== null) return refused;
    const { pattern } = proved.plan;
    const { plans } = this.#options;
    return plans.includes(pattern)
      ? null
      : problem("RSMP_PLAN_NOT_OURS", { controller: this.id, pattern, plans: plans.join(", ") });
  }

  async #ordered<T>(
    proved: ProvedPlan,
    work: (site: ConnectedSite, order: PlanOrder) => Promise<Result<T>>,
  ): Promise<Result<T>> {
    const { bandTimeout_min, clock, component, layout, site } = this.#options;
    const connected = site();
    if (!connected.ok) return connected;
    const bands = bandsOf(layout, proved.plan);
    if (!bands.ok) return bands;
    const order = {
      component,
      proved,
      bands: bands.value,
      bandTimeout_min,
      reason: "a proved plan",
      now_ms: clock.nowMs(),
    };
    return work(connected.value, order);
  }

  async #choose(number: number | null, reason: string): Promise<Result<void>> {
    const { clock, component, site } = this.#options;
    const connected = site();
    return connected.ok ? choosePlan(connected.value, { component, reason, now_ms: clock.nowMs() }, number) : connected;
  }

  async #confirmation(
    pattern: number,
    cycle_s: number,
    ticket: number,
    stop: AbortSignal,
  ): Promise<Result<ControllerStatus>> {
    const { clock } = this.#options;
    const until_ms = clock.nowMs() + CYCLES * cycle_s * 1000;
    for (;;) {
      const shown = await this.status();
      if (!shown.ok) return shown;
      const { control_status, free_status, pattern: running } = shown.value;
      if (running === pattern && control_status === "systemControl") return shown;
      if (ticket !== this.#commands) return failed(problem("ACTIVATION_OVERTAKEN", { controller: this.id, pattern }));
      if (stop.aborted || clock.nowMs() >= until_ms) {
        const words = { controller: this.id, pattern, seconds: CYCLES * cycle_s, running, free_status };
        return failed(
          problem("ACTIVATION_NOT_CONFIRMED", { ...words, back: this.#before?.chosen ?? "its own choice" }),
        );
      }
      await pause(clock, POLL_MS, stop);
    }
  }
}
