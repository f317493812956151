import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { localTime, overlayText } from "../../../../api/evidence/making/overlay-text.ts";
import { stagedAct } from "../../../support/staged-act.ts";

const start_ms = Date.UTC(2026, 10, 22, 7, 0, 0);
const detection = stagedAct({ start_ms, act_s: 1.237 });
const scene = { case_id: "case-7", detection, place: "Bạch Đằng", timezone: "Asia/Ho_Chi_Minh" };
const lineOf = (at_ms: number, change: Partial<typeof detection> = {}): readonly string[] =>
  overlayText({ ...scene, detection: { ...detection, ...change } }, at_ms).split("\n");

describe("the overlay of a picture", () => {
  test("says when in the street's time and in UTC, where, which case, and for how long red had shown", () => {
    expect(lineOf(start_ms + 1237)).toEqual([
      "STAGED: not a real event",
      "2026-11-22 14:00:01.23 +07:00   UTC 2026-11-22 07:00:01.23",
      "Bạch Đằng · north · eb-1",
      "red light · phase 2: red 2.50 s · case case-7",
    ]);
  });

  test("of a real act does not call it staged, and of a rule without a signal claims no light", () => {
    const lines = lineOf(start_ms + 1237, { staged: false, signal: null, lane: null });
    expect(lines[0]).toMatch(/^2026/);
    expect(lines[1]).toBe("Bạch Đằng · north");
    expect(lines[2]).toBe("red light · case case-7");
  });

  test("counts red up from its beginning, and before it shows what was shown", () => {
    expect(lineOf(start_ms + 2237).at(-1)).toContain("red 3.50 s");
    expect(lineOf(start_ms - 1500).at(-1)).toContain("phase 2: green");
  });

  test("claims no light that was not heard of for two seconds", () => {
    const samples = detection.signal?.samples.filter(({ at_ms }) => at_ms <= detection.at_ms) ?? [];
    const signal = { controller: "c", phase: 2, samples };
    expect(lineOf(detection.at_ms + 1900, { signal }).at(-1)).toContain("red 4.40 s");
    expect(lineOf(detection.at_ms + 2400, { signal }).at(-1)).toContain("phase 2: not known");
    expect(lineOf(detection.at_ms - 9500, { signal }).at(-1)).toContain("phase 2: not known");
  });

  test("is never ahead of the picture, and at most a hundredth behind", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 4e12 }),
        fc.constantFrom("Asia/Ho_Chi_Minh", "UTC", "Asia/Kathmandu", "Europe/Berlin"),
        (at_ms, zone) => {
          const shown = localTime(at_ms, zone);
          const read_ms = Date.parse(shown.replace(/^(\S+) (\S+) (\S+)$/, "$1T$2$3"));
          expect(at_ms - read_ms).toBeGreaterThanOrEqual(0);
          expect(at_ms - read_ms).toBeLessThan(10);
        },
      ),
    );
  });
});
