/** GET /api/plans: the plan in force at each intersection, why, and the plans before it. */
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { id } from "../../core/network/schema.ts";
import type { StoredPlan } from "../../core/ports/storage.ts";
import { access } from "./access.ts";
import type { HttpDeps } from "./deps.ts";
import { replyProblem } from "./problem-reply.ts";
import { readQuery, wholeNumber } from "./query.ts";

export interface PlansDocument {
  readonly in_force: readonly StoredPlan[];
  readonly recent: readonly StoredPlan[];
  /** The latest retiming proposal of each corridor; `proposal` is null before the first. */
  readonly proposals: readonly { readonly corridor: string; readonly proposal: unknown }[];
}

const querySchema = z.strictObject({ intersection: id.optional(), limit: wholeNumber(0, 500).default(50) });

export async function plansDocument(
  { site, plans, proposal }: Pick<HttpDeps, "site" | "plans" | "proposal">,
  { intersection, limit }: { readonly intersection?: string | undefined; readonly limit: number },
): Promise<PlansDocument> {
  const of = intersection === undefined ? {} : { intersection };
  const [inForce, recent] = await Promise.all([plans.inForce(), limit === 0 ? [] : plans.recent({ limit, ...of })]);
  return {
    in_force: inForce.filter(({ plan }) => intersection === undefined || plan.intersection === intersection),
    recent,
    proposals: site.corridors.map((corridor) => ({ corridor: corridor.id, proposal: proposal(corridor.id) ?? null })),
  };
}

export function plansRoute(server: FastifyInstance, deps: Pick<HttpDeps, "site" | "plans" | "proposal">): void {
  const reading = access("open", { does: "Plans in force, plans before, proposals.", query: querySchema });
  server.get("/api/plans", reading, async (request, reply) => {
    const query = readQuery(querySchema, request);
    if (!query.ok) return replyProblem(request, reply, query.problem);
    return plansDocument(deps, query.value);
  });
}
