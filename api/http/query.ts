/** Reads a query string through a zod schema: every mistake at once, as one problem. */
import type { FastifyRequest } from "fastify";
import { z } from "zod";
import { type Problem, problem } from "../../core/problems/problem.ts";

/** A whole number from text, within bounds; to whoever reads about it, a number. */
export const wholeNumber = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,15}$/, "must be a whole number")
    .transform(Number)
    .pipe(z.number().min(min).max(max))
    .meta({ type: "integer", minimum: min, maximum: max });

export type Query<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: Problem };

export function readQuery<S extends z.ZodType>(schema: S, request: FastifyRequest): Query<z.output<S>> {
  const parsed = schema.safeParse(request.query);
  if (parsed.success) return { ok: true, value: parsed.data };
  const reasons = parsed.error.issues.map(({ path, message }) => [path.join("."), message].filter(Boolean).join(": "));
  return { ok: false, problem: problem("BAD_QUERY", { reason: reasons.join("; ") }) };
}

/** A page of what was asked for with one more than `limit`; `next` is the last one's key while there are more. */
export function pageOf<T, K>(
  found: readonly T[],
  limit: number,
  keyOf: (last: T) => K,
): { readonly shown: readonly T[]; readonly next: K | null } {
  const shown = found.slice(0, limit);
  const last = found.length > limit ? shown.at(-1) : undefined;
  return { shown, next: last === undefined ? null : keyOf(last) };
}
