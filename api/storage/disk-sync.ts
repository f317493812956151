/**
 * Brings PGlite's files to the disk. PGlite starts PostgreSQL with `fsync` off, and its Node file system has no fsync
 * to call: a commit reaches the kernel, which is enough against `kill -9` and nothing against a power cut. So we sync
 * the write-ahead log after each commit, and the tables after each checkpoint.
 */
import { type FileHandle, open, readdir, stat } from "node:fs/promises";
import { join } from "node:path";

const segmentName = /^[0-9A-F]{24}$/;
/** File times are coarser than the clock; a file this much older than the last pass may still have changed since. */
const TIME_MARGIN_MS = 2000;

/** Syncs a file's content, or a folder's entries. */
export async function syncPath(path: string): Promise<void> {
  const handle = await open(path, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** The write-ahead log of one database folder. */
export class LogSync {
  readonly #folder: string;
  #segment = "";
  #handle: FileHandle | null = null;
  #queue: Promise<void> = Promise.resolve();

  constructor(databaseFolder: string) {
    this.#folder = join(databaseFolder, "pg_wal");
  }

  /** Resolves when everything up to the end of `segment`, the one being written, is on the disk. Rejects for good. */
  sync(segment: string): Promise<void> {
    this.#queue = this.#queue.then(() => this.#sync(segment));
    return this.#queue;
  }

  async close(): Promise<void> {
    await this.#handle?.close();
    this.#handle = null;
  }

  async #sync(segment: string): Promise<void> {
    if (this.#handle !== null && segment <= this.#segment) return this.#handle.datasync();
    // A large commit may have filled several segments since the last look. Before the first, there is nothing of ours.
    const filled = this.#segment === "" ? [] : (await readdir(this.#folder)).filter((name) => segmentName.test(name));
    for (const name of filled) {
      if (name >= this.#segment && name < segment) await syncPath(join(this.#folder, name));
    }
    await this.close();
    this.#handle = await open(join(this.#folder, segment), "r+");
    this.#segment = segment;
    await this.#handle.sync();
    await syncPath(this.#folder);
  }
}

/** Syncs every file below `folder` that changed since `since_ms`, and every folder that may hold a new entry. */
export async function syncTree(folder: string, since_ms: number): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true });
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await syncTree(path, since_ms);
    else if (entry.isFile()) await syncChanged(path, since_ms);
  }
  await syncChanged(folder, since_ms);
}

async function syncChanged(path: string, since_ms: number): Promise<void> {
  try {
    const { mtimeMs } = await stat(path);
    if (mtimeMs >= since_ms - TIME_MARGIN_MS) await syncPath(path);
  } catch (error) {
    // PostgreSQL removes temporary files and old segments while we walk: nothing of them is left to keep.
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
}
