/** What is kept for how long, what is to be deleted and what is held, and the signed roots of days. */
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { localDay } from "../../core/keeping/calendar.ts";
import { ruleInForce } from "../../core/keeping/retention.ts";
import { keepingClasses, type RetentionRule } from "../../core/keeping/retention-rules.ts";
import type { Clock } from "../../core/ports/clock.ts";
import { problem } from "../../core/problems/problem.ts";
import type { Keeper } from "../keeping/keeper.ts";
import type { KeepingStores } from "../keeping/stores.ts";
import { access } from "./access.ts";
import { readBody } from "./body.ts";
import { reason, roomForWords } from "./cases/deps.ts";
import { identityOf } from "./identity.ts";
import { refuse } from "./problem-reply.ts";
import { pageOf, readQuery, wholeNumber } from "./query.ts";
import type { Witness } from "./witness.ts";

/** Proposals and holds that one answer carries. */
const MOST_LISTED = 500;

export interface KeepingDeps {
  readonly keeping: {
    readonly stores: {
      readonly roots: Pick<KeepingStores["roots"], "recent">;
      readonly holds: Pick<KeepingStores["holds"], "all" | "hold" | "release">;
      readonly deletions: Pick<KeepingStores["deletions"], "list" | "confirm">;
    };
    readonly keeper: Pick<Keeper, "room" | "carryOut">;
    readonly rules: readonly RetentionRule[];
    readonly timezone: string;
  };
  readonly witness: Witness;
  readonly clock: Clock;
}

const reasonSchema = z.strictObject({ reason });
const rootsQuery = z.strictObject({
  before: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/)
    .optional(),
  limit: wholeNumber(1, 366).default(31),
});

type Named = { readonly id: string };

function stateRoute(server: FastifyInstance, { keeping, witness, clock }: KeepingDeps): void {
  const reading = access("read_audit", {
    does: "What is kept for how long, the room that is left, proposed deletions, holds.",
  });
  server.get("/api/keeping", reading, async (request, reply) => {
    await witness.saw(request, { action: "keeping.read" });
    const { stores, keeper, rules, timezone } = keeping;
    const today = localDay(clock.nowMs(), timezone);
    return reply.header("cache-control", "no-store").send({
      classes: keepingClasses.map((kept) => ruleInForce(rules, kept, today)).filter((rule) => rule !== null),
      room: await keeper.room(),
      proposed: await stores.deletions.list("proposed", MOST_LISTED),
      under_way: await stores.deletions.list("confirmed", MOST_LISTED),
      holds: await stores.holds.all(MOST_LISTED),
    });
  });
}

function deletionRoute(server: FastifyInstance, { keeping, witness, clock }: KeepingDeps): void {
  const confirming = access("delete_evidence", {
    does: "Gives the evidence of a case up for deletion: it is gone afterwards.",
  });
  server.post<{ Params: Named }>("/api/keeping/deletions/:id/confirm", confirming, async (request, reply) => {
    const { stores, keeper } = keeping;
    const id = /^\d{1,15}$/.test(request.params.id) ? Number(request.params.id) : null;
    if (id === null) return refuse(request, reply, [problem("DELETION_UNKNOWN", { deletion: request.params.id })]);
    const { name } = identityOf(request);
    const confirmed = await stores.deletions.confirm(id, name, clock.nowMs());
    if (!confirmed.ok) return refuse(request, reply, confirmed.problems);
    await witness.did(request, { action: "evidence.given_up", subject: confirmed.value.case_id });
    // A disk or a store that fails now is told by the housekeeper, who goes on with it.
    const done = await keeper.carryOut().then(
      () => true,
      () => false,
    );
    return { ...confirmed.value, state: done ? "done" : "confirmed" };
  });
}

function holdRoutes(server: FastifyInstance, { keeping: { stores }, witness, clock }: KeepingDeps): void {
  const about = {
    does: "Keeps the evidence of a case from being deleted, whatever its time says.",
    body: reasonSchema,
  };
  const holding = { ...access("hold_evidence", about), ...roomForWords };
  server.post<{ Params: Named }>("/api/cases/:id/hold", holding, async (request, reply) => {
    const said = readBody(reasonSchema, request);
    if (!said.ok) return refuse(request, reply, said.problems);
    const { name } = identityOf(request);
    const held = await stores.holds.hold(request.params.id, name, said.value.reason, clock.nowMs());
    if (!held.ok) return refuse(request, reply, held.problems);
    await witness.did(request, { action: "case.held", subject: request.params.id, purpose: said.value.reason });
    return held.value;
  });
  const ending = {
    ...access("hold_evidence", { does: "Ends the hold on a case.", body: reasonSchema }),
    ...roomForWords,
  };
  server.delete<{ Params: Named }>("/api/cases/:id/hold", ending, async (request, reply) => {
    const said = readBody(reasonSchema, request);
    if (!said.ok) return refuse(request, reply, said.problems);
    const { name } = identityOf(request);
    const released = await stores.holds.release(request.params.id, name, said.value.reason, clock.nowMs());
    if (!released.ok) return refuse(request, reply, released.problems);
    await witness.did(request, { action: "case.released", subject: request.params.id, purpose: said.value.reason });
    return reply.code(204).send();
  });
}

function rootsRoutes(server: FastifyInstance, { keeping: { stores } }: KeepingDeps): void {
  const about = { does: "The signed roots of closed days, newest first, as they are published.", query: rootsQuery };
  server.get("/api/roots", access("read_audit", about), async (request, reply) => {
    const query = readQuery(rootsQuery, request);
    if (!query.ok) return refuse(request, reply, [query.problem]);
    const { limit, before } = query.value;
    const { shown, next } = pageOf(await stores.roots.recent(limit + 1, before), limit, ({ day }) => day);
    return { days: shown.map(({ digest, document }) => ({ digest, ...(JSON.parse(document) as object) })), next };
  });
}

export function keepingRoutes(server: FastifyInstance, deps: KeepingDeps): void {
  stateRoute(server, deps);
  deletionRoute(server, deps);
  holdRoutes(server, deps);
  rootsRoutes(server, deps);
}
