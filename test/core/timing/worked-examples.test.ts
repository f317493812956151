/** Published worked examples; the reference data lies outside the repository and the tests skip without it. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { bandValue, idealOffset_s } from "../../../core/timing/coordination.ts";
import { delayParts, uniformDelay_s, websterDelay_s, websterTerms } from "../../../core/timing/delay.ts";
import { websterCycle_s } from "../../../core/timing/webster.ts";
import { missing, sharedFolder } from "../../support/peers.ts";

const FOOT_M = 0.3048;

describe.skipIf(missing("shared data"))("published cycle, delay and offset examples", () => {
  const file = `${sharedFolder}data/signal/worked/webster_hcm_offset_examples.json`;
  const examples = missing("shared data") ? null : JSON.parse(readFileSync(file, "utf8"));

  test("Webster's optimum cycle (Rogers, example 5.6)", () => {
    const { inputs, expected, tolerance } = examples.webster_optimum_cycle[0];
    const ratio = inputs.critical_y.reduce((sum: number, y: number) => sum + y, 0);
    expect(Math.abs(websterCycle_s(inputs.lost_time_s, ratio) - expected)).toBeLessThanOrEqual(tolerance);
  });

  test("uniform delay (GATE)", () => {
    const { inputs, expected, tolerance } = examples.uniform_delay[0];
    const ratio = inputs.arrival_veh_per_min / inputs.saturation_veh_per_min;
    expect(Math.abs(uniformDelay_s(inputs.cycle_s, inputs.green_s, ratio) - expected)).toBeLessThanOrEqual(tolerance);
  });

  test("Webster's delay with its three terms (Salter, chapter 43)", () => {
    for (const { inputs, expected } of examples.webster_delay_recomputed) {
      const { cycle_s, green_ratio, flow_veh_s, saturation_veh_s } = inputs;
      const green_s = cycle_s * green_ratio;
      const terms = websterTerms(cycle_s, green_s, flow_veh_s, saturation_veh_s);
      expect(terms.x).toBeCloseTo(expected.x, 6);
      expect(terms.uniform_s).toBeCloseTo(expected.uniform, 6);
      expect(terms.random_s).toBeCloseTo(expected.random, 6);
      expect(terms.correction_s).toBeCloseTo(expected.correction, 6);
      expect(websterDelay_s(cycle_s, green_s, flow_veh_s, saturation_veh_s)).toBeCloseTo(expected.delay, 6);
    }
  });

  test("HCM 2000 control delay (Roess, Prassas and McShane)", () => {
    const { inputs, expected, tolerance } = examples.hcm2000_control_delay[0];
    const { v, c, g_over_C, C, T_h, k, I, PF, initial_queue } = inputs;
    const parts = delayParts({
      cycle_s: C,
      green_s: g_over_C * C,
      flow_h: v,
      capacity_h: c,
      period_h: T_h,
      k,
      filtering: I,
      progression: PF,
      queue_veh: initial_queue,
    });
    expect(parts.x).toBeCloseTo(expected.X, 6);
    expect(Math.abs(parts.uniform_s - expected.d1)).toBeLessThanOrEqual(tolerance);
    expect(Math.abs(parts.incremental_s - expected.d2)).toBeLessThanOrEqual(tolerance);
    expect(Math.abs(parts.uniform_s + parts.incremental_s - expected.d)).toBeLessThanOrEqual(tolerance);
  });

  test("of the NPTEL page, which contradicts itself, the degree of saturation and the uniform delay", () => {
    const { inputs, expected } = examples.hcm2000_control_delay[1];
    const { v, s, g_over_C, C } = inputs;
    const parts = delayParts({ cycle_s: C, green_s: g_over_C * C, flow_h: v, capacity_h: s * g_over_C });
    expect(parts.x).toBeCloseTo(expected.X, 5);
    expect(parts.uniform_s).toBeCloseTo(expected.d1, 2);
    expect(parts.incremental_s).toBeCloseTo(82.71, 2);
  });

  test("offsets on a clear street and before a queue", () => {
    const [clear, queued] = examples.offset;
    const length_m = clear.inputs.length_ft * FOOT_M;
    const speed_ms = clear.inputs.speed_fps * FOOT_M;
    expect(idealOffset_s({ length_m, speed_ms })).toBeCloseTo(clear.expected_s, 6);
    const { queue_veh_per_lane, discharge_headway_s, startup_lost_s } = queued.inputs;
    expect(
      idealOffset_s({
        length_m,
        speed_ms,
        queue_veh: queue_veh_per_lane,
        headway_s: discharge_headway_s,
        startup_lost_s,
      }),
    ).toBeCloseTo(queued.expected_s, 6);
  });

  test("what a band carries (NPTEL)", () => {
    const { inputs, expected } = examples.bandwidth[1];
    const value = bandValue(inputs.northbound_bandwidth_s, inputs.cycle_s, inputs.headway_s);
    expect(value.efficiency).toBeCloseTo(expected.efficiency, 5);
    expect(value.vehicles_per_cycle_per_lane).toBeCloseTo(expected.vehicles_per_cycle_per_lane, 9);
    expect(value.capacity_veh_h_per_lane).toBeCloseTo(expected.capacity_vphpl, 9);
  });
});
