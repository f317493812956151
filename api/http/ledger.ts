/** GET /api/ledger: the newest entries, and whether the whole chain still follows from its first entry. */
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Clock } from "../../core/ports/clock.ts";
import type { Ledger, LedgerEntry } from "../../core/ports/storage.ts";
import { access } from "./access.ts";
import { replyProblem } from "./problem-reply.ts";
import { readQuery, wholeNumber } from "./query.ts";

/** What `Ledger.verify` found, and when the walk began. */
export type ChainCheck = Awaited<ReturnType<Ledger["verify"]>> & { readonly checked_at_ms: number };

export interface LedgerDocument {
  /** Newest first. */
  readonly entries: readonly LedgerEntry[];
  readonly chain: ChainCheck;
}

const querySchema = z.strictObject({ limit: wholeNumber(1, 500).default(20) });

/** Walking the chain reads all of it, so readers who ask within this time share one walk. */
const CHECK_SHARED_MS = 2_000;

interface Check {
  /** Newest entry when the walk began: a walk says nothing about entries after it. */
  readonly newest: number;
  readonly started_ms: number;
  readonly result: Promise<ChainCheck>;
}

export class ChainReader {
  readonly #chain: Pick<Ledger, "verify">;
  readonly #clock: Clock;
  #check: Check | null = null;

  constructor(chain: Pick<Ledger, "verify">, clock: Clock) {
    this.#chain = chain;
    this.#clock = clock;
  }

  /** What a walk found that went at least as far as the entry `newest`. */
  check(newest: number): Promise<ChainCheck> {
    const now_ms = this.#clock.nowMs();
    const held = this.#check;
    if (held !== null && held.newest >= newest && now_ms - held.started_ms < CHECK_SHARED_MS) return held.result;
    const result = this.#chain.verify("new").then((found) => ({ ...found, checked_at_ms: now_ms }));
    const check = { newest, started_ms: now_ms, result };
    this.#check = check;
    // A failed walk is not shared: whoever awaits it hears why, and the next reader walks again.
    result.catch(() => {
      if (this.#check === check) this.#check = null;
    });
    return result;
  }
}

export class LedgerReader {
  readonly #ledger: Ledger;
  readonly #chain: ChainReader;

  constructor(ledger: Ledger, clock: Clock) {
    this.#ledger = ledger;
    this.#chain = new ChainReader(ledger, clock);
  }

  async page(limit: number): Promise<LedgerDocument> {
    const entries = await this.#ledger.recent(limit);
    return { entries, chain: await this.#chain.check(entries[0]?.seq ?? 0) };
  }
}

export function ledgerRoute(server: FastifyInstance, reader: LedgerReader): void {
  const reading = access("open", { does: "The ledger, newest first, with the verdict on it.", query: querySchema });
  server.get("/api/ledger", reading, async (request, reply) => {
    const query = readQuery(querySchema, request);
    if (!query.ok) return replyProblem(request, reply, query.problem);
    return reader.page(query.value.limit);
  });
}
