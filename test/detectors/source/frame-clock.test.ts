import { describe, expect, test } from "vitest";
import { FrameClock } from "../../../detectors/source/frame-clock.ts";
import { FrameRate } from "../../../detectors/source/frame-rate.ts";

test.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
  "a picture at %s s is no progress, and does not hide those after it",
  (odd_s) => {
    const clock = new FrameClock();
    expect([1, odd_s, 1.1].map((pts_s) => clock.judge(pts_s))).toEqual(["next", "old", "next"]);
  },
);

describe("the times of a stream's pictures", () => {
  const judge = (...times: readonly number[]) => {
    const clock = new FrameClock();
    return times.map((pts_s) => clock.judge(pts_s));
  };

  test("go on with each new time", () => {
    expect(judge(100, 100.04, 100.08)).toEqual(["next", "next", "next"]);
  });

  test("make no progress when the same picture comes again, or one from just before", () => {
    expect(judge(5, 5, 4.9, 5.04)).toEqual(["next", "old", "old", "next"]);
  });

  test("leap when the camera's clock is set or the broadcast begins anew", () => {
    expect(judge(5000, 0, 0.04)).toEqual(["next", "leap", "next"]);
    expect(judge(0, 3600)).toEqual(["next", "leap"]);
  });
});

describe("a frame rate", () => {
  test("is that of the newest pictures", () => {
    const rate = new FrameRate();
    for (let frame = 0; frame < 100; frame += 1) rate.saw(frame * (frame < 50 ? 100 : 40));
    for (let frame = 0; frame < 40; frame += 1) rate.saw(10_000 + frame * 40);
    expect(rate.rate(11_600)).toBe(25);
  });

  test("is none with a single picture, and none when they stopped coming", () => {
    const rate = new FrameRate();
    rate.saw(1000);
    expect(rate.rate(1000)).toBe(0);
    rate.saw(1040);
    expect(rate.rate(1050)).toBe(25);
    expect(rate.rate(4041)).toBe(0);
  });
});
