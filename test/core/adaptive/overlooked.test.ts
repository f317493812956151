import { describe, expect, it } from "vitest";
import { IndexRule } from "../../../core/adaptive/index-rule.ts";
import { givenToLanes, PRIORITY, RED } from "../../../core/adaptive/junction.ts";
import { Overlooked } from "../../../core/adaptive/overlooked.ts";
import { JunctionSight, type LaneSight } from "../../../core/adaptive/sight.ts";
import { crossing } from "./crossing.ts";

const [red, green] = [new Uint8Array(4).fill(RED), new Uint8Array(4).fill(PRIORITY)];

class Watched {
  readonly sight = new JunctionSight(crossing);
  readonly #overlooked = new Overlooked(crossing);
  #second = 0;

  /** Somebody comes into sight on lane 2 every 60 s, if anybody comes. `told`: the share of them that neighbours tell of. */
  run(seconds: number, given: Uint8Array, told = 0, comes = true): void {
    for (let s = 0; s < seconds; s += 1) {
      for (const lane of this.sight.lanes) lane.clear();
      const lane = this.sight.lanes[2] as LaneSight;
      lane.hear(told > 0 ? new Float64Array(50) : null, told, 0);
      lane.entered = comes && this.#second % 60 === 0 ? 1 : 0;
      this.#overlooked.look(this.sight, given, 1);
      this.#second += 1;
    }
  }

  get hidden(): number {
    return this.sight.lanes[2]?.hidden ?? Number.NaN;
  }
}

describe("who may stand before an intersection unseen", () => {
  it("is one in ten of those who usually come while the lane has red, and nobody after green", () => {
    const watched = new Watched();
    watched.run(600, green);
    expect(watched.hidden).toBe(0);
    watched.run(90, red);
    // 1.5 have been seen to come on average: of 1.67, a sixth of one was missed; a little less, as nobody comes on the other lanes.
    expect(watched.hidden).toBeGreaterThan(0.11);
    expect(watched.hidden).toBeLessThan(0.2);
    watched.run(1, green);
    expect(watched.hidden).toBe(0);
  });

  it("is nobody so soon that a green for him would cost others more than he has waited", () => {
    const watched = new Watched();
    watched.run(600, green);
    watched.run(15, red);
    expect(watched.hidden).toBe(0);
  });

  it("is a fifth of that where neighbours would have told of him: some are taken for others", () => {
    const [alone, told] = [new Watched(), new Watched()];
    alone.run(600, green);
    told.run(600, green);
    alone.run(180, red);
    told.run(180, red, 1);
    expect(told.hidden).toBeGreaterThan(0);
    expect(told.hidden / alone.hidden).toBeCloseTo(0.2, 2);
  });

  it("is looked for sooner where one green would serve several lanes on which somebody may stand", () => {
    const redFor = (lanes: readonly number[]): number => {
      const [sight, overlooked] = [new JunctionSight(crossing), new Overlooked(crossing)];
      const look = (given: Uint8Array, second: number): void => {
        for (const lane of sight.lanes) lane.clear();
        for (const at of lanes) (sight.lanes[at] as LaneSight).entered = second % 60 === 0 ? 1 : 0;
        overlooked.look(sight, given, 1);
      };
      for (let second = 0; second < 600; second += 1) look(green, second);
      for (let second = 600; second < 1200; second += 1) {
        look(red, second);
        if (lanes.every((at) => (sight.lanes[at]?.hidden ?? 0) > 0)) return second - 600;
      }
      return Number.POSITIVE_INFINITY;
    };
    const together = [0, 1, 2, 3].filter((at) => (givenToLanes(crossing)[1]?.[at] ?? RED) > RED);
    expect(together.length).toBeGreaterThan(1);
    expect(redFor(together)).toBeLessThan(redFor(together.slice(0, 1)));
  });

  it("gets green where nobody else is there, and not before those who are", () => {
    const rule = new IndexRule(crossing);
    const sight = new JunctionSight(crossing);
    const hiddenOn = sight.lanes[2] as LaneSight;
    rule.look(sight, 0, 1);
    expect(rule.decide(sight, 0).stage).toBe(0);
    hiddenOn.hidden = 0.4;
    expect(rule.decide(sight, 0).stage).toBe(1);
    for (let i = 0; i < 3; i += 1) sight.lanes[0]?.add(5 + 8 * i, 8);
    expect(rule.decide(sight, 0).stage).toBe(0);
  });
});
