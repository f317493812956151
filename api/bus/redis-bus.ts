/**
 * The bus across machines, on Redis Streams: one stream a topic, of bounded length. Each process reads through a consumer
 * group of its own, so that what came while its connection was broken is still there when it is back, and takes an entry
 * off its list only once its listeners were told.
 */
import { randomUUID } from "node:crypto";
import { Redis } from "ioredis";
import { z } from "zod";
import type { Bus, Topic, Topics } from "../../core/ports/bus.ts";
import { type Problem, problem } from "../../core/problems/problem.ts";
import { type BusOptions, InProcessBus } from "./in-process-bus.ts";

export interface RedisBusOptions extends BusOptions {
  /** `redis://…` */
  readonly url: string;
  /** Cities that share a server do not hear each other. */
  readonly site: string;
}

/** Minutes of a busy city; a reader that is away for longer misses the oldest. */
const longestStream = 20_000;
const mostAtOnce = 200;
const block_ms = 1000;
const again_ms = 500;
/** A group that nobody asked for a day belongs to a process that is gone. */
const forgotten_ms = 86_400_000;

const entrySchema = z.tuple([z.string(), z.array(z.string())]);
const readSchema = z.array(z.tuple([z.string(), z.array(entrySchema)])).nullable();
const groupsSchema = z.array(z.array(z.unknown()));

/** What a person may read of an address: never the password in it. */
function serverName(url: string): string {
  try {
    return new URL(url).host;
  } catch {
    return "REDIS_URL";
  }
}

export class RedisBus implements Bus {
  readonly #options: RedisBusOptions;
  /** Listeners here are told at once, whether or not Redis is there. */
  readonly #local: InProcessBus;
  readonly #writer: Redis;
  readonly #reader: Redis;
  readonly #self = randomUUID();
  readonly #topics = new Set<Topic>();
  readonly #grouped = new Set<Topic>();
  readonly #reading: Promise<void>;
  #wake: (() => void) | null = null;
  #closed = false;
  #trouble: Problem | null = null;
  /** Messages that other machines did not get. */
  #lost = 0;

  constructor(options: RedisBusOptions) {
    this.#options = options;
    this.#local = new InProcessBus(options);
    const retryStrategy = (): number => again_ms;
    const shared = { retryStrategy, maxRetriesPerRequest: 0, enableOfflineQueue: false } as const;
    this.#writer = new Redis(options.url, { ...shared, connectionName: "greenwave writer" });
    this.#reader = new Redis(options.url, { ...shared, connectionName: "greenwave reader" });
    for (const connection of [this.#writer, this.#reader]) {
      connection.on("error", (cause: Error) => this.#fails(cause));
    }
    this.#writer.on("ready", () => {
      this.#trouble = null;
    });
    this.#reading = this.#read();
  }

  /** Why other machines do not hear us, or we them; null when they do. */
  get problem(): Problem | null {
    return this.#trouble;
  }

  publish<T extends Topic>(topic: T, message: Topics[T]): void {
    if (this.#closed) return;
    this.#local.publish(topic, message);
    this.#writer
      .xadd(this.#key(topic), "MAXLEN", "~", longestStream, "*", "from", this.#self, "message", JSON.stringify(message))
      .catch((cause: Error) => {
        this.#lost += 1;
        this.#fails(cause);
      });
  }

  subscribe<T extends Topic>(topic: T, listener: (message: Topics[T]) => void): () => void {
    this.#topics.add(topic);
    this.#wake?.();
    return this.#local.subscribe(topic, listener);
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#wake?.();
    await this.#local.close();
    this.#reader.disconnect();
    await this.#reading;
    if (this.#writer.status === "ready") {
      const gone = [...this.#grouped].map((topic) => this.#writer.xgroup("DESTROY", this.#key(topic), this.#self));
      await Promise.allSettled(gone);
    }
    this.#writer.disconnect();
  }

  #key(topic: Topic): string {
    return `greenwave:${this.#options.site}:${topic}`;
  }

  async #read(): Promise<void> {
    while (!this.#closed) {
      try {
        await this.#readOnce();
      } catch (cause) {
        if (this.#closed) return;
        // The server was emptied, and our groups with it.
        if (String(cause).includes("NOGROUP")) this.#grouped.clear();
        else this.#fails(cause as Error);
        await this.#pause(again_ms);
      }
    }
  }

  async #readOnce(): Promise<void> {
    for (const topic of this.#topics) if (!this.#grouped.has(topic)) await this.#join(topic);
    const topics = [...this.#grouped];
    if (topics.length === 0) return this.#pause(block_ms);
    const keys = topics.map((topic) => this.#key(topic));
    const found = await this.#reader.xreadgroup(
      ...(["GROUP", this.#self, "here", "COUNT", mostAtOnce, "BLOCK", block_ms, "STREAMS"] as const),
      ...keys,
      ...keys.map(() => ">"),
    );
    for (const [key, entries] of readSchema.parse(found) ?? []) {
      const topic = topics[keys.indexOf(key)];
      if (topic === undefined) continue;
      for (const [, fields] of entries) this.#hear(topic, fields);
      await this.#reader.xack(key, this.#self, ...entries.map(([id]) => id));
    }
    return undefined;
  }

  /** From now on; what happened before is for storage to tell. */
  async #join(topic: Topic): Promise<void> {
    const key = this.#key(topic);
    await this.#reader.xgroup("CREATE", key, this.#self, "$", "MKSTREAM").catch((cause: Error) => {
      // We had joined, and only the answer was lost.
      if (!cause.message.includes("BUSYGROUP")) throw cause;
    });
    this.#grouped.add(topic);
    await this.#forgetTheGone(key);
  }

  async #forgetTheGone(key: string): Promise<void> {
    for (const group of groupsSchema.parse(await this.#reader.xinfo("GROUPS", key))) {
      const name = String(group[group.indexOf("name") + 1]);
      const consumers = groupsSchema.parse(await this.#reader.xinfo("CONSUMERS", key, name));
      const idle_ms = consumers.map((consumer) => Number(consumer[consumer.indexOf("idle") + 1]));
      const gone = idle_ms.length > 0 && idle_ms.every((each) => each > forgotten_ms);
      if (gone) await this.#reader.xgroup("DESTROY", key, name);
    }
  }

  #hear(topic: Topic, fields: readonly string[]): void {
    const of = (name: string): string | undefined => fields[fields.indexOf(name) + 1];
    if (of("from") === this.#self) return;
    try {
      this.#local.publish(topic, JSON.parse(of("message") ?? "") as Topics[Topic]);
    } catch (error) {
      this.#options.log.error({ err: error, topic }, "a message of another machine is not understood");
    }
  }

  #fails(cause: Error): void {
    const reason = (cause.message || (cause as NodeJS.ErrnoException).code || String(cause)).replace(/[.\s]+$/, "");
    this.#trouble = problem("REDIS_UNREACHABLE", { server: serverName(this.#options.url), reason, lost: this.#lost });
  }

  /** Ends early when there is something new to read or the bus closes. */
  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
