/** GET /api/audit: who saw, took out, decided and was refused what, and whether the chain of it still holds. */
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Audit } from "../../core/ports/audit.ts";
import type { Clock } from "../../core/ports/clock.ts";
import { access } from "./access.ts";
import { ChainReader } from "./ledger.ts";
import { replyProblem } from "./problem-reply.ts";
import { pageOf, readQuery, wholeNumber } from "./query.ts";
import type { Witness } from "./witness.ts";

const querySchema = z.strictObject({
  /** Only entries of a smaller number. */
  before: wholeNumber(1, Number.MAX_SAFE_INTEGER).optional(),
  /** Only what concerns it, such as the id of a case. */
  subject: z.string().min(1).max(200).optional(),
  limit: wholeNumber(1, 500).default(100),
});

export interface AuditDeps {
  readonly audit: Audit;
  readonly witness: Witness;
  readonly clock: Clock;
}

export function auditRoute(server: FastifyInstance, { audit, witness, clock }: AuditDeps): void {
  const chain = new ChainReader(audit, clock);
  const reading = access("read_audit", {
    does: "The audit, newest first, with the verdict on it.",
    query: querySchema,
  });
  server.get("/api/audit", reading, async (request, reply) => {
    const query = readQuery(querySchema, request);
    if (!query.ok) return replyProblem(request, reply, query.problem);
    const { before, subject, limit } = query.value;
    await witness.saw(request, { action: "audit.read", subject: subject ?? null });
    const found = await audit.recent({
      limit: limit + 1,
      ...(before === undefined ? {} : { before }),
      ...(subject === undefined ? {} : { subject }),
    });
    const { shown: entries, next } = pageOf(found, limit, ({ seq }) => String(seq));
    const newest = before === undefined && subject === undefined ? (entries[0]?.seq ?? 0) : 0;
    return reply.header("cache-control", "no-store").send({ entries, next, chain: await chain.check(newest) });
  });
}
