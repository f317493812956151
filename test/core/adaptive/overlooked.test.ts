import { describe, expect, it } from "vitest";
import { IndexRule } from "../../../core/adaptive/index-rule.ts";
import { PRIORITY, RED } from "../../../core/adaptive/junction.ts";
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
    // 1.5 have been seen to come on average: of 1.67, a sixth of one was missed.
    expect(watched.hidden).toBeGreaterThan(0.13);
    expect(watched.hidden).toBeLessThan(0.2);
    watched.run(1, green);
    expect(watched.hidden).toBe(0);
  });

  it("is nobody so soon that it would hardly be anybody, nor where neighbours would have told of him", () => {
    const watched = new Watched();
    watched.run(600, green);
    watched.run(15, red);
    expect(watched.hidden).toBe(0);
    watched.run(90, red, 1);
    expect(watched.hidden).toBe(0);
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
