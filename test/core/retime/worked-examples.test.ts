/** Published worked examples; the reference data lies outside the repository and the tests skip without it. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { bandsOf } from "../../../core/retime/bands.ts";
import { optimiseOffsets } from "../../../core/retime/offsets.ts";
import { missing, sharedFolder } from "../../support/peers.ts";
import { sweepBands } from "./sweep-bands.ts";

const read = (name: string) => JSON.parse(readFileSync(`${sharedFolder}data/signal/worked/${name}`, "utf8"));

interface BandExample {
  readonly id: string;
  readonly cycle_s: number;
  readonly positions_m: readonly number[];
  readonly coord_green_s: readonly number[];
  readonly speed_out_mps: readonly number[];
  readonly speed_in_mps: readonly number[];
  readonly max_equal: { readonly bandwidth_out_s: number; readonly one_optimal_offset_set_s: readonly number[] };
}

/** Travel time from the first signal to each, with a speed per link. */
function travel(positions: readonly number[], speeds: readonly number[]): readonly number[] {
  let at_s = 0;
  return positions.map((position, i) => {
    if (i > 0) at_s += (position - (positions[i - 1] ?? 0)) / (speeds[i - 1] ?? 1);
    return at_s;
  });
}

function bandProblem(example: BandExample) {
  const out = travel(example.positions_m, example.speed_out_mps);
  const back = travel(example.positions_m, example.speed_in_mps);
  return {
    cycle_s: example.cycle_s,
    outbound_weight: 0.5,
    signals: example.coord_green_s.map((green_s, i) => ({
      outbound: { start_s: 0, green_s },
      inbound: { start_s: 0, green_s },
      travel_out_s: out[i] ?? 0,
      travel_in_s: back[i] ?? 0,
    })),
  };
}

describe.skipIf(missing("shared data"))("published bandwidth examples", () => {
  const examples: readonly BandExample[] = missing("shared data") ? [] : read("bandwidth_two_way_exact.json");

  test.each(examples.map((example) => [example.id, example] as const))(
    "%s: whole-second offsets come within a second of the exact equal bands",
    (_, example) => {
      const problem = bandProblem(example);
      const found = optimiseOffsets(problem);
      const exact = example.max_equal.bandwidth_out_s;
      expect(Math.min(found.outbound_s, found.inbound_s)).toBeGreaterThanOrEqual(exact - 1);
      expect(Math.min(found.outbound_s, found.inbound_s)).toBeLessThanOrEqual(exact + 0.01);
      expect(
        found.offsets_s.every((offset) => Number.isInteger(offset) && offset >= 0 && offset < example.cycle_s),
      ).toBe(true);
    },
  );

  test.each(examples.map((example) => [example.id, example] as const))(
    "%s: the published offsets measure the published bands",
    (_, example) => {
      const bands = bandsOf(bandProblem(example), example.max_equal.one_optimal_offset_set_s);
      expect(bands.outbound_s).toBeCloseTo(example.max_equal.bandwidth_out_s, 1);
      expect(bands.inbound_s).toBeCloseTo(example.max_equal.bandwidth_out_s, 1);
      const green = (green_s: number) => ({ start_s: 0, green_s });
      if (new Set([...example.speed_out_mps]).size > 1) return;
      const swept = sweepBands(
        example.positions_m.map((distance_m, i) => ({
          offset_s: example.max_equal.one_optimal_offset_set_s[i] ?? 0,
          distance_m,
          outbound: green(example.coord_green_s[i] ?? 0),
          inbound: green(example.coord_green_s[i] ?? 0),
        })),
        example.cycle_s,
        example.speed_out_mps[0] ?? 1,
        example.speed_in_mps[0] ?? 1,
      );
      expect(Math.abs(swept.outbound_s - example.max_equal.bandwidth_out_s)).toBeLessThanOrEqual(0.2);
      expect(Math.abs(swept.inbound_s - example.max_equal.bandwidth_out_s)).toBeLessThanOrEqual(0.2);
    },
  );
});
