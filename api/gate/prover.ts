/** What happens to a draft before a person looks at it: the gate's proof, and the shadow run under recorded calls. */
import {
  besidePattern,
  examine,
  type Look,
  lookAt,
  recentRun,
  shadowProblem,
  shadowRun,
} from "../../controllers/index.ts";
import type { ProposalRecord } from "../../core/ports/proposals.ts";
import { problem } from "../../core/problems/problem.ts";
import { byService, newestStep } from "../../core/proposals/proposal.ts";
import type { Automatic } from "../../core/signal/change-rate.ts";
import { limitsOf } from "./change-limits.ts";
import type { GateParts, Place } from "./parts.ts";

export class Prover {
  readonly #parts: GateParts;

  constructor(parts: GateParts) {
    this.#parts = parts;
  }

  /** One step further with a draft or a proved plan. The device that does not answer now is asked again later. */
  async go({ id, proposal }: ProposalRecord, place: Place): Promise<void> {
    const step =
      proposal.state === "draft" ? await this.#prove({ id, proposal }, place) : await this.#shadow(proposal, place);
    if (step === null) return;
    const { clock, proposals } = this.#parts;
    // Whoever refused or withdrew it meanwhile has settled it.
    await proposals.step(id, byService(step, clock.nowMs()), proposal.steps.length);
  }

  async #prove({ id, proposal }: ProposalRecord, { controller, intersection }: Place) {
    await this.#parts.standAside?.(intersection.id);
    const look = await lookAt(controller);
    if (!look.ok) return null;
    const { plan, before } = proposal.drafted;
    const { status, timing, device_digest, controller_checksum } = look.value;
    if (status.pattern !== before.pattern) {
      const words = { intersection: intersection.id, proposal: id, found: status.pattern, expected: before.pattern };
      return {
        kind: "rejected" as const,
        stage: "proof" as const,
        problems: [problem("PROPOSAL_STALE", words)],
        checks: [],
      };
    }
    const automatic = await this.#limits(proposal, look.value);
    const { checks, result } = examine(intersection, besidePattern(plan, status.pattern), timing, {
      over: status.pattern,
      automatic,
    });
    if (!result.ok) return { kind: "rejected" as const, stage: "proof" as const, problems: result.problems, checks };
    return { kind: "proved" as const, digest: result.value.digest, checks, device_digest, controller_checksum };
  }

  /** Not of how long the plan has run: that it may not be carried out yet keeps nobody from approving it. */
  async #limits(proposal: ProposalRecord["proposal"], { running }: Look): Promise<Automatic | null> {
    const automatic = await limitsOf(proposal, this.#parts)(running.plan);
    return automatic === null ? null : { ...automatic, ago_s: Number.POSITIVE_INFINITY };
  }

  async #shadow(proposal: ProposalRecord["proposal"], { intersection }: Place) {
    const { clock, events } = this.#parts;
    const run = await recentRun(events, intersection.id, clock.nowMs());
    const { plan, before } = proposal.drafted;
    const proposed = besidePattern(plan, before.pattern);
    const report = await shadowRun({ ...run, intersection, plan: proposed, inForce: before.plan });
    if (report.passed) return { kind: "shadowed" as const, report };
    const checks = newestStep(proposal, "proved")?.checks ?? [];
    const problems = [shadowProblem(intersection.id, plan.pattern, report)];
    return { kind: "rejected" as const, stage: "shadow" as const, problems, checks };
  }
}
