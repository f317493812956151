/** GET /api/cases and /api/cases/:id: the queue, and one case. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { isMine, type Reader } from "../../../core/cases/reader.ts";
import { caseStates } from "../../../core/cases/states.ts";
import type { CaseRecord } from "../../../core/ports/cases.ts";
import { ruleNames } from "../../../core/violations/ruling.ts";
import { access } from "../access.ts";
import { identityOf } from "../identity.ts";
import { languageOf } from "../language.ts";
import { refuse } from "../problem-reply.ts";
import { pageOf, readQuery, wholeNumber } from "../query.ts";
import { type CaseDeps, namedCase, packageOf } from "./deps.ts";
import { type CaseDocument, caseDocument } from "./document.ts";

const querySchema = z.strictObject({
  state: z.enum(caseStates).optional(),
  evidence: z.enum(["pending", "ready", "failed", "deleted"]).optional(),
  rule: z.enum(ruleNames).optional(),
  camera: z.string().max(100).optional(),
  /** Id of the last case of the page before. */
  before: z.string().max(100).optional(),
  limit: wholeNumber(1, 200).default(50),
});

const rowOf = (record: CaseRecord, reader: Reader) => {
  const { id, detection, evidence } = record;
  const { rule, camera, intersection, lane, at_ms, staged } = detection;
  return {
    id,
    rule: rule.id,
    place: rule.place,
    camera,
    intersection,
    lane,
    class: detection.class,
    at_ms,
    state: record.case.state,
    evidence: { state: evidence.state },
    staged,
    mine: isMine(record, reader),
  };
};

/** The case as the reader may be told of it; that they were told is in the audit. */
export async function tell(
  deps: CaseDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  record: CaseRecord,
): Promise<FastifyReply> {
  const reader = identityOf(request);
  const view = await packageOf(deps, record);
  if (!view.ok) return refuse(request, reply, view.problems);
  const language = languageOf(request.headers["accept-language"]);
  const document: CaseDocument = caseDocument(record, reader, view.value, language);
  await deps.witness.saw(request, { action: "case.seen", subject: record.id });
  if (document.plate !== null) await deps.witness.saw(request, { action: "case.plate_seen", subject: record.id });
  return reply.header("cache-control", "no-store").send(document);
}

export function readingRoutes(server: FastifyInstance, deps: CaseDeps): void {
  const listing = access("see_evidence", { does: "Cases, newest act first.", query: querySchema });
  server.get("/api/cases", listing, async (request, reply) => {
    const query = readQuery(querySchema, request);
    if (!query.ok) return refuse(request, reply, [query.problem]);
    const { state, evidence, rule, camera, before, limit } = query.value;
    const found = await deps.cases.list({
      limit: limit + 1,
      ...(state === undefined ? {} : { states: [state] }),
      ...(evidence === undefined ? {} : { evidence }),
      ...(rule === undefined ? {} : { rule }),
      ...(camera === undefined ? {} : { camera }),
      ...(before === undefined ? {} : { before }),
    });
    await deps.witness.saw(request, { action: "cases.listed" });
    const { shown, next } = pageOf(found, limit, ({ id }) => id);
    const reader = identityOf(request);
    return reply.header("cache-control", "no-store").send({ cases: shown.map((one) => rowOf(one, reader)), next });
  });

  const reading = access("see_evidence", { does: "One case, as whoever asks may be told of it." });
  server.get<{ Params: { id: string } }>("/api/cases/:id", reading, async (request, reply) => {
    const record = await namedCase(deps, request, request.params.id);
    return record.ok ? tell(deps, request, reply, record.value) : refuse(request, reply, record.problems);
  });
}
