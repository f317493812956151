/** POST /api/cases/:id/…: the steps that people take. Each names how many steps its taker has seen. */
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Permission } from "../../../core/accounts/roles.ts";
import type { CaseStep } from "../../../core/cases/case.ts";
import { refusalOf } from "../../../core/cases/reader.ts";
import { access } from "../access.ts";
import { readBody } from "../body.ts";
import { identityOf } from "../identity.ts";
import { refuse } from "../problem-reply.ts";
import { type CaseDeps, namedCase, reason, roomForWords, words } from "./deps.ts";
import { tell } from "./reading.ts";

const steps_seen = z.number().int().min(1);

type Said<K extends CaseStep["kind"]> = Omit<Extract<CaseStep, { kind: K }>, "by" | "at_ms">;

interface Taking<S extends z.ZodType<{ steps_seen: number }>, K extends CaseStep["kind"]> {
  readonly path: string;
  readonly needs: Permission;
  readonly does: string;
  readonly body: S;
  readonly step: (said: z.output<S>) => Said<K>;
}

function stepRoute<S extends z.ZodType<{ steps_seen: number }>, K extends CaseStep["kind"]>(
  server: FastifyInstance,
  deps: CaseDeps,
  { path, needs, does, body: schema, step }: Taking<S, K>,
): void {
  const options = { ...access(needs, { does, body: schema }), ...roomForWords };
  server.post<{ Params: { id: string } }>(`/api/cases/:id/${path}`, options, async (request, reply) => {
    const { id } = request.params;
    const body = readBody(schema, request);
    if (!body.ok) return refuse(request, reply, body.problems);
    const record = await namedCase(deps, request, id);
    if (!record.ok) return refuse(request, reply, record.problems);
    const said = step(body.value);
    const refusal = refusalOf(record.value, said.kind);
    if (refusal !== null) return refuse(request, reply, [refusal]);
    const taken = { ...said, by: identityOf(request).name, at_ms: deps.clock.nowMs() } as unknown as CaseStep;
    const next = await deps.cases.step(id, taken, body.value.steps_seen);
    if (!next.ok) return refuse(request, reply, next.problems);
    await deps.witness.did(request, { action: `case.${said.kind}`, subject: id });
    return tell(deps, request, reply, next.value);
  });
}

export function stepRoutes(server: FastifyInstance, deps: CaseDeps): void {
  stepRoute(server, deps, {
    path: "review",
    needs: "review",
    does: "Judges what the vehicle did. A reason is needed but to accept.",
    body: z.strictObject({ verdict: z.enum(["accept", "reject", "unsure"]), reason: words, steps_seen }),
    step: ({ verdict, reason: why }) => ({ kind: "reviewed", verdict, reason: why }),
  });
  stepRoute(server, deps, {
    path: "undo",
    needs: "review",
    does: "Takes one's own review back while nobody went on from it.",
    body: z.strictObject({ steps_seen }),
    step: () => ({ kind: "review_undone" }),
  });
  stepRoute(server, deps, {
    path: "decision",
    needs: "decide",
    does: "Confirms or rejects after review, by somebody who did not review.",
    body: z.strictObject({ confirmed: z.boolean(), reason: words, steps_seen }),
    step: ({ confirmed, reason: why }) => ({ kind: "decided", confirmed, reason: why }),
  });
  stepRoute(server, deps, {
    path: "notice",
    needs: "decide",
    does: "A notice was made, under this reference.",
    body: z.strictObject({ reference: words.min(1).max(100), steps_seen }),
    step: ({ reference }) => ({ kind: "noticed", reference }),
  });
  stepRoute(server, deps, {
    path: "cancel",
    needs: "decide",
    does: "Asks another officer to cancel the notice.",
    body: z.strictObject({ reason, steps_seen }),
    step: ({ reason: why }) => ({ kind: "cancel_asked", reason: why }),
  });
  stepRoute(server, deps, {
    path: "cancel-answer",
    needs: "decide",
    does: "Agrees to cancel the notice, or does not.",
    body: z.strictObject({ agreed: z.boolean(), reason: words, steps_seen }),
    step: ({ agreed, reason: why }) => ({ kind: "cancel_answered", agreed, reason: why }),
  });
  stepRoute(server, deps, {
    path: "close",
    needs: "decide",
    does: "The case is over.",
    body: z.strictObject({ reason, steps_seen }),
    step: ({ reason: why }) => ({ kind: "closed", reason: why }),
  });
}
