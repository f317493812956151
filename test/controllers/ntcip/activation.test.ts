import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { prove } from "../../../controllers/gate/prove.ts";
import { controlStatus, localFreeStatus, oid } from "../../../controllers/ntcip/oids.ts";
import type { ProvedPlan } from "../../../core/ports/signal-controller.ts";
import type { Plan } from "../../../core/signal/plan.ts";
import { crossroads, crossroadsPlan } from "../../support/crossroads.ts";
import { codesOf, type Stand, setUpStand } from "./stand.ts";

let stand: Stand;
const go = new AbortController().signal;

beforeEach(async () => {
  stand = await setUpStand();
});
afterEach(() => stand.close());

async function downloaded(change: Partial<Plan> = {}): Promise<ProvedPlan> {
  const timing = await stand.manager.readTiming();
  const plan = timing.ok && prove(crossroads, { ...crossroadsPlan, ...change }, timing.value);
  if (plan === false || !plan.ok) throw new Error("the crossroads plan must pass");
  const done = await stand.manager.download(plan.value);
  if (!done.ok) throw new Error(codesOf(done).join());
  return plan.value;
}

const commanded = (): number => stand.holds("systemPatternControl");

describe("activating a plan that was read back", () => {
  it("ends when the device says that it runs the pattern under the centre's control", async () => {
    const active = await stand.manager.activate(await downloaded(), go);
    expect(active).toMatchObject({
      ok: true,
      value: { pattern: 1, free_status: "notFree", control_status: "systemControl", intersection: crossroads.id },
    });
    expect(commanded()).toBe(1);
  });

  it("shows lights, and the time since local zero of the master clock", async () => {
    const plan = await downloaded();
    expect((await stand.manager.activate(plan, go)).ok).toBe(true);
    stand.clock.pass(200_000);
    const status = await stand.manager.status();
    if (!status.ok) throw new Error(codesOf(status).join());
    const { greens, yellows, reds, local_clock_s, at_ms } = status.value;
    expect([...greens, ...yellows, ...reds].sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    const expected_s = (at_ms / 1000 - crossroadsPlan.offset_s) % crossroadsPlan.cycle_s;
    expect(Math.abs((local_clock_s ?? -99) - expected_s)).toBeLessThanOrEqual(1);
  });

  it("has no local clock while running free", async () => {
    const status = await stand.manager.status();
    expect(status.ok && status.value).toMatchObject({ pattern: 254, local_clock_s: null });
  });

  it("gives the pattern before it back when the device does not confirm within three cycles", async () => {
    expect((await stand.manager.activate(await downloaded(), go)).ok).toBe(true);
    const second = await downloaded({ pattern: 2, offset_s: 60 });
    stand.device.setFaults({ lie: { oid: oid("localFreeStatus"), value: localFreeStatus.badPlan } });
    const started_ms = stand.clock.nowMs();
    const done = await stand.manager.activate(second, go);
    const waited_s = (stand.clock.nowMs() - started_ms) / 1000;
    expect(done).toMatchObject({
      ok: false,
      problems: [{ code: "ACTIVATION_NOT_CONFIRMED", words: { pattern: 2, back: 1, free_status: "badPlan" } }],
    });
    expect(waited_s).toBeGreaterThanOrEqual(3 * crossroadsPlan.cycle_s);
    expect(waited_s).toBeLessThan(3 * crossroadsPlan.cycle_s + 5);
    expect(commanded()).toBe(1);
  });

  it("keeps the backup timer fed while it waits", async () => {
    stand.edit(30, "unitBackupTime");
    const plan = await downloaded();
    stand.device.setFaults({ lie: { oid: oid("unitControlStatus"), value: controlStatus.timebase } });
    const done = stand.manager.activate(plan, go);
    expect(codesOf(await done)).toEqual(["ACTIVATION_NOT_CONFIRMED"]);
    stand.device.setFaults({});
    // 270 s of waiting under a 30 s timer, and the device never fell to its backup plan.
    expect(stand.holds("unitControlStatus")).not.toBe(controlStatus.backupMode);
  });

  it("says so when the device falls silent and cannot be called back either", async () => {
    const plan = await downloaded();
    stand.device.setFaults({ silent: true });
    const codes = codesOf(await stand.manager.activate(plan, go));
    expect(codes).toContain("CONTROLLER_SILENT");
    expect(codes).not.toContain("ACTIVATION_NOT_CONFIRMED");
  });

  it("rolls back at once when the caller stops it", async () => {
    const plan = await downloaded();
    stand.device.setFaults({ lie: { oid: oid("coordPatternStatus"), value: 254 } });
    const stop = new AbortController();
    stop.abort();
    const started_ms = stand.clock.nowMs();
    expect(codesOf(await stand.manager.activate(plan, stop.signal))).toEqual(["ACTIVATION_NOT_CONFIRMED"]);
    expect(stand.clock.nowMs()).toBe(started_ms);
    expect(commanded()).toBe(0);
  });

  it("yields to a release given while it waits", async () => {
    const plan = await downloaded();
    stand.device.setFaults({ lie: { oid: oid("coordPatternStatus"), value: 254 } });
    const [activated, released] = await Promise.all([stand.manager.activate(plan, go), stand.manager.release()]);
    expect(released.ok).toBe(true);
    expect(codesOf(activated)).toEqual(["ACTIVATION_OVERTAKEN"]);
    expect(commanded()).toBe(0);
  });
});

describe("holding a device, and letting it go", () => {
  it("repeats nothing before it has commanded a pattern, or after it released it", async () => {
    expect(await stand.manager.heartbeat()).toMatchObject({ ok: true, value: { pattern: null } });
    expect((await stand.manager.activate(await downloaded(), go)).ok).toBe(true);
    expect((await stand.manager.release()).ok).toBe(true);
    expect(await stand.manager.heartbeat()).toMatchObject({ ok: true, value: { pattern: null } });
    expect(commanded()).toBe(0);
  });

  it("keeps the pattern in force as long as it beats", async () => {
    expect((await stand.manager.activate(await downloaded(), go)).ok).toBe(true);
    for (let beat = 0; beat < 60; beat++) {
      const done = await stand.manager.heartbeat();
      expect(done).toMatchObject({ ok: true, value: { pattern: 1 } });
      stand.clock.pass((done.ok ? done.value.next_s : 0) * 1000);
    }
    expect(stand.holds("unitControlStatus")).toBe(controlStatus.systemControl);
  });

  it("lets the street fall back to its local plan in silence, and does not take it back unasked", async () => {
    expect((await stand.manager.activate(await downloaded(), go)).ok).toBe(true);
    stand.clock.pass(301_000);
    expect(stand.holds("unitControlStatus")).toBe(controlStatus.backupMode);
    expect(codesOf(await stand.manager.heartbeat())).toEqual(["COMMAND_DROPPED"]);
    expect(await stand.manager.heartbeat()).toMatchObject({ ok: true, value: { pattern: null } });
    expect(commanded()).toBe(0);
  });

  it("refuses to hold a device whose backup timer was switched off", async () => {
    expect((await stand.manager.activate(await downloaded(), go)).ok).toBe(true);
    stand.edit(0, "unitBackupTime");
    expect(codesOf(await stand.manager.heartbeat())).toEqual(["BACKUP_TIME_ZERO"]);
  });
});

describe("many requests at once", () => {
  it("does one thing after the other, and refuses the seventeenth", async () => {
    const results = await Promise.all(Array.from({ length: 17 }, () => stand.manager.status()));
    expect(results.map((result) => codesOf(result)[0] ?? "ok")).toEqual([
      ...Array.from({ length: 16 }, () => "ok"),
      "CONTROLLER_BUSY",
    ]);
  });

  it("says that it is closed to whoever comes after the end", async () => {
    await stand.manager.close();
    expect(codesOf(await stand.manager.status())).toEqual(["CONTROLLER_CLOSED"]);
  });
});
