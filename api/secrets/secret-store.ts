/**
 * Secrets of devices, sealed with AES-256-GCM: one identity for each device and direction. What is sealed names its device
 * and direction in its authenticated data, so that no entry can be moved to another; a store whose key does not fit is
 * refused as a whole. Values go in and come out here, and appear in no list, log, export or problem.
 */
import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { mkdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { failed, ok, problem, type Result } from "../../core/problems/problem.ts";
import { syncPath } from "../storage/disk-sync.ts";
import { type Direction, directions, type Identity, identitySchema, kindOf } from "./identity.ts";
import {
  isExposed,
  type KeyPlace,
  keyFileOf,
  keyOfPassphrase,
  makeKeyFile,
  OWNER_ONLY,
  passphraseOf,
  readKeyFile,
} from "./secret-key.ts";

const FILE_NAME = "secrets.json";
const IV_BYTES = 12;
const SALT_BYTES = 16;

const base64 = z.string().regex(/^[A-Za-z0-9+/]+=*$/);

const entrySchema = z.strictObject({
  device: z.string().regex(/^[a-z0-9][a-z0-9_-]{0,62}$/),
  direction: z.enum(directions),
  kind: z.enum(["community", "v3"]),
  set_ms: z.number().int(),
  iv: base64,
  tag: base64,
  sealed: base64,
});

const fileSchema = z.strictObject({
  version: z.literal(1),
  /** Of the pass phrase; null where the key stands in a file. */
  salt: base64.nullable(),
  entries: z.array(entrySchema),
});

type Entry = z.infer<typeof entrySchema>;

/** What may be told of a secret. */
export type KeptSecret = Pick<Entry, "device" | "direction" | "kind" | "set_ms">;

const about = ({ device, direction }: Pick<Entry, "device" | "direction">): Buffer =>
  Buffer.from(`greenwave secret ${device}/${direction}`, "utf8");

function seal(key: Buffer, what: KeptSecret, identity: Identity): Entry {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv("aes-256-gcm", key, iv);
  cipher.setAAD(about(what));
  const sealed = Buffer.concat([cipher.update(JSON.stringify(identity), "utf8"), cipher.final()]);
  const text = (bytes: Buffer): string => bytes.toString("base64");
  return { ...what, iv: text(iv), tag: text(cipher.getAuthTag()), sealed: text(sealed) };
}

/** Null when it was sealed with another key, for another device, or altered. */
function unseal(key: Buffer, entry: Entry): Identity | null {
  const bytes = (text: string): Buffer => Buffer.from(text, "base64");
  const decipher = createDecipheriv("aes-256-gcm", key, bytes(entry.iv), { authTagLength: 16 });
  try {
    decipher.setAAD(about(entry));
    decipher.setAuthTag(bytes(entry.tag));
    const text = Buffer.concat([decipher.update(bytes(entry.sealed)), decipher.final()]).toString("utf8");
    return identitySchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

interface Opened {
  readonly key: Buffer;
  readonly salt: Buffer | null;
  readonly entries: readonly Entry[];
}

export class SecretStore {
  readonly #place: KeyPlace;
  readonly #file: string;
  #opened: Opened;

  private constructor(place: KeyPlace, file: string, opened: Opened) {
    this.#place = place;
    this.#file = file;
    this.#opened = opened;
  }

  /** Makes a key, and no store yet, where there is neither. Every entry is tried: a wrong key is found out here. */
  static async open(place: KeyPlace): Promise<Result<SecretStore>> {
    const file = join(place.dataDir, FILE_NAME);
    try {
      await mkdir(place.dataDir, { recursive: true, mode: 0o700 });
      const found = await readStore(file);
      if (!found.ok) return found;
      const opened = await openWith(place, found.value);
      if (!opened.ok) return opened;
      const unreadable = opened.value.entries.find((entry) => unseal(opened.value.key, entry) === null);
      if (unreadable !== undefined) return failed(problem("SECRETS_KEY_WRONG", { file }));
      return ok(new SecretStore(place, file, opened.value));
    } catch (error) {
      return failed(problem("SECRETS_UNREADABLE", { file, reason: (error as NodeJS.ErrnoException).code ?? "?" }));
    }
  }

  list(): readonly KeptSecret[] {
    return this.#opened.entries.map(({ device, direction, kind, set_ms }) => ({ device, direction, kind, set_ms }));
  }

  get(device: string, direction: Direction): Identity | null {
    const entry = this.#opened.entries.find((each) => each.device === device && each.direction === direction);
    return entry === undefined ? null : unseal(this.#opened.key, entry);
  }

  async set(device: string, direction: Direction, identity: Identity, now_ms: number): Promise<void> {
    const what = { device, direction, kind: kindOf(identity), set_ms: now_ms };
    const entries = [...this.#without(device, direction), seal(this.#opened.key, what, identity)];
    const order = (entry: Entry): string => `${entry.device}/${entry.direction}`;
    await this.#write({ ...this.#opened, entries: entries.sort((a, b) => order(a).localeCompare(order(b))) });
  }

  /** False when there was none. */
  async remove(device: string, direction: Direction): Promise<boolean> {
    const entries = this.#without(device, direction);
    if (entries.length === this.#opened.entries.length) return false;
    await this.#write({ ...this.#opened, entries });
    return true;
  }

  /**
   * Everything is sealed anew: with a new key file, or with the pass phrase `next`. How many entries that was. The old key
   * file is kept beside the new one until the store is written, so that a power cut leaves one that fits.
   */
  async rotate(next: string | null): Promise<number> {
    const file = keyFileOf(this.#place);
    const old = this.#opened;
    const salt = next === null ? null : randomBytes(SALT_BYTES);
    const draft = `${file}.next`;
    if (next === null) await rm(draft, { force: true });
    const key = next !== null && salt !== null ? await keyOfPassphrase(next, salt) : await makeKeyFile(draft);
    const entries = old.entries.map((entry) => {
      const identity = unseal(old.key, entry);
      if (identity === null) throw new Error("a secret that was readable a moment ago is not any more");
      return seal(key, entry, identity);
    });
    await this.#write({ key, salt, entries });
    if (next === null) await rename(draft, file);
    return entries.length;
  }

  #without(device: string, direction: Direction): readonly Entry[] {
    return this.#opened.entries.filter((each) => each.device !== device || each.direction !== direction);
  }

  /** All of it under its name, or nothing. */
  async #write(opened: Opened): Promise<void> {
    const { salt, entries } = opened;
    const document = { version: 1 as const, salt: salt?.toString("base64") ?? null, entries };
    const draft = `${this.#file}.${randomBytes(4).toString("hex")}`;
    await writeFile(draft, `${JSON.stringify(document, null, 2)}\n`, { flag: "wx", mode: OWNER_ONLY, flush: true });
    await rename(draft, this.#file);
    await syncPath(this.#place.dataDir);
    this.#opened = opened;
  }
}

type StoredFile = z.infer<typeof fileSchema> | null;

async function readStore(file: string): Promise<Result<StoredFile>> {
  try {
    if (await isExposed(file)) return failed(problem("SECRETS_KEY_EXPOSED", { file }));
    return ok(fileSchema.parse(JSON.parse(await readFile(file, "utf8"))));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return ok(null);
    return failed(problem("SECRETS_UNREADABLE", { file, reason: code ?? "it is not what was written" }));
  }
}

async function openWith(place: KeyPlace, stored: StoredFile): Promise<Result<Opened>> {
  const passphrase = passphraseOf(place);
  const entries = stored?.entries ?? [];
  if (passphrase !== null) {
    if (stored !== null && stored.salt === null) return failed(problem("SECRETS_BY_KEY_FILE"));
    const salt = stored === null ? randomBytes(SALT_BYTES) : Buffer.from(stored.salt ?? "", "base64");
    return ok({ key: await keyOfPassphrase(passphrase, salt), salt, entries });
  }
  if (stored !== null && stored.salt !== null) return failed(problem("SECRETS_BY_PASSPHRASE"));
  const file = keyFileOf(place);
  // A rotation that was cut short: the store may fit either key, and is asked which.
  const next = await readKeyFile(`${file}.next`);
  const probe = entries[0];
  if (next.ok && probe !== undefined && unseal(next.value, probe) !== null) {
    await rename(`${file}.next`, file);
    return ok({ key: next.value, salt: null, entries });
  }
  if (stored === null && (await isAbsent(file))) return ok({ key: await makeKeyFile(file), salt: null, entries });
  const key = await readKeyFile(file);
  return key.ok ? ok({ key: key.value, salt: null, entries }) : key;
}

const isAbsent = (file: string): Promise<boolean> =>
  stat(file).then(
    () => false,
    (error: NodeJS.ErrnoException) => error.code === "ENOENT",
  );
