import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { personsOwn } from "../../../controllers/gate/change-limits.ts";
import { besidePattern, type PushOrder, pushPlan } from "../../../controllers/gate/push-plan.ts";
import { oid } from "../../../controllers/ntcip/oids.ts";
import type { Ledger, PlanStore } from "../../../core/ports/storage.ts";
import type { Plan } from "../../../core/signal/plan.ts";
import { crossroads, crossroadsPlan } from "../../support/crossroads.ts";
import { memoryLedger, memoryPlans } from "../../support/memory-storage.ts";
import { type Stand, setUpStand } from "../ntcip/stand.ts";

let stand: Stand;
let ledger: Ledger;
let plans: PlanStore;

beforeEach(async () => {
  stand = await setUpStand("v2c");
  ledger = memoryLedger();
  plans = memoryPlans();
});
afterEach(() => stand.close());

function push(plan: Plan, change: Partial<PushOrder> = {}) {
  const { manager: controller, clock } = stand;
  const stop = new AbortController().signal;
  const writing: PushOrder["writing"] = (work) => work();
  const who = { actor: "retime", reasons: [{ code: "DEMAND_ASSUMED" }], limits: personsOwn, writing };
  return pushPlan({ controller, intersection: crossroads, plan, ledger, plans, clock, stop, ...who, ...change });
}

const kinds = async (): Promise<readonly string[]> => (await ledger.recent(100)).map(({ kind }) => kind).reverse();
const states = async (): Promise<readonly string[]> =>
  (await plans.recent({ limit: 100 })).map(({ plan, state }) => `${plan.pattern} ${state}`).reverse();

describe("pushing a plan", () => {
  it("writes down every turning point, from the proposal to the confirmed pattern", async () => {
    const done = await push(crossroadsPlan);
    expect(done).toMatchObject({
      ok: true,
      value: {
        plan_id: 1,
        intersection: crossroads.id,
        controller: "cabinet",
        plan: crossroadsPlan,
        previous_pattern: 254,
        read_back: { equal: true },
        status: { pattern: 1, free_status: "notFree" },
      },
    });
    expect(await kinds()).toEqual(["plan.proposed", "plan.downloaded", "plan.active"]);
    expect(await states()).toEqual(["1 active"]);
    expect(await ledger.verify()).toMatchObject({ entries: 3, broken_at: null });
  });

  it("records who asked, why, and the digests of the plan and of what was read back", async () => {
    const done = await push(crossroadsPlan, { actor: "ngoc" });
    if (!done.ok) throw new Error("the push must succeed");
    const [active, , proposed] = await ledger.recent(3);
    const { digest, read_back_digest } = done.value;
    expect(proposed?.body).toMatchObject({
      actor: "ngoc",
      plan: crossroadsPlan,
      reasons: [{ code: "DEMAND_ASSUMED" }],
    });
    expect(active?.body).toMatchObject({ actor: "ngoc", plan_id: 1, digest, read_back_digest, previous_pattern: 254 });
  });

  it("prints nothing that JSON could not carry", async () => {
    const done = await push(crossroadsPlan);
    expect(JSON.parse(JSON.stringify(done))).toEqual(done);
  });

  it("writes the next plan beside the running pattern, and makes the one before history", async () => {
    expect((await push(crossroadsPlan)).ok).toBe(true);
    const second = await push({ ...crossroadsPlan, offset_s: 61 });
    expect(second).toMatchObject({ ok: true, value: { plan: { pattern: 2 }, previous_pattern: 1 } });
    expect(await states()).toEqual(["1 superseded", "2 active"]);
    const third = await push({ ...crossroadsPlan, offset_s: 5 });
    expect(third).toMatchObject({ ok: true, value: { plan: { pattern: 1 }, previous_pattern: 2 } });
    expect((await plans.inForce()).map(({ id }) => id)).toEqual([3]);
    expect(stand.device.trips).toEqual([]);
  });

  it("refuses an unsafe plan before the device hears of it, with the proofs that failed", async () => {
    const unsafe = { ...crossroadsPlan, cycle_s: 91 };
    const done = await push(unsafe);
    expect(done.ok ? [] : done.problems.map(({ code }) => code)).toEqual(["CYCLE_SUM_UNEQUAL"]);
    expect(await kinds()).toEqual(["plan.proposed", "plan.refused"]);
    expect(await states()).toEqual(["1 refused"]);
    expect(stand.holds("patternCycleTime", 1)).toBe(0);
  });

  it("does not activate what reads back otherwise", async () => {
    stand.device.setFaults({ lie: { oid: oid("patternOffsetTime", 1), value: 18 } });
    const done = await push(crossroadsPlan);
    expect(done.ok ? [] : done.problems.map(({ code }) => code)).toEqual(["READ_BACK_DIFFERS"]);
    expect(await kinds()).toEqual(["plan.proposed", "plan.failed"]);
    expect(stand.holds("systemPatternControl")).toBe(0);
  });

  it("ends in the ledger, and in one sentence, when the controller is down", async () => {
    stand.device.setFaults({ silent: true });
    const done = await push(crossroadsPlan);
    expect(done.ok ? [] : done.problems.map(({ code }) => code)).toEqual(["CONTROLLER_SILENT"]);
    expect(await kinds()).toEqual(["plan.proposed", "plan.failed"]);
  });

  it("stops where it is when the ledger cannot be written", async () => {
    const broken: Ledger = {
      ...ledger,
      append: (kind, body, at_ms) =>
        kind === "plan.downloaded" ? Promise.reject(new Error("disk full")) : ledger.append(kind, body, at_ms),
    };
    await expect(push(crossroadsPlan, { ledger: broken })).rejects.toThrow("disk full");
    expect(stand.holds("systemPatternControl")).toBe(0);
  });
});

describe("the pattern a plan is written to", () => {
  it.each([
    [1, 254, 1],
    [1, 1, 2],
    [2, 2, 1],
    [7, 7, 8],
    [7, 3, 7],
    [253, 253, 252],
  ])("for a plan of pattern %i while %i runs is %i", (pattern, running, written) => {
    expect(besidePattern({ ...crossroadsPlan, pattern }, running).pattern).toBe(written);
  });
});
