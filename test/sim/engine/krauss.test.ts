import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  approachSpeed,
  brakeGap,
  brakeGapAtMost,
  followSpeedUpTo,
  safeFollowSpeed,
  safeStopSpeed,
  stopSpeedUpTo,
} from "../../../sim/engine/krauss.ts";

const decel = fc.double({ min: 1, max: 10, noNaN: true });
const gap = fc.double({ min: 0, max: 500, noNaN: true });
const speed = fc.double({ min: 0, max: 60, noNaN: true });
const step = fc.constantFrom(0.1, 0.5, 1);

/** Drives on at `first` for one step and brakes from then on: metres until standing. */
function stoppingWay(first: number, b: number, dt: number, headway_s: number): number {
  let way = first * headway_s;
  for (let v = first - b * dt; v > 0; v -= b * dt) way += v * dt;
  return way;
}

describe("car following after Krauss", () => {
  it("lets nobody drive faster than he can stop within the gap", () => {
    fc.assert(
      fc.property(gap, decel, step, (metres, b, dt) => {
        const v = safeStopSpeed(metres, b, dt, dt);
        expect(v).toBeGreaterThanOrEqual(0);
        expect(stoppingWay(v, b, dt, dt)).toBeLessThanOrEqual(metres + 1e-6);
      }),
    );
  });

  it("uses the gap: a decimetre a second faster would be too fast", () => {
    fc.assert(
      fc.property(fc.double({ min: 1, max: 500, noNaN: true }), decel, (metres, b) => {
        const v = safeStopSpeed(metres, b, 1, 1);
        expect(stoppingWay(v + 0.1, b, 1, 1)).toBeGreaterThan(metres - 0.1);
      }),
    );
  });

  it("never lets a follower touch a leader who brakes as hard as he can, step after step", () => {
    fc.assert(
      fc.property(gap, speed, decel, (metres, leading, b) => {
        let [front, lead, v] = [metres, leading, 0];
        v = safeFollowSpeed(front, lead, b, b, 1, 1);
        for (let i = 0; i < 200 && (v > 0 || lead > 0); i += 1) {
          lead = Math.max(0, lead - b);
          front += lead - v;
          expect(front).toBeGreaterThanOrEqual(-1e-6);
          v = Math.min(v, safeFollowSpeed(front, lead, b, b, 1, 1));
        }
      }),
    );
  });

  it("comes to a slower place at its speed", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 5, max: 300, noNaN: true }),
        fc.double({ min: 2, max: 20, noNaN: true }),
        (way, slow) => {
          let [left, v] = [way, 60];
          for (let i = 0; i < 1000 && left > 0; i += 1) {
            v = Math.min(v, approachSpeed(left, slow, 4.5, 1));
            left -= v;
          }
          // The step that leads over the line may end beyond it: the next one is at the wanted speed.
          expect(v - 4.5).toBeLessThanOrEqual(slow + 1e-6);
        },
      ),
    );
  });

  it("needs 35.2 m to stop from 13.9 m/s at 4.5 m/s², reaction second included", () => {
    expect(brakeGap(13.9, 4.5, 1, 1)).toBeCloseTo(13.9 + 9.4 + 4.9 + 0.4, 6);
  });

  it("reckons with less where that is enough: the lesser of two speeds is the same to the last bit", () => {
    fc.assert(
      fc.property(speed, gap, speed, decel, decel, step, (most, metres, leading, theirs, b, dt) => {
        expect(stopSpeedUpTo(most, metres, b, dt, dt)).toBe(Math.min(most, safeStopSpeed(metres, b, dt, dt)));
        expect(stopSpeedUpTo(most, metres, b, 1, dt)).toBe(Math.min(most, safeStopSpeed(metres, b, 1, dt)));
        const safe = safeFollowSpeed(metres, leading, theirs, b, 1, dt);
        expect(followSpeedUpTo(most, metres, leading, theirs, b, 1, dt)).toBe(Math.min(most, safe));
        expect(brakeGapAtMost(most, b, 1)).toBeGreaterThan(brakeGap(most, b, 1, dt));
      }),
      { numRuns: 2000 },
    );
  });
});
