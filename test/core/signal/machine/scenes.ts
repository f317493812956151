/** Random intersections with sound plans, and random habits of the street, for the machine's properties. */
import fc from "fast-check";
import type { Intersection } from "../../../../core/network/schema.ts";
import { retimeIntersection } from "../../../../core/retime/retime.ts";
import type { Plan } from "../../../../core/signal/plan.ts";
import { randomDemand, randomIntersection } from "../random-intersection.ts";
import type { StreetHabits } from "./street.ts";

export interface Scene {
  readonly x: Intersection;
  readonly plans: readonly Plan[];
}

/** Sound plans for one intersection: different demands, offsets and modes. */
export const scene: fc.Arbitrary<Scene> = randomIntersection()
  .chain((x) =>
    fc.record({
      x: fc.constant(x),
      demands: fc.array(randomDemand([x]), { minLength: 3, maxLength: 3 }),
      offsets: fc.array(fc.nat(), { minLength: 3, maxLength: 3 }),
      modes: fc.array(fc.constantFrom("none" as const, "min_recall" as const, "max_recall" as const), {
        minLength: 8,
        maxLength: 8,
      }),
    }),
  )
  .map(({ x, demands, offsets, modes }) => ({
    x,
    plans: demands.flatMap((demand, i) => {
      const result = retimeIntersection({ intersection: x, demand, pattern: i + 1 });
      const plan = result.ok ? result.value.plans[0] : undefined;
      if (plan === undefined) return [];
      const splits = plan.splits.map((split, k) => ({ ...split, mode: modes[(k + i) % modes.length] ?? "none" }));
      return [{ ...plan, offset_s: (offsets[i] ?? 0) % plan.cycle_s, splits }];
    }),
  }))
  .filter(({ plans }) => plans.length > 0);

export const habits: fc.Arbitrary<StreetHabits> = fc.record({
  vehicle: fc.constantFrom(0, 0.002, 0.02, 0.3),
  pedestrian: fc.constantFrom(0, 0.002, 0.05),
  toggle: fc.constantFrom(0, 0.02, 0.3),
  clockJump: fc.constantFrom(0, 0, 0.0005),
  forget: fc.constantFrom(0, 0.01),
});

export const coordMask = ({ signal }: Intersection): number =>
  signal.coord_phases.reduce((m, p) => m | (1 << (p - 1)), 0);
