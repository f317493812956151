/** /api/proposals: plans on their way into the street, what the gate found, and the decisions of people. */
import type { FastifyInstance, FastifyRequest } from "fastify";
import { z } from "zod";
import { grantedBy, type Permission } from "../../core/accounts/roles.ts";
import { id } from "../../core/network/schema.ts";
import type { ProposalStore } from "../../core/ports/proposals.ts";
import { failed, ok, problem, type Result } from "../../core/problems/problem.ts";
import { proposalStates } from "../../core/proposals/states.ts";
import { windowSchema } from "../../core/proposals/window.ts";
import { planSchema } from "../../core/signal/plan.ts";
import type { Gatekeeper } from "../gate/gatekeeper.ts";
import type { Person } from "../gate/parts.ts";
import { proposalDocument, proposalRow, type Reader } from "../gate/proposal-view.ts";
import { access } from "./access.ts";
import { readBody } from "./body.ts";
import { reason, roomForWords } from "./cases/deps.ts";
import { identityOf } from "./identity.ts";
import { languageOf } from "./language.ts";
import { refuse, replyProblem } from "./problem-reply.ts";
import { pageOf, readQuery, wholeNumber } from "./query.ts";
import type { Witness } from "./witness.ts";

export interface GateDeps {
  readonly gate: Gatekeeper;
  readonly proposals: ProposalStore;
  readonly witness: Witness;
}

const querySchema = z.strictObject({
  intersection: id.optional(),
  /** Comma-separated states; absent: all. */
  states: z
    .string()
    .transform((text) => text.split(","))
    .pipe(z.array(z.enum(proposalStates)))
    .optional(),
  /** Only proposals of a smaller number. */
  before: wholeNumber(1, Number.MAX_SAFE_INTEGER).optional(),
  limit: wholeNumber(1, 200).default(50),
});

const draftSchema = z.strictObject({ plan: planSchema, reason, window: windowSchema.nullable().default(null) });

const decisionSchema = z.strictObject({
  reason,
  /** How many steps the proposal had when whoever decides read it. */
  steps_seen: z.number().int().min(1),
});

/** A plan of sixteen phases, with a reason in Vietnamese. */
const roomForPlans = { bodyLimit: 16_384 } as const;

/** Whoever asks, by the role that lets them. */
export function personOf(request: FastifyRequest, permission: Permission): Person {
  const { name, roles } = identityOf(request);
  return { name, role: grantedBy(roles, permission) };
}

const readerOf = (request: FastifyRequest): Reader => {
  const { name, roles } = identityOf(request);
  return { name, roles, language: languageOf(request.headers["accept-language"]) };
};

function numberOf(text: string): Result<number> {
  return /^\d{1,15}$/.test(text) ? ok(Number(text)) : failed(problem("PROPOSAL_UNKNOWN", { proposal: text }));
}

function readingRoutes(server: FastifyInstance, { gate, proposals }: GateDeps): void {
  const listing = access("see_traffic", { does: "Proposed plans, newest first.", query: querySchema });
  server.get("/api/proposals", listing, async (request, reply) => {
    const query = readQuery(querySchema, request);
    if (!query.ok) return replyProblem(request, reply, query.problem);
    const { intersection, states, before, limit } = query.value;
    const found = await proposals.list({
      limit: limit + 1,
      ...(intersection === undefined ? {} : { intersection }),
      ...(states === undefined ? {} : { states }),
      ...(before === undefined ? {} : { before }),
    });
    const { shown, next } = pageOf(found, limit, (last) => last.id);
    const { language } = readerOf(request);
    return { proposals: shown.map((record) => proposalRow(record, gate, language)), next };
  });

  const reading = access("see_traffic", { does: "One proposal: what it changes, what the gate found, every step." });
  server.get<{ Params: { id: string } }>("/api/proposals/:id", reading, async (request, reply) => {
    const number = numberOf(request.params.id);
    if (!number.ok) return refuse(request, reply, number.problems);
    const record = await proposals.get(number.value);
    if (record === null) return replyProblem(request, reply, problem("PROPOSAL_UNKNOWN", { proposal: number.value }));
    return proposalDocument(record, gate, readerOf(request));
  });
}

const decisions = {
  approve: { kind: "approved", needs: "approve_plan", does: "Lets a proved plan through; not by whoever drafted it." },
  refuse: { kind: "refused", needs: "approve_plan", does: "Refuses a plan that is not on its way yet." },
  withdraw: { kind: "withdrawn", needs: "propose_plan", does: "Takes one's own proposal back." },
} as const;

function decisionRoute(server: FastifyInstance, deps: GateDeps, path: keyof typeof decisions): void {
  const { kind, needs, does } = decisions[path];
  const deciding = { ...access(needs, { does, body: decisionSchema }), ...roomForWords };
  server.post<{ Params: { id: string } }>(`/api/proposals/:id/${path}`, deciding, async (request, reply) => {
    const body = readBody(decisionSchema, request);
    if (!body.ok) return refuse(request, reply, body.problems);
    const number = numberOf(request.params.id);
    if (!number.ok) return refuse(request, reply, number.problems);
    const { reason: why, steps_seen } = body.value;
    const by = personOf(request, needs);
    const done = await deps.gate.decide(number.value, { kind, reason: why }, by, steps_seen);
    if (!done.ok) return refuse(request, reply, done.problems);
    await deps.witness.did(request, { action: `plan.${kind}`, subject: `proposal ${number.value}`, purpose: why });
    return proposalDocument(done.value, deps.gate, readerOf(request));
  });
}

export function proposalsRoutes(server: FastifyInstance, deps: GateDeps): void {
  readingRoutes(server, deps);
  const drafting = { ...access("propose_plan", { does: "Proposes a plan.", body: draftSchema }), ...roomForPlans };
  server.post("/api/proposals", drafting, async (request, reply) => {
    const body = readBody(draftSchema, request);
    if (!body.ok) return refuse(request, reply, body.problems);
    const drafted = await deps.gate.draft(body.value, personOf(request, "propose_plan"));
    if (!drafted.ok) return refuse(request, reply, drafted.problems);
    const subject = `proposal ${drafted.value.id}`;
    await deps.witness.did(request, { action: "plan.drafted", subject, purpose: body.value.reason });
    return reply.code(201).send(proposalDocument(drafted.value, deps.gate, readerOf(request)));
  });
  for (const path of Object.keys(decisions) as (keyof typeof decisions)[]) decisionRoute(server, deps, path);
}
