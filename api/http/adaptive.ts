/** GET /api/adaptive: who leads each intersection that a policy may lead, what it decided last and why, and what is in its way. */
import type { FastifyInstance } from "fastify";
import type { Clock } from "../../core/ports/clock.ts";
import { sentence } from "../../core/problems/problem.ts";
import type { ActingState } from "../adaptive/acting-intersection.ts";
import { access } from "./access.ts";
import { languageOf } from "./language.ts";

export interface AdaptiveDeps {
  /** Of the intersections that the site wants led by a policy. */
  adaptive(): readonly ActingState[];
  readonly clock: Clock;
}

export function adaptiveRoute(server: FastifyInstance, { adaptive, clock }: AdaptiveDeps): void {
  const does =
    "Intersections that a policy leads: mode, last decision with its reason and predictions, and why a plan runs instead.";
  server.get("/api/adaptive", access("open", { does }), async (request, reply) => {
    const language = languageOf(request.headers["accept-language"]);
    const intersections = adaptive().map(({ why, last, ...state }) => ({
      ...state,
      why: why === null ? null : { code: why.code, message: sentence(why, language) },
      last: last === null ? null : { ...last, age_s: (clock.nowMs() - last.at_ms) / 1000 },
    }));
    return reply.header("cache-control", "no-store").send({ intersections });
  });
}
