/** GET /api/live: Server-Sent Events. First `snapshot`, then an event per topic whose data is a list of messages. */
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { problem } from "../../core/problems/problem.ts";
import { type LiveHub, VIEWER_LIMIT } from "../live/hub.ts";
import { defaultTopics, liveTopics } from "../live/topics.ts";
import { access } from "./access.ts";
import { languageOf } from "./language.ts";
import { replyProblem } from "./problem-reply.ts";
import { readQuery } from "./query.ts";

const querySchema = z.strictObject({
  /** Comma-separated; absent: all but `detector` and `spat`. */
  topics: z
    .string()
    .transform((text) => text.split(","))
    .pipe(z.array(z.enum(liveTopics)))
    .default([...defaultTopics]),
  /** A browser's EventSource cannot set headers, so the page states its language here. */
  language: z.enum(["en", "vi"]).optional(),
});

export function liveRoute(server: FastifyInstance, hub: LiveHub): void {
  // No HEAD twin: it would join the stream and never end.
  const about = { does: "News as it comes, as server-sent events.", query: querySchema, answers: "text/event-stream" };
  const watching = access("open", about);
  server.get("/api/live", { exposeHeadRoute: false, ...watching }, async (request, reply) => {
    const query = readQuery(querySchema, request);
    if (!query.ok) return replyProblem(request, reply, query.problem);
    const { topics, language = languageOf(request.headers["accept-language"]) } = query.value;
    const viewer = hub.join(topics, language);
    if (viewer === null) return replyProblem(request, reply, problem("TOO_MANY_VIEWERS", { limit: VIEWER_LIMIT }));
    return reply
      .type("text/event-stream; charset=utf-8")
      .header("cache-control", "no-store")
      .header("x-accel-buffering", "no")
      .send(viewer);
  });
}
