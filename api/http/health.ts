/** GET /healthz: 200 while the process answers; `status` says whether every part does its work. */
import type { FastifyInstance } from "fastify";
import { access } from "./access.ts";
import type { HttpDeps } from "./deps.ts";
import { languageOf } from "./language.ts";

export function healthRoute(server: FastifyInstance, deps: Pick<HttpDeps, "health">): void {
  server.get(
    "/healthz",
    access("open", { does: "How each part of the service is, and what to do." }),
    async (request) => deps.health(languageOf(request.headers["accept-language"])),
  );
}
