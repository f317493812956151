import { describe, expect, test } from "vitest";
import { signalCodes as codes } from "../../../core/signal/events/signal-codes.ts";
import { crossroadsPlan } from "../../support/crossroads.ts";
import { type Cabinet, cabinet, settingsOf } from "./cabinet.ts";

function recorded(
  bench: Cabinet,
  seconds: number,
): readonly (readonly [ds: number, code: number, parameter: number])[] {
  const log = bench.controller.record(10_000);
  const from_ds = bench.now_ds;
  bench.run(seconds);
  return log.take().map(({ at_ms, event_id, parameter }) => [at_ms / 100 - from_ds, event_id, parameter] as const);
}

const of = (events: ReturnType<typeof recorded>, parameter: number, ...wanted: readonly number[]) =>
  events.filter(([, code, own]) => own === parameter && wanted.includes(code)).map(([at, code]) => [at, code]);

describe("the hi-res log of a virtual controller", () => {
  test("tells a phase's life from its call to its end in Indiana codes", () => {
    const bench = cabinet();
    bench.run(30);
    bench.controller.device.detectors.set(4, true);
    const events = recorded(bench, 3);
    bench.controller.device.detectors.set(4, false);
    const later = recorded(bench, 60);
    expect(of(events, 4, codes.detector_on, codes.phase_call_registered)).toEqual([
      [1, 82],
      [1, 43],
    ]);
    const life = [0, 1, 3, 4, 5, 7, 8, 9, 10, 11, 12];
    expect(of([...events, ...later], 4, ...life).map(([, code]) => code)).toEqual([0, 1, 3, 4, 7, 8, 9, 10, 11, 12]);
    expect(of(events, 2, ...life).map(([, code]) => code)).toEqual([4, 7, 8]);
    expect(
      of(later, 2, ...life)
        .map(([, code]) => code)
        .slice(0, 4),
    ).toEqual([9, 10, 11, 12]);
  });

  test("names the reason of a green's end, walks, and the pattern", () => {
    const bench = cabinet();
    bench.run(30);
    bench.transact(settingsOf(crossroadsPlan));
    bench.set([
      ["systemPatternControl", [], crossroadsPlan.pattern],
      ["phaseControlGroupVehCall", [1], 255],
      ["phaseControlGroupPedCall", [1], 1 << 3],
    ]);
    const events = recorded(bench, 200);
    expect(of(events, crossroadsPlan.pattern, codes.coordination_pattern_change)).toHaveLength(1);
    expect(of(events, 90, codes.cycle_length_change)).toHaveLength(1);
    expect(of(events, 4, codes.phase_force_off).length).toBeGreaterThanOrEqual(1);
    expect(
      of(events, 4, 21, 22, 23)
        .map(([, code]) => code)
        .slice(0, 3),
    ).toEqual([21, 22, 23]);
    const zeros = of(events, 5, codes.coordination_state_change).map(([at]) => at ?? 0);
    expect(zeros.length).toBeGreaterThanOrEqual(2);
    expect((zeros[1] ?? 0) - (zeros[0] ?? 0)).toBe(900);
  });

  test("keeps the newest events only", () => {
    const bench = cabinet();
    const log = bench.controller.record(10);
    bench.set([["phaseControlGroupVehCall", [1], 255]]);
    bench.run(600);
    expect(log.take()).toHaveLength(10);
    expect(log.take()).toHaveLength(0);
  });
});
