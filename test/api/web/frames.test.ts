import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { frameAt, middleOf_s, within } from "../../../api/web/src/review/frames.ts";

/** Pauses of a camera that sends when it can: from 8 ms to a second. */
const times = fc.array(fc.integer({ min: 8, max: 1000 }), { minLength: 1, maxLength: 300 }).map((pauses_ms) => {
  const starts_s = [0];
  for (const pause_ms of pauses_ms) starts_s.push((starts_s.at(-1) ?? 0) + pause_ms / 1000);
  return starts_s;
});

describe("pictures of a clip by number", () => {
  it("are found again from the middle of their time, and from its start, however uneven they come", () => {
    fc.assert(
      fc.property(times, (times_s) => {
        for (const [frame, start_s] of times_s.entries()) {
          expect(frameAt(times_s, start_s)).toBe(frame);
          expect(frameAt(times_s, middleOf_s(times_s, frame))).toBe(frame);
        }
      }),
    );
  });

  it("are the last one after the end, and the first before the start", () => {
    expect(frameAt([0, 0.04, 0.1], 9)).toBe(2);
    expect(frameAt([0.02, 0.06], 0)).toBe(0);
    expect(frameAt([], 1)).toBe(0);
  });

  it("never lie outside the clip", () => {
    expect([within(-3, 10), within(4, 10), within(10, 10)]).toEqual([0, 4, 9]);
  });
});
