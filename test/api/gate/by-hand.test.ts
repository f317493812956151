import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { carryByHand } from "../../../api/gate/by-hand.ts";
import { byService } from "../../../core/proposals/proposal.ts";
import type { ProposalState } from "../../../core/proposals/states.ts";
import { codesOf } from "../../controllers/ntcip/stand.ts";
import { crossroads, crossroadsPlan } from "../../support/crossroads.ts";
import { type GateStand, lan, minh, setUpGate } from "../../support/gate-stand.ts";

let at: GateStand;
beforeEach(async () => {
  at = await setUpGate();
});
afterEach(() => at.close());

/** In a process of its own, before the same device and the same stores. */
function pushed(stop = new AbortController(), heard: (state: ProposalState) => void = () => undefined) {
  const { devices, ledger, plans, proposals, stand } = at;
  const place = {
    controller: stand.another(),
    intersection: crossroads,
    virtual: false,
    approval: "second_person" as const,
  };
  const parts = {
    devices,
    ledger,
    plans,
    proposals,
    place,
    timezone: "UTC",
    events: { append: () => Promise.resolve(), recent: () => Promise.resolve([]) },
    clock: stand.clock,
    log: { info: () => undefined, warn: () => undefined },
    stop: stop.signal,
  };
  const order = { plan: crossroadsPlan, reason: "the queue reaches the bridge", drafter: lan, approver: minh, heard };
  return carryByHand(parts, order);
}

describe("a plan that is pushed by hand", () => {
  it("takes the steps that every plan takes, one after the other", async () => {
    const states: ProposalState[] = [];
    const done = await pushed(undefined, (state) => states.push(state));
    expect(codesOf(done)).toEqual([]);
    expect(await at.kinds()).toEqual(
      [
        "drafted",
        "proved",
        "shadowed",
        "approved",
        "began",
        "downloaded",
        "commanded",
        "observed",
        "observed",
        "observed",
        "confirmed",
      ].map((kind) => `proposal.${kind}`),
    );
    expect(states).toEqual(["proved", "waiting", "confirmed"]);
    expect(at.stand.holds("systemPatternControl")).toBe(1);
  });

  it("is withdrawn when the command ends before anything was sent", async () => {
    const stop = new AbortController();
    const done = await pushed(stop, () => stop.abort());
    expect(codesOf(done)).toEqual(["PUSH_ENDED"]);
    expect(await at.state(1)).toBe("withdrawn");
    expect(at.stand.holds("systemPatternControl")).toBe(0);
  });

  it("leaves a device alone that another change is being carried out at, and that change too", async () => {
    const record = await at.drafted();
    await at.approve(record);
    const steps = record.proposal.steps.length + 1;
    const digests = { digest: "0".repeat(64), device_digest: "0".repeat(64), controller_checksum: null };
    const began = { kind: "began" as const, pattern: 1, previous_pattern: 254, ...digests };
    expect((await at.proposals.step(record.id, byService(began, at.stand.clock.nowMs()), steps)).ok).toBe(true);
    expect(codesOf(await pushed())).toEqual(["INTERSECTION_TAKEN"]);
    expect(await at.state(record.id)).toBe("sending");
    expect(at.stand.holds("systemPatternControl")).toBe(0);
  });

  it("leaves a device alone that somebody has given back to its local plan", async () => {
    await at.settle();
    const [place] = at.gate.places;
    if (place === undefined) throw new Error("the stand has one device");
    expect(codesOf(await at.gate.release(place, "road works", lan))).toEqual([]);
    expect(codesOf(await pushed())).toEqual(["DEVICE_RELEASED"]);
    expect(await at.kinds()).not.toContain("proposal.drafted");
  });
});
