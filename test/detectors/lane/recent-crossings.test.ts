import { describe, expect, test } from "vitest";
import { RecentCrossings } from "../../../detectors/lane/recent-crossings.ts";

/** A car 80 px long and 40 px wide that crosses a line at 200 px/s. */
const car = { wide: 40, long: 80, speed: 200, kind: 1 } as const;

function crosses(recent: RecentCrossings, t_s: number, along: number, kind: number = car.kind): boolean {
  return recent.repeats(t_s, along, car.wide, car.long, car.speed, kind);
}

describe("two crossings of one line", () => {
  test("are one vehicle when less than half a box apart in both directions", () => {
    const recent = new RecentCrossings();
    expect(crosses(recent, 10, 100)).toBe(false);
    expect(crosses(recent, 10.15, 110)).toBe(true);
  });

  test("are two when one follows a box behind", () => {
    const recent = new RecentCrossings();
    crosses(recent, 10, 100);
    expect(crosses(recent, 10 + car.long / car.speed, 100)).toBe(false);
  });

  test("are two when side by side", () => {
    const recent = new RecentCrossings();
    crosses(recent, 10, 100);
    expect(crosses(recent, 10, 100 + car.wide)).toBe(false);
  });

  test("are two when of another kind or the other way", () => {
    const recent = new RecentCrossings();
    crosses(recent, 10, 100);
    expect(crosses(recent, 10, 100, -car.kind)).toBe(false);
  });

  test("are compared both ways in time: the surer track may report later what happened earlier", () => {
    const recent = new RecentCrossings();
    crosses(recent, 10.1, 100);
    expect(crosses(recent, 10, 100)).toBe(true);
  });
});
