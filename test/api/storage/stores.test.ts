import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Storage } from "../../../api/storage/open-storage.ts";
import type { DetectorEvent } from "../../../core/ports/detection-feed.ts";
import type { Plan } from "../../../core/signal/plan.ts";
import type { FlowInterval } from "../../../core/traffic/flow-interval.ts";
import type { MovementInterval } from "../../../core/traffic/movement-interval.ts";
import { DataFolders, opened } from "../../support/data-folder.ts";
import { missing } from "../../support/peers.ts";
import { type PostgresServer, startPostgres } from "../../support/postgres-server.ts";

const MINUTE_MS = 60_000;

const interval = (lane: string, minute: number, change: Partial<FlowInterval> = {}): FlowInterval => ({
  intersection: "nguyen-van-linh-hoang-dieu",
  lane,
  feed: "camera-1",
  origin: "camera",
  start_ms: Date.UTC(2026, 0, 5) + minute * MINUTE_MS,
  length_s: 60,
  total: 31,
  by_class: { motorcycle: 27, car: 3, bus: 1 },
  occupancy: 0.375,
  mean_headway_s: 1.9,
  quality: "valid",
  frames_seen: 1500,
  gap_s: 0,
  ...change,
});

/** The same promises, whoever runs the SQL. */
describe.each(["PGlite", "PostgreSQL"] as const)("with %s", (engine) => {
  const folders = new DataFolders();
  let server: PostgresServer | null = null;
  let storage: Storage;

  describe.skipIf(engine === "PostgreSQL" && missing("PostgreSQL"))("stored", () => {
    beforeAll(async () => {
      server = engine === "PostgreSQL" ? await startPostgres() : null;
      storage = await opened(await folders.unused(), undefined, server?.database());
    });

    afterAll(async () => {
      await storage.close();
      await server?.stop();
      await folders.remove();
    });

    describe("movement intervals", () => {
      const turning = (feed: string, minute: number, change: Partial<MovementInterval> = {}): MovementInterval => ({
        intersection: "nguyen-van-linh-hoang-dieu",
        feed,
        origin: "camera",
        start_ms: Date.UTC(2026, 0, 5) + minute * MINUTE_MS,
        length_s: 60,
        movements: [
          { movement: "left", entry: "a", exit: "b", turn: null, total: 1, by_class: { car: 1 }, mean_time_s: 3.25 },
        ],
        unfinished: [{ entry: "a", total: 2, by_class: { motorcycle: 2 } }],
        unentered: [],
        quality: "valid",
        frames_seen: 600,
        gap_s: 0,
        ...change,
      });

      it("come back as they were stored, of one camera or of all, newest first", async () => {
        await storage.movements.append([turning("m-1", 0), turning("m-1", 1), turning("m-2", 1)]);
        expect(await storage.movements.recent({ feed: "m-1", limit: 10 })).toEqual([
          turning("m-1", 1),
          turning("m-1", 0),
        ]);
        expect(await storage.movements.recent({ limit: 2 })).toEqual([turning("m-1", 1), turning("m-2", 1)]);
      });

      it("sent again count once, and the one that saw more stays", async () => {
        await storage.movements.append([turning("m-3", 0, { quality: "partial", frames_seen: 10 })]);
        await storage.movements.append([turning("m-3", 0)]);
        await storage.movements.append([turning("m-3", 0, { frames_seen: 20 })]);
        expect(await storage.movements.recent({ feed: "m-3", limit: 10 })).toEqual([turning("m-3", 0)]);
      });
    });

    describe("flow intervals", () => {
      it("come back as they were stored, newest first", async () => {
        const sent = [interval("f-1", 0), interval("f-1", 1, { occupancy: null, mean_headway_s: null, by_class: {} })];
        await storage.flows.append(sent);
        expect(await storage.flows.recent({ lane: "f-1", limit: 10 })).toEqual([sent[1], sent[0]]);
      });

      it("keep all that the eyes measured, and leave out what they did not", async () => {
        const full = interval("f-9", 0, {
          min_headway_s: 0.4,
          median_headway_s: 1.5,
          headway_counts: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
          speeds: 20,
          mean_speed_kmh: 31.5,
          p85_speed_kmh: 40.25,
          mean_queue_veh: 2.5,
          max_queue_veh: 7,
          max_queue_m: 33.5,
          actuations: 12,
          frames_expected: 1510,
          gaps: 1,
          longest_gap_s: 1.5,
          damaged_frames: 3,
          flags: ["gap", "damage"],
        });
        await storage.flows.append([full, interval("f-9", 1, { max_queue_m: null })]);
        expect(await storage.flows.recent({ lane: "f-9", limit: 10 })).toEqual([interval("f-9", 1), full]);
      });

      it("are chosen by lane, by time from the first instant on, and by number", async () => {
        await storage.flows.append([0, 1, 2, 3].map((minute) => interval("f-2", minute)));
        const since_ms = interval("f-2", 1).start_ms;
        const found = await storage.flows.recent({ lane: "f-2", since_ms, limit: 2 });
        expect(found.map(({ start_ms }) => (start_ms - since_ms) / MINUTE_MS)).toEqual([2, 1]);
        expect((await storage.flows.recent({ limit: 1000 })).some(({ lane }) => lane === "f-2")).toBe(true);
      });

      it("sent again count once, whether in the same append, at the same time or later", async () => {
        const once = interval("f-3", 0);
        await Promise.all([storage.flows.append([once, once]), storage.flows.append([once])]);
        await storage.flows.append([{ ...once, total: 99 }]);
        expect(await storage.flows.recent({ lane: "f-3", limit: 10 })).toEqual([once]);
      });

      it("of two cameras on one lane are two intervals", async () => {
        await storage.flows.append([interval("f-4", 0), interval("f-4", 0, { feed: "camera-2" })]);
        expect(await storage.flows.recent({ lane: "f-4", limit: 10 })).toHaveLength(2);
      });

      it.each([
        ["valid", 10, "partial", 900, "valid"],
        ["partial", 900, "valid", 10, "valid"],
        ["partial", 300, "partial", 900, "partial"],
        ["partial", 900, "missing", 900, "partial"],
      ] as const)(
        "%s of %i frames, then %s of %i: the one that knows more stays",
        async (first, n, second, m, kept) => {
          const lane = `f-5-${first}-${n}-${second}-${m}`;
          await storage.flows.append([interval(lane, 0, { quality: first, frames_seen: n, total: 1 })]);
          await storage.flows.append([interval(lane, 0, { quality: second, frames_seen: m, total: 2 })]);
          const found = await storage.flows.recent({ lane, limit: 10 });
          expect(found).toHaveLength(1);
          expect(found[0]).toMatchObject({
            quality: kept,
            total: kept === first && n >= m ? 1 : kept === second ? 2 : 1,
          });
        },
      );

      it("that break a rule of the table harm only their own append", async () => {
        const bad = storage.flows.append([interval("f-6", 0, { total: -1 })]);
        const good = storage.flows.append([interval("f-6", 1)]);
        await expect(bad).rejects.toThrow("flow_interval_total_check");
        await good;
        expect(await storage.flows.recent({ lane: "f-6", limit: 10 })).toEqual([interval("f-6", 1)]);
      });
    });

    const event = (channel: number, at_ms: number, on: boolean, intersection = "e-1"): DetectorEvent => ({
      intersection,
      channel,
      at_ms,
      on,
      origin: "simulated",
    });

    describe("detector events", () => {
      it("come back newest first, and a resend counts once", async () => {
        const sent = [event(1, 1000, true), event(1, 1400, false), event(2, 1400, true)];
        await storage.events.append(sent);
        await storage.events.append(sent);
        expect(await storage.events.recent({ intersection: "e-1", limit: 10 })).toEqual([sent[1], sent[2], sent[0]]);
        expect(await storage.events.recent({ intersection: "e-1", since_ms: 1001, limit: 10 })).toHaveLength(2);
        expect(await storage.events.recent({ intersection: "elsewhere", limit: 10 })).toEqual([]);
      });
    });

    const plan = (intersection: string, cycle_s: number): Plan => ({
      intersection,
      pattern: 3,
      cycle_s,
      offset_s: 12,
      offset_reference: "begin_green_of_coord_phases",
      sequence: 1,
      splits: [
        { phase: 2, split_s: 50, mode: "none" },
        { phase: 4, split_s: cycle_s - 50, mode: "none" },
      ],
    });

    describe("plans", () => {
      it("begin as proposed and keep their reasons", async () => {
        const reasons = { critical_flow_ratio: 0.71, sources: ["measured", "assumed"] };
        const id = await storage.plans.add(plan("p-1", 90), reasons, 5000);
        expect(await storage.plans.recent({ intersection: "p-1", limit: 5 })).toEqual([
          { id, plan: plan("p-1", 90), state: "proposed", at_ms: 5000, reasons },
        ]);
      });

      it("have one in force at each intersection: the next one supersedes it", async () => {
        const first = await storage.plans.add(plan("p-2", 90), [], 1);
        const second = await storage.plans.add(plan("p-2", 100), [], 2);
        const elsewhere = await storage.plans.add(plan("p-3", 80), [], 3);
        await storage.plans.setState(first, "active", 4);
        await storage.plans.setState(elsewhere, "active", 5);
        await storage.plans.setState(second, "active", 6);
        const inForce = (await storage.plans.inForce()).filter(({ plan: { intersection } }) => intersection !== "p-1");
        expect(inForce.map(({ id, state }) => [id, state])).toEqual([
          [second, "active"],
          [elsewhere, "active"],
        ]);
        const history = await storage.plans.recent({ intersection: "p-2", limit: 5 });
        expect(history.map(({ id, state, at_ms }) => [id, state, at_ms])).toEqual([
          [second, "active", 6],
          [first, "superseded", 6],
        ]);
      });

      it("that were never stored have no state", async () => {
        await expect(storage.plans.setState(123_456, "active", 1)).rejects.toThrow("plan 123456 was never stored");
      });
    });

    describe("the ledger", () => {
      it("chains entries appended at the same time, and verifies", async () => {
        const appended = await Promise.all(
          Array.from({ length: 20 }, (_, i) =>
            storage.ledger.append("plan_activated", { i, text: "Đà Nẵng\u0000", n: 1e21 }, i),
          ),
        );
        const bySeq = appended.toSorted((a, b) => b.seq - a.seq);
        expect(await storage.ledger.recent(20)).toEqual(bySeq);
        expect(new Set(appended.map(({ previous }) => previous)).size).toBe(20);
        expect(await storage.ledger.verify()).toEqual({ entries: bySeq[0]?.seq, broken_at: null, fault: null });
      });

      it("takes nothing that has no JSON form, and goes on", async () => {
        const before = await storage.ledger.verify();
        await expect(storage.ledger.append("bad", { at: undefined }, 1)).rejects.toThrow("$.body.at");
        await storage.ledger.append("good", {}, 2);
        expect(await storage.ledger.verify()).toEqual({ ...before, entries: before.entries + 1 });
      });

      it("verifies across pages", async () => {
        const before = (await storage.ledger.verify()).entries;
        for (let i = before; i < 510; i += 1) await storage.ledger.append("tick", i, i);
        expect(await storage.ledger.verify()).toEqual({ entries: 510, broken_at: null, fault: null });
      });
    });
  });
});
