/**
 * The line to a controller fails at every step of everything the manager does: each datagram in turn is lost with all after
 * it, or its answer is, or the manager itself is killed there. Whatever happens, the device holds what it held or what was
 * sent, never a mix, and the next manager finishes the work. In full every step, over every version; in the normal suite some.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it } from "vitest";
import { prove } from "../../controllers/gate/prove.ts";
import { sealDatabase } from "../../controllers/gate/proved-database.ts";
import { compareDatabases } from "../../controllers/ntcip/database/compare.ts";
import { type DatabaseDocument, databaseSchema, parametersOf } from "../../controllers/ntcip/database/document.ts";
import type { NtcipController } from "../../controllers/ntcip/ntcip-controller.ts";
import { dbState, oid } from "../../controllers/ntcip/oids.ts";
import type { Result } from "../../core/problems/problem.ts";
import type { Plan } from "../../core/signal/plan.ts";
import { movesDatabaseTo, type Relay, startRelay } from "../controllers/ntcip/relay.ts";
import { COMMUNITY, type Stand, setUpStand } from "../controllers/ntcip/stand.ts";
import { crossroads, crossroadsPlan } from "../support/crossroads.ts";
import { Seeded } from "../support/seeded.ts";

const full = process.env["GREENWAVE_CAMPAIGN"] === "full";
const SEED = Number(process.env["GREENWAVE_SEED"] ?? (full ? Date.now() % 1_000_000 : 20_261_122));
const versions = full ? (["v1", "v2c", "v3"] as const) : (["v2c"] as const);
/** Steps of each kind that are cut in the normal suite. */
const SOME = 3;

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const go = new AbortController().signal;
const codesOf = (result: Result<unknown>): readonly string[] =>
  result.ok ? [] : result.problems.map(({ code }) => code);

interface Place {
  readonly stand: Stand;
  readonly relay: Relay;
  /** Its datagrams pass the relay. */
  readonly manager: NtcipController;
}

async function placeOver(version: "v1" | "v2c" | "v3"): Promise<Place> {
  const stand = await setUpStand(version);
  closers.push(stand.close);
  const relay = await startRelay(stand.device.port);
  closers.push(relay.close);
  return { stand, relay, manager: stand.another({ port: relay.port, timeout_s: 0.1 }) };
}

const old: Plan = { ...crossroadsPlan, pattern: 3 };
const fresh: Plan = {
  ...old,
  cycle_s: 100,
  splits: old.splits.map((split) => ({
    ...split,
    split_s: split.split_s + ([2, 6].includes(split.phase) ? 10 : 0),
  })),
};

async function proved(plan: Plan, manager: NtcipController) {
  const timing = await manager.readTiming();
  const made = timing.ok ? prove(crossroads, plan, timing.value) : timing;
  if (!made.ok) throw new Error(codesOf(made).join());
  return made.value;
}

async function put(plan: Plan, manager: NtcipController): Promise<void> {
  const done = await manager.download(await proved(plan, manager));
  expect(codesOf(done)).toEqual([]);
}

async function held(manager: NtcipController): Promise<Plan | undefined> {
  const timing = await manager.readTiming();
  return timing.ok ? timing.value.patterns.find(({ pattern }) => pattern === old.pattern) : undefined;
}

/** Which of so many steps are cut: all of them in full, some by chance else. */
function stepsOf(whole: number, random: Seeded): readonly number[] {
  const all = Array.from({ length: whole }, (_, i) => i + 1);
  return full ? all : all.filter(() => random.next() < SOME / whole);
}

describe.each(versions)(`cables cut under SNMP %s (seed ${SEED})`, (version) => {
  const limit_ms = full ? 900_000 : 60_000;

  it("T4: a plan is the old one or the new one, whichever request is the last to get through", {
    timeout: limit_ms,
  }, async () => {
    const { stand, relay, manager } = await placeOver(version);
    await put(old, stand.manager);
    const from = relay.asked;
    await put(fresh, manager);
    const whole = relay.asked - from;
    for (const cut of stepsOf(whole, new Seeded(SEED))) {
      await put(old, stand.manager);
      const made = await proved(fresh, manager);
      const start = relay.asked;
      relay.gate = (_, n) => n - start < cut;
      const done = await manager.download(made);
      relay.gate = () => true;
      expect([old, fresh]).toContainEqual(await held(stand.manager));
      if (done.ok) expect(await held(stand.manager)).toEqual(fresh);
      // The next manager clears what was left and does it again.
      await put(fresh, stand.manager);
      expect(stand.holds("dbCreateTransaction")).toBe(dbState.normal);
    }
  });

  it("T4: a plan is the old one or the new one, whichever answer is the last to come back", {
    timeout: limit_ms,
  }, async () => {
    const { stand, manager } = await placeOver(version);
    for (const share of full ? [0.3, 0.4, 0.5, 0.6] : [0.4]) {
      await put(old, stand.manager);
      const made = await proved(fresh, manager);
      stand.device.setFaults({ dropShare: share });
      const done = await manager.download(made);
      stand.device.setFaults({});
      expect([old, fresh]).toContainEqual(await held(stand.manager));
      if (done.ok) expect(await held(stand.manager)).toEqual(fresh);
    }
  });

  it("T4: a whole database is the old one or the new one, wherever the line is cut", {
    timeout: limit_ms,
  }, async () => {
    const { stand, relay, manager } = await placeOver(version);
    const before = await stand.manager.device.readDatabase();
    if (!before.ok) throw new Error(codesOf(before).join());
    const longer = before.value.phases.map((row) => ({ ...row, passage_ds: 33 }));
    const wanted = databaseSchema.parse({ ...before.value, phases: longer }) as DatabaseDocument;
    const sealed = (document: DatabaseDocument, from: DatabaseDocument) =>
      sealDatabase("cabinet", document, parametersOf(from));
    // The transaction comes when the device was read, and takes about a dozen requests; reading changes nothing.
    const from = relay.asked;
    expect((await manager.device.readDatabase()).ok).toBe(true);
    const reading = relay.asked - from;
    const steps = Array.from({ length: 14 }, (_, i) => reading + i);
    for (const step of full ? steps : [reading + 6]) {
      const start = relay.asked;
      relay.gate = (_, n) => n - start <= step;
      const done = await manager.downloadDatabase(sealed(wanted, before.value), go);
      relay.gate = () => true;
      expect(done.ok).toBe(false);
      const after = await stand.manager.device.readDatabase();
      if (!after.ok) throw new Error(codesOf(after).join());
      const [toOld, toNew] = [before.value, wanted].map((document) => compareDatabases(document, after.value).length);
      expect([toOld, toNew]).toContain(0);
      // A transaction that the device had found sound comes into force when it is closed: the proof is void then, and told.
      const again = await stand.manager.downloadDatabase(sealed(before.value, after.value), go);
      if (!again.ok) {
        expect(codesOf(again)).toEqual(["DEVICE_TIMING_CHANGED"]);
        const back = await stand.manager.downloadDatabase(sealed(before.value, wanted), go);
        expect(codesOf(back)).toEqual([]);
      }
      expect(stand.holds("phasePassage", 1)).toBe(before.value.phases[0]?.["passage_ds"]);
    }
  });

  it("T5: the street has its local plan within the backup time and a cycle after the last heartbeat", async () => {
    const { stand, relay, manager } = await placeOver(version);
    stand.edit(60, "unitBackupTime");
    const plan = await proved(crossroadsPlan, manager);
    expect(codesOf(await manager.download(plan))).toEqual([]);
    expect(codesOf(await manager.activate(plan, go))).toEqual([]);
    expect((await manager.heartbeat()).ok).toBe(true);
    relay.gate = () => false;
    stand.clock.pass((60 + crossroadsPlan.cycle_s) * 1000);
    expect(stand.holds("systemPatternControl")).toBe(0);
    expect(stand.holds("coordPatternStatus")).not.toBe(crossroadsPlan.pattern);
    expect(stand.device.trips).toEqual([]);
  });

  it("T7: whatever value the device lies about, the plan is not activated", { timeout: limit_ms }, async () => {
    const { stand } = await placeOver(version);
    const random = new Seeded(SEED);
    const phases = crossroadsPlan.splits.map(({ phase }) => phase);
    for (const phase of full ? phases : phases.filter(() => random.next() < 0.3)) {
      const plan = await proved(crossroadsPlan, stand.manager);
      stand.device.setFaults({ lie: { oid: oid("splitTime", crossroadsPlan.pattern, phase), value: 99 } });
      expect(codesOf(await stand.manager.download(plan))).toEqual(["READ_BACK_DIFFERS"]);
      expect(codesOf(await stand.manager.activate(plan, go))).toEqual(["PLAN_NOT_DOWNLOADED"]);
      stand.device.setFaults({});
      expect(stand.holds("systemPatternControl")).toBe(0);
    }
  });
});

const writer = fileURLToPath(new URL("../support/plan-writer.js", import.meta.url));

describe("a manager killed in the middle", () => {
  it("T10: leaves a device that the next one first only reads, and then brings to an end", {
    timeout: full ? 600_000 : 60_000,
  }, async () => {
    const { stand, relay } = await placeOver("v2c");
    await put(old, stand.manager);
    const order = JSON.stringify({ intersection: crossroads, plan: fresh, community: COMMUNITY });
    const states = [dbState.transaction, dbState.verify, dbState.normal];
    for (const state of full ? states : states.slice(1, 2)) {
      const child = spawn(process.execPath, [writer, String(relay.port), order], {
        stdio: ["ignore", "ignore", "inherit"],
      });
      const ended = once(child, "exit");
      // Time passes in the device while the other process works.
      const ticking = setInterval(() => stand.clock.pass(100), 20);
      relay.gate = (request) => {
        if (movesDatabaseTo(request, state)) child.kill("SIGKILL");
        return true;
      };
      await ended;
      clearInterval(ticking);
      const sets: Buffer[] = [];
      relay.gate = (request) => {
        if (request[7 + (request[6] ?? 0)] === 0xa3) sets.push(request);
        return true;
      };
      const heir = stand.another({ port: relay.port });
      // Until it has read the device back, the heir sends nothing that changes anything.
      expect((await heir.device.poll()).ok).toBe(true);
      const found = await held(heir);
      expect([old, fresh]).toContainEqual(found);
      expect(sets).toEqual([]);
      await put(fresh, heir);
      expect(await held(heir)).toEqual(fresh);
      await put(old, heir);
      await heir.close();
    }
  });
});
