import { expect, it } from "vitest";
import { Random } from "../../../sim/engine/random.ts";
import { blocksOf } from "../../../sim/retime/blocks.ts";
import type { Movement } from "../../../sim/retime/read-movements.ts";
import { varyPlan } from "../../../sim/retime/vary-plan.ts";
import { twoStageSignal } from "./two-stage-signal.ts";

const signals = [7, 3, 5, 9].map(twoStageSignal);

/** One movement at each signal of a street, in which each sends vehicles to the next. */
const movements = signals.map(({ signal }, at): Movement => {
  const feeders = at === 0 ? [] : [{ from: at - 1, vehicles: 10, travel_s: 20 }];
  return {
    ...{ signal, fromEdge: 0, toEdge: 0, links: [], feeders, headway_s: 2, entries_s: [] },
    counts: new Float64Array(1),
  };
});
const retimed = { signals, kept: [], movements };

it("a street is cut between two signals, and what lies on one side is a block", () => {
  expect(blocksOf(retimed)).toEqual([
    [0, 1],
    [0, 1, 2],
  ]);
});

it("signals without neighbours make no block", () => {
  expect(blocksOf({ ...retimed, movements: [] })).toEqual([]);
});

it("a block that moves keeps its signals in step, and the others stay", () => {
  const random = new Random(11);
  const plan = signals.map((_, at) => ({ order: [0, 1], green_s: [20, 20], offset_s: 10 * at }));
  const of = { signals, blocks: blocksOf(retimed) };
  const moves = Array.from({ length: 400 }, () => varyPlan(of, plan, [1, 1, 1, 1], () => random.next()));
  const shifts = moves.flatMap((moved) => {
    const by = (moved ?? []).map((timing, at) => ((timing?.offset_s ?? 0) - 10 * at + 46) % 46);
    const same = (moved ?? []).every((timing) => timing?.green_s.join() === "20,20" && !timing?.clear_s);
    return same && by.filter((shift) => shift !== 0).length > 1 ? [by] : [];
  });
  const blocks = shifts.filter(([a, b, c, d]) => a !== 0 && a === b && (c === a || c === 0) && d === 0);
  expect(blocks.length).toBeGreaterThan(15);
});
