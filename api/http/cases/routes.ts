/** Everything about cases over HTTP: docs/reference/cases.md. */
import fastifyStatic from "@fastify/static";
import type { FastifyInstance } from "fastify";
import type { CaseDeps } from "./deps.ts";
import { exportRoute } from "./export.ts";
import { mediaRoutes } from "./media.ts";
import { originalRoutes } from "./originals.ts";
import { readingRoutes } from "./reading.ts";
import { stepRoutes } from "./steps.ts";

export async function casesRoutes(server: FastifyInstance, deps: CaseDeps): Promise<void> {
  await server.register((routes, _options, done) => {
    // It serves nothing by itself: it only knows how to send a file, or the part of one that was asked for.
    void routes.register(fastifyStatic, { serve: false, cacheControl: false, etag: false, lastModified: false });
    readingRoutes(routes, deps);
    stepRoutes(routes, deps);
    mediaRoutes(routes, deps);
    originalRoutes(routes, deps);
    exportRoute(routes, deps);
    done();
  });
}
