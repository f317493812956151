/** POST /api/trace: where a vehicle was. A question with a purpose, not a query: it never stands in an address. */
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { grantedBy } from "../../core/accounts/roles.ts";
import { traceMatches } from "../../core/plates/wanted.ts";
import type { Trace } from "../plates/trace.ts";
import { access } from "./access.ts";
import { readBody } from "./body.ts";
import { identityOf } from "./identity.ts";
import { refuse } from "./problem-reply.ts";

const instant = z.int().min(0);

const questionSchema = z.strictObject({
  plate: z.string().min(1).max(40),
  match: z.enum(traceMatches),
  from_ms: instant,
  to_ms: instant,
  /** In words that another person understands. */
  purpose: z.string().trim().min(10).max(400),
  case_id: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,62}$/)
    .optional(),
});

const permission = "trace_plate";

export function traceRoute(server: FastifyInstance, { trace }: { readonly trace: Trace }): void {
  const asking = access(permission, { does: "Where a vehicle was, for a purpose.", body: questionSchema });
  server.post("/api/trace", asking, async (request, reply) => {
    const question = readBody(questionSchema, request);
    const { name, roles } = identityOf(request);
    const answer = question.ok
      ? await trace.search(question.value, { name, role: grantedBy(roles, permission) ?? "-", from: request.ip })
      : question;
    if (!answer.ok) return refuse(request, reply, answer.problems);
    return reply.header("cache-control", "no-store").send(answer.value);
  });
}
