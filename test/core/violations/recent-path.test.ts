import { describe, expect, test } from "vitest";
import { RecentPath } from "../../../core/violations/recent-path.ts";
import { draw } from "../../../sim/arrivals/random.ts";

/** 8 m/s along x, past 0 at 3 s, swinging aside; each place off by up to `noise_m`. */
function driven(noise_m: number, to_s = 4): RecentPath {
  const path = new RecentPath();
  const chance = Uint32Array.of(11);
  const off = (): number => (draw(chance, 0) * 2 - 1) * noise_m;
  for (let t_s = 0; t_s < to_s; t_s += 0.04) {
    path.add({ x_m: 8 * (t_s - 3) + off(), y_m: Math.sin(t_s) + off() }, 1000 * t_s);
  }
  return path;
}

describe("the last seconds of a way", () => {
  test("tell place and velocity at a moment by what was before and after it", () => {
    const at = driven(0.05).at(3100);
    expect(at?.x_m).toBeCloseTo(0.8, 1);
    expect(at?.y_m).toBeCloseTo(Math.sin(3.1), 1);
    expect(Math.abs((at?.vy ?? 0) - Math.cos(3.1))).toBeLessThan(0.1);
  });

  test("tell when a line was crossed to a few milliseconds, where two places alone are off by more", () => {
    const crossed_ms = driven(0.2).zero_ms(({ x_m }) => x_m, 3020);
    expect(Math.abs(crossed_ms - 3000)).toBeLessThan(8);
  });

  test("say nothing of what was not seen", () => {
    expect(driven(0.05).at(9000)).toBeNull();
    expect(driven(0.05).zero_ms(({ x_m }) => x_m, 9000)).toBe(9000);
    expect(driven(0.05).zero_ms(({ x_m }) => x_m - 100, 3000)).toBe(3000);
  });

  test("are the last ones, however long it went on", () => {
    const path = driven(0, 60);
    expect(path.at(3000)).toBeNull();
    expect(path.at(59_500)?.vx).toBeCloseTo(8, 1);
  });
});
