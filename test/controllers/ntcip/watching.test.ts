import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { decideClock } from "../../../controllers/gate/clock-decision.ts";
import { prove } from "../../../controllers/gate/prove.ts";
import { alarmChanges, alarmsIn } from "../../../controllers/ntcip/alarms.ts";
import { alarm1, alarm2, oid, shortAlarm } from "../../../controllers/ntcip/oids.ts";
import { pollDevices } from "../../../controllers/ntcip/poll-devices.ts";
import type { WatchEvent } from "../../../controllers/ntcip/watch-events.ts";
import { crossroads, crossroadsPlan } from "../../support/crossroads.ts";
import { type Relay, startRelay } from "./relay.ts";
import { codesOf, type Stand, setUpStand } from "./stand.ts";

const go = new AbortController().signal;
let stand: Stand;
let relay: Relay;

beforeEach(async () => {
  stand = await setUpStand("v2c");
  relay = await startRelay(stand.device.port);
});
afterEach(async () => {
  await relay.close();
  await stand.close();
});

/** Polls every second for so long on the street's clock, while things happen. */
async function watched(seconds: number, happen: (second: number) => unknown = () => undefined) {
  const end = new AbortController();
  const events: WatchEvent[] = [];
  const counts = { polls: 0, misses: 0 };
  const { clock } = stand;
  const start_ms = clock.nowMs();
  const watching = {
    nowMs: () => clock.nowMs(),
    sleep: async (ms: number) => {
      await clock.sleep(ms);
      const second = Math.round((clock.nowMs() - start_ms) / 1000);
      await happen(second);
      if (second >= seconds) end.abort();
    },
  };
  const onEvent = (event: WatchEvent) => events.push(event);
  const onPoll = () => counts.polls++;
  const onMiss = () => counts.misses++;
  await pollDevices({ devices: [stand.manager.device], clock: watching, onEvent, onPoll, onMiss }, end.signal);
  return { events, ...counts };
}

describe("the poll of once a second", () => {
  it("is one request, also while a pattern runs", async () => {
    const manager = stand.another({ port: relay.port });
    const timing = await manager.readTiming();
    const plan = timing.ok ? prove(crossroads, crossroadsPlan, timing.value) : timing;
    if (!plan.ok) throw new Error(codesOf(plan).join());
    expect((await manager.download(plan.value)).ok).toBe(true);
    expect((await manager.activate(plan.value, go)).ok).toBe(true);
    expect((await manager.device.poll()).ok).toBe(true);
    const before = relay.asked;
    const polled = await manager.device.poll();
    expect(relay.asked - before).toBe(1);
    expect(polled).toMatchObject({ value: { commanded: 1, flash_status: "notFlash", status: { pattern: 1 } } });
    expect(polled.ok && polled.value.status.local_clock_s).not.toBeNull();
  });

  it("tells what runs, alarms, silence and its end once each", async () => {
    const { events, polls, misses } = await watched(20, (second) => {
      stand.device.setFaults(second >= 5 && second < 12 ? { silent: true } : {});
    });
    const kinds = events.map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === "runs")).toHaveLength(1);
    expect(kinds.filter((kind) => kind === "silent")).toHaveLength(1);
    expect(events.find(({ kind }) => kind === "silent")).toMatchObject({ problem: { code: "CONTROLLER_SILENT" } });
    expect(events.filter(({ kind }) => kind === "answers")).toMatchObject([{ silent_s: null }, { silent_s: 8 }]);
    expect(events).toContainEqual(
      expect.objectContaining({ kind: "alarm", alarm: "powerRestart", change: "occurred" }),
    );
    expect(polls).toBeGreaterThanOrEqual(12);
    expect(misses).toBeGreaterThan(0);
  });

  it("T11: misses nothing though requests and answers get lost", async () => {
    const { polls, misses } = await watched(60, () => {
      stand.device.setFaults({ loseShare: 0.05, dropShare: 0.05 });
    });
    expect(misses).toBe(0);
    expect(polls).toBeGreaterThanOrEqual(60);
  });
});

describe("alarm bits", () => {
  it("have the MIB's names, and changes are told as they are", () => {
    const quiet = { alarm1: alarm1.coordActive, alarm2: 0, short: 0 };
    const loud = {
      alarm1: alarm1.localFree,
      alarm2: alarm2.powerRestart,
      short: shortAlarm.preempt | shortAlarm.localCycleZero,
    };
    expect(alarmsIn(loud)).toEqual(["localFree", "powerRestart", "short.preempt", "short.localCycleZero"]);
    expect(alarmChanges(quiet, loud)).toEqual([
      { alarm: "powerRestart", change: "occurred" },
      { alarm: "short.localCycleZero", change: "occurred" },
      { alarm: "localFree", change: "raised" },
      { alarm: "short.preempt", change: "raised" },
      { alarm: "coordActive", change: "cleared" },
    ]);
    expect(alarmChanges(loud, loud)).toHaveLength(2);
    expect(alarmsIn({ alarm1: null, alarm2: null, short: null })).toEqual([]);
  });
});

describe("a local edit at the cabinet", () => {
  it("freezes our writes until somebody accepts what the device holds now", async () => {
    const { device } = stand.manager;
    const { events } = await watched(6, (second) => {
      if (second === 3) stand.edit(44, "phasePassage", 3);
    });
    expect(events.filter(({ kind }) => kind === "local_edit")).toHaveLength(1);
    const timing = await stand.manager.readTiming();
    const plan = timing.ok ? prove(crossroads, crossroadsPlan, timing.value) : timing;
    if (!plan.ok) throw new Error(codesOf(plan).join());
    expect(codesOf(await stand.manager.download(plan.value))).toEqual(["LOCAL_EDIT"]);
    expect(stand.holds("patternCycleTime", 1)).toBe(0);
    // Giving the street back is always possible.
    expect((await stand.manager.release()).ok).toBe(true);

    const checksum = stand.holds("globalSetIDParameter");
    expect(codesOf(await device.accept(checksum === 0 ? 1 : checksum - 1))).toEqual(["LOCAL_EDIT_OTHER"]);
    expect(codesOf(await device.accept(checksum))).toEqual([]);
    expect(codesOf(await stand.manager.download(plan.value))).toEqual([]);
    expect((await device.poll()).ok).toBe(true);
    expect(device.edits.freeze).toBeNull();
  });

  it("is noticed by the next manager too, from what the last one remembered", async () => {
    expect((await stand.manager.device.poll()).ok).toBe(true);
    const remembered = stand.manager.device.memory;
    await stand.manager.close();
    stand.edit(44, "phasePassage", 3);
    const heir = stand.another({ remembered });
    expect((await heir.device.poll()).ok).toBe(true);
    expect(heir.device.edits.freeze?.code).toBe("LOCAL_EDIT");
  });

  it("stops the heartbeat: a plan that was proved against other timings is let go", async () => {
    const timing = await stand.manager.readTiming();
    const plan = timing.ok ? prove(crossroads, crossroadsPlan, timing.value) : timing;
    if (!plan.ok) throw new Error(codesOf(plan).join());
    expect((await stand.manager.download(plan.value)).ok).toBe(true);
    expect((await stand.manager.activate(plan.value, go)).ok).toBe(true);
    expect((await stand.manager.heartbeat()).ok).toBe(true);
    stand.edit(44, "phasePassage", 3);
    expect((await stand.manager.device.poll()).ok).toBe(true);
    expect(codesOf(await stand.manager.heartbeat())).toEqual(["LOCAL_EDIT"]);
  });
});

describe("the clock of a device", () => {
  const order = () => {
    const made_ms = stand.clock.nowMs();
    const decided = decideClock({ controller: "cabinet", reason: "it drifts", made_ms, expires_ms: made_ms + 30_000 });
    if (!decided.ok) throw new Error(codesOf(decided).join());
    return decided.value;
  };

  it("T8: is read with its drift, told when that passes a second, and set", async () => {
    expect((await stand.manager.device.readClock()).ok).toBe(true);
    expect((await stand.manager.setClock(order())).ok).toBe(true);
    stand.device.jumpClock(5);
    const read = await stand.manager.device.readClock();
    expect(read.ok && Math.abs(read.value.drift_s - 5)).toBeLessThanOrEqual(0.6);
    const { events } = await watched(70);
    expect(events.filter(({ kind }) => kind === "clock_drift")).toHaveLength(1);
    const set = await stand.manager.setClock(order());
    expect(set.ok && Math.abs(set.value.drift_s)).toBeLessThanOrEqual(0.6);
  });

  it("is not set by a decision that is old or not ours", async () => {
    const decided = order();
    stand.clock.pass(31_000);
    expect(codesOf(await stand.manager.setClock(decided))).toEqual(["DECISION_STALE"]);
    expect(codesOf(await stand.manager.setClock({ ...order() }))).toEqual(["DECISION_STALE"]);
  });

  it("that does not take our time is told apart from one that does", async () => {
    stand.device.setFaults({ lie: { oid: oid("globalTime"), value: Math.floor(stand.clock.nowMs() / 1000) - 90 } });
    expect(codesOf(await stand.manager.setClock(order()))).toEqual(["CLOCK_NOT_SET"]);
  });
});

describe("preempts", () => {
  it("are read one by one, and named in the status while one is on", async () => {
    const read = await stand.manager.device.preempts();
    expect(read.ok && read.value.every(({ state, commanded }) => state === "notActive" && !commanded)).toBe(true);
    expect(read.ok && read.value.length).toBeGreaterThan(0);
    const quiet = await stand.manager.device.poll();
    expect(quiet.ok && quiet.value.status.preempts).toEqual([]);
  });
});
