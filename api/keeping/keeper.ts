/**
 * The housekeeper of what is remembered: proposes what is over, deletes what a person confirmed, watches the room and
 * the chains. Each hour the quick things, each day the long ones; whatever was cut short is taken up again.
 */

import { localDay } from "../../core/keeping/calendar.ts";
import { type Forecast, forecast } from "../../core/keeping/forecast.ts";
import { dueDeletion } from "../../core/keeping/retention.ts";
import type { RetentionRule } from "../../core/keeping/retention-rules.ts";
import type { CaseRecord, CaseStore } from "../../core/ports/cases.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { Service } from "../../core/ports/service.ts";
import { type Problem, ProblemError, problem, thrownProblem } from "../../core/problems/problem.ts";
import { Rounds } from "../service/rounds.ts";
import { type WatchedChains, watchChains } from "./chain-watch.ts";
import type { Deletion, Deletions } from "./deletions.ts";
import type { Packages } from "./packages.ts";
import { measureRoom, type Room, type UsageFolders, type UsageSamples } from "./usage.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const PAGE_CASES = 50;
const GB = 1e9;
/** Carried out in one round; the rest comes in the next. */
const MOST_DELETIONS = 200;

export interface KeeperParts {
  readonly cases: Pick<CaseStore, "list" | "setEvidence">;
  readonly deletions: Deletions;
  readonly packages: Packages;
  readonly samples: UsageSamples;
  readonly chains: WatchedChains;
  readonly rules: readonly RetentionRule[];
  readonly folders: UsageFolders;
  readonly quota_bytes: number | null;
  readonly warnDays: number;
  readonly timezone: string;
  readonly clock: Clock;
}

export interface RoomForecast extends Forecast {
  readonly free_bytes: number;
}

export interface Keeper extends Service {
  problems(): readonly Problem[];
  room(): Promise<RoomForecast>;
  /** One whole round now, the daily things among it. */
  round(): Promise<void>;
  /** Deletes what was confirmed. Rejects when the disk or the store does. */
  carryOut(): Promise<void>;
}

const gigabytes = (bytes: number): string => (bytes / GB).toFixed(bytes < 10 * GB ? 1 : 0);

class KeeperAtWork implements Keeper {
  readonly #parts: KeeperParts;
  readonly #rounds: Rounds;
  #deleting: Promise<void> = Promise.resolve();
  #day = "";
  #chainProblems: readonly Problem[] = [];
  #fullSoon: Problem | null = null;
  #failure: Problem | null = null;

  constructor(parts: KeeperParts) {
    this.#parts = parts;
    this.#rounds = new Rounds(parts.clock, async () => {
      await this.round();
      return HOUR_MS;
    });
  }

  problems(): readonly Problem[] {
    return [...this.#chainProblems, this.#fullSoon, this.#failure].filter((each) => each !== null);
  }

  start(stop: AbortSignal): Promise<void> {
    return this.#rounds.start(stop);
  }

  async close(): Promise<void> {
    await this.#rounds.close();
    await this.#deleting;
  }

  async room(): Promise<RoomForecast> {
    const measured = await this.#measure();
    const { clock, samples, timezone } = this.#parts;
    const since = localDay(clock.nowMs() - 30 * DAY_MS, timezone);
    return { ...forecast(await samples.since(since), measured.free_bytes), free_bytes: measured.free_bytes };
  }

  async round(): Promise<void> {
    const { clock, timezone } = this.#parts;
    try {
      await this.carryOut();
      await this.#watchRoom();
      const day = localDay(clock.nowMs(), timezone);
      if (day !== this.#day) {
        this.#chainProblems = await watchChains(this.#parts.chains, Math.floor(clock.nowMs() / DAY_MS));
        await this.#proposeDue();
        this.#day = day;
      }
      this.#failure = null;
    } catch (error) {
      this.#failure = thrownProblem(error, (reason) => problem("KEEPING_FAILED", { reason }));
    }
  }

  carryOut(): Promise<void> {
    // One at a time: a round and a person may both want the same deletion carried out.
    const done = this.#deleting.then(() => this.#carryOut());
    this.#deleting = done.catch(() => undefined);
    return done;
  }

  async #carryOut(): Promise<void> {
    for (const deletion of await this.#parts.deletions.list("confirmed", MOST_DELETIONS)) {
      if (this.#rounds.ended.aborted) return;
      await this.#delete(deletion);
    }
  }

  /** In an order that can be taken up again anywhere: the bytes, then the case's own word for it, then ours. */
  async #delete({ id, case_id, class: kept, confirmed_by }: Deletion): Promise<void> {
    const { packages, cases, deletions, clock } = this.#parts;
    const removed = await packages.remove(case_id);
    if (!removed.ok) throw new ProblemError(removed.problems);
    const at_ms = clock.nowMs();
    const reason = `${kept}: its time was over; confirmed by ${confirmed_by ?? "-"}`;
    await cases.setEvidence(case_id, { state: "deleted", at_ms, reason }, null, at_ms);
    await deletions.done(id, at_ms);
  }

  /** Every case is looked at, and with it its log: one that does not hold is told by the store. */
  async #proposeDue(): Promise<void> {
    const { cases, deletions } = this.#parts;
    for (let before: string | undefined; !this.#rounds.ended.aborted; ) {
      const page = await cases.list({ limit: PAGE_CASES, ...(before === undefined ? {} : { before }) });
      const settled = await deletions.settled(page.map(({ id }) => id));
      for (const record of page) if (!settled.has(record.id)) await this.#propose(record);
      before = page.at(-1)?.id;
      if (before === undefined) return;
    }
  }

  async #propose({ id, case: ended, evidence }: CaseRecord): Promise<void> {
    if (evidence.state === "deleted" || evidence.state === "pending") return;
    const { rules, clock, timezone, deletions } = this.#parts;
    const due = dueDeletion(ended, rules, clock.nowMs(), timezone);
    if (due !== null) await deletions.propose(id, due, clock.nowMs());
  }

  async #measure(): Promise<Room> {
    const { folders, quota_bytes, samples, clock, timezone } = this.#parts;
    const room = await measureRoom(folders, quota_bytes);
    await samples.add(localDay(clock.nowMs(), timezone), room.kinds);
    return room;
  }

  async #watchRoom(): Promise<void> {
    const { kinds, days_left, free_bytes } = await this.room();
    const { warnDays, folders } = this.#parts;
    if (days_left === null || days_left >= warnDays) {
      this.#fullSoon = null;
      return;
    }
    const grows = kinds.toSorted((a, b) => (b.growth_bytes_per_day ?? 0) - (a.growth_bytes_per_day ?? 0));
    const growth = grows.reduce((sum, { growth_bytes_per_day: each }) => sum + (each ?? 0), 0);
    this.#fullSoon = problem("DISK_FULL_SOON", {
      folder: folders.dataDir,
      days: Math.floor(days_left),
      free_gb: gigabytes(free_bytes),
      growth_gb: gigabytes(growth),
      kind: grows[0]?.kind ?? "-",
    });
  }
}

export const createKeeper = (parts: KeeperParts): Keeper => new KeeperAtWork(parts);
