/** GET /api/spat: what every signal shows and until when, as SPAT messages. As they come: GET /api/live?topics=spat. */
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { id } from "../../core/network/schema.ts";
import type { SpatMessage } from "../../core/spat/message.ts";
import { access } from "./access.ts";
import { replyProblem } from "./problem-reply.ts";
import { readQuery } from "./query.ts";

const querySchema = z.strictObject({ intersection: id.optional() });

export interface SpatDeps {
  /** The newest of each intersection. */
  spat(): readonly SpatMessage[];
}

export function spatRoute(server: FastifyInstance, { spat }: SpatDeps): void {
  const does = "Signal phase and timing: the newest SPAT message (SAE J2735, as JSON) of each intersection.";
  server.get("/api/spat", access("open", { does, query: querySchema }), async (request, reply) => {
    const query = readQuery(querySchema, request);
    if (!query.ok) return replyProblem(request, reply, query.problem);
    const { intersection } = query.value;
    const messages = spat().filter((each) => intersection === undefined || each.intersection === intersection);
    return reply.header("cache-control", "no-store").send({ messages });
  });
}
