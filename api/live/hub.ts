/** Carries the bus to every open page: at most five times a second per reader, bounded, snapshot first. */
import type { Logger } from "pino";
import type { Bus, Topic, Topics } from "../../core/ports/bus.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { Language } from "../../core/problems/problem.ts";
import { feedInLanguage } from "../../core/traffic/feed-trouble.ts";
import type { Health } from "../http/deps.ts";
import type { LineTally, Tallies } from "./tallies.ts";
import type { LiveTopic, LiveTopics } from "./topics.ts";
import { Viewer } from "./viewer.ts";

const FLUSH_MS = 200;
export const VIEWER_LIMIT = 64;
/** Health is asked for, not published: often enough for a person, far too rarely to cost anything. */
const HEALTH_EVERY_FLUSHES = 5;

export interface HubParts {
  readonly bus: Bus;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly tallies: Tallies;
  health(language: Language): Health;
  snapshot(language: Language): Promise<unknown>;
}

export class LiveHub {
  readonly #parts: HubParts;
  readonly #viewers = new Set<Viewer>();
  readonly #stop = new AbortController();
  readonly #unsubscribe: readonly (() => void)[];
  readonly #lastHealth = new Map<Language, string>();
  readonly #loop: Promise<void>;

  constructor(parts: HubParts) {
    this.#parts = parts;
    const same = ["flow", "detector", "view", "signal", "spat", "plan", "ledger"] as const;
    this.#unsubscribe = [...same.map((topic) => this.#carry(topic)), this.#tellFeeds(), this.#countCrossings()];
    this.#loop = this.#run();
  }

  /** Null when the house is full. */
  join(topics: readonly LiveTopic[], language: Language): Viewer | null {
    if (this.#viewers.size >= VIEWER_LIMIT) return null;
    const viewer = new Viewer(topics, language, this.#parts.clock.nowMs());
    this.#viewers.add(viewer);
    viewer.once("close", () => this.#viewers.delete(viewer));
    return viewer;
  }

  /** Number of open live views. */
  get viewers(): number {
    return this.#viewers.size;
  }

  /** Idempotent: ends every stream and resolves when the flush loop is over. */
  async close(): Promise<void> {
    this.#stop.abort(new Error("the live hub closes"));
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
    for (const viewer of this.#viewers) viewer.finish();
    this.#viewers.clear();
    await this.#loop;
  }

  #carry<T extends Topic & LiveTopic>(topic: T): () => void {
    return this.#parts.bus.subscribe(topic, (message: Topics[T]) => {
      this.#post(topic, message as LiveTopics[T]);
    });
  }

  #countCrossings(): () => void {
    return this.#parts.bus.subscribe("crossing", (crossing) => {
      const tally: LineTally | null = this.#parts.tallies.add(crossing);
      if (tally !== null) this.#post("tally", tally);
    });
  }

  #tellFeeds(): () => void {
    return this.#parts.bus.subscribe("feed", (status) => {
      for (const viewer of this.#viewers) viewer.outbox.put("feed", feedInLanguage(status, viewer.language));
    });
  }

  #post<T extends LiveTopic>(topic: T, message: LiveTopics[T]): void {
    for (const viewer of this.#viewers) viewer.outbox.put(topic, message);
  }

  async #run(): Promise<void> {
    const { signal } = this.#stop;
    for (let flushes = 0; !signal.aborted; flushes += 1) {
      if (flushes % HEALTH_EVERY_FLUSHES === 0) this.#postHealth();
      for (const viewer of this.#viewers) this.#serve(viewer);
      try {
        await this.#parts.clock.sleep(FLUSH_MS, signal);
      } catch (error) {
        if (!signal.aborted) throw error;
      }
    }
  }

  #serve(viewer: Viewer): void {
    if (!viewer.claimSnapshot()) {
      viewer.flush(this.#parts.clock.nowMs());
      return;
    }
    this.#parts.snapshot(viewer.language).then(
      (snapshot) => viewer.sendSnapshot(snapshot, this.#parts.clock.nowMs()),
      (error: unknown) => {
        this.#parts.logger.error({ err: error }, "no snapshot for a live view; it is closed and will ask again");
        viewer.destroy();
      },
    );
  }

  #postHealth(): void {
    for (const language of new Set([...this.#viewers].map((viewer) => viewer.language))) {
      const health = this.#parts.health(language);
      const text = JSON.stringify(health);
      if (this.#lastHealth.get(language) === text) continue;
      this.#lastHealth.set(language, text);
      for (const viewer of this.#viewers) if (viewer.language === language) viewer.outbox.put("health", health);
    }
  }
}
