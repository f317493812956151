import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arrivalsByCycle, linkPivot, type PivotLink } from "../../../core/retime/link-pivot.ts";

const cycle_s = 60;
const window = (from_s: number, length_s: number): number[] =>
  Array.from({ length: cycle_s }, (_, second) => ((second - from_s + cycle_s) % cycle_s < length_s ? 1 : 0));
const platoon = (from_s: number, length_s: number): number[] => window(from_s, length_s).map((one) => 10 * one);
const nobody = Array.from({ length: cycle_s }, () => 0);

const seconds = fc.integer({ min: 0, max: cycle_s - 1 });
const direction = fc.record({
  arrivals: fc.array(fc.integer({ min: 0, max: 30 }), { minLength: cycle_s, maxLength: cycle_s }),
  green: fc.tuple(seconds, fc.integer({ min: 5, max: 50 })).map(([from_s, length_s]) => window(from_s, length_s)),
});
const link = fc.record({ outbound: direction, inbound: direction });

/** Everybody driven anew: the light of a signal that begins later is what it was so many seconds before. */
function met({ inbound, outbound }: PivotLink, near_s: number, far_s: number): number {
  let sum = 0;
  for (let second = 0; second < cycle_s; second += 1) {
    // On a clock that stands for all: who left the near signal later by near_s comes later by as much.
    const out = (second + near_s - far_s + 2 * cycle_s) % cycle_s;
    const back = (second + far_s - near_s + 2 * cycle_s) % cycle_s;
    sum += (outbound.arrivals[second] as number) * (outbound.green[out] as number);
    sum += (inbound.arrivals[second] as number) * (inbound.green[back] as number);
  }
  return sum;
}

describe("link pivot", () => {
  it("moves a green to the platoon that comes after it", () => {
    const late = {
      outbound: { arrivals: platoon(30, 15), green: window(0, 25) },
      inbound: { arrivals: nobody, green: window(0, 25) },
    };
    const { links, shift_s } = linkPivot([late]);
    expect(links[0]).toMatchObject({ on_green_before: 0, on_green_after: 1 });
    expect(shift_s[1]).toBeGreaterThanOrEqual(20);
    expect(shift_s[1]).toBeLessThanOrEqual(30);
  });

  it("leaves a street alone on which all meet green", () => {
    const good = {
      outbound: { arrivals: platoon(3, 10), green: window(0, 25) },
      inbound: { arrivals: platoon(5, 9), green: window(0, 20) },
    };
    expect(linkPivot([good, good, good]).shift_s).toEqual([0, 0, 0, 0]);
  });

  it("finds what no other offsets of a street beat, and tells how many meet green", () => {
    fc.assert(
      fc.property(
        fc.array(link, { minLength: 1, maxLength: 4 }),
        fc.array(seconds, { minLength: 5, maxLength: 5 }),
        (links, other) => {
          const { links: made, shift_s } = linkPivot(links);
          const sum = (offsets: readonly number[]): number =>
            links.reduce((all, each, at) => all + met(each, offsets[at] as number, offsets[at + 1] as number), 0);
          expect(sum(shift_s)).toBeGreaterThanOrEqual(sum(other) - 1e-6);
          expect(sum(shift_s)).toBeGreaterThanOrEqual(sum([0, 0, 0, 0, 0]) - 1e-6);
          const told = made.reduce((all, { on_green_after }, at) => {
            const { inbound, outbound } = links[at] as PivotLink;
            return all + on_green_after * [...inbound.arrivals, ...outbound.arrivals].reduce((a, b) => a + b, 0);
          }, 0);
          expect(told).toBeCloseTo(sum(shift_s), 3);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("counts instants by the second of the signal's own cycle", () => {
    const found = arrivalsByCycle([100, 100.9, 160, 99.5], 60, 40);
    expect(found[0]).toBe(3);
    expect(found[59]).toBe(1);
    expect(found.reduce((a, b) => a + b)).toBe(4);
  });

  it("does not take cycles of different lengths", () => {
    const other = { outbound: { arrivals: [1, 2], green: [1, 0] }, inbound: { arrivals: [1, 2, 3], green: [1, 0] } };
    expect(() => linkPivot([other])).toThrow(RangeError);
  });
});
