import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type ControlDecision, decide } from "../../../controllers/gate/control-decision.ts";
import { prove } from "../../../controllers/gate/prove.ts";
import { controlStatus } from "../../../controllers/ntcip/oids.ts";
import { crossroads, crossroadsPlan } from "../../support/crossroads.ts";
import { codesOf, type Stand, setUpStand } from "./stand.ts";

const go = new AbortController().signal;
const BACKUP_S = 60;
let stand: Stand;

beforeEach(async () => {
  stand = await setUpStand("v2c");
  stand.edit(BACKUP_S, "unitBackupTime");
});
afterEach(() => stand.close());

type Words = Partial<Record<"hold" | "force_off" | "omit" | "ped_omit" | "vehicle_call" | "ped_call", number[]>>;

function decision(words: Words, lasts_ms = 5000): ControlDecision {
  const made_ms = stand.clock.nowMs();
  const times = { made_ms, expires_ms: made_ms + lasts_ms };
  const made = decide(crossroads, { intersection: crossroads.id, reason: "test", ...words, ...times });
  if (!made.ok) throw new Error(codesOf(made).join());
  return made.value;
}

async function underOurPlan(): Promise<void> {
  const timing = await stand.manager.readTiming();
  const plan = timing.ok ? prove(crossroads, crossroadsPlan, timing.value) : timing;
  if (!plan.ok) throw new Error(codesOf(plan).join());
  expect(codesOf(await stand.manager.download(plan.value))).toEqual([]);
  expect(codesOf(await stand.manager.activate(plan.value, go))).toEqual([]);
}

const bits = () => [
  stand.holds("phaseControlGroupHold", 1),
  stand.holds("phaseControlGroupPhaseOmit", 1),
  stand.holds("phaseControlGroupVehCall", 1),
];

describe("real-time control by phase bits", () => {
  it("sets what is decided and nothing else, and clears it with the next decision", async () => {
    await underOurPlan();
    expect(codesOf(await stand.manager.control(decision({ hold: [2, 6], omit: [1], vehicle_call: [4] })))).toEqual([]);
    expect(bits()).toEqual([0b0010_0010, 0b0000_0001, 0b0000_1000]);
    expect(codesOf(await stand.manager.control(decision({ vehicle_call: [8] })))).toEqual([]);
    expect(bits()).toEqual([0, 0, 0b1000_0000]);
  });

  it.each<[string, (made: ControlDecision) => ControlDecision]>([
    ["an object literal", ({ words, digest }) => ({ words, digest }) as ControlDecision],
    ["a JSON round trip", (made) => JSON.parse(JSON.stringify(made)) as ControlDecision],
  ])("takes no decision that is %s", async (_, forge) => {
    await underOurPlan();
    expect(codesOf(await stand.manager.control(forge(decision({ hold: [2] }))))).toEqual(["DECISION_STALE"]);
    expect(bits()).toEqual([0, 0, 0]);
  });

  it("sends nothing for a decision that could grow old on its way", async () => {
    await underOurPlan();
    const made = decision({ hold: [2] });
    stand.clock.pass(4500);
    expect(codesOf(await stand.manager.control(made))).toEqual(["DECISION_STALE"]);
    expect(bits()).toEqual([0, 0, 0]);
  });

  it("takes no bit of a device whose backup timer is off", async () => {
    await underOurPlan();
    stand.edit(0, "unitBackupTime");
    expect(codesOf(await stand.manager.control(decision({ hold: [2] })))).toEqual(["BACKUP_TIME_ZERO"]);
  });

  it("clears every bit on hand-back, in the same request", async () => {
    await underOurPlan();
    expect((await stand.manager.control(decision({ hold: [2], omit: [3] }))).ok).toBe(true);
    expect((await stand.manager.release()).ok).toBe(true);
    expect(bits()).toEqual([0, 0, 0]);
    expect(stand.holds("systemPatternControl")).toBe(0);
  });

  it("clears the bits of a manager that died, before it commands anything of its own", async () => {
    await underOurPlan();
    expect((await stand.manager.control(decision({ omit: [3] }))).ok).toBe(true);
    const heir = stand.another();
    expect((await heir.release()).ok).toBe(true);
    expect(bits()).toEqual([0, 0, 0]);
  });

  it("holds no green for ever when the loop that decides stands still: the heartbeat goes on and sends nothing", async () => {
    await underOurPlan();
    expect((await stand.manager.control(decision({ hold: [2, 6] }))).ok).toBe(true);
    // The loop is frozen; everything else in the centre lives, and calls the heartbeat every second.
    const since_ms = stand.clock.nowMs();
    const elapsed_s = (): number => (stand.clock.nowMs() - since_ms) / 1000;
    const ours = (): boolean => stand.holds("unitControlStatus") === controlStatus.systemControl;
    const held = bits();
    expect((await stand.manager.heartbeat()).ok).toBe(true);
    expect(bits()).toEqual(held);
    while (ours() && elapsed_s() < 2 * BACKUP_S) {
      stand.clock.pass(1000);
      await stand.manager.heartbeat();
    }
    expect(ours()).toBe(false);
    expect(elapsed_s()).toBeLessThanOrEqual(BACKUP_S + crossroadsPlan.cycle_s);
    expect(bits()).toEqual([0, 0, 0]);
    // The street moves again: the side street, which calls, gets green.
    const greens: number[] = [];
    for (let second = 0; second < 2 * crossroadsPlan.cycle_s; second++) {
      stand.clock.pass(1000);
      stand.device.setDetector(4, true);
      const status = await stand.manager.status();
      greens.push(...(status.ok ? status.value.greens : []));
    }
    expect(greens.some((phase) => ![2, 6].includes(phase))).toBe(true);
    expect(stand.device.trips).toEqual([]);
  });

  it("lets fresh decisions keep the device, and the heartbeat again once no bit is set", async () => {
    await underOurPlan();
    for (let second = 0; second < 2 * BACKUP_S; second += 4) {
      expect((await stand.manager.control(decision({ hold: [2, 6] }))).ok).toBe(true);
      stand.clock.pass(4000);
    }
    expect(stand.holds("unitControlStatus")).toBe(controlStatus.systemControl);
    expect((await stand.manager.control(decision({}))).ok).toBe(true);
    for (let second = 0; second < 2 * BACKUP_S; second += 10) {
      expect((await stand.manager.heartbeat()).ok).toBe(true);
      stand.clock.pass(10_000);
    }
    expect(stand.holds("unitControlStatus")).toBe(controlStatus.systemControl);
  });
});

describe("a centre that falls silent", () => {
  it("T5: leaves the device on its local plan within the backup time and one cycle", async () => {
    await underOurPlan();
    const since_ms = stand.clock.nowMs();
    let back_ms: number | null = null;
    while (back_ms === null && stand.clock.nowMs() - since_ms < 2 * BACKUP_S * 1000) {
      stand.clock.pass(1000);
      const local = stand.holds("coordPatternStatus") !== crossroadsPlan.pattern;
      if (local) back_ms = stand.clock.nowMs() - since_ms;
    }
    expect(back_ms).not.toBeNull();
    expect((back_ms ?? 0) / 1000).toBeLessThanOrEqual(BACKUP_S + crossroadsPlan.cycle_s);
    expect(stand.holds("systemPatternControl")).toBe(0);
    expect(stand.device.trips).toEqual([]);
  });
});
