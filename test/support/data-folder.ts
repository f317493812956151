/** Temporary data folders, and one freshly made database to copy: to make one takes seconds, to copy it a moment. */
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openStorage, type Storage } from "../../api/storage/open-storage.ts";
import type { Clock } from "../../core/ports/clock.ts";
import { ProblemError, type Result } from "../../core/problems/problem.ts";

export class DataFolders {
  readonly #root: Promise<string> = mkdtemp(join(tmpdir(), "greenwave-storage-"));
  #made = 0;
  #template: Promise<string> | null = null;

  /** A path below which nothing exists yet. */
  async unused(): Promise<string> {
    this.#made += 1;
    const name = `data-${this.#made}`;
    return join(await this.#root, name);
  }

  /** A folder with a database of the newest schema and nothing in it. */
  async withDatabase(): Promise<string> {
    this.#template ??= this.#makeTemplate();
    const folder = await this.unused();
    await cp(await this.#template, folder, { recursive: true });
    return folder;
  }

  async remove(): Promise<void> {
    await rm(await this.#root, { recursive: true, force: true });
  }

  async #makeTemplate(): Promise<string> {
    const folder = await this.unused();
    await (await opened(folder)).close();
    return folder;
  }
}

/** A clock that stands still until the test moves it; a sleeper wakes when its time has come. */
export class ScriptedClock implements Clock {
  #now_ms: number;
  #sleepers: { readonly at_ms: number; readonly wake: () => void }[] = [];
  #onSleep: (() => void)[] = [];

  constructor(now_ms = Date.UTC(2026, 0, 5, 1)) {
    this.#now_ms = now_ms;
  }

  nowMs(): number {
    return this.#now_ms;
  }

  sleep(ms: number, stop?: AbortSignal): Promise<void> {
    // An abort that came before is not told again: who listens for it would sleep for ever.
    if (stop?.aborted === true) return Promise.reject(stop.reason);
    return new Promise((wake, aborted) => {
      this.#sleepers.push({ at_ms: this.#now_ms + ms, wake });
      for (const tell of this.#onSleep.splice(0)) tell();
      stop?.addEventListener("abort", () => aborted(stop.reason));
    });
  }

  /** Resolves when somebody next goes to sleep: what it did while awake is done. */
  nextSleep(): Promise<void> {
    return new Promise((asleep) => this.#onSleep.push(asleep));
  }

  advance(ms: number): void {
    this.#now_ms += ms;
    const due = this.#sleepers.filter(({ at_ms }) => at_ms <= this.#now_ms);
    this.#sleepers = this.#sleepers.filter(({ at_ms }) => at_ms > this.#now_ms);
    for (const { wake } of due) wake();
  }
}

export async function opened(
  dataDir: string,
  clock: Clock = new ScriptedClock(),
  databaseUrl?: string,
): Promise<Storage> {
  return need(await openStorage({ dataDir, clock, databaseUrl }));
}

/** The value, or an error that says every problem. */
export function need<T>(result: Result<T>): T {
  if (!result.ok) throw new ProblemError(result.problems);
  return result.value;
}
