import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { firstRing } from "../../../sim/traci/ring.ts";

const waits = (edges: Readonly<Record<string, readonly string[]>>) => (id: string) => edges[id] ?? [];

describe("a ring of vehicles that wait for each other", () => {
  it("is told in its order, without those who only wait behind it", () => {
    const next = waits({ behind: ["a"], a: ["aside", "b"], b: ["c"], c: ["a"] });
    expect(firstRing(["behind", "a", "b", "c"], next)).toEqual(["a", "b", "c"]);
  });

  it("is none where somebody can go", () => {
    expect(firstRing(["a", "b", "c"], waits({ a: ["b", "c"], b: ["c"] }))).toEqual([]);
  });

  it("is found whenever following everybody's first in the way comes back", () => {
    const vehicles = fc.array(fc.nat(19), { minLength: 20, maxLength: 20 });
    fc.assert(
      fc.property(vehicles, (ahead) => {
        const ids = ahead.map((_, at) => String(at));
        const ring = firstRing(ids, (id) => [String(ahead[Number(id)])]);
        // Everybody waits for somebody among twenty: there is always one.
        expect(ring.length).toBeGreaterThan(0);
        for (const [at, id] of ring.entries()) {
          expect(ring[(at + 1) % ring.length]).toBe(String(ahead[Number(id)]));
        }
      }),
    );
  });
});
