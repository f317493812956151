/** GET /api/rules: what each rule has said since the start, and why it would not judge the rest. No vehicle is named. */
import type { FastifyInstance } from "fastify";
import { access } from "./access.ts";
import type { HttpDeps } from "./deps.ts";
import { languageOf } from "./language.ts";

export function rulesRoute(server: FastifyInstance, { rules }: Pick<HttpDeps, "rules">): void {
  server.get(
    "/api/rules",
    access("see_traffic", { does: "What each rule said, and why it would not judge." }),
    (request) => ({
      rules: rules(languageOf(request.headers["accept-language"])),
    }),
  );
}
