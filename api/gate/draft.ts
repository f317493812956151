/** A draft: the device is read first, because a proposal is made against what runs there. */
import { lookAt } from "../../controllers/index.ts";
import type { ProposalRecord } from "../../core/ports/proposals.ts";
import { failed, ok, problem, type Result } from "../../core/problems/problem.ts";
import type { SendWindow } from "../../core/proposals/window.ts";
import type { Plan } from "../../core/signal/plan.ts";
import type { GateParts, Person, Place } from "./parts.ts";

export interface Draft {
  readonly plan: Plan;
  readonly reason: string;
  readonly window: SendWindow | null;
}

export async function draftProposal(
  { clock, proposals, standAside }: Pick<GateParts, "clock" | "proposals" | "standAside">,
  { controller, intersection }: Place,
  { plan, reason, window }: Draft,
  by: Person,
): Promise<Result<ProposalRecord>> {
  if (reason.trim() === "") return failed(problem("GATE_REASON_MISSING"));
  await standAside?.(intersection.id);
  const look = await lookAt(controller);
  if (!look.ok) return look;
  const who = { by: by.name, role: by.role, at_ms: clock.nowMs() };
  const about = { intersection: intersection.id, controller: controller.id, plan, reason, window };
  return ok(await proposals.draft({ kind: "drafted", ...who, ...about, before: look.value.running }));
}
