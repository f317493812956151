import { describe, expect, it } from "vitest";
import { OutflowTeller, onTheWay_s } from "../../../../core/adaptive/neighbours/outflow.ts";
import { JunctionSight, type LaneSight } from "../../../../core/adaptive/sight.ts";
import { crossing, standing } from "../crossing.ts";

const sum = (values: ArrayLike<number> | undefined, from = 0, to = Number.POSITIVE_INFINITY): number =>
  Array.from(values ?? []).reduce((all, each, at) => (at >= from && at < to ? all + each : all), 0);

describe("what an intersection tells those behind it", () => {
  it("is nothing before it has looked", () => {
    expect(new OutflowTeller(crossing, true).of(0)).toBeNull();
  });

  it("is whom it means to let go: a queue at green one headway after the other, one at red when its turn comes", () => {
    const teller = new OutflowTeller(crossing, true);
    teller.look(standing([0, 4, 0, 2]), 0, 10, 0, 1, 500);
    const { from_s, now_s, vehicles } = teller.of(2) ?? { from_s: 0, now_s: 0, vehicles: [] };
    expect([from_s, now_s]).toEqual([501 - onTheWay_s, 501]);
    expect(sum(vehicles, 0, onTheWay_s)).toBe(0);
    expect(sum(vehicles, onTheWay_s, onTheWay_s + 8)).toBe(4);
    const other = teller.of(3)?.vehicles;
    expect(sum(other, onTheWay_s, onTheWay_s + 6)).toBe(0);
    expect(sum(other)).toBe(2);
  });

  it("is later by the change that is under way", () => {
    const teller = new OutflowTeller(crossing, true);
    teller.look(standing([0, 4, 0, 0]), 0, 0, 3, 1, 500);
    const vehicles = teller.of(2)?.vehicles;
    expect(sum(vehicles, onTheWay_s, onTheWay_s + 3)).toBe(0);
    expect(sum(vehicles)).toBe(4);
  });

  it("keeps whom it has let go for as long as they may be on their way, by the turns that were seen, or by their usual shares", () => {
    const [seen, usual] = [new OutflowTeller(crossing, true), new OutflowTeller(crossing, false)];
    for (let now_s = 500; now_s < 510; now_s += 1) {
      const sight = new JunctionSight(crossing);
      if (now_s === 503) (sight.lanes[0] as LaneSight).left = 1;
      if (now_s === 504) sight.turned[1] = 1;
      for (const teller of [seen, usual]) teller.look(sight, 0, 10, 0, 1, now_s);
    }
    const at = (told: ReturnType<OutflowTeller["of"]>, second: number): number =>
      told?.vehicles[second - told.from_s] ?? Number.NaN;
    expect([at(seen.of(0), 503), at(seen.of(1), 504)]).toEqual([0, 1]);
    expect([at(usual.of(0), 503), at(usual.of(1), 503)]).toEqual([0.5, 0.5]);
    for (let now_s = 510; now_s < 510 + onTheWay_s; now_s += 1)
      seen.look(new JunctionSight(crossing), 0, 10, 0, 1, now_s);
    expect(sum(seen.of(1)?.vehicles)).toBe(0);
  });
});
