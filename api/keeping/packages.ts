/**
 * Where sealed packages are: each begins on this disk; with an evidence store it is copied there, read back, and after a
 * time kept only there. Whoever needs one asks for its folder, and gets it whatever the place.
 */
import { existsSync } from "node:fs";
import { mkdir, readdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Clock } from "../../core/ports/clock.ts";
import type { EvidenceStore, StoredFile } from "../../core/ports/evidence-store.ts";
import type { Service } from "../../core/ports/service.ts";
import { failed, ok, type Problem, problem, type Result, thrownProblem } from "../../core/problems/problem.ts";
import { hashFile } from "../evidence/file-hash.ts";
import { MANIFEST } from "../evidence/package-files.ts";
import { Rounds } from "../service/rounds.ts";
import type { StoredPackages } from "./stored-packages.ts";

const DAY_MS = 86_400_000;
const LOOK_EVERY_MS = 30_000;
const LONGEST_WAIT_MS = 15 * 60_000;
/** Copied in one go; the rest is looked for again. */
const PAGE_CASES = 50;

export interface PackagesParts {
  /** `<data folder>/evidence`. */
  readonly folder: string;
  readonly stored: StoredPackages;
  /** Null: the disk alone. */
  readonly store: EvidenceStore | null;
  readonly localCopyDays: number;
  readonly clock: Clock;
}

export interface Packages extends Service {
  /** The case's package on this disk, brought back if need be. Fails when it is nowhere, or cannot be had now. */
  folderOf(caseId: string): Promise<Result<string>>;
  /** Gone from everywhere afterwards. */
  remove(caseId: string): Promise<Result<void>>;
  /** Why the newest try to copy failed; null when it did not. */
  problem(): Problem | null;
  /** Copies what waits, and drops local copies whose time is over. */
  tidy(): Promise<void>;
}

/** A package that is sealed again is another package: nothing in the store is ever written over. */
const keyOf = (caseId: string, manifest_sha256: string): string => `${caseId}/${manifest_sha256.slice(0, 16)}`;

async function filesIn(folder: string): Promise<readonly StoredFile[]> {
  const names = (await readdir(folder)).filter((name) => name !== MANIFEST).sort();
  // The manifest goes last: a copy that was cut short has none, and is no package.
  return Promise.all([...names, MANIFEST].map((name) => hashFile(join(folder, name), name)));
}

class PackagesAtWork implements Packages {
  readonly #parts: PackagesParts;
  readonly #rounds: Rounds;
  readonly #fetching = new Map<string, Promise<Result<string>>>();
  #problem: Problem | null = null;
  #wait_ms = LOOK_EVERY_MS;
  #queue: Promise<void> = Promise.resolve();

  constructor(parts: PackagesParts) {
    this.#parts = parts;
    this.#rounds = new Rounds(parts.clock, async () => {
      await this.tidy();
      return this.#wait_ms;
    });
  }

  problem(): Problem | null {
    return this.#problem;
  }

  start(stop: AbortSignal): Promise<void> {
    return this.#parts.store === null ? Promise.resolve() : this.#rounds.start(stop);
  }

  async close(): Promise<void> {
    await this.#rounds.close();
    this.#parts.store?.close();
  }

  folderOf(caseId: string): Promise<Result<string>> {
    const folder = this.#localFolder(caseId);
    if (existsSync(join(folder, MANIFEST))) return Promise.resolve(ok(folder));
    const underWay = this.#fetching.get(caseId);
    if (underWay !== undefined) return underWay;
    const fetching = this.#fetch(caseId).finally(() => this.#fetching.delete(caseId));
    this.#fetching.set(caseId, fetching);
    return fetching;
  }

  remove(caseId: string): Promise<Result<void>> {
    return this.#alone(() => this.#remove(caseId));
  }

  tidy(): Promise<void> {
    return this.#alone(() => this.#tidy());
  }

  /** What is being copied must not be deleted in the middle, and come up again at the other end. */
  #alone<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#queue.then(work);
    this.#queue = done.then(
      () => undefined,
      () => undefined,
    );
    return done;
  }

  async #remove(caseId: string): Promise<Result<void>> {
    const { folder, store, stored } = this.#parts;
    const names = await readdir(folder).catch((): string[] => []);
    // Beside the package may lie what was set aside, or was under way when the power went.
    for (const name of names.filter((each) => each === caseId || each.startsWith(`${caseId}.`))) {
      await rm(join(folder, name), { recursive: true, force: true });
    }
    const known = await stored.get(caseId);
    if (known === null) return ok(undefined);
    if (store === null)
      return failed(problem("EVIDENCE_S3_BAD", { reason: `case ${caseId} lies there, and it is not set` }));
    const removed = await store.remove(caseId);
    if (removed.ok) await stored.remove(caseId);
    return removed;
  }

  async #tidy(): Promise<void> {
    const { store } = this.#parts;
    if (store === null) return;
    try {
      // A wrong bucket is told before there is anything to lose by it.
      const usable = await store.check(this.#rounds.ended);
      const copied = usable.ok ? await this.#copyWaiting(store) : usable;
      this.#problem = copied.ok ? null : (copied.problems[0] ?? null);
      await this.#dropOld();
    } catch (error) {
      const { place } = store;
      this.#problem = thrownProblem(error, (reason) => problem("EVIDENCE_STORE_FAILED", { place, reason }));
    }
    this.#wait_ms = this.#problem === null ? LOOK_EVERY_MS : Math.min(this.#wait_ms * 2, LONGEST_WAIT_MS);
  }

  #localFolder(caseId: string): string {
    return join(this.#parts.folder, caseId);
  }

  /** One package that is nowhere does not keep the others back; a store that cannot be used does. */
  async #copyWaiting(store: EvidenceStore): Promise<Result<void>> {
    const { stored, clock } = this.#parts;
    const gone: Problem[] = [];
    for (const { id, manifest_sha256 } of await stored.waiting(PAGE_CASES)) {
      const folder = this.#localFolder(id);
      if (!existsSync(join(folder, MANIFEST))) {
        gone.push(problem("PACKAGE_NOT_HERE", { case: id }));
        continue;
      }
      const files = await filesIn(folder);
      const copied = await store.put(keyOf(id, manifest_sha256), folder, files, this.#rounds.ended);
      if (!copied.ok) return copied;
      await stored.add({ case_id: id, manifest_sha256, files, stored_ms: clock.nowMs() });
    }
    return gone.length === 0 ? ok(undefined) : failed(...gone);
  }

  async #fetch(caseId: string): Promise<Result<string>> {
    const { store, stored } = this.#parts;
    const known = await stored.get(caseId);
    if (known === null || store === null) return failed(problem("PACKAGE_NOT_HERE", { case: caseId }));
    const folder = this.#localFolder(caseId);
    const staging = `${folder}.fetched`;
    await rm(staging, { recursive: true, force: true });
    await mkdir(staging, { recursive: true });
    try {
      const key = keyOf(caseId, known.manifest_sha256);
      const fetched = await store.fetch(key, staging, known.files, this.#rounds.ended);
      if (!fetched.ok) return fetched;
      await rename(staging, folder);
      return ok(folder);
    } finally {
      await rm(staging, { recursive: true, force: true });
    }
  }

  /** A copy that was brought back counts anew from then on. */
  async #dropOld(): Promise<void> {
    const { folder, stored, clock, localCopyDays } = this.#parts;
    const until_ms = clock.nowMs() - localCopyDays * DAY_MS;
    const here = await readdir(folder).catch((): string[] => []);
    for (const caseId of await stored.storedBefore(until_ms, here)) {
      const { mtimeMs } = await stat(this.#localFolder(caseId));
      if (mtimeMs < until_ms) await rm(this.#localFolder(caseId), { recursive: true, force: true });
    }
  }
}

export const createPackages = (parts: PackagesParts): Packages => new PackagesAtWork(parts);
