/** GET /api/movements: stored turning movements of cameras, newest first. */
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { id } from "../../core/network/schema.ts";
import { access } from "./access.ts";
import type { HttpDeps } from "./deps.ts";
import { replyProblem } from "./problem-reply.ts";
import { readQuery, wholeNumber } from "./query.ts";

const querySchema = z.strictObject({
  feed: id.optional(),
  since_ms: wholeNumber(0, Number.MAX_SAFE_INTEGER).optional(),
  limit: wholeNumber(1, 5000).default(100),
});

export function movementsRoute(server: FastifyInstance, { movements }: Pick<HttpDeps, "movements">): void {
  const reading = access("open", { does: "Turning movements by interval, newest first.", query: querySchema });
  server.get("/api/movements", reading, async (request, reply) => {
    const query = readQuery(querySchema, request);
    if (!query.ok) return replyProblem(request, reply, query.problem);
    const { feed, since_ms, limit } = query.value;
    const intervals = await movements.recent({
      limit,
      ...(feed === undefined ? {} : { feed }),
      ...(since_ms === undefined ? {} : { since_ms }),
    });
    return { intervals };
  });
}
