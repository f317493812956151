/** Upkeep that is told to end in the middle of a round: it ends the round and sleeps no more. */
import { expect, it } from "vitest";
import type { DatabaseSql } from "../../../api/storage/sql.ts";
import { Upkeep } from "../../../api/storage/upkeep.ts";
import { ScriptedClock } from "../../support/data-folder.ts";

it("ends with the round that is under way, and says nothing was wrong", async () => {
  const clock = new ScriptedClock();
  const done: string[] = [];
  let vacuumed: () => void = () => undefined;
  let begun: () => void = () => undefined;
  const vacuuming = new Promise<void>((resolve) => {
    begun = resolve;
  });
  const empty = { query: () => Promise.resolve([]), script: () => Promise.resolve() };
  const sql: DatabaseSql = {
    ...empty,
    stopped: null,
    transaction: (work) => work(empty),
    close: () => Promise.resolve(),
    vacuum: () => {
      begun();
      return new Promise((resolve) => {
        vacuumed = resolve;
      });
    },
    checkpoint: async () => {
      done.push("checkpoint");
    },
  };
  const upkeep = new Upkeep({ sql, clock, folder: "/nowhere", keepEventsDays: 30 });
  clock.advance(5 * 60_000);
  await vacuuming;
  const closed = upkeep.close().then(() => done.push("closed"));
  vacuumed();
  await closed;
  expect(done).toEqual(["checkpoint", "closed"]);
  expect(upkeep.problem).toBeNull();
});
