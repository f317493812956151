/** Follows one controller's statuses and says each as a SPAT message. Pure: time comes with the statuses. */
import type { Intersection } from "../network/schema.ts";
import type { ControllerStatus } from "../ports/signal-controller.ts";
import type { Plan } from "../signal/plan.ts";
import { timeline } from "../signal/timeline.ts";
import type { EventState, MovementState, SpatMessage, TimeChangeDetails } from "./message.ts";
import { type Ending, endingOf, type InStep, type Scene, type Seen, type Shown } from "./predict.ts";
import { millisecondOfMinute, minuteOfYear, timeMark, UNKNOWN_TIME_MARK } from "./time-mark.ts";

const PEDESTRIANS = 16;
const FLASH = 255;
const REVISIONS = 128;
/** Statuses further apart tell nothing of when a change was. */
const LOST_MS = 10_000;
/** Of a status that comes at once. */
const LEAST_ERROR_S = 0.1;
/** Until a second status says how often they come. */
const USUAL_ERROR_S = 1.1;
/** A mark can name this hour and the next: beyond it nothing can be said. */
const FURTHEST_MS = 3_500_000;

const mark = (at_ms: number | null, now_ms: number): number =>
  at_ms === null || at_ms - now_ms > FURTHEST_MS ? UNKNOWN_TIME_MARK : timeMark(at_ms);

const timingOf = ({ from_ms, to_ms, likely_ms }: Ending, now_ms: number): TimeChangeDetails => ({
  minEndTime: mark(from_ms, now_ms),
  maxEndTime: mark(to_ms, now_ms),
  likelyTime: mark(likely_ms, now_ms),
});

function shownOf({ greens, yellows, reds }: ControllerStatus, phase: number): Shown | null {
  if (greens.includes(phase)) return "green";
  if (yellows.includes(phase)) return "yellow";
  return reds.includes(phase) ? "red" : null;
}

/** What drivers may do; where another movement yields, or this one does, the right of way is not protected. */
function vehicleState(shown: Shown, permissive: boolean): EventState {
  if (shown === "red") return "stop-And-Remain";
  if (shown === "green") return permissive ? "permissive-Movement-Allowed" : "protected-Movement-Allowed";
  return permissive ? "permissive-clearance" : "protected-clearance";
}

function statusBits({ control_status, pattern, preempts = [] }: ControllerStatus): readonly string[] {
  return [
    ...(control_status === "manual" ? ["manualControlIsEnabled"] : []),
    ...(pattern === FLASH ? ["failureFlash"] : []),
    ...(preempts.length > 0 ? ["preemptIsActive"] : []),
    ...(control_status === "backupMode" ? ["standbyOperation"] : []),
    ...(pattern < FLASH ? ["trafficDependentOperation"] : []),
  ];
}

export interface SpatSource {
  readonly intersection: Intersection;
  /** Place in the site file, counted from 1. */
  readonly number: number;
}

export class SpatTracker {
  readonly #source: SpatSource;
  #seen: readonly Seen[] = [];
  #before: ControllerStatus | null = null;
  #revision = 0;
  #timeline: { readonly plan: Plan; readonly inStep: Omit<InStep, "local_clock_s"> | null } | null = null;

  constructor(source: SpatSource) {
    this.#source = source;
  }

  /** `plan`: what runs, where that is known and the device is in step with it; null otherwise. */
  message(status: ControllerStatus, plan: Plan | null): SpatMessage {
    const { intersection, number } = this.#source;
    this.#look(status);
    const { at_ms } = status;
    const before = this.#before;
    const apart_s = before === null || before.at_ms >= at_ms ? USUAL_ERROR_S : (at_ms - before.at_ms) / 1000;
    this.#before = status;
    const scene: Scene = { intersection, now_ms: at_ms, seen: this.#seen, inStep: this.#inStep(status, plan) };
    const moy = minuteOfYear(at_ms);
    return {
      timeStamp: moy,
      intersections: [
        {
          name: intersection.name,
          id: { id: number },
          revision: this.#revision,
          status: statusBits(status),
          moy,
          timeStamp: millisecondOfMinute(at_ms),
          states: status.pattern === FLASH ? this.#unavailable() : this.#states(scene, status),
        },
      ],
      intersection: intersection.id,
      controller: status.controller,
      at_ms,
      clock_error_s: Math.round((apart_s + LEAST_ERROR_S) * 10) / 10,
    };
  }

  #look(status: ControllerStatus): void {
    const before = this.#before;
    const { at_ms } = status;
    const follows = before !== null && at_ms > before.at_ms && at_ms - before.at_ms < LOST_MS;
    let changed = false;
    this.#seen = this.#source.intersection.signal.phases.flatMap(({ number: phase }): readonly Seen[] => {
      const shows = shownOf(status, phase);
      if (shows === null) return [];
      const last = follows ? this.#seen.find((each) => each.phase === phase) : undefined;
      if (last?.shows === shows) return [last];
      changed = true;
      const began = last === undefined ? null : { after_ms: before?.at_ms ?? at_ms, by_ms: at_ms };
      return [{ phase, shows, began }];
    });
    if (changed) this.#revision = (this.#revision + 1) % REVISIONS;
  }

  #inStep({ local_clock_s, pattern, free_status, preempts = [] }: ControllerStatus, plan: Plan | null): InStep | null {
    const runs = plan?.pattern === pattern && free_status === "notFree" && preempts.length === 0;
    if (plan === null || local_clock_s === null || !runs) return null;
    if (this.#timeline?.plan !== plan) {
      const made = timeline(this.#source.intersection, plan);
      this.#timeline = { plan, inStep: made.ok ? { plan, timeline: made.value } : null };
    }
    const { inStep } = this.#timeline;
    return inStep === null ? null : { ...inStep, local_clock_s };
  }

  #states(scene: Scene, { walks }: ControllerStatus): readonly MovementState[] {
    const { signal } = this.#source.intersection;
    const yields = new Set(signal.permissive.flat());
    const vehicles = scene.seen.map((seen) => {
      const eventState = vehicleState(seen.shows, yields.has(seen.phase));
      const timing = timingOf(endingOf(scene, seen), scene.now_ms);
      return this.#movement(seen.phase, seen.phase, { eventState, timing });
    });
    // A status tells who may walk, not how long, nor who is still on the crossing.
    const crossings = signal.phases
      .filter(({ walk_s }) => walk_s > 0)
      .map(({ number }) =>
        this.#movement(number, number + PEDESTRIANS, {
          eventState: walks.includes(number) ? "permissive-Movement-Allowed" : "stop-And-Remain",
        }),
      );
    return [...vehicles, ...crossings];
  }

  #unavailable(): readonly MovementState[] {
    return this.#source.intersection.signal.phases.map(({ number }) =>
      this.#movement(number, number, { eventState: "unavailable" }),
    );
  }

  #movement(phase: number, signalGroup: number, event: MovementState["state-time-speed"][0]): MovementState {
    const named = this.#source.intersection.signal.phases.find(({ number }) => number === phase)?.name;
    return { signalGroup, movementName: named ?? `phase ${phase}`, "state-time-speed": [event] };
  }
}
