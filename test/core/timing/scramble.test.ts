import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  compareScramble,
  type ScramblePhase,
  type ScrambleQuestion,
  type ScrambleWay,
} from "../../../core/timing/scramble.ts";

const phase = (more: Partial<ScramblePhase> = {}): ScramblePhase => ({
  flow_h: 400,
  saturation_h: 1700,
  turning_share: 0.3,
  lost_s: 5,
  min_green_s: 7,
  crossing_m: 14,
  people_h: 100,
  ...more,
});

const question = (phases: readonly ScramblePhase[], more: Partial<ScrambleQuestion> = {}): ScrambleQuestion => ({
  phases,
  diagonal_m: 20,
  diagonal_share: 0.2,
  longest_cycle_s: 150,
  ...more,
});

describe("a scramble", () => {
  it("is not worth while for a few people on a busy crossroads", () => {
    const { better } = compareScramble(
      question([phase({ flow_h: 550, people_h: 20 }), phase({ flow_h: 500, people_h: 20 })]),
    );
    expect(better).toBe("beside");
  });

  it("is worth while where crowds cross to the opposite corner and few drive, all of them turning through the crowd", () => {
    const crowd = phase({ flow_h: 250, people_h: 4000, turning_share: 1 });
    const { better } = compareScramble(question([crowd, crowd], { diagonal_share: 0.8, diagonal_m: 18 }));
    expect(better).toBe("scramble");
  });

  it("walks for seven seconds and clears the whole diagonal at the speed of the slow", () => {
    const { scramble } = compareScramble(question([phase(), phase()], { diagonal_m: 25, walking_ms: 1 }));
    expect(scramble?.scramble_s).toBeGreaterThanOrEqual(7 + 25);
  });

  it("lets turning vehicles lose nothing to people, as they do beside them", () => {
    const alone = compareScramble(question([phase({ people_h: 0 }), phase({ people_h: 0 })]));
    const crowded = compareScramble(question([phase({ people_h: 3000 }), phase({ people_h: 3000 })]));
    expect(crowded.scramble?.vehicle_delay_s).toBeCloseTo(alone.scramble?.vehicle_delay_s ?? 0, 9);
    expect(crowded.beside?.vehicle_delay_s).toBeGreaterThan(alone.beside?.vehicle_delay_s ?? 0);
  });

  it("is the only way where people beside vehicles do not fit into the longest cycle, and none where it does not either", () => {
    const wide = phase({ crossing_m: 60 });
    expect(compareScramble(question([wide, wide, wide], { longest_cycle_s: 150 })).better).toBe("scramble");
    expect(compareScramble(question([wide, wide, wide], { longest_cycle_s: 40 }))).toEqual({
      beside: null,
      scramble: null,
      better: null,
    });
  });

  it("shares out the whole cycle where nobody comes", () => {
    const { beside } = compareScramble(
      question([phase({ flow_h: 0, people_h: 0 }), phase({ flow_h: 0, people_h: 0 })]),
    );
    expect((beside?.green_s ?? []).reduce((sum, green) => sum + green, 10)).toBeCloseTo(beside?.cycle_s ?? 0, 6);
  });

  it("keeps least greens and the longest cycle, and the greens and all between them are the cycle, whatever the traffic", () => {
    const anyPhase = fc.record({
      flow_h: fc.integer({ min: 0, max: 1800 }),
      saturation_h: fc.integer({ min: 900, max: 3600 }),
      turning_share: fc.double({ min: 0, max: 1, noNaN: true }),
      lost_s: fc.integer({ min: 3, max: 8 }),
      min_green_s: fc.integer({ min: 5, max: 15 }),
      crossing_m: fc.option(fc.integer({ min: 5, max: 30 }), { nil: null }),
      people_h: fc.integer({ min: 0, max: 5000 }),
    });
    fc.assert(
      fc.property(
        fc.array(anyPhase, { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 8, max: 45 }),
        (phases, diagonal_m) => {
          const { beside, scramble } = compareScramble(question(phases, { diagonal_m }));
          const lost_s = phases.reduce((sum, each) => sum + each.lost_s, 0);
          const sound = (way: ScrambleWay | null, extra_s: number): void => {
            if (way === null) return;
            expect(way.cycle_s).toBeLessThanOrEqual(150);
            expect(way.green_s.reduce((sum, green) => sum + green, 0) + lost_s + extra_s).toBeCloseTo(way.cycle_s, 6);
            for (const [at, green] of way.green_s.entries()) {
              expect(green).toBeGreaterThanOrEqual((phases[at] as ScramblePhase).min_green_s - 1e-9);
            }
            expect(Number.isFinite(way.waiting_h) && way.waiting_h >= 0).toBe(true);
          };
          sound(beside, 0);
          sound(scramble, (scramble?.scramble_s ?? 0) + 2);
        },
      ),
      { numRuns: 200 },
    );
  });
});
