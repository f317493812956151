import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { RoadCells } from "../../../../sim/engine/lateral/road-cells.ts";
import type { RoadNetwork } from "../../../../sim/network/road-network.ts";
import { twoJunctions } from "../../../support/two-junctions.ts";

let network: RoadNetwork;

beforeAll(async () => {
  network = await twoJunctions();
});

const place = fc.record({
  right_m: fc.double({ min: 0, max: 5.5, noNaN: true }),
  width_m: fc.double({ min: 0.5, max: 2.6, noNaN: true }),
});

describe("a road cut into cells", () => {
  it("never has two bodies touch that share no cell, whatever its resolution", () => {
    const edge = network.edges.byId.get("cd") as number;
    fc.assert(
      fc.property(place, place, fc.double({ min: 0.2, max: 2, noNaN: true }), (a, b, resolution_m) => {
        const cells = new RoadCells(network, resolution_m);
        const share =
          cells.begin(edge, a.right_m) < cells.end(edge, b.right_m + b.width_m) &&
          cells.begin(edge, b.right_m) < cells.end(edge, a.right_m + a.width_m);
        const touch = a.right_m < b.right_m + b.width_m - 1e-5 && b.right_m < a.right_m + a.width_m - 1e-5;
        expect(touch && Math.max(a.right_m, b.right_m) < 6.4 && !share).toBe(false);
      }),
    );
  });

  it("tells of every cell who came to be in it last, and where his rear is", () => {
    const cells = new RoadCells(network, 0.8);
    const edge = network.edges.byId.get("cd") as number;
    cells.mark(cells.begin(edge, 1), cells.end(edge, 2), 7, 90);
    cells.mark(cells.begin(edge, 1.5), cells.end(edge, 2.5), 8, 60);
    expect([...cells.who.subarray(cells.begin(edge, 1), cells.end(edge, 2.5))]).toEqual([
      ...Array.from({ length: 5 }, () => 7),
      ...Array.from({ length: 10 }, () => 8),
    ]);
    cells.clear(edge);
    expect(new Set(cells.who)).toEqual(new Set([-1]));
  });
});
