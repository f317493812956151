import { describe, expect, it } from "vitest";
import { Expectations, stuckFrom_s } from "../../../core/adaptive/expectations.ts";
import { PRIORITY, RED } from "../../../core/adaptive/junction.ts";
import { crossing, standing } from "./crossing.ts";

const green = new Uint8Array(4).fill(PRIORITY);
const red = new Uint8Array(4).fill(RED);

describe("what an intersection learns", () => {
  it("is how many come", () => {
    const learned = new Expectations(crossing);
    const sight = standing([0, 0, 0, 0]);
    for (let s = 0; s < 1800; s += 1) {
      const lane = sight.lanes[1];
      if (lane !== undefined) lane.entered = s % 4 === 0 ? 1 : 0;
      learned.learn(sight, red, 1);
    }
    expect(learned.arrivals_s[1]).toBeCloseTo(0.25, 2);
    expect(learned.arrivals_s[0]).toBe(0);
  });

  it("is how fast a queue leaves", () => {
    const learned = new Expectations(crossing);
    const sight = standing([0, 0, 8, 0]);
    const lane = sight.lanes[2];
    if (lane === undefined) throw new Error("a crossing has four lanes");
    lane.speed_m_s.fill(4);
    for (let s = 0; s < 2000; s += 1) {
      lane.left = s % 3 === 0 ? 1 : 0;
      learned.learn(sight, green, 1);
    }
    expect(learned.headway_s[2]).toBeCloseTo(3, 1);
    expect(learned.headway_s[1]).toBe(1.95);
  });

  it("is which way they go, by lane", () => {
    const learned = new Expectations(crossing);
    const sight = standing([0, 0, 0, 0]);
    sight.turned[1] = 1;
    for (let s = 0; s < 1000; s += 1) learned.learn(sight, green, 1);
    expect(learned.share[1]).toBeGreaterThan(0.99);
    expect((learned.share[0] as number) + (learned.share[1] as number)).toBeCloseTo(1, 12);
    expect(learned.share[2]).toBe(1);
  });

  it("is that a lane is stuck, until somebody goes or a while after its green", () => {
    const learned = new Expectations(crossing);
    const sight = standing([4, 0, 0, 0]);
    for (let s = 0; s < stuckFrom_s; s += 1) learned.learn(sight, green, 1);
    expect(learned.stuck_s[0]).toBeGreaterThanOrEqual(stuckFrom_s);
    for (let s = 0; s < 60; s += 1) learned.learn(sight, red, 1);
    expect(learned.stuck_s[0]).toBe(0);
    for (let s = 0; s < stuckFrom_s; s += 1) learned.learn(sight, green, 1);
    const lane = sight.lanes[0];
    if (lane !== undefined) lane.left = 1;
    learned.learn(sight, green, 1);
    expect(learned.stuck_s[0]).toBe(0);
  });
});
