/** How a problem looks over HTTP: `{ code, message }` in the reader's language, with the status its code stands for. */
import type { FastifyReply, FastifyRequest } from "fastify";
import type { ProblemCode } from "../../core/problems/catalogue.ts";
import { type Problem, ProblemError, positioned, problem } from "../../core/problems/problem.ts";
import { languageOf } from "./language.ts";

const RANGE_NOT_SATISFIABLE = 416;

const statuses: Partial<Record<ProblemCode, number>> = {
  BAD_QUERY: 400,
  BAD_BODY: 400,
  LOGIN_WRONG: 401,
  LOGIN_NEEDED: 401,
  FIRST_TOKEN_WRONG: 403,
  NOT_PERMITTED: 403,
  CASE_SAME_PERSON: 403,
  PROPOSAL_SAME_PERSON: 403,
  PROPOSAL_NOT_YOURS: 403,
  CASE_NOT_YOURS: 403,
  CASE_PLATE_WITHHELD: 403,
  CASE_GRANT_OVER: 403,
  HOST_REFUSED: 403,
  ORIGIN_REFUSED: 403,
  ROUTE_UNKNOWN: 404,
  NO_SUCH_CAMERA: 404,
  NO_PICTURE: 404,
  CASE_UNKNOWN: 404,
  CASE_MEDIA_UNKNOWN: 404,
  PACKAGE_NOT_HERE: 404,
  DELETION_UNKNOWN: 404,
  REPLAY_NOT_THERE: 404,
  ACCOUNT_UNKNOWN: 404,
  PROPOSAL_UNKNOWN: 404,
  DEVICE_UNKNOWN: 404,
  READ_ONLY: 405,
  ACCOUNT_EXISTS: 409,
  ACCOUNT_OWN: 409,
  PROPOSAL_MOVED_ON: 409,
  PROPOSAL_STEP_OUT_OF_TURN: 409,
  PROPOSAL_STALE: 409,
  INTERSECTION_TAKEN: 409,
  INTERSECTION_BUSY: 409,
  DEVICE_FROZEN: 409,
  DEVICE_RELEASED: 409,
  DEVICE_NOT_READ_BACK: 409,
  DEVICE_NOT_FROZEN: 409,
  DEVICE_NOT_RELEASED: 409,
  NO_PREVIOUS_PLAN: 409,
  LOCAL_EDIT: 409,
  LOCAL_EDIT_OTHER: 409,
  CASE_MOVED_ON: 409,
  CASE_HELD: 409,
  CASE_NOT_HELD: 409,
  DELETION_UNDERWAY: 409,
  CASE_STEP_OUT_OF_TURN: 409,
  CASE_CLOCK_BACK: 409,
  CASE_STAGED: 409,
  CASE_NOT_SHOWABLE: 409,
  CASE_EVIDENCE_NOT_FAILED: 409,
  RANGE_OUTSIDE: RANGE_NOT_SATISFIABLE,
  CASE_REASON_MISSING: 422,
  GATE_REASON_MISSING: 422,
  ACCOUNT_NAME_BAD: 422,
  PASSWORD_SHORT: 422,
  PASSWORD_HOLDS_NAME: 422,
  ROLES_APART: 422,
  TRACE_PLATE: 422,
  TRACE_PATTERN: 422,
  TRACE_SPAN: 422,
  TRACE_TOO_WIDE: 422,
  LOGIN_TOO_OFTEN: 429,
  GUESSED_TOO_OFTEN: 429,
  TRACE_TOO_OFTEN: 429,
  CONTROLLER_SILENT: 502,
  CONTROLLER_UNREACHABLE: 502,
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

/** As `replyProblem`, for a failure as it comes. */
export function refuse(request: FastifyRequest, reply: FastifyReply, problems: readonly Problem[]): FastifyReply {
  const [first, ...others] = problems;
  if (first === undefined) throw new Error("a failure without a reason");
  return replyProblem(request, reply, first, ...others);
}

/** Does the framework say that it is the asker's mistake, such as a body that is no JSON or too long? */
const isAskers = (error: unknown): error is Error & { statusCode: number } => {
  const { statusCode } = error as { statusCode?: unknown };
  return error instanceof Error && typeof statusCode === "number" && statusCode >= 400 && statusCode < 500;
};

/** The last resort: what broke is logged once, here; the reader gets a sentence and no stack trace. */
export function replyFailure(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (isAskers(error)) {
    const outside = error.statusCode === RANGE_NOT_SATISFIABLE;
    return replyProblem(
      request,
      reply,
      outside ? problem("RANGE_OUTSIDE") : problem("BAD_BODY", { reason: error.message }),
    );
  }
  request.log.error({ err: error, url: request.url }, "request failed");
  const [first, ...others] = error instanceof ProblemError ? error.problems : [];
  if (first !== undefined) return replyProblem(request, reply, first, ...others);
  return replyProblem(request, reply, problem("REQUEST_FAILED", { path: request.url.split("?")[0] ?? "/" }));
}
