/** POST /api/cases/:id/…: the steps that people take. Each names how many steps its taker has seen. */
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { type CaseStep, verdicts } from "../../../core/cases/case.ts";
import { refusalOf, type StepAction, stepActions } from "../../../core/cases/reader.ts";
import { access } from "../access.ts";
import { readBody } from "../body.ts";
import { identityOf } from "../identity.ts";
import { refuse } from "../problem-reply.ts";
import { type CaseDeps, namedCase, reason, roomForWords, words } from "./deps.ts";
import { tell } from "./reading.ts";

const steps_seen = z.number().int().min(1);

type KindOf<A extends StepAction> = (typeof stepActions)[A]["step"]["kind"];
type Said<K extends CaseStep["kind"]> = Omit<Extract<CaseStep, { kind: K }>, "kind" | "by" | "at_ms">;

interface Taking<A extends StepAction> {
  readonly path: string;
  readonly does: string;
  /** What the step says besides its kind, who took it and when. */
  readonly says: { readonly [N in keyof Said<KindOf<A>>]: z.ZodType<Said<KindOf<A>>[N]> };
}

const takings: { readonly [A in StepAction]: Taking<A> } = {
  review: {
    path: "review",
    does: "Judges what the vehicle did. A reason is needed but to accept.",
    says: { verdict: z.enum(verdicts), reason: words },
  },
  undo: { path: "undo", does: "Takes one's own review back while nobody went on from it.", says: {} },
  decide: {
    path: "decision",
    does: "Confirms or rejects after review, by somebody who did not review.",
    says: { confirmed: z.boolean(), reason: words },
  },
  notice: {
    path: "notice",
    does: "A notice was made, under this reference.",
    says: { reference: words.min(1).max(100) },
  },
  cancel: { path: "cancel", does: "Asks another officer to cancel the notice.", says: { reason } },
  cancel_answer: {
    path: "cancel-answer",
    does: "Agrees to cancel the notice, or does not.",
    says: { agreed: z.boolean(), reason: words },
  },
  ask_evidence: {
    path: "evidence",
    does: "Has evidence that could not be made tried again. A case that was rejected for want of it is detected again.",
    says: { reason },
  },
  close: { path: "close", does: "The case is over.", says: { reason } },
};

function stepRoute(server: FastifyInstance, deps: CaseDeps, action: StepAction): void {
  const { path, does, says } = takings[action];
  const { needs, step } = stepActions[action];
  const schema = z.strictObject({ ...says, steps_seen });
  const options = { ...access(needs, { does, body: schema }), ...roomForWords };
  server.post<{ Params: { id: string } }>(`/api/cases/:id/${path}`, options, async (request, reply) => {
    const { id } = request.params;
    const body = readBody(schema, request);
    if (!body.ok) return refuse(request, reply, body.problems);
    const record = await namedCase(deps, request, id);
    if (!record.ok) return refuse(request, reply, record.problems);
    const refusal = refusalOf(record.value, step.kind);
    if (refusal !== null) return refuse(request, reply, [refusal]);
    const { steps_seen: seen, ...said } = body.value;
    const by = identityOf(request).name;
    const taken = { ...said, kind: step.kind, by, at_ms: deps.clock.nowMs() } as CaseStep;
    const next = await deps.cases.step(id, taken, seen);
    if (!next.ok) return refuse(request, reply, next.problems);
    await deps.witness.did(request, { action: `case.${step.kind}`, subject: id });
    return tell(deps, request, reply, next.value);
  });
}

export function stepRoutes(server: FastifyInstance, deps: CaseDeps): void {
  for (const action of Object.keys(takings) as StepAction[]) stepRoute(server, deps, action);
}
