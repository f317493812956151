/** Reads a JSON body through a zod schema: every mistake at once, as one problem. */
import type { FastifyRequest } from "fastify";
import type { z } from "zod";
import { failed, ok, problem, type Result } from "../../core/problems/problem.ts";

export function readBody<S extends z.ZodType>(schema: S, request: FastifyRequest): Result<z.output<S>> {
  const parsed = schema.safeParse(request.body);
  if (parsed.success) return ok(parsed.data);
  const reasons = parsed.error.issues.map(({ path, message }) => [path.join("."), message].filter(Boolean).join(": "));
  return failed(problem("BAD_BODY", { reason: reasons.join("; ") }));
}
