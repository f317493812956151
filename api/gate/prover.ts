/** What happens to a draft before a person looks at it: the gate's proof, and the shadow run under recorded calls. */
import { besidePattern, examine, lookAt, shadowRun } from "../../controllers/index.ts";
import type { DetectorEvent } from "../../core/ports/detection-feed.ts";
import type { ProposalRecord } from "../../core/ports/proposals.ts";
import { problem } from "../../core/problems/problem.ts";
import { byService, newestStep } from "../../core/proposals/proposal.ts";
import type { ShadowReport } from "../../core/proposals/shadow-report.ts";
import type { GateParts, Place } from "./parts.ts";

/** How much of the street's past a shadow run sees. */
const SHADOW_MS = 15 * 60_000;
const MOST_EVENTS = 50_000;

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
    const { checks, result } = examine(intersection, besidePattern(plan, status.pattern), timing, {
      over: status.pattern,
    });
    if (!result.ok) return { kind: "rejected" as const, stage: "proof" as const, problems: result.problems, checks };
    return { kind: "proved" as const, digest: result.value.digest, checks, device_digest, controller_checksum };
  }

  async #shadow(proposal: ProposalRecord["proposal"], { intersection }: Place) {
    const to_ms = this.#parts.clock.nowMs();
    const from_ms = to_ms - SHADOW_MS;
    const { plan, before } = proposal.drafted;
    const events = await this.#recorded(intersection.id, from_ms, to_ms);
    const proposed = besidePattern(plan, before.pattern);
    const report = await shadowRun({ intersection, plan: proposed, inForce: before.plan, from_ms, to_ms, events });
    if (report.passed) return { kind: "shadowed" as const, report };
    const checks = newestStep(proposal, "proved")?.checks ?? [];
    const words = { intersection: intersection.id, pattern: plan.pattern, what: faultOf(report) };
    return { kind: "rejected" as const, stage: "shadow" as const, problems: [problem("SHADOW_FAILED", words)], checks };
  }

  #recorded(intersection: string, since_ms: number, until_ms: number): Promise<readonly DetectorEvent[]> {
    return this.#parts.events.recent({ intersection, since_ms, until_ms, limit: MOST_EVENTS });
  }
}

const faultOf = ({ proposed }: ShadowReport): string =>
  proposed.trips.length > 0 ? `the conflict monitor tripped (${proposed.trips[0]})` : "it never came into step";
