/** GET /api/evidence: how far the making of evidence is, for whoever waits for it. */
import type { FastifyInstance } from "fastify";
import { access } from "./access.ts";
import type { HttpDeps } from "./deps.ts";

export function evidenceRoute(server: FastifyInstance, { making }: Pick<HttpDeps, "making">): void {
  const does =
    "Cases whose evidence is being made: how many wait, which is under way and how far, and how many were made or failed since the start.";
  server.get("/api/evidence", access("see_evidence", { does }), () => making());
}
