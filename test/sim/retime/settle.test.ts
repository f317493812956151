import { expect, it } from "vitest";
import type { Budget } from "../../../sim/retime/budget.ts";
import type { Rehearsal } from "../../../sim/retime/rehearsal-messages.ts";
import type { Rehearsals } from "../../../sim/retime/rehearsals.ts";
import { settle } from "../../../sim/retime/settle.ts";
import { twoStageSignal } from "./two-stage-signal.ts";

const signal = twoStageSignal(0);
const retimed = { signals: [signal], kept: [], movements: [] };

const hour = (delay_s: number, locked = false): Rehearsal => ({
  delay_s,
  locked,
  ...{ stops: 1, blocked_s: 0, givenUp: false, cpu_s: 1, pace: [], standing_s: [] },
});

/** A plan is known by its offset; the network's own has no program. */
type Street = (offset_s: number | null, seed: number) => Rehearsal;

const days = (count: number, from: number) =>
  Array.from({ length: count }, (_, at) => ({ seed: from + at, volume: 1 }));

async function settled(street: Street, finalists: readonly { readonly name: string; readonly offset_s: number }[]) {
  let asked = 0;
  const rehearsals: Rehearsals = {
    count: 2,
    ask: ({ programs, seed }) => {
      asked += 1;
      return Promise.resolve(street(programs[0]?.offset_s ?? null, seed));
    },
    spent_s: () => 0,
    failure: () => null,
    end: () => undefined,
  };
  const budget: Budget = { gone: () => 0, left_s: () => 100, processor_s: 100 };
  const told: string[] = [];
  const { plan } = await settle({
    ...{ rehearsals, retimed, budget, chosenAt: 0.9, ownToo: true },
    finalists: finalists.map(({ name, offset_s }) => ({ name, plan: [{ ...signal.stages.own, offset_s } as never] })),
    finals: days(60, 31),
    checks: days(5, 96),
    tell: (line) => told.push(line),
  });
  return { offset_s: plan[0]?.offset_s ?? null, asked, told };
}

it("of two plans the one is taken that never locks, although the other is quicker on nine days of ten", async () => {
  const street: Street = (offset_s, seed) => {
    if (offset_s === null) return hour(45 + (seed % 3));
    return offset_s === 1 ? hour(30, seed % 10 === 5) : hour(32 + (seed % 2));
  };
  const { offset_s, told } = await settled(street, [
    { name: "short", offset_s: 1 },
    { name: "long", offset_s: 2 },
  ]);
  expect(offset_s).toBe(2);
  expect(told.find((line) => line.includes("short"))).toContain("locked");
});

it("the network's own plan stays in the race until one lock of the best could not bring it back, and is taken where plans lock", async () => {
  const street: Street = (offset_s, seed) => (offset_s === null ? hour(40) : hour(30, seed > 36 && seed % 4 === 0));
  const { offset_s } = await settled(street, [{ name: "short", offset_s: 1 }]);
  expect(offset_s).toBeNull();
});

it("a race is over when nobody else can win", async () => {
  const street: Street = (offset_s, seed) => hour(offset_s === 1 ? 30 + (seed % 2) : 300 + (seed % 2));
  const { asked, offset_s } = await settled(street, [
    { name: "good", offset_s: 1 },
    { name: "bad", offset_s: 2 },
  ]);
  expect(offset_s).toBe(1);
  // Four days of three plans, then five of two to promise.
  expect(asked).toBe(4 * 3 + 5 * 2);
});
