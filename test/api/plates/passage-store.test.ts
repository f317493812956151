import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openPlateVault } from "../../../api/plates/plate-vault.ts";
import { openStorage, type Storage } from "../../../api/storage/open-storage.ts";
import { oneOff } from "../../../core/plates/wanted.ts";
import type { PassageStore, PlatePassage } from "../../../core/ports/passages.ts";
import { DataFolders, need, ScriptedClock } from "../../support/data-folder.ts";
import { missing } from "../../support/peers.ts";
import { type PostgresServer, startPostgres } from "../../support/postgres-server.ts";

const DAY_MS = 86_400_000;
const noon_ms = Date.UTC(2026, 10, 22, 12);
const forever_ms = noon_ms + 1000 * DAY_MS;

const passage = (plate: string, minute: number, change: Partial<PlatePassage> = {}): PlatePassage => ({
  at_ms: noon_ms + minute * 60_000,
  camera: "camera-1",
  intersection: "nguyen-van-linh-hoang-dieu",
  class: "motorcycle",
  plate,
  confidence: 0.75,
  ...change,
});

async function all(store: PassageStore, from_ms: number, to_ms: number): Promise<PlatePassage[]> {
  const found: PlatePassage[] = [];
  for await (const page of store.between({ from_ms, to_ms })) found.push(...page);
  return found;
}

/** The same promises, whoever runs the SQL. */
describe.each(["PGlite", "PostgreSQL"] as const)("passages with %s", (engine) => {
  const folders = new DataFolders();
  let server: PostgresServer | null = null;
  let storage: Storage;
  let store: PassageStore;

  describe.skipIf(engine === "PostgreSQL" && missing("PostgreSQL"))("stored", () => {
    beforeAll(async () => {
      server = engine === "PostgreSQL" ? await startPostgres() : null;
      const [dataDir, clock] = [await folders.unused(), new ScriptedClock()];
      const vault = need(await openPlateVault(dataDir, clock));
      storage = need(await openStorage({ dataDir, clock, vault, databaseUrl: server?.database() }));
      store = storage.passages;
    });

    afterAll(async () => {
      await storage.close();
      await server?.stop();
      await folders.remove();
    });

    it("finds a plate over days and cameras, in order of time, and no other", async () => {
      const own = [passage("43A12345", 0), passage("43A12345", 3, { camera: "camera-2" }), passage("43A12345", 2000)];
      for (const each of [...own.toReversed(), passage("43A12346", 1)]) await store.add(each, forever_ms);
      const span = { from_ms: noon_ms, to_ms: noon_ms + 3 * DAY_MS };
      expect(await store.ofPlates(new Set(["43A12345"]), span, 10)).toEqual(own);
      expect(await store.ofPlates(new Set(["43A12345"]), span, 2)).toEqual(own.slice(0, 2));
      expect(await store.ofPlates(new Set(["43A12345"]), { ...span, to_ms: noon_ms }, 10)).toEqual(own.slice(0, 1));
    });

    it("finds plates one character off, which are hundreds of texts a day", async () => {
      const span = { from_ms: noon_ms - 6 * DAY_MS, to_ms: noon_ms + DAY_MS };
      const found = await store.ofPlates(oneOff("43A1234S"), span, 10);
      expect(found.map(({ plate }) => plate)).toEqual(["43A12345", "43A12346", "43A12345"]);
    });

    it("keeps a passage once that is told twice", async () => {
      for (let i = 0; i < 2; i++) await store.add(passage("51H32116", 5000), forever_ms);
      const at_ms = noon_ms + 5000 * 60_000;
      expect(await store.count({ from_ms: at_ms, to_ms: at_ms })).toBe(1);
    });

    it("tells all passages of a span page by page, several at the same moment among them", async () => {
      const plates = Array.from({ length: 1200 }, (_, i) => `29A${10_000 + i}`);
      for (const plate of plates) await store.add(passage(plate, 9000), noon_ms + DAY_MS);
      const at_ms = noon_ms + 9000 * 60_000;
      expect((await all(store, at_ms, at_ms)).map(({ plate }) => plate)).toEqual(plates);
    });

    it("forgets what is over, and that alone", async () => {
      const before = await store.count({ from_ms: 0, to_ms: forever_ms });
      expect(await store.forget(noon_ms + DAY_MS - 1)).toBe(0);
      expect(await store.forget(noon_ms + DAY_MS)).toBe(1200);
      expect(await store.count({ from_ms: 0, to_ms: forever_ms })).toBe(before - 1200);
    });
  });
});
