import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Place } from "../../../api/gate/parts.ts";
import { crossroadsPlan } from "../../support/crossroads.ts";
import { type GateStand, minh, setUpGate } from "../../support/gate-stand.ts";

let at: GateStand;
let place: Place;
beforeEach(async () => {
  at = await setUpGate();
  await at.settle();
  const found = at.gate.place("cabinet");
  if (!found.ok) throw new Error("the cabinet is there");
  place = found.value;
});
afterEach(() => at.close());

const confirmed = async (offset_s = crossroadsPlan.offset_s): Promise<void> => {
  const record = await at.drafted({ offset_s });
  await at.approve(record);
  await at.settle();
  expect(await at.state(record.id)).toBe("confirmed");
};

const codes = (done: { readonly ok: boolean; readonly problems?: readonly { readonly code: string }[] }) =>
  done.ok ? [] : (done.problems ?? []).map(({ code }) => code);

describe("what one person may do alone", () => {
  it("is to release a device to its local plan, with a reason; nothing takes it back by itself", async () => {
    await confirmed();
    expect(codes(await at.gate.release(place, "  ", minh))).toEqual(["GATE_REASON_MISSING"]);
    expect((await at.gate.release(place, "police at the crossing", minh)).ok).toBe(true);
    expect(at.stand.holds("systemPatternControl")).toBe(0);
    const kinds = await at.kinds();
    expect(kinds.slice(-2)).toEqual(["device.release", "device.released"]);
    expect(at.gate.guard.problemOf("cabinet")?.code).toBe("DEVICE_RELEASED");
    // Neither a loop nor a restart.
    expect(await at.gate.offer({ ...crossroadsPlan, offset_s: 2 }, {}, "retime")).toEqual({
      ok: true,
      value: { active: false },
    });
    const again = at.restarted();
    await at.settle(again);
    expect(again.guard.problemOf("cabinet")?.code).toBe("DEVICE_RELEASED");
    expect((await again.takeBack(place, "the police have left", minh)).ok).toBe(true);
    expect(again.guard.problemOf("cabinet")).toBeNull();
  });

  it("is to go back to the plan that was confirmed before, which is proved anew", async () => {
    await confirmed();
    expect(codes(await at.gate.previous(place, "queues", minh))).toEqual(["NO_PREVIOUS_PLAN"]);
    await confirmed(61);
    const back = await at.gate.previous(place, "the new plan queues back", minh);
    expect(back).toEqual({ ok: true, value: 1 });
    expect((await at.plans.inForce()).map(({ plan }) => plan.offset_s)).toEqual([crossroadsPlan.offset_s]);
    expect(await at.kinds()).toContain("device.previous");
  });
});

describe("a device that somebody changed beside us", () => {
  beforeEach(async () => {
    await confirmed();
    await at.gate.guard.compare(place);
    expect(at.gate.guard.problemOf("cabinet")).toBeNull();
    at.stand.edit(99, "vehicleDetectorNoActivity", 1);
    await at.gate.guard.compare(place);
  });

  it("is told, and nothing is written until a person accepts the very state they saw", async () => {
    const frozen = at.gate.guard.recordOf("cabinet").frozen;
    expect(frozen).not.toBeNull();
    expect(at.told.join()).toContain("changed beside us");
    const record = await at.drafted({ offset_s: 30 });
    await at.approve(record);
    await at.settle();
    expect(await at.state(record.id)).toBe("approved");
    expect(at.gate.waitsFor(record.id)?.code).toBe("DEVICE_FROZEN");
    expect(codes(await at.gate.accept(place, (frozen?.checksum ?? 0) + 1, "looked", minh))).toEqual([
      "DEVICE_NOT_FROZEN",
    ]);
    expect((await at.gate.accept(place, frozen?.checksum ?? 0, "looked at the cabinet", minh)).ok).toBe(true);
    expect(at.gate.guard.problemOf("cabinet")).toBeNull();
    expect(await at.kinds()).toContain("device.accepted");
  });

  it("may still be released to its local plan", async () => {
    expect((await at.gate.release(place, "somebody works there", minh)).ok).toBe(true);
    expect(at.stand.holds("systemPatternControl")).toBe(0);
  });
});
