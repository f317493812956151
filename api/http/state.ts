/** GET /api/state: one snapshot for the page. */
import type { FastifyInstance } from "fastify";
import type { Language } from "../../core/problems/problem.ts";
import { access } from "./access.ts";
import { languageOf } from "./language.ts";
import type { PageState } from "./page-state.ts";

export function stateRoute(server: FastifyInstance, snapshot: (language: Language) => Promise<PageState>): void {
  server.get("/api/state", access("open", { does: "Everything that the page shows, as it is now." }), (request) =>
    snapshot(languageOf(request.headers["accept-language"])),
  );
}
