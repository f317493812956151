/**
 * One intersection that its policy leads while everything it needs is there, and that runs its plan while it is not: a lane nobody sees, a
 * device that does not answer or is switched by hand, a change of plans under way. Each change between the two is told, with why.
 */
import type { ActingTally, DeviceActing } from "../../controllers/index.ts";
import type { ActingRound } from "../../core/adaptive/acting/acting-junction.ts";
import type { RingStage } from "../../core/adaptive/acting/ring-stages.ts";
import type { Clock } from "../../core/ports/clock.ts";
import { type Problem, problem } from "../../core/problems/problem.ts";
import type { LaneState, StreetNews } from "./street-news.ts";

export interface ActingIntersectionParts {
  readonly intersection: string;
  readonly controller: string;
  readonly stages: readonly RingStage[];
  readonly acting: DeviceActing;
  readonly news: StreetNews;
  /** Why nothing may be written to the device now; null when it may. */
  readonly forbidden: () => Problem | null;
  /** A change between plan and policy, before it counts. */
  readonly turned: (mode: ActingMode, why: Problem | null) => Promise<void>;
  /** Another stage is asked for. */
  readonly changed: (state: LastDecision) => void;
  readonly clock: Clock;
}

export type ActingMode = "plan" | "adaptive";

export interface LastDecision {
  readonly at_ms: number;
  readonly reason: ActingRound["reason"];
  readonly phases: readonly number[];
  readonly wanted_phases: readonly number[];
  /** Predicted, in vehicle seconds; null where nothing was. */
  readonly keep_veh_s: number | null;
  readonly change_veh_s: number | null;
  readonly alternative_phases: readonly number[];
}

export interface ActingState {
  readonly intersection: string;
  readonly controller: string;
  readonly mode: ActingMode;
  readonly since_ms: number;
  /** Why its plan runs; null while its policy leads it. */
  readonly why: Problem | null;
  readonly last: LastDecision | null;
  readonly tally: ActingTally;
  readonly lanes: readonly LaneState[];
}

/** All has to be well for so long before a policy takes over again, ms. */
const WELL_MS = 10_000;
/** Rounds in a row that may come to nothing. */
const MOST_FAILURES = 3;
/** A device that will not be led is asked again after so long; and whoever changes plans has so long to begin, ms. */
const [AGAIN_MS, ASIDE_MS] = [60_000, 30_000];

export class ActingIntersection {
  readonly #parts: ActingIntersectionParts;
  #mode: ActingMode = "plan";
  #since_ms: number;
  #why: Problem | null;
  /** Since when nothing is in the way; null while something is. */
  #well_ms: number | null = null;
  #asideUntil_ms = 0;
  #failures = 0;
  #refusedUntil_ms = 0;
  #refusal: Problem | null = null;
  #cannot = false;
  #last: LastDecision | null = null;
  #working: Promise<unknown> = Promise.resolve();

  constructor(parts: ActingIntersectionParts) {
    this.#parts = parts;
    this.#since_ms = parts.clock.nowMs();
    this.#why = problem("ADAPTIVE_STARTING", { intersection: parts.intersection });
  }

  get isActing(): boolean {
    return this.#mode === "adaptive";
  }

  /** Its device said that it cannot be led second by second. */
  get cannot(): boolean {
    return this.#cannot;
  }

  get state(): ActingState {
    const { intersection, controller, acting, news, clock } = this.#parts;
    return {
      intersection,
      controller,
      mode: this.#mode,
      since_ms: this.#since_ms,
      why: this.#why,
      last: this.#last,
      tally: acting.tally,
      lanes: news.lanes(clock.nowMs()),
    };
  }

  /** One second. Rounds never overlap: one that comes while another goes on is left out. */
  round(): Promise<void> {
    return this.#alone(() => this.#round());
  }

  /** The device runs its plan when this resolves, and for a while after it: somebody is about to change plans. */
  async standAside(): Promise<void> {
    const { clock, intersection } = this.#parts;
    this.#asideUntil_ms = clock.nowMs() + ASIDE_MS;
    await this.#alone(() => this.#toPlan(problem("ADAPTIVE_ASIDE", { intersection })));
  }

  /** Nothing of ours is left in the device. */
  async end(): Promise<void> {
    await this.#alone(async () => {
      if (this.isActing) await this.#parts.acting.end();
    });
  }

  #alone(work: () => Promise<void>): Promise<void> {
    const done = this.#working.then(work);
    this.#working = done.catch(() => undefined);
    return done;
  }

  async #round(): Promise<void> {
    const now_ms = this.#parts.clock.nowMs();
    this.#parts.news.listenIn(now_ms);
    const hindrance = this.#hindrance(now_ms);
    if (hindrance !== null) {
      this.#well_ms = null;
      return this.#toPlan(hindrance);
    }
    this.#well_ms ??= now_ms;
    if (now_ms - this.#well_ms < WELL_MS && !this.isActing) return;
    await this.#act();
  }

  #hindrance(now_ms: number): Problem | null {
    const { forbidden, intersection, news } = this.#parts;
    const trouble = news.trouble(now_ms);
    if (trouble !== null) return problem(unseen[trouble.trouble], { intersection, lane: trouble.lane });
    if (now_ms < this.#asideUntil_ms) return problem("ADAPTIVE_ASIDE", { intersection });
    return forbidden() ?? (now_ms < this.#refusedUntil_ms ? this.#refusal : null);
  }

  async #act(): Promise<void> {
    const { acting, clock, intersection } = this.#parts;
    const round = await acting.round();
    if (!round.ok) {
      this.#failures += 1;
      const [first = problem("ADAPTIVE_NO_ANSWER", { intersection })] = round.problems;
      if (this.#failures >= MOST_FAILURES || willNot.has(first.code)) await this.#refuse(first);
      return;
    }
    this.#failures = 0;
    this.#cannot = false;
    const { reason } = round.value.acting;
    if (reason === "flash" || reason === "manual") {
      return this.#refuse(problem("ADAPTIVE_BY_HAND", { intersection, state: reason }));
    }
    if (!this.isActing) await this.#turn("adaptive", null);
    this.#note(round.value.acting, clock.nowMs());
  }

  async #refuse(why: Problem): Promise<void> {
    const now_ms = this.#parts.clock.nowMs();
    this.#refusal = why;
    this.#cannot = lacking.has(why.code);
    this.#refusedUntil_ms = now_ms + (willNot.has(why.code) ? AGAIN_MS : WELL_MS);
    this.#well_ms = null;
    this.#failures = 0;
    await this.#toPlan(why);
  }

  async #toPlan(why: Problem): Promise<void> {
    if (!this.isActing) {
      this.#why = why;
      return;
    }
    // A device that does not hear this falls back by its backup timer: nothing is sent to it any more.
    await this.#parts.acting.end();
    await this.#turn("plan", why);
  }

  async #turn(mode: ActingMode, why: Problem | null): Promise<void> {
    this.#mode = mode;
    this.#since_ms = this.#parts.clock.nowMs();
    this.#why = why;
    if (mode === "plan") this.#last = null;
    await this.#parts.turned(mode, why);
  }

  #note({ decision, reason, stage, wanted }: ActingRound, at_ms: number): void {
    const phasesOf = (at: number): readonly number[] => this.#parts.stages[at]?.phases ?? [];
    const before = this.#last;
    const shown = { at_ms, reason, phases: phasesOf(stage), wanted_phases: phasesOf(wanted) };
    const told =
      decision === null
        ? { keep_veh_s: null, change_veh_s: null, alternative_phases: [] }
        : {
            keep_veh_s: finite(decision.keep_veh_s),
            change_veh_s: finite(decision.change_veh_s),
            alternative_phases: phasesOf(decision.alternative),
          };
    // While a change is under way the reason for it stays.
    const last =
      reason === "changing" && before !== null ? { ...before, ...shown, reason: before.reason } : { ...shown, ...told };
    this.#last = last;
    if (decision !== null && last.wanted_phases.join() !== before?.wanted_phases.join()) this.#parts.changed(last);
  }
}

const finite = (value: number): number | null => (Number.isFinite(value) ? Math.round(value * 10) / 10 : null);

const unseen = {
  unwatched: "ADAPTIVE_UNWATCHED",
  blind: "ADAPTIVE_BLIND",
  quiet: "ADAPTIVE_QUIET",
  stuck: "ADAPTIVE_STUCK",
  silent: "ADAPTIVE_SILENT",
} as const;

/** Objects that a device has or has not. */
const lacking: ReadonlySet<string> = new Set(["CONTROL_ABSENT", "CONTROLLER_LACKS"]);
/** A device that said so will say so again. */
const willNot: ReadonlySet<string> = new Set([...lacking, "BACKUP_TIME_ZERO", "BACKUP_TIME_LONG"]);
