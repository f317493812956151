/** A plain four-leg intersection for tests: two rings, two barrier groups, pedestrians on phases 4 and 8. */
import type { Intersection } from "../../../core/network/schema.ts";
import type { Plan } from "../../../core/signal/plan.ts";

const numbers = [1, 2, 3, 4, 5, 6, 7, 8];

export const fourLegs: Intersection = {
  id: "four-legs",
  name: "Four legs",
  approaches: (["N", "E", "S", "W"] as const).map((from, a) => ({
    id: `leg-${from.toLowerCase()}`,
    from,
    speed_kmh: 50,
    grade_pct: 0,
    lanes: [numbers[2 * a], numbers[2 * a + 1]].map((phase = 1) => ({
      id: `lane-${phase}`,
      phase,
      turns: [phase % 2 === 1 ? ("left" as const) : ("through" as const)],
      saturation_pcu_h: 1800,
      length_m: 100,
      detector_channel: phase,
    })),
  })),
  signal: {
    phases: numbers.map((number) => ({
      number,
      min_green_s: number % 2 === 1 ? 5 : 10,
      max_green_s: 40,
      passage_s: 2,
      walk_s: number % 4 === 0 ? 7 : 0,
      ped_clear_s: number % 4 === 0 ? 9 : 0,
      recall: "none" as const,
    })),
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
    clearances: numbers.map((phase) => ({ phase, yellow_s: 3.5, red_clear_s: 1.5 })),
    conflicts: [
      { a: 2, b: 4 },
      { a: 2, b: 8 },
      { a: 4, b: 6 },
      { a: 6, b: 8 },
    ],
    permissive: [],
    coord_phases: [2, 6],
    cycle_min_s: 40,
    cycle_max_s: 150,
  },
};

export const fourLegsPlan: Plan = {
  intersection: "four-legs",
  pattern: 1,
  cycle_s: 90,
  offset_s: 10,
  offset_reference: "begin_green_of_coord_phases",
  sequence: 1,
  splits: [15, 35, 15, 25, 20, 30, 12, 28].map((split_s, i) => ({ phase: i + 1, split_s, mode: "none" as const })),
};
