import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SqlDeviceRecords } from "../../../api/gate/device-records.ts";
import { SqlProposalStore } from "../../../api/gate/proposal-store.ts";
import { SqlLedger } from "../../../api/storage/sql-ledger.ts";
import type { ProposalStep, StepOf } from "../../../core/proposals/proposal.ts";
import { crossroads, crossroadsPlan } from "../../support/crossroads.ts";
import { enginesUnderTest, openDatabaseOf, type TestDatabase } from "../../support/databases.ts";

const who = { by: "lan", role: "engineer", at_ms: 1000 };
const service = { by: "(service)", role: null, at_ms: 2000 };
const drafted: StepOf<"drafted"> = {
  kind: "drafted",
  ...who,
  intersection: crossroads.id,
  controller: "cabinet",
  plan: crossroadsPlan,
  reason: "hàng chờ rẽ trái dài",
  before: { pattern: 254, plan: null },
  window: null,
};
const proved: ProposalStep = {
  kind: "proved",
  ...service,
  digest: "d",
  checks: [],
  device_digest: "e",
  controller_checksum: 7,
};
const run = { phases: [], in_step_after_s: 0, trips: [] };
const report = {
  from_ms: 0,
  to_ms: 1,
  recorded_calls: 0,
  calls: "standing",
  proposed: run,
  in_force: run,
  passed: true,
} as const;
const shadowed: ProposalStep = { kind: "shadowed", ...service, report };
const approved = (by: string): ProposalStep => ({
  kind: "approved",
  by,
  role: "engineer",
  at_ms: 3000,
  reason: "seen",
});
const began: ProposalStep = {
  kind: "began",
  ...service,
  pattern: 1,
  previous_pattern: 254,
  digest: "d",
  device_digest: "e",
  controller_checksum: 7,
};

describe.each(enginesUnderTest)("proposals on %s", (engine, lacking) => {
  let database: TestDatabase;
  let store: SqlProposalStore;
  let ledger: SqlLedger;
  beforeAll(async () => {
    if (lacking) return;
    database = await openDatabaseOf(engine);
    ledger = new SqlLedger(database.sql);
    store = new SqlProposalStore({ sql: database.sql, ledger });
  }, 120_000);
  afterAll(() => (lacking ? undefined : database.close()));

  const upTo = async (...steps: readonly ProposalStep[]): Promise<number> => {
    const { id } = await store.draft(drafted);
    for (const [at, step] of steps.entries()) expect(await store.step(id, step, at + 1)).toMatchObject({ ok: true });
    return id;
  };
  const codeOf = (done: { readonly ok: boolean; readonly problems?: readonly { readonly code: string }[] }) =>
    done.ok ? "ok" : done.problems?.[0]?.code;

  it.skipIf(lacking)("are what their steps come to, each of them an entry of the ledger", async () => {
    const id = await upTo(proved, shadowed, approved("minh"));
    const record = await store.get(id);
    expect(record?.proposal.state).toBe("approved");
    expect(record?.proposal.steps).toEqual([drafted, proved, shadowed, approved("minh")]);
    const [newest] = await ledger.recent(1);
    expect(newest).toMatchObject({ kind: "proposal.approved", body: { proposal: id, by: "minh", reason: "seen" } });
    expect(await ledger.verify()).toMatchObject({ broken_at: null });
    expect(
      (await store.list({ states: ["approved"], intersection: crossroads.id, limit: 9 })).map((each) => each.id),
    ).toEqual([id]);
    expect(await store.list({ before: id, limit: 9 })).toEqual([]);
  });

  it.skipIf(lacking)(
    "T9: of two who go on from the same step one wins, and of two changes one is under way",
    async () => {
      const id = await upTo(proved, shadowed);
      const both = await Promise.all([store.step(id, approved("minh"), 3), store.step(id, approved("hoa"), 3)]);
      expect(both.map(codeOf).sort()).toEqual(["PROPOSAL_MOVED_ON", "ok"]);
      const other = await upTo(proved, shadowed, approved("minh"));
      const [one, two] = await Promise.all([store.step(id, began, 4), store.step(other, began, 4)]);
      expect([codeOf(one), codeOf(two)].sort()).toEqual(["INTERSECTION_TAKEN", "ok"]);
    },
  );

  it.skipIf(lacking)("are refused when a step was altered beside the ledger", async () => {
    const id = await upTo(proved);
    await database.sql.transaction((tx) =>
      tx.query("update proposal_step set body = replace(body, 'lan', 'anh') where proposal_id = $1 and number = 1", [
        id,
      ]),
    );
    await expect(store.get(id)).rejects.toThrow("not the one in the ledger");
  });

  it.skipIf(lacking)("stand beside what is known of each controller, which outlives the process", async () => {
    const devices = new SqlDeviceRecords(database.sql);
    const record = { controller: "cabinet", checksum: 7, frozen: { checksum: 9, at_ms: 5 }, released: null };
    await devices.put(record);
    await devices.put({ ...record, frozen: null, released: { by: "minh", reason: "cây đổ", at_ms: 6 } });
    expect(await devices.all()).toEqual([
      { ...record, frozen: null, released: { by: "minh", reason: "cây đổ", at_ms: 6 } },
    ]);
  });
});
