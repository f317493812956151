import { describe, expect, test } from "vitest";
import { ClockDrift } from "../../../detectors/watch/clock-drift.ts";
import { Seeded } from "../../support/seeded.ts";

const started_ms = 1_795_000_000_000;

/** Ten pictures a second, whose clock is `ppm` slower than ours, over a network that delays each by up to `jitter_ms`. */
function watched(drift: ClockDrift, seconds: number, ppm: number, jitter_ms: number): ClockDrift {
  const chance = new Seeded(7);
  for (let n = 0; n < seconds * 10; n += 1) {
    const at_s = n / 10;
    drift.saw(1000 + at_s / (1 + ppm / 1e6), started_ms + at_s * 1000 + chance.next() * jitter_ms);
  }
  return drift;
}

describe("a stream's clock", () => {
  test("is not judged before two minutes", () => {
    expect(watched(new ClockDrift(), 100, 5000, 0).drift()).toBeNull();
  });

  test.each([-3000, -400, 0, 50, 400, 3000])(
    "that is %i ppm slow is found so through half a second of jitter",
    (ppm) => {
      const found = watched(new ClockDrift(), 600, ppm, 500).drift();
      expect(Math.abs((found?.ppm ?? Number.NaN) - ppm)).toBeLessThan(60);
      expect(found?.excessive).toBe(Math.abs(ppm) > 200);
      expect(found?.observed_s).toBeGreaterThan(570);
    },
  );

  test("is another one after each connection", () => {
    const drift = watched(new ClockDrift(), 600, 3000, 0);
    drift.epoch();
    expect(drift.drift()).toBeNull();
    expect(watched(drift, 600, 0, 100).drift()?.excessive).toBe(false);
  });

  test("is judged by its newest ten minutes", () => {
    const drift = new ClockDrift();
    for (let at_s = 0; at_s < 3600; at_s += 1) drift.saw(at_s, started_ms + at_s * 1000 + Math.min(at_s, 1800));
    expect(drift.drift()).toMatchObject({ ppm: 0, excessive: false });
  });
});
