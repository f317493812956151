/** Random but sound intersections for property tests: one or two rings, one to three barrier groups. */
import fc from "fast-check";
import type { Intersection } from "../../../core/network/schema.ts";
import type { LaneDemand } from "../../../core/traffic/lane-demand.ts";

/** `shape[ring][group]`: number of phases. */
const shapes: readonly (readonly (readonly number[])[])[] = [
  [[1, 1]],
  [[2]],
  [[3]],
  [[2, 1]],
  [[1, 1, 1]],
  [[2, 2, 1]],
  [
    [1, 1],
    [1, 1],
  ],
  [[2], [2]],
  [
    [2, 1],
    [1, 2],
  ],
  [
    [2, 2],
    [2, 2],
  ],
  [
    [1, 2],
    [2, 1],
  ],
  [
    [1, 1, 1],
    [1, 2, 1],
  ],
  [
    [3, 1],
    [2, 2],
  ],
];

const phaseTiming = fc.record({
  min_green_s: fc.integer({ min: 3, max: 14 }),
  extra_max_s: fc.integer({ min: 0, max: 40 }),
  passage_s: fc.integer({ min: 0, max: 40 }).map((ds) => ds / 10),
  walks: fc.boolean(),
  walk_s: fc.integer({ min: 4, max: 9 }),
  ped_clear_s: fc.integer({ min: 3, max: 14 }),
  recall: fc.constantFrom("none" as const, "min" as const, "max" as const, "ped" as const),
  yellow_s: fc.integer({ min: 30, max: 60 }).map((ds) => ds / 10),
  red_clear_s: fc.integer({ min: 10, max: 45 }).map((ds) => ds / 10),
  saturation_pcu_h: fc.integer({ min: 900, max: 3600 }),
  lanes: fc.integer({ min: 0, max: 2 }),
});

type Timing = typeof phaseTiming extends fc.Arbitrary<infer T> ? T : never;

const seeds = fc.record({
  shape: fc.constantFrom(...shapes),
  timings: fc.array(phaseTiming, { minLength: 8, maxLength: 8 }),
  coordGroup: fc.nat(),
  coordPlace: fc.nat(),
  intergreens: fc.array(fc.option(fc.integer({ min: 40, max: 120 }), { nil: undefined }), {
    minLength: 12,
    maxLength: 12,
  }),
  numbers: fc.shuffledSubarray([1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 16], { minLength: 8, maxLength: 8 }),
});

export const randomIntersection = (id = "x"): fc.Arbitrary<Intersection> =>
  seeds.map((seed) => {
    let next = 0;
    const rings = seed.shape.map((ring) =>
      ring.map((count) => Array.from({ length: count }, () => seed.numbers[next++] ?? 1)),
    );
    const numbers = rings.flat(2);
    const group = seed.coordGroup % (rings[0]?.length ?? 1);
    const pick = (phases: readonly number[]): number => phases[seed.coordPlace % phases.length] ?? 1;
    return {
      id,
      name: id,
      approaches: [approach(id, numbers, seed.timings)],
      signal: {
        phases: numbers.map((number, i) => phase(number, timing(seed.timings, i))),
        rings,
        clearances: numbers.map((number, i) => {
          const { yellow_s, red_clear_s } = timing(seed.timings, i);
          return { phase: number, yellow_s, red_clear_s };
        }),
        conflicts: conflicts(rings, seed.intergreens),
        permissive: [],
        coord_phases: rings.map((ring) => pick(ring[group] ?? [])),
        cycle_min_s: 40,
        cycle_max_s: 255,
      },
    };
  });

function timing(timings: readonly Timing[], i: number): Timing {
  const found = timings[i];
  if (found === undefined) throw new Error("a timing per phase");
  return found;
}

function phase(number: number, t: Timing) {
  return {
    number,
    min_green_s: t.min_green_s,
    max_green_s: t.min_green_s + t.extra_max_s,
    passage_s: t.passage_s,
    walk_s: t.walks ? t.walk_s : 0,
    ped_clear_s: t.walks ? t.ped_clear_s : 0,
    recall: t.recall === "ped" && !t.walks ? ("min" as const) : t.recall,
  };
}

function approach(id: string, numbers: readonly number[], timings: readonly Timing[]) {
  const lanes = numbers.flatMap((number, i) =>
    Array.from({ length: timing(timings, i).lanes }, (_, l) => ({
      id: `${id}-${number}-${l}`,
      phase: number,
      turns: ["through" as const],
      saturation_pcu_h: timing(timings, i).saturation_pcu_h,
      length_m: 100,
      detector_channel: number,
    })),
  );
  return { id: `${id}-all`, from: "N" as const, speed_kmh: 30, grade_pct: 0, lanes };
}

/** Every pair that the rings keep apart is listed; some with an intergreen of their own. */
function conflicts(rings: readonly (readonly (readonly number[])[])[], intergreens: readonly (number | undefined)[]) {
  const places = rings.flatMap((ring, r) => ring.flatMap((group, g) => group.map((number) => ({ number, r, g }))));
  const pairs = places.flatMap((a, i) =>
    places.slice(i + 1).flatMap((b) => (a.r === b.r || a.g !== b.g ? [{ a: a.number, b: b.number }] : [])),
  );
  return pairs.map((pair, i) => {
    const ds = intergreens[i];
    return ds === undefined ? pair : { ...pair, intergreen_ab_s: ds / 10, intergreen_ba_s: (160 - ds) / 10 };
  });
}

export function randomDemand(intersections: readonly Intersection[], most_pcu_h = 2500): fc.Arbitrary<LaneDemand[]> {
  const lanes = intersections.flatMap((one) => one.approaches.flatMap((approach) => approach.lanes));
  return fc
    .array(fc.oneof(fc.constant(0), fc.integer({ min: 0, max: most_pcu_h })), {
      minLength: lanes.length,
      maxLength: lanes.length,
    })
    .map((flows) =>
      lanes.map((lane, i) => ({
        lane: lane.id,
        flow_pcu_h: flows[i] ?? 0,
        origin: "measured" as const,
        simulated: false,
        saturated: false,
      })),
    );
}
