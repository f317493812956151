import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { answerBands } from "../../../core/bands/answer.ts";
import { type BandCorridor, narrower, weightedSum } from "../../../core/bands/corridor.ts";
import { widestBands } from "../../../core/bands/exact.ts";
import { type BandInstance, bandInstanceSchema } from "../../../core/bands/instance.ts";
import { measureBands } from "../../../core/bands/measure-corridor.ts";
import { missing, sharedFolder } from "../../support/peers.ts";
import { bestOfEveryOffset } from "./every-offset.ts";
import { randomStreet } from "./random-street.ts";

const whole = (min: number, max: number) => fc.integer({ min, max });

/** Small streets of whole seconds, with brute force's view of them. */
const smallStreet = fc
  .record({ cycle_s: whole(2, 7).map((half) => 2 * half), signals: whole(1, 4) })
  .chain(({ cycle_s, signals }) =>
    fc.record({
      cycle_s: fc.constant(cycle_s),
      lights: fc.array(
        fc
          .record({
            greens: fc.tuple(whole(1, cycle_s), whole(1, cycle_s)),
            after: fc.array(whole(-3, 5), { minLength: 1, maxLength: 2 }),
            times: fc.constantFrom(1 as const, 1 as const, 2 as const),
            legs: fc.tuple(whole(0, 20), whole(0, 20)),
          })
          .map((light) => ({
            ...light,
            greens: light.greens.map((green) => Math.max(1, Math.floor(green / light.times))),
          })),
        { minLength: signals, maxLength: signals },
      ),
    }),
  );

type SmallStreet = typeof smallStreet extends fc.Arbitrary<infer T> ? T : never;

function streetOf({ cycle_s, lights }: SmallStreet): BandCorridor {
  return {
    cycle_s,
    signals: lights.map(({ greens, after, times }) => ({
      green_out_s: greens[0] ?? 1,
      green_in_s: greens[1] ?? 1,
      phasings: after.map((inbound_after_s) => ({ name: null, inbound_after_s })),
      greens_per_cycle: times,
    })),
    out_s: lights.slice(1).map(({ legs }) => legs[0]),
    in_s: lights.slice(1).map(({ legs }) => legs[1]),
  };
}

function bitLights({ lights }: SmallStreet) {
  let [there, back] = [0, 0];
  return lights.map(({ greens, after, times, legs }, i) => {
    if (i > 0) [there, back] = [there + legs[0], back + legs[1]];
    return { green_out: greens[0] ?? 1, green_in: greens[1] ?? 1, inbound_after: after, times, there, back };
  });
}

const objectives = [
  ["the sum", weightedSum(1, 1), (out: number, back: number) => out + back],
  ["a weighted sum", weightedSum(3, 2), (out: number, back: number) => 3 * out + 2 * back],
  ["equal bands", narrower(1, 1), (out: number, back: number) => Math.min(out, back)],
] as const;

describe("the widest bands", () => {
  test.each(objectives)("of small streets are those of trying every offset: %s", (_, objective, value) => {
    fc.assert(
      fc.property(smallStreet, (small) => {
        const found = widestBands(streetOf(small), objective);
        const best = bestOfEveryOffset(bitLights(small), small.cycle_s, value);
        expect(objective.value(found.widths)).toBeCloseTo(best, 9);
      }),
      { numRuns: 120 },
    );
  });

  test.each(objectives)("are what a driver finds, on any street: %s", (_, objective) => {
    fc.assert(
      fc.property(randomStreet(20), (street) => {
        const { widths, offsets_s, phasings } = widestBands(street, objective);
        const { outbound, inbound } = measureBands(street, offsets_s, phasings);
        expect(outbound.width_s).toBeGreaterThanOrEqual(widths.out_s - 1e-6);
        expect(inbound.width_s).toBeGreaterThanOrEqual(widths.in_s - 1e-6);
        const driven = objective.value({ out_s: outbound.width_s, in_s: inbound.width_s });
        expect(driven).toBeLessThanOrEqual(objective.value(widths) + 1e-6);
        expect(offsets_s[0]).toBe(0);
        expect(offsets_s.every((offset) => offset >= 0 && offset < street.cycle_s)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  test("are not beaten by any offsets that chance finds", () => {
    const tried = randomStreet(5).chain((street) =>
      fc.record({
        street: fc.constant(street),
        shares: fc.array(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), { minLength: 5, maxLength: 5 }),
      }),
    );
    fc.assert(
      fc.property(tried, ({ street, shares }) => {
        const offsets = street.signals.map((_, i) => (shares[i] ?? 0) * street.cycle_s);
        const { outbound, inbound } = measureBands(
          street,
          offsets,
          street.signals.map(() => 0),
        );
        const found = widestBands(street, weightedSum(1, 1)).widths;
        expect(outbound.width_s + inbound.width_s).toBeLessThanOrEqual(found.out_s + found.in_s + 1e-6);
      }),
      { numRuns: 300 },
    );
  });

  test("two hundred lights are no longer work than a blink", () => {
    const signals = Array.from({ length: 200 }, (_, i) => ({
      green_out_s: 50 + (i % 7),
      green_in_s: 48 + (i % 5),
      phasings: [{ name: null, inbound_after_s: i % 3 }],
    }));
    const legs = Array.from({ length: 199 }, (_, i) => 15 + ((i * 37) % 29));
    const street = { cycle_s: 100, signals, out_s: legs, in_s: legs.toReversed() };
    const { widths } = widestBands(street, weightedSum(1, 1));
    expect(widths.out_s + widths.in_s).toBeGreaterThanOrEqual(50);
  });
});

const answer = (given: object) => {
  const means = { solver: null, limit_s: 1 };
  const found = answerBands(bandInstanceSchema.parse(given) as BandInstance, means);
  if (!found.ok) throw new Error("no answer");
  return found.value;
};

describe("odd streets", () => {
  const plain = {
    cycle_s: 80,
    positions_m: [0, 400],
    coord_green_s: [40, 30],
    speed_out_mps: [10],
    speed_in_mps: [10],
  };

  test("one light has its green as bands", () => {
    const one = answer({ cycle_s: 60, positions_m: [0], coord_green_s: [25], speed_out_mps: [], speed_in_mps: [] });
    expect(one.max_sum).toMatchObject({
      total_s: 50,
      attainability: 1,
      one_optimal_offset_set_s: [0],
      proved: true,
      gap: 0,
    });
    expect(one.max_equal).toMatchObject({ bandwidth_out_s: 25, bandwidth_in_s: 25 });
  });

  test("two lights at one place, and one that is always green, bind nothing", () => {
    const near = answer({ ...plain, positions_m: [5, 5] });
    expect(near.max_sum.total_s).toBeCloseTo(60, 6);
    const open = answer({ ...plain, coord_green_s: [80, 30] });
    expect(open.max_equal.bandwidth_in_s).toBeCloseTo(30, 6);
    const always = answer({ ...plain, coord_green_s: [80, 80] });
    expect(always.max_sum).toMatchObject({ total_s: 160, efficiency: 1, evaluator_check_out_in: [80, 80] });
  });

  test("a street that is green one way only where the other is red has no equal bands", () => {
    const small = { cycle_s: 100, coord_green_s: [10, 10, 10], speed_out_mps: [10, 10], speed_in_mps: [10, 10] };
    const none = answer({ ...small, positions_m: [0, 250, 350] });
    expect(none.max_equal).toMatchObject({ bandwidth_out_s: 0, bandwidth_in_s: 0, proved: true });
    expect(none.max_sum).toMatchObject({ total_s: 10, proved: true });
  });

  test("left turns that lead or lag open bands that a fixed order closes", () => {
    const left = { ...plain, positions_m: [0, 200], coord_green_s: [30, 30] };
    const fixed = answer(left);
    const free = answer({ ...left, left_out_s: [20, 20], left_in_s: [20, 20] });
    expect(free.max_equal.bandwidth_out_s).toBeGreaterThan(fixed.max_equal.bandwidth_out_s + 5);
    expect(free.max_equal.left_turns).toHaveLength(2);
    const lagLag = answer({
      ...left,
      left_out_s: [20, 20],
      left_in_s: [20, 20],
      left_orders: [["lag-lag"], ["lag-lag"]],
    });
    expect(lagLag.max_equal.total_s).toBeCloseTo(fixed.max_equal.total_s, 6);
  });

  test("a queue ahead turns the light ahead green earlier", () => {
    const oneWay = { ...plain, coord_green_s: [40, 40], weight_in: 0 };
    const clear = answer(oneWay).max_sum.one_optimal_offset_set_s[1] ?? 0;
    const queued = answer({ ...oneWay, queue_out_s: [0, 19] }).max_sum.one_optimal_offset_set_s[1] ?? 0;
    expect(clear - queued).toBeCloseTo(19, 6);
  });

  test("a cycle that may be chosen is the one whose half the links take", () => {
    const wide = answer({ ...plain, coord_green_s: [40, 40], positions_m: [0, 450], cycle_range_s: [70, 110] });
    expect(wide.max_equal).toMatchObject({ cycle_s: 90, efficiency: 0.5 });
  });

  test("a light that runs twice in the cycle lets either half pass", () => {
    const twice = { ...plain, positions_m: [0, 200], greens_per_cycle: [1, 2], coord_green_s: [40, 20] };
    expect(answer(twice).max_equal.bandwidth_out_s).toBeCloseTo(20, 6);
  });
});

interface Example {
  readonly id: string;
  readonly max_sum: Readonly<Record<string, number>>;
  readonly max_equal: Readonly<Record<string, number>>;
}

describe.skipIf(missing("shared data"))("published bandwidth examples", () => {
  const file = `${sharedFolder}data/signal/worked/bandwidth_two_way_exact.json`;
  const examples: readonly Example[] = missing("shared data") ? [] : JSON.parse(readFileSync(file, "utf8"));

  test.each(examples.map((example) => [example.id, example] as const))(
    "%s: the published optimum or better",
    (_, example) => {
      const found = answer(example);
      expect(found.max_equal.bandwidth_out_s).toBeCloseTo(example.max_equal["bandwidth_out_s"] ?? -1, 2);
      expect(found.max_equal.bandwidth_in_s).toBeCloseTo(example.max_equal["bandwidth_in_s"] ?? -1, 2);
      expect(found.max_sum.total_s).toBeGreaterThanOrEqual((example.max_sum["total_s"] ?? 0) - 0.001);
      for (const goal of ["max_sum", "max_equal"] as const) {
        expect(found[goal].efficiency).toBeCloseTo(example[goal]["efficiency"] ?? -1, 3);
        expect(found[goal].attainability).toBeCloseTo(example[goal]["attainability"] ?? -1, 3);
      }
    },
  );
});
