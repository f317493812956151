import { describe, expect, test } from "vitest";
import { machineConfig, machinePattern } from "../../../../core/signal/machine/convert.ts";
import { refusalOf } from "../../../../core/signal/machine/timetable.ts";
import { fourLegs, fourLegsPlan } from "../four-legs.ts";

const refused = (intergreen_ab_s: number) => {
  const conflicts = [...fourLegs.signal.conflicts, { a: 1, b: 2, intergreen_ab_s }];
  const config = machineConfig({ signal: { ...fourLegs.signal, conflicts } });
  return refusalOf(config, machinePattern(fourLegsPlan));
};

describe("a pattern whose intergreen eats the green", () => {
  test("is refused where less than the minimum green is left, and run where just that is left", () => {
    // Split 35 s, yellow and red 5 s: 30 s of green, of which 20 may go for the intergreen beyond the 5 s of phase 1.
    expect(refused(25)).toBeNull();
    expect(refused(25.1)).toBe("badPlan");
  });
});
