/**
 * One process per data folder. Each contender listens on a Unix socket of its own in `<dataDir>/lock` and asks all the
 * others; the kernel closes the socket of a process that dies, however it dies, so nothing can go stale and a recycled
 * process number means nothing. docs/decisions/0005-storage.md holds the argument why two can never both win.
 */
import { randomBytes } from "node:crypto";
import { closeSync, constants, openSync } from "node:fs";
import { mkdir, readdir, rename, rm } from "node:fs/promises";
import { createServer, type Server } from "node:net";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { failed, ok, type Problem, problem, type Result } from "../../core/problems/problem.ts";
import { askContender, type ContenderState } from "./lock-question.ts";

const SUFFIX = ".sock";
const POLL_MS = 50;
/** Longer than any contender needs to see an owner and step back. */
const PATIENCE_MS = 10_000;

export interface FolderLock {
  /** Idempotent. Resolves when another process may take the folder. */
  release(): Promise<void>;
}

/** Fails with `DATA_FOLDER_OCCUPIED`, naming the other process, or with `DATA_FOLDER_UNUSABLE`. */
export async function lockFolder(dataDir: string): Promise<Result<FolderLock>> {
  try {
    const lock = await Contender.enter(dataDir);
    const winner = await lock.contest();
    if (winner === null) return ok(lock);
    await lock.release();
    return failed(occupied(dataDir, winner));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    return failed(problem("DATA_FOLDER_UNUSABLE", { folder: dataDir, reason: message }));
  }
}

/** A socket is called `<pid>-<random>.sock`. */
function occupied(dataDir: string, socket: string): Problem {
  return problem("DATA_FOLDER_OCCUPIED", { folder: dataDir, pid: socket.split("-")[0] ?? "unknown" });
}

class Contender implements FolderLock {
  readonly #folder: string;
  readonly #base: string;
  readonly #descriptor: number | null;
  readonly #name: string;
  readonly #server: Server;
  #state: ContenderState = "asking";
  #released = false;

  private constructor(folder: string) {
    this.#folder = folder;
    this.#name = `${process.pid}-${randomBytes(6).toString("hex")}${SUFFIX}`;
    // A socket's address holds 107 bytes; Linux lets a deep folder be named by its descriptor instead.
    const short = process.platform === "linux";
    this.#descriptor = short ? openSync(folder, constants.O_RDONLY | constants.O_DIRECTORY) : null;
    this.#base = short ? `/proc/self/fd/${this.#descriptor}` : folder;
    this.#server = createServer((socket) => {
      socket.on("error", () => socket.destroy());
      socket.end(this.#state);
    });
  }

  static async enter(dataDir: string): Promise<Contender> {
    const folder = join(dataDir, "lock");
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const contender = new Contender(folder);
    try {
      await contender.#listen();
    } catch (error) {
      await contender.release();
      throw error;
    }
    return contender;
  }

  /** The socket of the process that has the folder; null when that is now this one. */
  async contest(): Promise<string | null> {
    for (let waited_ms = 0; ; waited_ms += POLL_MS) {
      const { owner, rival } = await this.#askOthers();
      if (owner !== null) return owner;
      if (rival === null) {
        this.#state = "owner";
        return null;
      }
      if (waited_ms >= PATIENCE_MS) return rival;
      await delay(POLL_MS);
    }
  }

  async release(): Promise<void> {
    if (this.#released) return;
    this.#released = true;
    await rm(join(this.#folder, this.#name), { force: true });
    if (this.#server.listening) await new Promise((done) => this.#server.close(done));
    if (this.#descriptor !== null) closeSync(this.#descriptor);
  }

  /** The socket gets its real name only when it answers: one that does not is dead. */
  async #listen(): Promise<void> {
    const early = `${this.#name}.new`;
    await new Promise<void>((listening, refused) => {
      this.#server.once("error", refused);
      this.#server.listen(join(this.#base, early), () => {
        this.#server.off("error", refused);
        listening();
      });
    });
    this.#server.unref();
    await rename(join(this.#folder, early), join(this.#folder, this.#name));
  }

  /** Of two that ask at the same time, the smaller name goes first and the other steps back. */
  async #askOthers(): Promise<{ owner: string | null; rival: string | null }> {
    let rival: string | null = null;
    for (const other of await readdir(this.#folder)) {
      if (!other.endsWith(SUFFIX) || other === this.#name) continue;
      const state = await askContender(join(this.#base, other));
      if (state === "gone") await rm(join(this.#folder, other), { force: true });
      else if (state === "owner" || other < this.#name) return { owner: other, rival };
      else rival = other;
    }
    return { owner: null, rival };
  }
}
