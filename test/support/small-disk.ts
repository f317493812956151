/** A file system of our own that can be filled, for real. Needs the right to mount. */
import { spawnSync } from "node:child_process";
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";

const chunk = new Uint8Array(1 << 16);
/** Sooner than anybody who asks a second time. */
const refill_ms = 50;

export class SmallDisk {
  readonly folder: string;
  readonly #bytes: number;
  #filling: NodeJS.Timeout | null = null;

  private constructor(folder: string, bytes: number) {
    this.folder = folder;
    this.#bytes = bytes;
  }

  /** Null where it cannot be mounted. */
  static mount(folder: string, bytes: number): SmallDisk | null {
    mkdirSync(folder, { recursive: true });
    const args = ["-t", "tmpfs", "-o", `size=${bytes}`, "tmpfs", folder];
    return spawnSync("mount", args, { stdio: "ignore" }).status === 0 ? new SmallDisk(folder, bytes) : null;
  }

  get #ballast(): string {
    return join(this.folder, "ballast");
  }

  /** Nothing more fits from now on: what somebody deletes is filled again, as a ring that lets go its oldest would have room. */
  fill(): void {
    this.#top();
    this.#filling ??= setInterval(() => this.#top(), refill_ms);
    this.#filling.unref();
  }

  #top(): void {
    const ballast = openSync(this.#ballast, "a");
    try {
      for (let left = this.#bytes; left > 0; left -= chunk.length) writeSync(ballast, chunk);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOSPC") return;
      throw error;
    } finally {
      closeSync(ballast);
    }
    throw new Error(`${this.folder} takes more than it holds`);
  }

  makeRoom(): void {
    this.#endFilling();
    rmSync(this.#ballast, { force: true });
  }

  #endFilling(): void {
    if (this.#filling !== null) clearInterval(this.#filling);
    this.#filling = null;
  }

  unmount(): void {
    this.#endFilling();
    // Lazily: a process that is just ending may still have a file open there.
    spawnSync("umount", ["-l", this.folder]);
  }
}
