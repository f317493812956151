/** The keys that plates are concealed with: one file in the data folder, for its owner alone, made once and flushed. */
import { randomBytes } from "node:crypto";
import { link, mkdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { failed, ok, problem, type Result } from "../../core/problems/problem.ts";
import { syncPath } from "../storage/disk-sync.ts";

const keySchema = z.strictObject({
  /** Stands before everything that the key made. */
  id: z.string().regex(/^[0-9a-f]{8}$/),
  made_ms: z.number(),
  /** 32 random bytes, hexadecimal. */
  secret: z.string().regex(/^[0-9a-f]{64}$/),
});

const fileSchema = z.strictObject({ keys: z.array(keySchema).min(1) });

export type PlateKey = Readonly<z.infer<typeof keySchema>>;

const FILE_NAME = "plate-keys.json";
const OWNER_ONLY = 0o600;
const OTHERS = 0o077;
/** New plates get a new key after a year; what the old ones made stays readable with them. */
const KEY_AGE_MS = 366 * 86_400_000;

/**
 * The newest key first. Fails with PLATE_KEYS_UNREADABLE, PLATE_KEYS_EXPOSED, or DATA_FOLDER_UNUSABLE when none can be
 * written.
 */
export async function plateKeys(dataDir: string, now_ms: number): Promise<Result<readonly PlateKey[]>> {
  const file = join(dataDir, FILE_NAME);
  const found = await readKeys(file);
  if (!found.ok) return found;
  const [newest] = found.value;
  if (newest !== undefined && now_ms - newest.made_ms < KEY_AGE_MS) return found;
  const keys = [newKey(now_ms), ...found.value];
  try {
    await mkdir(dataDir, { recursive: true, mode: 0o700 });
    const written = await writeKeys(dataDir, file, keys, found.value.length === 0);
    return written ? ok(keys) : await readKeys(file);
  } catch (error) {
    return failed(problem("DATA_FOLDER_UNUSABLE", { folder: dataDir, reason: (error as Error).message }));
  }
}

const newKey = (now_ms: number): PlateKey => ({
  id: randomBytes(4).toString("hex"),
  made_ms: now_ms,
  secret: randomBytes(32).toString("hex"),
});

/** No keys when there is no file. */
async function readKeys(file: string): Promise<Result<readonly PlateKey[]>> {
  try {
    const { mode } = await stat(file);
    if ((mode & OTHERS) !== 0) return failed(problem("PLATE_KEYS_EXPOSED", { file }));
    return ok(fileSchema.parse(JSON.parse(await readFile(file, "utf8"))).keys);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return ok([]);
    // What a parser says of the file could quote a key.
    return failed(problem("PLATE_KEYS_UNREADABLE", { file, reason: code ?? "not the JSON that was written" }));
  }
}

/**
 * All of it on the disk under its name, or nothing: no plate may be concealed with a key that a power cut takes away.
 * `first`: never in place of another file; false when there is one.
 */
async function writeKeys(folder: string, file: string, keys: readonly PlateKey[], first: boolean): Promise<boolean> {
  const draft = `${file}.${randomBytes(4).toString("hex")}`;
  await writeFile(draft, `${JSON.stringify({ keys }, null, 2)}\n`, { flag: "wx", mode: OWNER_ONLY, flush: true });
  const placed = first ? await linked(draft, file) : true;
  if (first) await rm(draft);
  else await rename(draft, file);
  await syncPath(folder);
  return placed;
}

async function linked(draft: string, file: string): Promise<boolean> {
  try {
    await link(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    return false;
  }
}
