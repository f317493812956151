/** GET /api/flows: stored flow intervals, newest first. */
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { id } from "../../core/network/schema.ts";
import { access } from "./access.ts";
import type { HttpDeps } from "./deps.ts";
import { replyProblem } from "./problem-reply.ts";
import { readQuery, wholeNumber } from "./query.ts";

const querySchema = z.strictObject({
  lane: id.optional(),
  since_ms: wholeNumber(0, Number.MAX_SAFE_INTEGER).optional(),
  limit: wholeNumber(1, 5000).default(100),
});

export function flowsRoute(server: FastifyInstance, { flows }: Pick<HttpDeps, "flows">): void {
  const reading = access("open", { does: "Flow of lanes by interval, newest first.", query: querySchema });
  server.get("/api/flows", reading, async (request, reply) => {
    const query = readQuery(querySchema, request);
    if (!query.ok) return replyProblem(request, reply, query.problem);
    const { lane, since_ms, limit } = query.value;
    const intervals = await flows.recent({
      limit,
      ...(lane === undefined ? {} : { lane }),
      ...(since_ms === undefined ? {} : { since_ms }),
    });
    return { intervals };
  });
}
