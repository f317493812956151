import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Gatekeeper } from "../../../api/gate/gatekeeper.ts";
import { oid } from "../../../controllers/ntcip/oids.ts";
import { newestStep, type ProposalStep } from "../../../core/proposals/proposal.ts";
import { crossroadsPlan } from "../../support/crossroads.ts";
import { type GateStand, minh, setUpGate } from "../../support/gate-stand.ts";

let at: GateStand;
beforeEach(async () => {
  at = await setUpGate();
});
afterEach(() => at.close());

/** The process dies when it would take this step: whatever it does after that reaches neither the store nor the device. */
async function diesAt(kind: ProposalStep["kind"], which = 1): Promise<number> {
  const record = await at.drafted();
  const write = at.proposals.step;
  let seen = 0;
  at.proposals.step = (id, step, steps) => {
    if (step.kind !== kind || ++seen < which) return write(id, step, steps);
    void at.stand.manager.close();
    return Promise.reject(new Error("killed"));
  };
  await at.approve(record);
  await at.settle();
  at.proposals.step = write;
  return record.id;
}

/** Every SET that reaches the device from now on, by what it writes. */
function countSets(): readonly string[] {
  const { objects } = at.stand.device.controller;
  const sets: string[] = [];
  const set = objects.set.bind(objects);
  Object.assign(objects, {
    set: (writes: Parameters<typeof set>[0], who: string) => {
      sets.push(...writes.map(({ oid }) => oid));
      return set(writes, who);
    },
  });
  return sets;
}

const problemsOf = async (id: number, kind: "interrupted" | "rolled_back"): Promise<readonly string[]> => {
  const proposal = (await at.proposals.get(id))?.proposal;
  const step = proposal === undefined ? null : newestStep(proposal, kind);
  return step?.problems.map(({ code }) => code) ?? [];
};

const restart = async (): Promise<{ readonly gate: Gatekeeper; readonly sets: readonly string[] }> => {
  const sets = countSets();
  const gate = at.restarted();
  await at.settle(gate);
  return { gate, sets };
};

describe("T10: after kill -9 during control the restart reads first, and never sends again blindly", () => {
  it("killed before the download was written down: nothing is sent, and the change ends as interrupted", async () => {
    const id = await diesAt("downloaded");
    const { sets } = await restart();
    expect(sets).toEqual([]);
    expect(await at.state(id)).toBe("interrupted");
    expect(await problemsOf(id, "interrupted")).toContain("INTERRUPTED_CHANGE");
    const proposal = (await at.proposals.get(id))?.proposal;
    expect(proposal && newestStep(proposal, "interrupted")).toMatchObject({ holds: "new", reply: { pattern: 254 } });
  });

  it("killed before the first SET: the device holds what it held", async () => {
    const id = await diesAt("began");
    expect(await at.state(id)).toBe("approved");
    expect(at.stand.holds("patternCycleTime", 1)).toBe(0);
  });

  it("killed under observation: the device that still runs the plan is read back, taken back, and watched three cycles more", async () => {
    const id = await diesAt("observed", 1);
    const sets = countSets();
    const controller = at.stand.another();
    const places = at.gate.places.map((place) => ({ ...place, controller }));
    const gate = at.restarted({ places });
    const write = at.proposals.step;
    at.proposals.step = async (proposal, step, seen) => {
      if (step.kind === "resumed") expect(sets).toEqual([]);
      if (step.kind === "observed") await controller.heartbeat();
      return write(proposal, step, seen);
    };
    await at.settle(gate);
    expect(await at.state(id)).toBe("confirmed");
    // Nothing but the heartbeat, which repeats the command that stood.
    expect(new Set(sets)).toEqual(new Set([oid("systemPatternControl")]));
    const kinds = (await at.proposals.get(id))?.proposal.steps.map(({ kind }) => kind) ?? [];
    expect(kinds.slice(kinds.indexOf("resumed"))).toEqual(["resumed", "observed", "observed", "observed", "confirmed"]);
    expect(gate.guard.problemOf("cabinet")).toBeNull();
  });

  it("killed under observation, and found on its local plan: it stays there", async () => {
    const id = await diesAt("observed", 1);
    // The backup timer of the device runs out while nobody repeats the command.
    at.stand.clock.pass(400_000);
    const { sets } = await restart();
    expect(sets).toEqual([]);
    expect(await at.state(id)).toBe("interrupted");
    expect(at.stand.holds("systemPatternControl")).toBe(0);
  });

  it("killed under observation, and changed at the cabinet meanwhile: nothing is written until somebody accepts it", async () => {
    const id = await diesAt("observed", 1);
    at.stand.edit(2 * crossroadsPlan.cycle_s, "vehicleDetectorNoActivity", 1);
    const { gate, sets } = await restart();
    expect(sets).toEqual([]);
    expect(await at.state(id)).toBe("interrupted");
    expect(gate.guard.problemOf("cabinet")?.code).toBe("DEVICE_FROZEN");
    expect(await at.kinds()).toContain("device.frozen");
  });

  it("while the device does not answer, nothing is written to it", async () => {
    const id = await diesAt("observed", 1);
    at.stand.device.setFaults({ silent: true });
    const gate = at.restarted();
    await at.settle(gate);
    expect(gate.guard.problemOf("cabinet")?.code).toBe("DEVICE_NOT_READ_BACK");
    expect(await at.state(id)).toBe("observing");
    const offered = await gate.offer({ ...crossroadsPlan, offset_s: 3 }, {}, "retime");
    expect(offered.ok ? [] : offered.problems.map(({ code }) => code)).toEqual(["DEVICE_NOT_READ_BACK"]);
  });

  it("a plan that was in force is taken back, so that the heartbeat goes on; its first SET is the command that stands", async () => {
    const record = await at.drafted();
    await at.approve(record, minh);
    await at.settle();
    await at.stand.manager.close();
    const sets = countSets();
    const controller = at.stand.another();
    const place = at.gate.places[0];
    if (place === undefined) throw new Error("the cabinet is there");
    const gate = at.restarted({ places: [{ ...place, controller }] });
    await at.settle(gate);
    expect(sets).toEqual([]);
    expect(await at.kinds()).toContain("device.resumed");
    const beat = await controller.heartbeat();
    expect(beat).toMatchObject({ ok: true, value: { pattern: 1 } });
  });
});
