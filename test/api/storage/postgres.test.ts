import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { openStorage } from "../../../api/storage/open-storage.ts";
import { type ProblemError, sentence } from "../../../core/problems/problem.ts";
import { DataFolders, opened, ScriptedClock } from "../../support/data-folder.ts";
import { missing } from "../../support/peers.ts";
import { type PostgresServer, startPostgres } from "../../support/postgres-server.ts";

describe.skipIf(missing("PostgreSQL"))("a PostgreSQL server", () => {
  const folders = new DataFolders();
  const clock = new ScriptedClock();
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(async () => {
    await server.stop();
    await folders.remove();
  });

  it("keeps what was stored from one start to the next, whatever the folder", async () => {
    const databaseUrl = server.database();
    const first = await opened(await folders.unused(), clock, databaseUrl);
    const entry = await first.ledger.append("plan.active", { corridor: "nguyễn văn linh" }, 7);
    await first.close();
    const again = await opened(await folders.unused(), clock, databaseUrl);
    expect(await again.ledger.recent(9)).toEqual([entry]);
    expect(await again.ledger.verify()).toMatchObject({ entries: 1, broken_at: null });
    await again.close();
  });

  it("is one greenwave's at a time", async () => {
    const databaseUrl = server.database();
    const owner = await opened(await folders.unused(), clock, databaseUrl);
    const second = await openStorage({ dataDir: await folders.unused(), clock, databaseUrl });
    expect(second).toMatchObject({ ok: false, problems: [{ code: "DATABASE_OCCUPIED" }] });
    await owner.close();
    await (await opened(await folders.unused(), clock, databaseUrl)).close();
  });

  it("that goes away takes nothing, says so, and is used again when it is back", async () => {
    const storage = await opened(await folders.unused(), clock, server.database());
    const kept = await storage.ledger.append("before", 1, 1);
    const back = server.restart();
    // Whatever is taken before the server is gone has to be there afterwards, and nothing else.
    const taken: number[] = [];
    await vi.waitFor(
      async () => {
        const refused = await storage.ledger.append("meanwhile", taken.length, 2).then(
          () => taken.push(taken.length),
          (error: ProblemError) => error,
        );
        expect(refused).toMatchObject({ problems: [{ code: "DATABASE_UNREACHABLE" }] });
      },
      { timeout: 10_000, interval: 5 },
    );
    expect(storage.health().problems.map(({ code }) => code)).toContain("DATABASE_UNREACHABLE");
    await back;
    await vi.waitFor(() => storage.ledger.append("after", 3, 3), { timeout: 20_000, interval: 50 });
    expect(storage.health().problems).toEqual([]);
    const entries = (await storage.ledger.recent(5000)).toReversed();
    expect(entries[0]).toEqual(kept);
    expect(entries.slice(1, -1).map(({ body }) => body)).toEqual(taken);
    expect(await storage.ledger.verify()).toMatchObject({ broken_at: null });
    await storage.close();
  });

  it("that is not there is named without its password", async () => {
    const databaseUrl = "postgres://greenwave:secret@127.0.0.1:1/city";
    const none = await openStorage({ dataDir: await folders.unused(), clock, databaseUrl });
    expect(none).toMatchObject({ ok: false, problems: [{ code: "DATABASE_UNREACHABLE" }] });
    const words = none.ok ? "" : none.problems.map((found) => sentence(found)).join("");
    expect(words).toContain("127.0.0.1:1/city");
    expect(words).not.toContain("secret");
  });

  it("writes a chain that holds however many write at once", async () => {
    const storage = await opened(await folders.unused(), clock, server.database());
    await Promise.all(Array.from({ length: 50 }, (_, index) => storage.ledger.append("race", index, index)));
    expect(await storage.ledger.verify()).toMatchObject({ entries: 50, broken_at: null });
    await storage.close();
  });
});
