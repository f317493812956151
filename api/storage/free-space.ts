/** Watches the room under the data folder: PostgreSQL must never meet a full disk in the middle of a commit. */
import { statfs } from "node:fs/promises";
import { type Problem, ProblemError, problem } from "../../core/problems/problem.ts";

/** Two write-ahead segments of 16 MB, and as much again for the tables that a checkpoint extends. */
const RESERVE_MB = 64;
const BYTES_PER_MB = 1_000_000;

export class FreeSpace {
  readonly #folder: string;
  #free_mb = Number.MAX_SAFE_INTEGER;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Looks, and rejects with `DISK_FULL` when the reserve, and `extra_mb` on top, is no longer there. */
  async require(extra_mb = 0): Promise<void> {
    const { bavail, bsize } = await statfs(this.#folder);
    this.#free_mb = Math.floor((bavail * bsize) / BYTES_PER_MB);
    const need_mb = RESERVE_MB + extra_mb;
    if (this.#free_mb < need_mb) throw new ProblemError([this.full(need_mb)]);
  }

  /** What to say of a disk without the room that is needed. */
  full(need_mb = RESERVE_MB): Problem {
    return problem("DISK_FULL", { folder: this.#folder, free_mb: this.#free_mb, need_mb });
  }

  /** By the latest look. */
  problem(): Problem | null {
    return this.#free_mb < RESERVE_MB ? this.full() : null;
  }
}
