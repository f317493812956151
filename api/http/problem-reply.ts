/** How a problem looks over HTTP: `{ code, message }` in the reader's language, with the status its code stands for. */
import type { FastifyReply, FastifyRequest } from "fastify";
import type { ProblemCode } from "../../core/problems/catalogue.ts";
import { type Problem, positioned, problem } from "../../core/problems/problem.ts";
import { languageOf } from "./language.ts";

const statuses: Partial<Record<ProblemCode, number>> = {
  BAD_QUERY: 400,
  HOST_REFUSED: 403,
  ROUTE_UNKNOWN: 404,
  NO_SUCH_CAMERA: 404,
  NO_PICTURE: 404,
  READ_ONLY: 405,
  PAGE_NOT_BUILT: 503,
  TOO_MANY_VIEWERS: 503,
};

/** The first problem gives the code and the status; the message says them all. */
export function replyProblem(
  request: FastifyRequest,
  reply: FastifyReply,
  first: Problem,
  ...others: readonly Problem[]
): FastifyReply {
  const language = languageOf(request.headers["accept-language"]);
  return reply
    .code(statuses[first.code] ?? 500)
    .header("content-language", language)
    .header("cache-control", "no-store")
    .type("application/json; charset=utf-8")
    .send({ code: first.code, message: [first, ...others].map((found) => positioned(found, language)).join(" ") });
}

/** The last resort: what broke is logged once, here; the reader gets a sentence and no stack trace. */
export function replyFailure(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  request.log.error({ err: error, url: request.url }, "request failed");
  return replyProblem(request, reply, problem("REQUEST_FAILED", { path: request.url.split("?")[0] ?? "/" }));
}
