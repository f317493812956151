import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildProgram, cycleOf } from "../../../../core/retime/stages/build-program.ts";
import { bestOrders, chooseAt } from "../../../../core/retime/stages/choose-stages.ts";
import { unfairness } from "../../../../core/retime/stages/fairness.ts";
import type { TimedState } from "../../../../core/retime/stages/link-states.ts";
import { leastGreen_s, readStages, type SignalStages, serves } from "../../../../core/retime/stages/signal-stages.ts";
import type { LaneFlow } from "../../../../core/retime/stages/stage-delay.ts";
import { isCycle, stageSets } from "../../../../core/retime/stages/stage-orders.ts";
import { varyTiming, withCycle } from "../../../../core/retime/stages/vary-timing.ts";

/** Programs as people write them: stages one after the other, whoever stops gets yellow, then perhaps all red. */
const programs = fc
  .record({
    links: fc.integer({ min: 2, max: 12 }),
    stages: fc.array(
      fc.record({
        letters: fc.array(fc.constantFrom("G", "g", "r", "r"), { minLength: 12, maxLength: 12 }),
        green_s: fc.integer({ min: 5, max: 45 }),
      }),
      { minLength: 2, maxLength: 9 },
    ),
    yellow_s: fc.integer({ min: 2, max: 6 }),
    allRed_s: fc.integer({ min: 0, max: 4 }),
  })
  .map(({ links, stages, yellow_s, allRed_s }): TimedState[] => {
    const states = stages.map(({ letters }, at) => {
      const state = letters.slice(0, links);
      // Every stage has somebody who goes.
      state[at % links] = "G";
      return state.join("");
    });
    return states.flatMap((state, at) => {
      const next = states[(at + 1) % states.length] as string;
      const ends = (from: string | undefined, to: string | undefined) =>
        from !== "r" && (to === "r" || (from === "G" && to === "g"));
      const show = (lamp: string): string =>
        [...state].map((letter, link) => (ends(letter, next[link]) ? lamp : letter)).join("");
      const shown: TimedState[] = [{ state, duration_s: stages[at]?.green_s ?? 5 }];
      if (state === next) return shown;
      shown.push({ state: show("y"), duration_s: yellow_s });
      if (allRed_s > 0) shown.push({ state: show("r"), duration_s: allRed_s });
      return shown;
    });
  });

const lanesOf = ({ links }: SignalStages, flow_h: number): LaneFlow[] =>
  Array.from({ length: links }, (_, link) => ({
    saturation_h: 1800,
    turns: [{ link, flow_h: flow_h * (1 + (link % 3)), givesWayTo: [(link + 1) % links] }],
  }));

describe("a plan made of a network's own stages", () => {
  it("is fair, whatever the program, the traffic and the cycle", () => {
    fc.assert(
      fc.property(
        programs,
        fc.integer({ min: 0, max: 900 }),
        fc.integer({ min: 20, max: 200 }),
        (own, flow_h, cycle_s) => {
          const stages = readStages("s", own, 0);
          if (stages === null) return;
          const lanes = lanesOf(stages, flow_h);
          const { often, once } = bestOrders(stages, lanes, 2);
          for (const orders of [once, often]) {
            const chosen = chooseAt(stages, lanes, orders, cycle_s);
            if (chosen === null) continue;
            expect(unfairness(own, buildProgram(stages, chosen.timing), leastGreen_s)).toEqual([]);
            expect(cycleOf(stages, chosen.timing)).toBeCloseTo(cycle_s, 6);
            expect(chosen.timing.order.length === 1 || isCycle(chosen.timing.order)).toBe(true);
          }
        },
      ),
    );
  });

  it("stays fair and keeps its cycle through any number of small changes", () => {
    fc.assert(
      fc.property(programs, fc.integer({ min: 1, max: 2 ** 31 }), (own, seed) => {
        const stages = readStages("s", own, 0);
        if (stages === null || !serves(stages, stages.own.order)) return;
        let state = seed;
        const draw = (): number => {
          state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
          return state / 2 ** 31;
        };
        const cycle_s = cycleOf(stages, stages.own) + 10;
        let timing = withCycle(stages, stages.own, cycle_s);
        for (let change = 0; change < 40 && timing !== null; change += 1) {
          timing = varyTiming(stages, timing, cycle_s, draw) ?? timing;
          expect(unfairness(own, buildProgram(stages, timing), leastGreen_s)).toEqual([]);
          expect(cycleOf(stages, timing)).toBeCloseTo(cycle_s, 6);
        }
      }),
    );
  });

  it("shows every link that has priority somewhere", () => {
    fc.assert(
      fc.property(programs, (own) => {
        const stages = readStages("s", own, 0);
        if (stages === null) return;
        for (const set of stageSets(stages)) {
          for (let link = 0; link < stages.links; link += 1) {
            const given = own.some(({ state }) => state[link] === "G");
            if (given) expect(set.some((stage) => stages.stages[stage]?.[link] === "G")).toBe(true);
            const gone = own.some(({ state }) => /[gG]/.test(state[link] ?? ""));
            expect(set.some((stage) => /[gG]/.test(stages.stages[stage]?.[link] ?? ""))).toBe(gone);
          }
        }
      }),
    );
  });
});

describe("what makes a plan unfair", () => {
  const own: TimedState[] = [
    { state: "GGr", duration_s: 20 },
    { state: "yyr", duration_s: 4 },
    { state: "rrr", duration_s: 2 },
    { state: "rrG", duration_s: 20 },
    { state: "rry", duration_s: 4 },
    { state: "rrr", duration_s: 2 },
  ];
  const changed = (at: number, change: Partial<TimedState>): TimedState[] =>
    own.map((each, place) => (place === at ? { ...each, ...change } : each));
  const kinds = (plan: readonly TimedState[]): string[] => [
    ...new Set(unfairness(own, plan, 5).map(({ kind }) => kind)),
  ];

  it("is nothing in the program itself", () => expect(kinds(own)).toEqual([]));
  it("is a shorter yellow", () => expect(kinds(changed(1, { duration_s: 3 }))).toContain("yellow"));
  it("is a shorter red clearance", () => expect(kinds(changed(2, { duration_s: 1 }))).toContain("clearance"));
  it("is a green below five seconds", () => expect(kinds(changed(0, { duration_s: 4 }))).toContain("green"));
  it("is green for links that are never green together", () =>
    expect(kinds(changed(3, { state: "Grg" }))).toContain("together"));
  it("is a link that never gets its priority", () => expect(kinds(changed(3, { state: "rrg" }))).toContain("unserved"));
});
