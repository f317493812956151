/** Sealed packages on the disk and in a real S3. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DeleteObjectCommand, ListObjectsV2Command, PutObjectCommand } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { SqlCaseStore } from "../../../api/cases/case-store.ts";
import { createPackages, type Packages } from "../../../api/keeping/packages.ts";
import { s3Settings } from "../../../api/keeping/s3-settings.ts";
import { openS3 } from "../../../api/keeping/s3-store.ts";
import { StoredPackages } from "../../../api/keeping/stored-packages.ts";
import { sha256 } from "../../../api/storage/sha256.ts";
import { SqlLedger } from "../../../api/storage/sql-ledger.ts";
import type { EvidenceStore } from "../../../core/ports/evidence-store.ts";
import { sentence } from "../../../core/problems/problem.ts";
import { need, ScriptedClock } from "../../support/data-folder.ts";
import { openDatabaseOf } from "../../support/databases.ts";
import { detection } from "../../support/detections.ts";
import { missing } from "../../support/peers.ts";
import { memoryVault } from "../../support/plate-vault.ts";
import { type S3Server, startS3 } from "../../support/s3-server.ts";

const DAY_MS = 86_400_000;

describe("where the evidence goes", () => {
  const env = (EVIDENCE_S3: string, more: object = { EVIDENCE_S3_KEY: "k", EVIDENCE_S3_SECRET: "s" }) =>
    s3Settings({ EVIDENCE_S3, ...more });

  it("is the disk, unless an S3 is named", () => {
    expect(s3Settings({})).toEqual({ ok: true, value: null });
  });

  it("is a bucket and a folder in it, with credentials that stand apart", () => {
    expect(need(env("https://s3.example:9000/evidence/da-nang/2026?region=vn-1"))).toEqual({
      endpoint: "https://s3.example:9000",
      bucket: "evidence",
      prefix: "da-nang/2026/",
      region: "vn-1",
      keyId: "k",
      secret: "s",
    });
  });

  it.each([
    ["ftp://s3.example/evidence", undefined],
    ["nonsense", undefined],
    ["https://s3.example", undefined],
    ["https://key:secret@s3.example/evidence", undefined],
    ["https://s3.example/evidence", {}],
  ])("says what is wrong with %s, and nothing secret", (address, more) => {
    const read = env(address, more);
    const [first] = read.ok ? [] : read.problems;
    expect(first?.code).toBe("EVIDENCE_S3_BAD");
    expect(first === undefined ? "" : sentence(first)).not.toContain("key:secret");
  });
});

describe.skipIf(missing("S3 server"))("packages with a real S3", () => {
  const root = mkdtempSync(join(tmpdir(), "greenwave-packages-"));
  const evidence = join(root, "evidence");
  const now = new Date();
  let server: S3Server;
  let database: Awaited<ReturnType<typeof openDatabaseOf>>;
  let cases: SqlCaseStore;
  let stored: StoredPackages;
  let clock: ScriptedClock;
  let store: EvidenceStore;
  let packages: Packages;
  let made = 0;

  const file = (id: string, name: string): string => join(evidence, id, name);

  /** A case whose package is sealed, as far as anybody here can tell. */
  async function sealed(): Promise<string> {
    made += 1;
    const id = `case-${made}`;
    mkdirSync(join(evidence, id), { recursive: true });
    const manifest = `{"case_id":"${id}"}`;
    writeFileSync(file(id, "manifest.json"), manifest);
    writeFileSync(file(id, "clip.mp4"), Buffer.alloc(300_000, made));
    await cases.open(id, detection({ camera: id }), false, clock.nowMs());
    const ready = { state: "ready", manifest_sha256: sha256(manifest), edition: 1, bytes: 300_000 } as const;
    await cases.setEvidence(id, ready, null, clock.nowMs());
    return id;
  }

  async function keys(id: string): Promise<readonly string[]> {
    const list = new ListObjectsV2Command({ Bucket: server.bucket, Prefix: `da-nang/${id}/` });
    return ((await server.client.send(list)).Contents ?? []).map(({ Key }) => Key ?? "");
  }

  beforeAll(async () => {
    server = await startS3();
    database = await openDatabaseOf("PGlite");
    cases = new SqlCaseStore({ sql: database.sql, ledger: new SqlLedger(database.sql), vault: memoryVault() });
    stored = new StoredPackages(database.sql);
    const settings = need(s3Settings(server.env));
    if (settings === null) throw new Error("an S3 is named");
    store = await openS3(settings);
  });
  afterAll(async () => {
    store.close();
    await server.stop();
    await database.close();
    rmSync(root, { recursive: true, force: true });
  });
  beforeEach(() => {
    clock = new ScriptedClock(now.getTime());
    packages = createPackages({ folder: evidence, stored, store, localCopyDays: 30, clock });
  });

  it("are copied after they were sealed, and come back from there byte for byte once the local copy is gone", async () => {
    const id = await sealed();
    const before = readFileSync(file(id, "clip.mp4"));
    await packages.tidy();
    expect(packages.problem()).toBeNull();
    expect(await keys(id)).toHaveLength(2);
    expect(existsSync(file(id, "clip.mp4"))).toBe(true);

    clock.advance(31 * DAY_MS);
    await packages.tidy();
    expect(readdirSync(evidence)).not.toContain(id);

    const [first, second] = await Promise.all([packages.folderOf(id), packages.folderOf(id)]);
    expect(first).toEqual({ ok: true, value: join(evidence, id) });
    expect(second).toEqual(first);
    expect(readFileSync(file(id, "clip.mp4")).equals(before)).toBe(true);
    expect(readdirSync(evidence)).not.toContain(`${id}.fetched`);
  });

  it("are copied once", async () => {
    const id = await sealed();
    await packages.tidy();
    const first = await stored.get(id);
    clock.advance(1000);
    await packages.tidy();
    expect(await stored.get(id)).toEqual(first);
  });

  it("altered in the store are not given out, and say so", async () => {
    const id = await sealed();
    await packages.tidy();
    const [key] = (await keys(id)).filter((name) => name.endsWith("clip.mp4"));
    await server.client.send(
      new PutObjectCommand({ Bucket: server.bucket, Key: key, Body: Buffer.alloc(300_000, 99) }),
    );
    rmSync(join(evidence, id), { recursive: true });
    const found = await packages.folderOf(id);
    expect(found.ok ? "" : found.problems[0]?.code).toBe("EVIDENCE_COPY_WRONG");
    expect(existsSync(join(evidence, id))).toBe(false);
  });

  it("gone from the store say so", async () => {
    const id = await sealed();
    await packages.tidy();
    for (const Key of await keys(id)) await server.client.send(new DeleteObjectCommand({ Bucket: server.bucket, Key }));
    rmSync(join(evidence, id), { recursive: true });
    const found = await packages.folderOf(id);
    expect(found.ok ? "" : found.problems[0]?.code).toBe("EVIDENCE_STORE_FAILED");
  });

  it("that are deleted are gone from both", async () => {
    const id = await sealed();
    await packages.tidy();
    expect(need(await packages.remove(id))).toBeUndefined();
    expect(await keys(id)).toEqual([]);
    expect(existsSync(join(evidence, id))).toBe(false);
    expect(await stored.get(id)).toBeNull();
    expect((await packages.folderOf(id)).ok).toBe(false);
    await cases.setEvidence(id, { state: "deleted", at_ms: clock.nowMs(), reason: "over" }, null, clock.nowMs());
  });

  it("have a store that is not there told at once, before there is a package", async () => {
    const elsewhere = need(
      s3Settings({ ...server.env, EVIDENCE_S3: server.env.EVIDENCE_S3.replace("/evidence/", "/no-such/") }),
    );
    if (elsewhere === null) throw new Error("an S3 is named");
    const noBucket = await openS3(elsewhere);
    const alone = createPackages({ folder: evidence, stored, store: noBucket, localCopyDays: 30, clock });
    await alone.tidy();
    noBucket.close();
    const told = alone.problem();
    expect(told === null ? "" : sentence(told)).toContain("NoSuchBucket");
  });

  it("stay on the disk while the store is away, and are copied when it is back", async () => {
    const away = need(s3Settings({ ...server.env, EVIDENCE_S3: "http://127.0.0.1:9/evidence" }));
    if (away === null) throw new Error("an S3 is named");
    const unreachable = await openS3(away);
    const id = await sealed();
    const alone = createPackages({ folder: evidence, stored, store: unreachable, localCopyDays: 0, clock });
    await alone.tidy();
    expect(alone.problem()?.code).toBe("EVIDENCE_STORE_FAILED");
    expect(existsSync(file(id, "clip.mp4"))).toBe(true);
    unreachable.close();
    await packages.tidy();
    expect(await keys(id)).toHaveLength(2);
  });

  it("that are nowhere are told, and do not keep the others back", async () => {
    const lost = await sealed();
    rmSync(join(evidence, lost), { recursive: true });
    const id = await sealed();
    await packages.tidy();
    expect(packages.problem()).toMatchObject({ code: "PACKAGE_NOT_HERE", words: { case: lost } });
    expect(await keys(id)).toHaveLength(2);
  });
});
