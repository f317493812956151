/** GET /api/ledger: the newest entries, and whether the whole chain still follows from its first entry. */
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Clock } from "../../core/ports/clock.ts";
import type { Ledger, LedgerEntry } from "../../core/ports/storage.ts";
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

export class LedgerReader {
  readonly #ledger: Ledger;
  readonly #clock: Clock;
  #check: { readonly started_ms: number; readonly result: Promise<ChainCheck> } | null = null;

  constructor(ledger: Ledger, clock: Clock) {
    this.#ledger = ledger;
    this.#clock = clock;
  }

  recent(limit: number): Promise<readonly LedgerEntry[]> {
    return this.#ledger.recent(limit);
  }

  chain(): Promise<ChainCheck> {
    const now_ms = this.#clock.nowMs();
    if (this.#check === null || now_ms - this.#check.started_ms >= CHECK_SHARED_MS) {
      const result = this.#ledger.verify().then((found) => ({ ...found, checked_at_ms: now_ms }));
      this.#check = { started_ms: now_ms, result };
      // A failed walk is not shared: whoever awaits it hears why, and the next reader walks again.
      result.catch(() => {
        this.#check = null;
      });
    }
    return this.#check.result;
  }
}

export async function ledgerPage(reader: LedgerReader, limit: number): Promise<LedgerDocument> {
  const entries = await reader.recent(limit);
  return { entries, chain: await reader.chain() };
}

export function ledgerRoute(server: FastifyInstance, reader: LedgerReader): void {
  server.get("/api/ledger", async (request, reply) => {
    const query = readQuery(querySchema, request);
    if (!query.ok) return replyProblem(request, reply, query.problem);
    return ledgerPage(reader, query.value.limit);
  });
}
