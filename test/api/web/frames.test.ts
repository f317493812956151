import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { frameAt, frameCount, middleOf_s, within } from "../../../api/web/src/review/frames.ts";

const rates = fc.constantFrom(8, 10, 12.5, 15, 25, 29.97, 30, 59.94, 60);

describe("pictures of a clip by number", () => {
  it("are found again from the middle of their time, and from its start", () => {
    fc.assert(
      fc.property(rates, fc.integer({ min: 0, max: 10_000 }), (rate, frame) => {
        expect(frameAt(middleOf_s(frame, rate), rate)).toBe(frame);
        expect(frameAt(frame / rate, rate)).toBe(frame);
      }),
    );
  });

  it("are as many as the clip is long", () => {
    expect(frameCount(8.833333, 30)).toBe(265);
    expect(frameCount(10, 29.97)).toBe(300);
    expect(frameCount(0, 30)).toBe(1);
  });

  it("never lie outside it", () => {
    expect([within(-3, 10), within(4, 10), within(10, 10)]).toEqual([0, 4, 9]);
  });
});
