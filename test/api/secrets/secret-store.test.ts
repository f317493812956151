import { chmod, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { identityFrom } from "../../../api/secrets/identity.ts";
import { SecretStore } from "../../../api/secrets/secret-store.ts";
import { credentialsOf } from "../../../api/service/controller-credentials.ts";
import { controllerSchema } from "../../../controllers/schema.ts";
import { DataFolders, need } from "../../support/data-folder.ts";

const PLANTED = "planted-secret-4f1e9a";
const v3 = {
  user: "centre",
  auth: "sha256",
  priv: "aes128",
  auth_key: `auth-${PLANTED}`,
  priv_key: `priv-${PLANTED}`,
} as const;

let folders: DataFolders;
let dataDir: string;
beforeEach(async () => {
  folders = new DataFolders();
  dataDir = await folders.unused();
});
afterEach(() => folders.remove());

const open = (env: Record<string, string> = {}) => SecretStore.open({ dataDir, env });
const codes = (done: { readonly ok: boolean; readonly problems?: readonly { readonly code: string }[] }) =>
  done.ok ? [] : (done.problems ?? []).map(({ code }) => code);

/** Everything that lies in the data folder, as text. */
async function everyFile(): Promise<string> {
  const names = await readdir(dataDir);
  return (await Promise.all(names.map((name) => readFile(join(dataDir, name), "latin1")))).join("\n");
}

describe("the secrets of devices", () => {
  it("come back as they were set, one identity for reading and one for writing", async () => {
    const store = need(await open());
    await store.set("cabinet", "read", { community: PLANTED }, 1);
    await store.set("cabinet", "write", v3, 2);
    const again = need(await open());
    expect(again.get("cabinet", "read")).toEqual({ community: PLANTED });
    expect(again.get("cabinet", "write")).toEqual(v3);
    expect(again.get("elsewhere", "read")).toBeNull();
    expect(again.list()).toEqual([
      { device: "cabinet", direction: "read", kind: "community", set_ms: 1 },
      { device: "cabinet", direction: "write", kind: "v3", set_ms: 2 },
    ]);
  });

  it("lie sealed, in files that only their owner may read", async () => {
    const store = need(await open());
    await store.set("cabinet", "read", { community: PLANTED }, 1);
    await store.set("cabinet", "write", v3, 2);
    expect(await everyFile()).not.toContain(PLANTED);
    expect(await everyFile()).not.toContain(Buffer.from(PLANTED).toString("base64").slice(0, -4));
    for (const name of await readdir(dataDir)) expect((await stat(join(dataDir, name))).mode & 0o077).toBe(0);
    expect(JSON.stringify(store.list())).not.toContain(PLANTED);
  });

  it("open with their own key alone, and no entry can be moved to another device or direction", async () => {
    const store = need(await open());
    await store.set("cabinet", "read", { community: PLANTED }, 1);
    const file = join(dataDir, "secrets.json");
    const text = await readFile(file, "utf8");
    await writeFile(file, text.replace('"read"', '"write"'));
    expect(codes(await open())).toEqual(["SECRETS_KEY_WRONG"]);
    await writeFile(file, text);
    expect(codes(await open())).toEqual([]);
    await writeFile(join(dataDir, "secrets-key"), `${"0".repeat(64)}\n`);
    expect(codes(await open())).toEqual(["SECRETS_KEY_WRONG"]);
    await rm(join(dataDir, "secrets-key"));
    expect(codes(await open())).toEqual(["SECRETS_KEY_UNREADABLE"]);
  });

  it("are refused when somebody else may read the key", async () => {
    need(await open());
    await chmod(join(dataDir, "secrets-key"), 0o644);
    expect(codes(await open())).toEqual(["SECRETS_KEY_EXPOSED"]);
  });

  it("are sealed anew with another key, or with a pass phrase, and the old key opens nothing any more", async () => {
    const store = need(await open());
    await store.set("cabinet", "read", { community: PLANTED }, 1);
    const before = await readFile(join(dataDir, "secrets-key"), "utf8");
    expect(await store.rotate(null)).toBe(1);
    expect(await readFile(join(dataDir, "secrets-key"), "utf8")).not.toBe(before);
    const rotated = need(await open());
    expect(rotated.get("cabinet", "read")).toEqual({ community: PLANTED });
    expect(await rotated.rotate("năm con vịt ngoài đồng")).toBe(1);
    expect(codes(await open())).toEqual(["SECRETS_BY_PASSPHRASE"]);
    expect(codes(await open({ GREENWAVE_SECRETS_PASSPHRASE: "another one entirely" }))).toEqual(["SECRETS_KEY_WRONG"]);
    const opened = need(await open({ GREENWAVE_SECRETS_PASSPHRASE: "năm con vịt ngoài đồng" }));
    expect(opened.get("cabinet", "read")).toEqual({ community: PLANTED });
    expect(await opened.remove("cabinet", "read")).toBe(true);
    expect(await opened.remove("cabinet", "read")).toBe(false);
  });

  it("survive a rotation that a power cut ends before the new key has its name", async () => {
    const store = need(await open());
    await store.set("cabinet", "read", { community: PLANTED }, 1);
    const old = await readFile(join(dataDir, "secrets-key"), "utf8");
    await store.rotate(null);
    const next = await readFile(join(dataDir, "secrets-key"), "utf8");
    await writeFile(join(dataDir, "secrets-key.next"), next, { mode: 0o600 });
    await writeFile(join(dataDir, "secrets-key"), old, { mode: 0o600 });
    expect(need(await open()).get("cabinet", "read")).toEqual({ community: PLANTED });
    expect(need(await open()).get("cabinet", "read")).toEqual({ community: PLANTED });
  });

  it("that were mistyped are refused without a word of what was typed", () => {
    for (const text of ["", `{"user":"u","auth_key":"${PLANTED}"`, `{"user":"${PLANTED}"}`, `${PLANTED}\n${PLANTED}`]) {
      const refused = identityFrom(text);
      expect(codes(refused)).toEqual(["SECRET_SHAPE"]);
      expect(JSON.stringify(refused)).not.toContain(PLANTED);
    }
  });
});

describe("a controller whose identity is in the store", () => {
  const config = controllerSchema.parse({
    kind: "ntcip",
    id: "cabinet",
    intersection: "a",
    host: "10.0.0.9",
    version: "v3",
    identity: "store",
  });

  it("reads and writes as two", async () => {
    if (config.kind !== "ntcip") throw new Error("it is one in the street");
    const store = need(await open());
    expect(codes(credentialsOf(config, store))).toEqual(["SECRET_NOT_KEPT"]);
    await store.set("cabinet", "read", { ...v3, user: "reader" }, 1);
    await store.set("cabinet", "write", { ...v3, user: "writer" }, 1);
    expect(credentialsOf(config, store)).toMatchObject({
      ok: true,
      value: { version: { user: "reader" }, writer: { version: { user: "writer" } } },
    });
    await store.set("cabinet", "write", { community: "weaker-lock" }, 2);
    expect(codes(credentialsOf(config, store))).toEqual(["SECRET_NOT_KEPT"]);
  });

  it("names no secret of the environment, and is never approved without a second person", () => {
    const said = { kind: "ntcip", id: "cabinet", intersection: "a", host: "10.0.0.9" };
    const refusals = (more: object) =>
      controllerSchema.safeParse({ ...said, ...more }).error?.issues.map(({ message }) => message);
    expect(refusals({ identity: "store", community_env: "SECRET" })).toEqual(["IDENTITY_IN_STORE"]);
    expect(refusals({ community_env: "SECRET", approval: "automatic" })).toEqual(["APPROVAL_NEEDS_TWO"]);
    expect(refusals({ community_env: "SECRET" })).toBeUndefined();
  });
});
