import { describe, expect, it } from "vitest";
import { StreetJudge } from "../../../controllers/gate/street-judge.ts";
import type { Intersection } from "../../../core/network/schema.ts";
import type { PhaseOutput } from "../../../core/signal/machine/types.ts";
import { crossroads } from "../../support/crossroads.ts";

type Shown = Readonly<Record<number, readonly [PhaseOutput["indication"], PhaseOutput["walk"]?]>>;

const lights = (shown: Shown): readonly PhaseOutput[] =>
  Array.from({ length: 8 }, (_, i) => i + 1).map((phase) => {
    const [indication, walk] = shown[phase] ?? ["red"];
    return { phase, indication, walk: walk ?? "dont_walk" };
  });

type Scene = readonly [from_s: number, shown: Shown];

/** Shows each set of lights from its second on, and returns what the judge has against it. */
const verdict = (...scenes: readonly Scene[]) => verdictOn(crossroads, ...scenes);

function verdictOn(street: Intersection, ...scenes: readonly Scene[]): readonly (readonly unknown[])[] {
  const judge = new StreetJudge(street);
  judge.look(0, 1, lights({}));
  for (const [from_s, shown] of scenes) judge.look(from_s * 10, 1, lights(shown));
  return judge.problems.map(({ code, words }) => [code, words["what"] ?? `${words["a"]} ${words["b"]}`]);
}

describe("the judge of a rehearsal", () => {
  it("has nothing against a phase that is served in full", () => {
    const scenes = verdict(
      [10, { 2: ["green", "walk"] }],
      [17, { 2: ["green", "ped_clear"] }],
      [26, { 2: ["green"] }],
      [40, { 2: ["yellow"] }],
      [43.3, {}],
      [45, { 4: ["green"] }],
    );
    expect(scenes).toEqual([]);
  });

  it("has nothing against phases of two rings side by side", () => {
    expect(verdict([10, { 2: ["green"], 6: ["green"] }])).toEqual([]);
  });

  it.each<[string, Shown]>([
    ["of one ring", { 1: ["green"], 2: ["green"] }],
    ["on two sides of a barrier", { 2: ["green"], 8: ["yellow"] }],
  ])("sees two phases %s together", (_, shown) => {
    expect(verdict([10, shown])).toContainEqual(["REHEARSED_CONFLICT", expect.stringMatching(/^\d \d$/)]);
  });

  it("sees a start before yellow and red clearance of the phase before have passed", () => {
    const scenes = verdict([10, { 2: ["green"] }], [30, { 2: ["yellow"] }], [33.3, {}], [34.9, { 3: ["green"] }]);
    expect(scenes).toEqual([["REHEARSED_CLEARANCE", "2 3"]]);
  });

  it.each<[string, readonly Scene[]]>([
    [
      "green",
      [
        [10, { 2: ["green"] }],
        [17.9, { 2: ["yellow"] }],
      ],
    ],
    [
      "yellow",
      [
        [10, { 2: ["green"] }],
        [30, { 2: ["yellow"] }],
        [33.2, {}],
      ],
    ],
    [
      "yellow",
      [
        [10, { 2: ["green"] }],
        [30, {}],
      ],
    ],
    [
      "red clearance",
      [
        [10, { 2: ["green"] }],
        [30, { 2: ["yellow"] }],
        [34, { 2: ["green"] }],
      ],
    ],
    [
      "walk",
      [
        [10, { 2: ["green", "walk"] }],
        [16.9, { 2: ["green", "ped_clear"] }],
      ],
    ],
    [
      "pedestrian clearance",
      [
        [10, { 2: ["green", "walk"] }],
        [17, { 2: ["green", "ped_clear"] }],
        [25.9, { 2: ["green"] }],
      ],
    ],
    [
      "pedestrian clearance",
      [
        [10, { 2: ["green", "walk"] }],
        [17, { 2: ["green"] }],
      ],
    ],
    [
      "pedestrian service outside the green",
      [
        [10, { 2: ["green", "walk"] }],
        [20, { 2: ["yellow", "walk"] }],
      ],
    ],
  ])("sees a %s that is cut", (what, scenes) => {
    expect(verdict(...scenes)).toContainEqual(["REHEARSED_CUT", what]);
  });
});

describe("what the judge holds for a conflict", () => {
  const listing = (conflicts: Intersection["signal"]["conflicts"]): Intersection => ({
    ...crossroads,
    signal: { ...crossroads.signal, conflicts },
  });
  const together = (a: number, b: number): readonly Scene[] => [[10, { [a]: ["green"], [b]: ["green"] }]];

  it("is phases of one ring and phases across a barrier, listed or not", () => {
    expect(verdictOn(listing([]), ...together(1, 2))).toEqual([["REHEARSED_CONFLICT", "1 2"]]);
    expect(verdictOn(listing([]), ...together(2, 8))).toEqual([["REHEARSED_CONFLICT", "2 8"]]);
    expect(verdictOn(listing([]), ...together(2, 6))).toEqual([]);
  });

  it("is also two that the rings would let run side by side, where they are listed, in either order", () => {
    expect(verdictOn(listing([{ a: 2, b: 6 }]), ...together(2, 6))).toEqual([["REHEARSED_CONFLICT", "2 6"]]);
    expect(verdictOn(listing([{ a: 6, b: 2 }]), ...together(2, 6))).toEqual([["REHEARSED_CONFLICT", "2 6"]]);
  });

  it("keeps the intergreen of each direction, whichever way the pair is written", () => {
    const change: readonly Scene[] = [
      [10, { 2: ["green"] }],
      [30, { 2: ["yellow"] }],
      [33.3, {}],
      [36, { 3: ["green"] }],
    ];
    const late = [["REHEARSED_CLEARANCE", "2 3"]];
    expect(verdictOn(listing([{ a: 2, b: 3, intergreen_ab_s: 7 }]), ...change)).toEqual(late);
    expect(verdictOn(listing([{ a: 3, b: 2, intergreen_ba_s: 7 }]), ...change)).toEqual(late);
    expect(verdictOn(listing([{ a: 3, b: 2, intergreen_ab_s: 7 }]), ...change)).toEqual([]);
  });
});
