import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { deviceDifferences } from "../../../controllers/gate/device-matches-site.ts";
import { prove } from "../../../controllers/gate/prove.ts";
import { createNtcipController, type NtcipController } from "../../../controllers/ntcip/ntcip-controller.ts";
import { dbState, dbVerify, oid, splitMode } from "../../../controllers/ntcip/oids.ts";
import type { DeviceTiming, ProvedPlan } from "../../../core/ports/signal-controller.ts";
import type { Plan } from "../../../core/signal/plan.ts";
import { crossroads, crossroadsPlan } from "../../support/crossroads.ts";
import { movesDatabaseTo, type Relay, startRelay } from "./relay.ts";
import { COMMUNITY, codesOf, type Stand, setUpStand } from "./stand.ts";

let stand: Stand;
let relay: Relay;
/** The manager whose datagrams pass the relay. */
let relayed: NtcipController;

beforeEach(async () => {
  stand = await setUpStand();
  relay = await startRelay(stand.device.port);
  const { id, host } = stand.device;
  const reach = { host, port: relay.port, version: "v1" as const, community: COMMUNITY, timeout_s: 0.1 };
  relayed = createNtcipController({ id, intersection: crossroads, clock: stand.clock, ...reach });
});
afterEach(async () => {
  await relayed.close();
  await relay.close();
  await stand.close();
});

async function timing(manager = stand.manager): Promise<DeviceTiming> {
  const read = await manager.readTiming();
  if (!read.ok) throw new Error(codesOf(read).join());
  return read.value;
}

async function proved(plan: Plan = crossroadsPlan, manager = stand.manager): Promise<ProvedPlan> {
  const result = prove(crossroads, plan, await timing(manager));
  if (!result.ok) throw new Error(codesOf(result).join());
  return result.value;
}

const cycleHeld = (): number => stand.holds("patternCycleTime", 1);

describe("reading a device that was set up from the site file", () => {
  it("finds the site's phases, clearances and order", async () => {
    const read = await timing();
    expect(deviceDifferences(crossroads, read)).toEqual([]);
    expect(read).toMatchObject({ patterns: [], backup_time_s: 300 });
  });

  it("finds a pattern as the plan it was written from", async () => {
    const modes: Plan = {
      ...crossroadsPlan,
      splits: crossroadsPlan.splits.map((split, i) => ({ ...split, mode: i % 2 === 0 ? "max_recall" : "ped_recall" })),
    };
    expect((await stand.manager.download(await proved(modes))).ok).toBe(true);
    expect((await timing()).patterns).toEqual([modes]);
  });
});

describe("downloading a proved plan", () => {
  it("reads back every value it wrote, equal, and changes nothing in the street", async () => {
    const before = stand.holds("coordPatternStatus");
    const done = await stand.manager.download(await proved());
    expect(done.ok && done.value.equal).toBe(true);
    // Four values of the pattern, three for each of the device's 16 phases.
    expect(done.ok && done.value.values.length).toBe(4 + 3 * 16);
    expect(done.ok && done.value.values.every(({ sent, read }) => sent === read)).toBe(true);
    expect(stand.holds("coordPatternStatus")).toBe(before);
    expect(stand.holds("dbCreateTransaction")).toBe(dbState.normal);
  });

  it("leaves nothing of the pattern that stood there before", async () => {
    stand.edit(33, "splitTime", 1, 12);
    stand.edit(splitMode.phaseOmitted, "splitMode", 1, 12);
    expect((await stand.manager.download(await proved())).ok).toBe(true);
    expect(stand.holds("splitTime", 1, 12)).toBe(0);
    expect(stand.holds("splitMode", 1, 12)).toBe(splitMode.none);
  });

  it.each<[string, (plan: ProvedPlan) => unknown]>([
    ["an object literal", ({ plan, digest }) => ({ plan, digest })],
    ["a mutated copy", (made) => ({ ...made, plan: { ...made.plan, cycle_s: 60 } })],
    ["a JSON round trip", (made) => JSON.parse(JSON.stringify(made))],
    ["an inheritor", (made) => Object.create(made)],
  ])("refuses %s without a word to the device", async (_, forge) => {
    const forged = forge(await proved()) as ProvedPlan;
    const [down, up] = [await relayed.download(forged), await relayed.activate(forged, new AbortController().signal)];
    expect([codesOf(down), codesOf(up)]).toEqual([["PLAN_NOT_PROVED"], ["PLAN_NOT_PROVED"]]);
    expect(relay.asked).toBe(0);
  });

  it("refuses a plan that was proved for another intersection", async () => {
    const elsewhere = { ...crossroads, id: "elsewhere" };
    const other = prove(elsewhere, { ...crossroadsPlan, intersection: "elsewhere" }, await timing());
    expect(other.ok && codesOf(await stand.manager.download(other.value))).toEqual(["CONTROLLER_ELSEWHERE"]);
  });

  it("refuses when the cabinet was edited after the proof", async () => {
    const plan = await proved();
    stand.edit(50, "phaseYellowChange", 2);
    expect(codesOf(await stand.manager.download(plan))).toEqual(["DEVICE_TIMING_CHANGED"]);
    expect(cycleHeld()).toBe(0);
  });

  it("refuses to write to the pattern that is running", async () => {
    const plan = await proved();
    expect((await stand.manager.download(plan)).ok).toBe(true);
    expect((await stand.manager.activate(plan, new AbortController().signal)).ok).toBe(true);
    expect(codesOf(await stand.manager.download(await proved({ ...crossroadsPlan, offset_s: 5 })))).toEqual([
      "PATTERN_IN_FORCE",
    ]);
    expect(stand.holds("patternOffsetTime", 1)).toBe(crossroadsPlan.offset_s);
  });

  it("refuses to write a split table that another pattern uses", async () => {
    expect((await stand.manager.download(await proved())).ok).toBe(true);
    const second = await proved({ ...crossroadsPlan, pattern: 2 });
    expect((await stand.manager.download(second)).ok).toBe(true);
    stand.edit(1, "patternSplitNumber", 2);
    expect(codesOf(await stand.manager.download(await proved()))).toEqual(["SPLIT_ROW_SHARED"]);
  });

  it("refuses a device that is set to a pattern by hand", async () => {
    const plan = await proved();
    stand.edit(254, "coordOperationalMode");
    expect(codesOf(await stand.manager.download(plan))).toEqual(["CENTRAL_CONTROL_OFF"]);
  });

  it("refuses a device whose backup timer leaves no room for a heartbeat", async () => {
    stand.edit(4, "unitBackupTime");
    expect(codesOf(await stand.manager.download(await proved()))).toEqual(["BACKUP_TIME_SHORT"]);
  });
});

describe("a download that goes wrong", () => {
  it("discards the transaction that a manager before it left open", async () => {
    const dead = stand.device.controller.objects;
    const left = { syntax: "integer" as const, value: 77 };
    dead.set([{ ...left, oid: oid("dbCreateTransaction"), value: dbState.transaction }], `${COMMUNITY}@127.0.0.1`);
    dead.set([{ ...left, oid: oid("patternCycleTime", 5) }], `${COMMUNITY}@127.0.0.1`);
    expect((await stand.manager.download(await proved())).ok).toBe(true);
    expect(stand.holds("patternCycleTime", 5)).toBe(0);
  });

  /** Somebody with our own community slips a yellow of nothing into the open transaction. */
  const smuggling = (request: Buffer): boolean => {
    if (!movesDatabaseTo(request, dbState.verify)) return true;
    const smuggled = { oid: oid("phaseYellowChange", 2), syntax: "integer" as const, value: 0 };
    expect(stand.device.controller.objects.set([smuggled], `${COMMUNITY}@127.0.0.1`)).toBeNull();
    return true;
  };

  it("keeps the old plan when the device refuses the new one at verification, and says why", async () => {
    expect((await stand.manager.download(await proved())).ok).toBe(true);
    const better = await proved({ ...crossroadsPlan, offset_s: 44 }, relayed);
    relay.gate = smuggling;
    const done = await relayed.download(better);
    expect(codesOf(done)).toEqual(["TRANSACTION_REFUSED"]);
    expect(done.ok ? "" : done.problems[0]?.words["text"]).toBe("PHASE 02 YELLOW CHANGE FAULT");
    expect(stand.holds("patternOffsetTime", 1)).toBe(crossroadsPlan.offset_s);
    expect(stand.holds("phaseYellowChange", 2)).toBe(33);
    expect(stand.holds("dbCreateTransaction")).toBe(dbState.normal);
  });

  it("does not believe a verdict whose status and text disagree", async () => {
    const plan = await proved();
    stand.device.setFaults({ lie: { oid: oid("dbVerifyStatus"), value: 1 } });
    expect(codesOf(await stand.manager.download(plan))).toEqual(["TRANSACTION_REFUSED"]);
  });

  it("does not believe a good number beside a text that names a fault", async () => {
    // From a good one the manager knows how the device numbers its verdicts.
    expect((await relayed.download(await proved(crossroadsPlan, relayed))).ok).toBe(true);
    const plan = await proved({ ...crossroadsPlan, offset_s: 44 }, relayed);
    relay.gate = smuggling;
    stand.device.setFaults({ lie: { oid: oid("dbVerifyStatus"), value: dbVerify.doneWithNoError } });
    const done = await relayed.download(plan);
    expect(codesOf(done)).toEqual(["TRANSACTION_REFUSED"]);
    expect(done.ok ? "" : done.problems[0]?.words["text"]).toBe("PHASE 02 YELLOW CHANGE FAULT");
  });

  it("T7: reports a value that reads otherwise than it was sent, by name, and will not activate it", async () => {
    const plan = await proved();
    const liar = oid("splitTime", 1, 4);
    stand.device.setFaults({ lie: { oid: liar, value: 29 } });
    const done = await stand.manager.download(plan);
    expect(done).toMatchObject({
      ok: false,
      problems: [{ code: "READ_BACK_DIFFERS", words: { name: "splitTime.1.4", oid: liar, sent: 28, read: 29 } }],
    });
    expect(codesOf(await stand.manager.activate(plan, new AbortController().signal))).toEqual(["PLAN_NOT_DOWNLOADED"]);
    expect(stand.holds("systemPatternControl")).toBe(0);
  });

  it("succeeds although every third reply is lost on the way", async () => {
    const plan = await proved(crossroadsPlan, relayed);
    stand.device.setFaults({ dropShare: 0.34 });
    const done = await relayed.download(plan);
    expect(codesOf(done)).toEqual([]);
    expect(cycleHeld()).toBe(90);
  });

  it("is stopped by silence in bounded time, with one sentence", async () => {
    const plan = await proved();
    stand.device.setFaults({ silent: true });
    expect(codesOf(await stand.manager.download(plan))).toEqual(["CONTROLLER_SILENT"]);
  });

  it("T4: finds the device as it was or as it should be, wherever the line is cut, never in between", {
    timeout: 120_000,
  }, async () => {
    const plan = await proved(crossroadsPlan, relayed);
    const from = relay.asked;
    expect((await relayed.download(plan)).ok).toBe(true);
    const whole = relay.asked - from;
    const old: Plan = { ...crossroadsPlan, pattern: 3 };
    const fresh: Plan = {
      ...old,
      cycle_s: 100,
      splits: old.splits.map((split) => ({
        ...split,
        split_s: split.split_s + ([2, 6].includes(split.phase) ? 10 : 0),
      })),
    };
    expect((await stand.manager.download(await proved(old))).ok).toBe(true);
    // The last requests are those of the transaction and its read-back.
    for (let cut = whole - 13; cut <= whole; cut++) {
      const [made, start] = [await proved(fresh, relayed), relay.asked];
      relay.gate = (_, n) => n - start < cut;
      const done = await relayed.download(made);
      expect(codesOf(done)).toContain("CONTROLLER_SILENT");
      relay.gate = () => true;
      const held = (await timing()).patterns.find((pattern) => pattern.pattern === 3);
      expect([old, fresh]).toContainEqual(held);
      // The next manager clears the line and puts the old plan back.
      expect((await stand.manager.download(await proved(old))).ok).toBe(true);
    }
  });
});
