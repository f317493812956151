/** Random intersections and plans for them: good ones, good ones with one thing wrong, and garbage. */
import fc from "fast-check";
import { type Intersection, intersectionSchema } from "../../../core/network/schema.ts";
import type { DeviceTiming } from "../../../core/ports/signal-controller.ts";
import type { Plan, Split } from "../../../core/signal/plan.ts";
import { timingOf } from "../../support/crossroads.ts";

export type Draw = fc.GeneratorValue;

const whole = (g: Draw, min: number, max: number): number => g(fc.integer, { min, max });
const oneOf = <T>(g: Draw, ...choices: readonly T[]): T => choices[whole(g, 0, choices.length - 1)] as T;
const chance = (g: Draw, percent: number): boolean => whole(g, 1, 100) <= percent;

interface Home {
  readonly phase: number;
  readonly ring: number;
  readonly group: number;
}

function homes(g: Draw): readonly Home[] {
  const rings = oneOf(g, 1, 2, 2, 2, 3);
  const groups = rings === 3 ? 2 : oneOf(g, 2, 2, 3);
  const cells = Array.from({ length: rings * groups }, (_, i) => ({ ring: Math.floor(i / groups), group: i % groups }));
  return cells
    .flatMap((home) => (chance(g, 60) ? [home, home] : [home]))
    .slice(0, 16)
    .map((home, i) => ({ ...home, phase: i + 1 }));
}

function conflictsOf(g: Draw, all: readonly Home[]) {
  return all.flatMap((a) =>
    all
      .filter((b) => b.phase > a.phase && (b.ring === a.ring || b.group !== a.group))
      .map((b) => ({
        a: a.phase,
        b: b.phase,
        ...(chance(g, 8) ? { intergreen_ab_s: whole(g, 30, 75) / 10 } : {}),
        ...(chance(g, 8) ? { intergreen_ba_s: whole(g, 30, 75) / 10 } : {}),
      })),
  );
}

export function randomStreet(g: Draw): Intersection {
  const all = homes(g);
  const rings = [...new Set(all.map((home) => home.ring))];
  const groups = [...new Set(all.map((home) => home.group))];
  const coordGroup = oneOf(g, ...groups);
  const members = (ring: number, group: number) =>
    all.filter((home) => home.ring === ring && home.group === group).map((home) => home.phase);
  const lane = (phase: number) => ({ id: `lane-${phase}`, phase, turns: ["through"], detector_channel: phase });
  return intersectionSchema.parse({
    id: "street",
    name: "Street",
    approaches: [
      { id: "all", from: "N", lanes: all.slice(0, 12).map(({ phase }) => lane(phase)) },
      ...(all.length > 12 ? [{ id: "rest", from: "S", lanes: all.slice(12).map(({ phase }) => lane(phase)) }] : []),
    ],
    signal: {
      phases: all.map(({ phase }) => {
        const walks = chance(g, 40);
        return {
          number: phase,
          min_green_s: whole(g, 4, 9),
          max_green_s: whole(g, 20, 60),
          walk_s: walks ? whole(g, 4, 7) : 0,
          ped_clear_s: walks ? whole(g, 3, 9) : 0,
          recall: oneOf(g, "none", "min", "max", "none"),
        };
      }),
      rings: rings.map((ring) => groups.map((group) => members(ring, group))),
      clearances: all.map(({ phase }) => ({
        phase,
        yellow_s: whole(g, 33, 45) / 10,
        red_clear_s: whole(g, 10, 25) / 10,
      })),
      conflicts: conflictsOf(g, all),
      coord_phases: rings.map((ring) => oneOf(g, ...members(ring, coordGroup))),
      cycle_min_s: 30,
      cycle_max_s: oneOf(g, 150, 200, 255),
    },
  });
}

/** Whole seconds that hold minimum, pedestrians, clearance and the longest wait for an intergreen. */
function needOf(street: Intersection, phase: number): number {
  const { signal } = street;
  const spec = signal.phases.find((p) => p.number === phase);
  const clear = signal.clearances.find((c) => c.phase === phase);
  if (spec === undefined || clear === undefined) throw new Error(`no phase ${phase}`);
  const waits = signal.conflicts.flatMap(({ a, b, intergreen_ab_s = 0, intergreen_ba_s = 0 }) => {
    const [from, gap] = b === phase ? [a, intergreen_ab_s] : [b, intergreen_ba_s];
    const own = signal.clearances.find((c) => c.phase === from);
    return a === phase || b === phase ? [gap - (own?.yellow_s ?? 0) - (own?.red_clear_s ?? 0)] : [];
  });
  const green = Math.max(spec.min_green_s, spec.walk_s > 0 ? spec.walk_s + spec.ped_clear_s : 0);
  return Math.ceil(green + clear.yellow_s + clear.red_clear_s + Math.max(0, ...waits) - 1e-6);
}

/** A plan that keeps every rule, unless the street's needs alone exceed its longest cycle. */
export function goodPlan(g: Draw, street: Intersection, pattern: number): Plan {
  const { rings } = street.signal;
  const groups = rings[0]?.length ?? 0;
  const splits = new Map<number, number>();
  let cycle_s = 0;
  for (let group = 0; group < groups; group++) {
    const needs = rings.map((ring) => (ring[group] ?? []).map((phase) => needOf(street, phase)));
    const length = Math.max(15, ...needs.map((ring) => ring.reduce((sum, need) => sum + need, 0))) + whole(g, 0, 12);
    cycle_s += length;
    for (const [r, ring] of rings.entries()) {
      const members = ring[group] ?? [];
      for (const [i, phase] of members.entries()) splits.set(phase, needs[r]?.[i] ?? 0);
      const lucky = oneOf(g, ...members);
      const spare = length - members.reduce((sum, phase) => sum + (splits.get(phase) ?? 0), 0);
      splits.set(lucky, (splits.get(lucky) ?? 0) + spare);
    }
  }
  return {
    intersection: street.id,
    pattern,
    cycle_s,
    offset_s: whole(g, 0, Math.min(254, cycle_s - 1)),
    offset_reference: "begin_green_of_coord_phases",
    sequence: 1,
    splits: [...splits].map(([phase, split_s]) => ({
      phase,
      split_s,
      mode: oneOf<Split["mode"]>(g, "none", "none", "min_recall", "max_recall", "ped_recall"),
    })),
  };
}

type Spoil = (g: Draw, plan: Plan) => unknown;

const withSplit = (plan: Plan, at: number, change: (split: Split) => object): Plan => ({
  ...plan,
  splits: plan.splits.map((split, i) => (i === at ? ({ ...split, ...change(split) } as Split) : split)),
});
const anySplit = (g: Draw, plan: Plan): number => whole(g, 0, plan.splits.length - 1);

/** One thing wrong, or wrong often enough. */
const spoils: readonly Spoil[] = [
  (g, plan) => withSplit(plan, anySplit(g, plan), (split) => ({ split_s: split.split_s + oneOf(g, -3, -1, 1, 4) })),
  (g, plan) => {
    const [from, to] = [anySplit(g, plan), anySplit(g, plan)];
    const moved = whole(g, 1, 9);
    const less = withSplit(plan, from, (split) => ({ split_s: Math.max(0, split.split_s - moved) }));
    return withSplit(less, to, (split) => ({ split_s: split.split_s + moved }));
  },
  (g, plan) => ({ ...plan, cycle_s: plan.cycle_s + oneOf(g, -1, 1, 10, 0.5) }),
  (g, plan) => ({ ...plan, offset_s: oneOf(g, plan.cycle_s, plan.cycle_s + 7, -1, 254, 3.5) }),
  (g, plan) => ({ ...plan, splits: plan.splits.toSpliced(anySplit(g, plan), 1) }),
  (g, plan) => ({ ...plan, splits: [...plan.splits, plan.splits[anySplit(g, plan)]] }),
  (g, plan) => withSplit(plan, anySplit(g, plan), () => ({ phase: whole(g, 1, 16) })),
  (g, plan) => withSplit(plan, anySplit(g, plan), () => ({ mode: "omitted" })),
  (g, plan) => withSplit(plan, anySplit(g, plan), () => ({ yellow_s: oneOf(g, 2, 3, 4) })),
  (g, plan) => ({ ...plan, clearances: [{ phase: 1, yellow_s: whole(g, 0, 5), red_clear_s: 0 }] }),
  (g, plan) => ({ ...plan, [oneOf(g, "min_green_s", "red_clear_s", "rings", "force")]: whole(g, 0, 9) }),
  (g, plan) => ({ ...plan, sequence: oneOf(g, 0, 2, 20) }),
  (g, plan) => ({ ...plan, pattern: oneOf(g, 0, 254, 255, 1.5) }),
  (_, plan) => ({ ...plan, intersection: "another" }),
  (g, plan) =>
    withSplit(plan, anySplit(g, plan), () => ({ split_s: oneOf<unknown>(g, "20", null, Number.NaN, -5, 1e9) })),
];

export const spoiltPlan = (g: Draw, plan: Plan): unknown => oneOf(g, ...spoils)(g, plan);

/** The device of the street; sometimes with something else in it, sometimes not the one of the site file. */
export function randomDevice(g: Draw, street: Intersection): DeviceTiming {
  const beside = chance(g, 10) ? [goodPlan(g, street, 7)] : [];
  const timing = timingOf(street, beside, oneOf(g, 60, 90, 600));
  if (!chance(g, 10)) return timing;
  const victim = whole(g, 0, timing.phases.length - 1);
  const wrong = oneOf<object>(
    g,
    { yellow_s: 2.9 },
    { red_clear_s: 0 },
    { min_green_s: 3 },
    { walk_s: 3 },
    { ped_clear_s: 2 },
    { enabled: false },
    { ring: 4 },
    { concurrency: [] },
  );
  return { ...timing, phases: timing.phases.map((phase, i) => (i === victim ? { ...phase, ...wrong } : phase)) };
}
