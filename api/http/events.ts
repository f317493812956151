/** GET /api/events: detector channels going on and off, as a hi-res log; JSON, or CSV with `format=csv`. */
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { hiresCsv, hiresOf, inOrder, localTimestamps } from "../../core/events/hires.ts";
import { id } from "../../core/network/schema.ts";
import { access } from "./access.ts";
import type { HttpDeps } from "./deps.ts";
import { replyProblem } from "./problem-reply.ts";
import { readQuery, wholeNumber } from "./query.ts";

const instant = wholeNumber(0, Number.MAX_SAFE_INTEGER);

const querySchema = z.strictObject({
  intersection: id.optional(),
  since_ms: instant.optional(),
  /** Exclusive. */
  until_ms: instant.optional(),
  origin: z.enum(["camera", "simulated"]).optional(),
  limit: wholeNumber(1, 50_000).default(1000),
  format: z.enum(["json", "csv"]).default("json"),
});

export function eventsRoute(server: FastifyInstance, { events, site }: Pick<HttpDeps, "events" | "site">): void {
  const timestamp = localTimestamps(site.site.timezone);
  const reading = access("open", { does: "Detector channels going on and off.", query: querySchema });
  server.get("/api/events", reading, async (request, reply) => {
    const query = readQuery(querySchema, request);
    if (!query.ok) return replyProblem(request, reply, query.problem);
    const { format, intersection, limit, since_ms, until_ms } = query.value;
    // A table has no column for where an event comes from: what was made up stays out of it unless it is asked for.
    const origin = query.value.origin ?? (format === "csv" ? "camera" : undefined);
    const found = await events.recent({
      limit,
      ...(intersection === undefined ? {} : { intersection }),
      ...(since_ms === undefined ? {} : { since_ms }),
      ...(until_ms === undefined ? {} : { until_ms }),
      ...(origin === undefined ? {} : { origin }),
    });
    const hires = inOrder(found).map(hiresOf);
    if (format === "json") return { events: hires.map((event) => ({ timestamp: timestamp(event.at_ms), ...event })) };
    return reply.type("text/csv; charset=utf-8").send(`${hiresCsv(hires, timestamp)}\n`);
  });
}
