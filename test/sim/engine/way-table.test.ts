import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { WayTable } from "../../../sim/engine/way-table.ts";

const lane = fc.record({
  link: fc.integer({ min: -1, max: 1000 }),
  offset: fc.integer({ min: -3, max: 3 }),
  length_m: fc.double({ min: 0, max: 5000, noNaN: true }),
  after: fc.array(fc.nat(1000), { maxLength: 8 }),
});
type Lane = typeof lane extends fc.Arbitrary<infer T> ? T : never;
const edges = fc.array(fc.array(lane, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 30 });
/** Whose turn it is, round by round: those on the road then. */
const rounds = fc.array(fc.uniqueArray(fc.nat(29), { maxLength: 30 }), { minLength: 1, maxLength: 5 });

function told(table: WayTable, first: number, lanes: number): readonly Lane[] {
  return Array.from({ length: lanes }, (_, index) => {
    const row = table.rowBeside(first, index);
    return {
      link: table.link[row] as number,
      offset: table.offset[row] as number,
      length_m: table.reach_m(row),
      after: [...table.after.subarray(table.firstAfter[row], table.endAfter[row])],
    };
  });
}

describe("a table of ways", () => {
  it("tells of each lane what was found out about it", () => {
    fc.assert(
      fc.property(edges, (all) => {
        const table = new WayTable();
        const rows = all.map((lanes) => table.addRows(lanes));
        for (const [at, lanes] of all.entries()) expect(told(table, rows[at] as number, lanes.length)).toEqual(lanes);
      }),
    );
  });

  it("tells the same of copies, and of copies of copies, whoever is on the road", () => {
    fc.assert(
      fc.property(edges, rounds, (all, drawn) => {
        const table = new WayTable();
        const originals = Int32Array.from(all, (lanes) => table.addRows(lanes));
        const [now, next] = [originals.slice(), originals.toReversed()];
        for (const round of drawn) {
          const road = new Set(round.filter((v) => v < all.length));
          // Who is not on the road is told anew when he comes back.
          for (const v of all.keys()) if (!road.has(v)) [now[v], next[v]] = [originals[v] as number, -1];
          table.gather(Int32Array.from(road), road.size, now, next);
          expect(all.map((lanes, v) => told(table, now[v] as number, lanes.length))).toEqual(all);
          const met = [...road].filter((v) => next[v] !== -1);
          const after = met.map((v) => all.at(-1 - v) as readonly Lane[]);
          expect(met.map((v, i) => told(table, next[v] as number, after[i]?.length ?? 0))).toEqual(after);
        }
      }),
    );
  });

  it("lays copies side by side in the order asked for", () => {
    const table = new WayTable();
    const one = { link: 1, offset: 0, length_m: 10, after: [4, 5] };
    const now = Int32Array.from([table.addRows([one, one]), table.addRows([one]), table.addRows([one, one, one])]);
    table.gather(Int32Array.of(2, 0, 1), 3, now, new Int32Array(3).fill(-1));
    const first = now[2] as number;
    expect([now[0], now[1]]).toEqual([table.rowBeside(first, 3), table.rowBeside(first, 5)]);
  });
});
