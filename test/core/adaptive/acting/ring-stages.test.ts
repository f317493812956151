import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { shortestRound_s } from "../../../../core/adaptive/acting/call-limit.ts";
import { ordersFor } from "../../../../core/adaptive/acting/phase-orders.ts";
import { changeTimes_s, isTrap, maskOf, phasesIn, ringStages } from "../../../../core/adaptive/acting/ring-stages.ts";
import { siteJunction } from "../../../../core/adaptive/acting/site-junction.ts";
import { PRIORITY, RED, YIELDING } from "../../../../core/adaptive/junction.ts";
import { intergreen_ds } from "../../../../core/signal/needs.ts";
import { mayMeet } from "../../../../core/signal/structure.ts";
import { crossroads } from "../../../support/crossroads.ts";
import { scene } from "../../signal/machine/scenes.ts";

const { signal } = crossroads;
const names = (stages = ringStages(signal)) => stages.map(({ phases }) => phases.join("+"));

describe("stages of a ring-and-barrier device", () => {
  it("are the eight pairs of a dual ring", () => {
    expect(names().toSorted()).toEqual(["1+5", "1+6", "2+5", "2+6", "3+7", "3+8", "4+7", "4+8"]);
  });

  it("leave out nobody, show no conflict, and miss nobody who would fit", () => {
    fc.assert(
      fc.property(scene, ({ x }) => {
        const stages = ringStages(x.signal);
        const all = x.signal.phases.map(({ number }) => number).toSorted((a, b) => a - b);
        expect(stages.reduce((mask, stage) => mask | stage.mask, 0)).toBe(maskOf(all));
        const fits = (phase: number, beside: readonly number[]): boolean =>
          beside.every((own) => own === phase || mayMeet(x.signal, phase, own));
        for (const { phases } of stages) {
          expect(phases.filter((phase) => !fits(phase, phases))).toEqual([]);
          expect(all.filter((phase) => fits(phase, phases))).toEqual(phases);
        }
      }),
    );
  });

  it("change in no less than the intersection's own clearances", () => {
    fc.assert(
      fc.property(scene, ({ x }) => {
        const stages = ringStages(x.signal);
        const changes = changeTimes_s(x.signal, stages);
        for (const [i, from] of stages.entries()) {
          for (const [j, to] of stages.entries()) {
            const needed = phasesIn(from.mask & ~to.mask).flatMap((a) =>
              phasesIn(to.mask & ~from.mask).map((b) => intergreen_ds(x.signal, a, b) / 10),
            );
            expect(changes[i]?.[j]).toBeGreaterThanOrEqual(Math.max(0, ...needed));
          }
        }
      }),
    );
  });

  it("never end a green of those who yield while those go on to whom they yield", () => {
    const trapping = { ...signal, permissive: [[2, 6]] as [number, number][] };
    const stages = ringStages(trapping);
    const at = (name: string): number => names(stages).indexOf(name);
    const change = (from: string, to: string): number => changeTimes_s(trapping, stages)[at(from)]?.[at(to)] ?? 0;
    expect(isTrap(change("2+6", "1+6"))).toBe(true);
    expect(isTrap(change("2+6", "1+5"))).toBe(false);
    expect(isTrap(change("1+6", "2+6"))).toBe(false);
    expect(isTrap(change("2+6", "4+8"))).toBe(false);
  });

  it("take a round of a minute at least at this crossroads, with its pedestrians", () => {
    // A left turn of 5 s and people of 16 s, each with 5 s of clearance, before the barrier and after it.
    expect(shortestRound_s(signal)).toBeCloseTo(62, 6);
  });
});

describe("what a device is told", () => {
  it("holds what is wanted, ends what is not, and leaves out others only while it is on its way", () => {
    const all = maskOf([1, 2, 3, 4, 5, 6, 7, 8]);
    const there = ordersFor(maskOf([2, 6]), all, { greens: maskOf([2, 6]) });
    expect(there).toEqual({ hold: maskOf([2, 6]), forceOff: 0, omit: 0, vehicleCall: 0 });
    const away = ordersFor(maskOf([4, 8]), all, { greens: maskOf([2, 6]) });
    expect(away).toEqual({
      hold: maskOf([4, 8]),
      forceOff: maskOf([2, 6]),
      omit: maskOf([1, 2, 3, 5, 6, 7]),
      vehicleCall: maskOf([4, 8]),
    });
  });

  it("never holds a phase that it ends or leaves out, whatever is green", () => {
    const bits = fc.integer({ min: 0, max: 0xffff });
    fc.assert(
      fc.property(bits, bits, (wanted, greens) => {
        const { hold, forceOff, omit, vehicleCall } = ordersFor(wanted, 0xffff, { greens });
        expect(hold & (forceOff | omit)).toBe(0);
        expect(vehicleCall & ~wanted).toBe(0);
      }),
    );
  });
});

describe("an intersection of a site file as a policy has it", () => {
  it("gives priority where nobody of those to whom one yields is green", () => {
    const [approach, opposite] = crossroads.approaches;
    if (approach === undefined || opposite === undefined) throw new Error("the crossroads has approaches");
    // Left turns with the phase of their approach's through traffic yield to those who come towards them.
    const shared = (own: typeof approach, phase: number) => ({
      ...own,
      lanes: own.lanes.map((lane) => ({ ...lane, phase })),
    });
    const permissive = {
      ...crossroads,
      approaches: [shared(approach, 2), shared(opposite, 6), ...crossroads.approaches.slice(2)],
    };
    const junction = siteJunction(permissive, 15);
    const stages = names();
    const lefts = junction.movements.flatMap(({ yieldsTo }, at) => (yieldsTo.length > 0 && at < 3 ? [at] : []));
    expect(lefts).toHaveLength(1);
    const given = (stage: string): number | undefined => junction.stages[stages.indexOf(stage)]?.[lefts[0] ?? 0];
    expect([given("2+6"), given("2+5"), given("1+6")]).toEqual([YIELDING, PRIORITY, RED]);
  });
});
