/**
 * When what a signal shows will end, as far as a controller's status, its plan and the intersection's own times can tell.
 * Bounds are bounds: where no law of the controller sets one, it is unknown, and a guess goes into the likely time alone.
 */
import { modulo } from "../bands/corridor.ts";
import type { Intersection } from "../network/schema.ts";
import type { Plan } from "../signal/plan.ts";
import type { PhaseTimeline, PlanTimeline } from "../signal/timeline.ts";

export type Shown = "green" | "yellow" | "red";

/** Milliseconds since 1970; null: nobody can tell. */
export interface Ending {
  readonly from_ms: number;
  readonly to_ms: number | null;
  readonly likely_ms: number | null;
}

/** What one phase shows, and between which two looks it began to: null where it did before the first. */
export interface Seen {
  readonly phase: number;
  readonly shows: Shown;
  readonly began: { readonly after_ms: number; readonly by_ms: number } | null;
}

/** The plan in step with its clock; null under free running, flash, preempt or transition. */
export interface InStep {
  readonly plan: Plan;
  readonly timeline: PlanTimeline;
  /** Whole seconds, cut off: the truth is up to one more. */
  readonly local_clock_s: number;
}

export interface Scene {
  readonly intersection: Intersection;
  readonly now_ms: number;
  readonly seen: readonly Seen[];
  readonly inStep: InStep | null;
}

/** Status clocks count whole seconds, and the answer is under way for a moment. */
const CLOCK_MS = 1500;

const clearanceOf = ({ signal }: Intersection, phase: number) =>
  signal.clearances.find((each) => each.phase === phase) ?? { yellow_s: 3, red_clear_s: 0 };

/** The next moment at which the local clock stands at `local_s`. */
function whenLocal_ms({ now_ms }: Scene, { plan, local_clock_s }: InStep, local_s: number): number {
  const { cycle_s } = plan;
  return now_ms + modulo(local_s - local_clock_s, cycle_s) * 1000;
}

const slotOf = (inStep: InStep | null, phase: number): PhaseTimeline | null =>
  inStep?.timeline.phases.find((each) => each.phase === phase) ?? null;

/** Yellow lasts what the intersection states, whatever the plan. */
function endOfYellow({ intersection, now_ms }: Scene, { phase, began }: Seen): Ending {
  const lasts_ms = clearanceOf(intersection, phase).yellow_s * 1000;
  if (began === null) return { from_ms: now_ms, to_ms: now_ms + lasts_ms, likely_ms: null };
  const [from_ms, to_ms] = [began.after_ms + lasts_ms, began.by_ms + lasts_ms];
  return { from_ms: Math.max(now_ms, from_ms), to_ms, likely_ms: (from_ms + to_ms) / 2 };
}

/** A minimum green is never cut. */
function leastGreenEnd_ms({ intersection, now_ms }: Scene, { phase, began }: Seen): number {
  const spec = intersection.signal.phases.find(({ number }) => number === phase);
  if (began === null || spec === undefined) return now_ms;
  return Math.max(now_ms, began.after_ms + spec.min_green_s * 1000);
}

/** A phase keeps the green that the phases after it in its barrier group are not called for: to the barrier at the latest. */
function spareGreen_s({ cycle_s, phases }: PlanTimeline, slot: PhaseTimeline): number {
  const group = phases.filter(({ ring, barrier_group }) => ring === slot.ring && barrier_group === slot.barrier_group);
  const last = group.at(-1) ?? slot;
  return modulo(last.red_clear.to_s - slot.red_clear.to_s, cycle_s);
}

/** Somebody always stands before it: by a recall of the intersection or of the plan, or because the plan counts from it. */
function isAlwaysCalled({ intersection: { signal } }: Scene, { plan }: InStep, phase: number): boolean {
  const mode = plan.splits.find((split) => split.phase === phase)?.mode ?? "none";
  const recall = signal.phases.find(({ number }) => number === phase)?.recall ?? "none";
  if (mode === "omitted") return false;
  return recall !== "none" || mode !== "none" || signal.coord_phases.includes(phase);
}

/** Phases that cannot run with it. */
const rivalsOf = ({ intersection }: Scene, phase: number): readonly number[] =>
  intersection.signal.conflicts
    .filter(({ a, b }) => a === phase || b === phase)
    .map(({ a, b }) => (a === phase ? b : a));

/** Whether a rival waits whenever it is green: a coordinated phase then ends where it yields. */
const isAlwaysWaitedFor = (scene: Scene, inStep: InStep, phase: number): boolean =>
  rivalsOf(scene, phase).some((rival) => isAlwaysCalled(scene, inStep, rival));

/** A second or two beside a point of the cycle nobody can say on which side of it the device is. */
const isBeside = ({ plan }: InStep, left_ms: number): boolean =>
  left_ms < CLOCK_MS || left_ms > plan.cycle_s * 1000 - CLOCK_MS;

/**
 * In step, a phase is forced off at its point of the cycle, or, where nobody calls the next, before its barrier: the
 * coordinated phase of its ring is always called; a coordinated phase holds from its planned begin to its yield point, and goes on beyond it while nobody
 * else calls.
 */
function endOfGreen(scene: Scene, seen: Seen): Ending {
  const least_ms = leastGreenEnd_ms(scene, seen);
  const { inStep, intersection, now_ms } = scene;
  const slot = slotOf(inStep, seen.phase);
  if (inStep === null || slot === null) return { from_ms: least_ms, to_ms: null, likely_ms: null };
  const forced_ms = whenLocal_ms(scene, inStep, slot.green.to_s);
  const left_ms = forced_ms - now_ms;
  const near = isBeside(inStep, left_ms);
  if (intersection.signal.coord_phases.includes(seen.phase)) {
    const held = !near && left_ms < (slot.green.to_s - slot.green.from_s) * 1000 - CLOCK_MS;
    const from_ms = held ? Math.max(least_ms, forced_ms - CLOCK_MS) : least_ms;
    const yields = !near && isAlwaysWaitedFor(scene, inStep, seen.phase);
    const to_ms = yields ? forced_ms + CLOCK_MS : null;
    return { from_ms, to_ms, likely_ms: Math.max(from_ms, forced_ms) };
  }
  const latest_ms = near ? null : forced_ms + spareGreen_s(inStep.timeline, slot) * 1000 + CLOCK_MS;
  return { from_ms: Math.min(least_ms, latest_ms ?? least_ms), to_ms: latest_ms, likely_ms: forced_ms };
}

/** Before a red ends, whoever is against it has to be through with yellow and red clearance. */
function endOfRed(scene: Scene, { phase }: Seen): Ending {
  const { intersection, inStep, now_ms, seen } = scene;
  const rivals = rivalsOf(scene, phase);
  const clear_ms = seen
    .filter((other) => rivals.includes(other.phase))
    .map((other) => {
      const { yellow_s, red_clear_s } = clearanceOf(intersection, other.phase);
      if (other.shows === "green") return now_ms + (yellow_s + red_clear_s) * 1000;
      return other.shows === "yellow" ? endOfYellow(scene, other).from_ms + red_clear_s * 1000 : now_ms;
    });
  const from_ms = Math.max(now_ms, ...clear_ms);
  const slot = slotOf(inStep, phase);
  if (inStep === null || slot === null) return { from_ms, to_ms: null, likely_ms: null };
  const begins_ms = whenLocal_ms(scene, inStep, slot.green.from_s);
  // Whoever is before it is forced off for it, when it is called at all.
  const certain = !isBeside(inStep, begins_ms - now_ms) && isAlwaysCalled(scene, inStep, phase);
  return {
    from_ms,
    to_ms: certain ? Math.max(from_ms, begins_ms + CLOCK_MS) : null,
    likely_ms: Math.max(from_ms, begins_ms),
  };
}

export function endingOf(scene: Scene, seen: Seen): Ending {
  if (seen.shows === "yellow") return endOfYellow(scene, seen);
  return seen.shows === "green" ? endOfGreen(scene, seen) : endOfRed(scene, seen);
}
