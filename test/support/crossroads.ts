/** A crossroads with protected left turns: eight phases, two rings, two barrier groups, pedestrians on the through phases. */

import { type Intersection, intersectionSchema } from "../../core/network/schema.ts";
import type { DeviceTiming } from "../../core/ports/signal-controller.ts";
import { type Plan, planSchema } from "../../core/signal/plan.ts";

const MAIN_THROUGH = [2, 6];
const SIDE_THROUGH = [4, 8];
const GROUPS = [
  [1, 2, 5, 6],
  [3, 4, 7, 8],
];
const RINGS = [
  [1, 2, 3, 4],
  [5, 6, 7, 8],
];

/** Phases of one ring, and phases on two sides of a barrier. */
const conflicts = Array.from({ length: 8 }, (_, i) => i + 1).flatMap((a) =>
  Array.from({ length: 8 - a }, (_, i) => a + i + 1)
    .filter(
      (b) =>
        [...GROUPS].every((g) => g.includes(a) !== g.includes(b)) || RINGS.some((r) => r.includes(a) && r.includes(b)),
    )
    .map((b) => ({ a, b })),
);

const approach = (from: "N" | "E" | "S" | "W", through: number, left: number) => ({
  id: from.toLowerCase(),
  from,
  lanes: [
    { id: `${from.toLowerCase()}-through`, phase: through, turns: ["through", "right"], detector_channel: through },
    { id: `${from.toLowerCase()}-left`, phase: left, turns: ["left"], detector_channel: left },
  ],
});

export const crossroads: Intersection = intersectionSchema.parse({
  id: "bach-dang-le-loi",
  name: "Bạch Đằng – Lê Lợi",
  approaches: [approach("N", 2, 5), approach("S", 6, 1), approach("E", 4, 7), approach("W", 8, 3)],
  signal: {
    phases: Array.from({ length: 8 }, (_, i) => i + 1).map((number) => {
      const through = [...MAIN_THROUGH, ...SIDE_THROUGH].includes(number);
      return {
        number,
        min_green_s: through ? 8 : 5,
        max_green_s: through ? 45 : 20,
        walk_s: through ? 7 : 0,
        ped_clear_s: through ? 9 : 0,
        recall: MAIN_THROUGH.includes(number) ? "min" : "none",
      };
    }),
    rings: [
      [
        [1, 2],
        [3, 4],
      ],
      [
        [5, 6],
        [7, 8],
      ],
    ],
    clearances: Array.from({ length: 8 }, (_, i) => ({ phase: i + 1, yellow_s: 3.3, red_clear_s: 1.7 })),
    conflicts,
    coord_phases: MAIN_THROUGH,
    cycle_min_s: 60,
    cycle_max_s: 150,
  },
});

/** 90 s: 15 + 35 | 12 + 28 in both rings. */
export const crossroadsPlan: Plan = planSchema.parse({
  intersection: crossroads.id,
  pattern: 1,
  cycle_s: 90,
  offset_s: 17,
  splits: [15, 35, 12, 28, 15, 35, 12, 28].map((split_s, i) => ({ phase: i + 1, split_s })),
});

/** What a device that was set up from the site file holds, with the patterns given. */
export function timingOf(intersection: Intersection, patterns: readonly Plan[] = [], backup_time_s = 90): DeviceTiming {
  const { signal } = intersection;
  const home = (number: number) => {
    const ring = signal.rings.findIndex((groups) => groups.flat().includes(number));
    return { ring, group: (signal.rings[ring] ?? []).findIndex((members) => members.includes(number)) };
  };
  return {
    phases: signal.phases.map((phase) => {
      const { ring, group } = home(phase.number);
      const clearance = signal.clearances.find((candidate) => candidate.phase === phase.number);
      return {
        number: phase.number,
        enabled: true,
        ring: ring + 1,
        concurrency: signal.rings
          .flatMap((groups, r) => (r === ring ? [] : (groups[group] ?? [])))
          .sort((a, b) => a - b),
        min_green_s: phase.min_green_s,
        max_green_s: phase.max_green_s,
        walk_s: phase.walk_s,
        ped_clear_s: phase.ped_clear_s,
        yellow_s: clearance?.yellow_s ?? 0,
        red_clear_s: clearance?.red_clear_s ?? 0,
      };
    }),
    sequence: signal.rings.map((groups) => groups.flat()),
    patterns,
    backup_time_s,
  };
}
