import { describe, expect, it } from "vitest";
import { prove } from "../../../controllers/gate/prove.ts";
import { isProved } from "../../../controllers/gate/proved-plan.ts";
import type { ProvedPlan } from "../../../core/ports/signal-controller.ts";
import { crossroads, crossroadsPlan, timingOf } from "../../support/crossroads.ts";

const sealed = (): ProvedPlan => {
  const result = prove(crossroads, crossroadsPlan, timingOf(crossroads));
  if (!result.ok) throw new Error("the crossroads plan must pass");
  return result.value;
};

describe("a proved plan", () => {
  it("is recognised when it is the very one the gate made", () => {
    expect(isProved(sealed())).toBe(true);
  });

  it.each<[string, (proved: ProvedPlan) => unknown]>([
    ["an object literal with the same fields", ({ plan, digest }) => ({ plan, digest })],
    ["a spread copy", (proved) => ({ ...proved })],
    ["a structured clone", (proved) => structuredClone({ plan: proved.plan, digest: proved.digest })],
    ["a JSON round trip", (proved) => JSON.parse(JSON.stringify(proved))],
    ["an object that inherits from it", (proved) => Object.create(proved)],
    ["a proxy of it", (proved) => new Proxy(proved, {})],
    ["the bare plan", ({ plan }) => plan],
    ["nothing", () => null],
  ])("is not %s", (_, forge) => {
    expect(isProved(forge(sealed()))).toBe(false);
  });

  it("cannot be changed, at any depth", () => {
    const proved = sealed();
    const plan = proved.plan as { cycle_s: number; splits: { split_s: number }[] };
    expect(() => {
      plan.cycle_s = 30;
    }).toThrow(TypeError);
    expect(() => {
      (plan.splits[0] as { split_s: number }).split_s = 1;
    }).toThrow(TypeError);
    expect(() => plan.splits.pop()).toThrow(TypeError);
    expect(proved.plan).toEqual(crossroadsPlan);
  });
});
