import { describe, expect, it } from "vitest";
import { timesOf, timesText } from "../../../api/cli/check-times.ts";
import { intersectionSchema } from "../../../core/network/schema.ts";
import { fourLegs } from "../../core/signal/four-legs.ts";

const { signal } = fourLegs;
const measured = intersectionSchema.parse({
  ...fourLegs,
  signal: {
    ...signal,
    clearances: signal.clearances.map((each) => (each.phase === 2 ? { phase: 2, conflict_width_m: 18 } : each)),
  },
});

describe("the times of a site, explained", () => {
  it("say what is held, what is needed, and what went into it", () => {
    const rows = timesOf([measured]);
    expect(rows.filter(({ phase }) => phase === 2)).toEqual([
      {
        intersection: "four-legs",
        what: "yellow",
        phase: 2,
        to: null,
        holds_s: 3.3,
        needs_s: 3.3,
        inputs: { speed_kmh: 50, grade_pct: 0 },
        formula: "1.0 + v / (2 * 3.05 + 2 * 9.81 * grade)",
        source: "ITE kinematic yellow change, NCHRP Report 731 (2012)",
      },
      expect.objectContaining({
        what: "red_clear",
        holds_s: 1.5,
        needs_s: 1.5,
        inputs: { conflict_width_m: 18, speed_kmh: 50 },
      }),
    ]);
  });

  it("are one line each, in columns", () => {
    const lines = timesText(timesOf([measured])).split("\n");
    expect(lines).toHaveLength(9);
    expect(lines[1]).toMatch(/^four-legs {2}yellow 2 +3\.3 s held {2}3\.3 s needed {2}speed_kmh 50, grade_pct 0/);
  });
});
