import { beforeEach, describe, expect, it } from "vitest";
import { PRIORITY, RED } from "../../../../core/adaptive/junction.ts";
import { Coming, usualComing } from "../../../../core/adaptive/neighbours/coming.ts";
import type { Outflow } from "../../../../core/adaptive/neighbours/outflow.ts";
import { JunctionSight, type LaneSight } from "../../../../core/adaptive/sight.ts";
import { crossing } from "../crossing.ts";

/** 80 m of sight at 10 m/s: 8 s. The way from the neighbour takes 20 s. */
const junction = {
  ...crossing,
  lanes: crossing.lanes.map((lane) => ({ ...lane, seen_m: 80, speed_m_s: 10 })),
};
const [red, green] = [new Uint8Array(4).fill(RED), new Uint8Array(4).fill(PRIORITY)];

class Road {
  readonly sight = new JunctionSight(junction);
  readonly #released = new Map<number, number>();
  now_s = 100;
  quiet = false;
  readonly #coming = new Coming([{ lanes: [0, 1], feeds: [{ told: () => this.#told(), travel_s: 20 }] }], junction);

  /** The neighbour lets vehicles go then. */
  release(at_s: number, vehicles = 1): void {
    this.#released.set(at_s, vehicles);
  }

  /** `entered`: on which lane somebody comes into sight in which second. */
  run(seconds: number, entered: Readonly<Record<number, number>> = {}, given = red): void {
    for (let s = 0; s < seconds; s += 1) {
      for (const lane of this.sight.lanes) lane.clear();
      const lane = this.sight.lanes[entered[this.now_s] ?? -1];
      if (lane !== undefined) lane.entered = 1;
      this.#coming.look(this.sight, given, 1, this.now_s);
      this.now_s += 1;
    }
  }

  get hidden(): readonly number[] {
    return this.sight.lanes.map(({ hidden }) => Math.round(hidden * 100) / 100);
  }

  /** Of lane 0: second ahead and how many, of those beyond sight. */
  get beyond(): readonly (readonly [number, number])[] {
    const { beyond } = this.sight.lanes[0] as LaneSight;
    return [...(beyond ?? [])].flatMap((each, t) => (each > 0 ? [[t, each] as const] : []));
  }

  #told(): Outflow | null {
    const from_s = this.now_s - 60;
    const vehicles = Array.from({ length: 110 }, (_, at) => this.#released.get(from_s + at) ?? 0);
    return this.quiet ? null : { from_s, now_s: this.now_s, vehicles };
  }
}

let road: Road;
beforeEach(() => {
  road = new Road();
  road.run(2);
});

describe("who comes from a neighbour", () => {
  it("is told by when he will be at the line, half on each lane while nothing was learned of them, until he should be seen", () => {
    road.release(105);
    road.run(1);
    // Looked at in second 102: 105 + 20 is 23 s ahead.
    expect(road.beyond).toEqual([[23, 0.5]]);
    road.run(14);
    expect(road.beyond).toEqual([[9, 0.5]]);
    road.run(2, { 117: 0 });
    expect(road.beyond).toEqual([]);
  });

  it("stands unseen, most likely on the lane on which most come, if he does not come into sight in time", () => {
    for (const at_s of [105, 110, 115, 120]) road.release(at_s);
    const seen = { 117: 0, 122: 0, 127: 0 };
    road.run(37, seen);
    expect(road.hidden).toEqual([0, 0, 0, 0]);
    road.run(2, seen);
    const [first = 0, second = 0, ...others] = road.hidden;
    // Three of 24 were overdue, with those that are presumed at first: a little more than the tenth that cameras miss.
    expect(first + second).toBeCloseTo(usualComing.unseen * 0.8, 2);
    expect(first).toBeGreaterThan(3 * second);
    expect(others).toEqual([0, 0]);
    road.run(4, {}, green);
    expect(road.hidden).toEqual([0, 0, 0, 0]);
  });

  it("counts for less where more are overdue than cameras miss: they went another way", () => {
    for (let at_s = 105; at_s <= 905; at_s += 20) road.release(at_s);
    // The last of them should have come into sight 20 - 8 s after 905, and is waited for 6 s.
    road.run(905 + 18 - 102, {}, green);
    road.run(2);
    const [first = 0, second = 0] = road.hidden;
    expect(first + second).toBeGreaterThan(0);
    expect(first + second).toBeLessThan(usualComing.unseen / 4);
  });

  it("is nobody unseen if he came into sight, a little early or late", () => {
    for (const at_s of [105, 120]) road.release(at_s);
    road.run(60, { 113: 0, 138: 1 });
    expect(road.hidden).toEqual([0, 0, 0, 0]);
  });

  it("is not known while the neighbour says nothing", () => {
    road.release(105);
    road.run(5);
    road.quiet = true;
    road.run(40);
    expect(road.sight.lanes[0]).toMatchObject({ beyond: null, hidden: 0 });
  });
});
