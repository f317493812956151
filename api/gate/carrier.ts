/** Carries approved proposals out when their window is open and their device is calm; one at a time at an intersection. */
import {
  type CarriagePaper,
  type CarriedStep,
  carryOut,
  hindranceOf,
  type Look,
  lookAt,
} from "../../controllers/index.ts";
import type { ProposalRecord } from "../../core/ports/proposals.ts";
import { failed, ok, type Problem, problem, sentence } from "../../core/problems/problem.ts";
import { byService, newestStep } from "../../core/proposals/proposal.ts";
import { isOpen } from "../../core/proposals/window.ts";
import { changeProblems } from "../../core/signal/change-rate.ts";
import type { Plan } from "../../core/signal/plan.ts";
import { localMinute } from "../control/schedule.ts";
import { limitsOf } from "./change-limits.ts";
import type { Claims } from "./claims.ts";
import type { DeviceGuard } from "./device-guard.ts";
import type { Place, SequenceParts } from "./parts.ts";
import { PlanBook } from "./plan-book.ts";

export interface CarrierParts extends SequenceParts {
  readonly guard: DeviceGuard;
  readonly claims: Claims;
}

export class Carrier {
  readonly #parts: CarrierParts;
  /** Why an approved proposal waits, by its number. */
  readonly #waiting = new Map<number, Problem>();

  constructor(parts: CarrierParts) {
    this.#parts = parts;
  }

  waitsFor(id: number): Problem | null {
    return this.#waiting.get(id) ?? null;
  }

  async go(record: ProposalRecord, place: Place): Promise<void> {
    const { claims, guard, clock, timezone } = this.#parts;
    const { window } = record.proposal.drafted;
    if (window !== null && !isOpen(window, localMinute(clock.nowMs(), timezone))) return;
    const forbidden = guard.problemOf(place.controller.id);
    if (forbidden !== null) return this.#wait(record.id, forbidden);
    const claim = claims.take(place.intersection.id);
    if (claim === null) return;
    try {
      await this.#carry(record, place, claim.overtaken);
    } finally {
      claim.free();
    }
  }

  async #carry(record: ProposalRecord, place: Place, overtaken: () => Problem | null): Promise<void> {
    await this.#parts.standAside?.(place.intersection.id);
    const look = await lookAt(place.controller);
    if (!look.ok) return this.#wait(record.id, look.problems[0] ?? null);
    const { status, running } = look.value;
    const hindrance = hindranceOf(place.intersection.id, status, running.plan);
    if (hindrance !== null) return this.#wait(record.id, hindrance);
    const soon = await this.#tooSoon(record, running.plan);
    if (soon !== null) return this.#wait(record.id, soon);
    this.#waiting.delete(record.id);
    const paper = this.paperOf(record, place, overtaken);
    const stale = staleness(record, look.value);
    if (stale !== null) {
      await paper.write({ kind: "failed", stage: "stale", problems: [stale] });
      return;
    }
    const done = await carryOut({ ...paper, ...place, plan: record.proposal.drafted.plan }, look.value);
    if (done.ok) {
      this.#parts.log.info({ proposal: record.id, intersection: place.intersection.id }, "confirmed for three cycles");
    } else await this.#failed(record, place, paper, done.problems);
  }

  /** What went wrong before anything was written down is written down here. */
  async #failed(record: ProposalRecord, place: Place, paper: CarriagePaper, problems: readonly Problem[]) {
    const { log, proposals } = this.#parts;
    for (const found of problems)
      log.warn({ proposal: record.id, intersection: place.intersection.id }, sentence(found));
    const now = await proposals.get(record.id);
    if (now?.proposal.state !== "approved" || problems.some(({ code }) => code === "INTERSECTION_TAKEN")) return;
    await paper.write({ kind: "failed", stage: "proof", problems });
  }

  /** A plan of the service's own making waits until the last change is old enough; nothing else of it changes by waiting. */
  async #tooSoon({ proposal }: ProposalRecord, running: Plan | null): Promise<Problem | null> {
    const automatic = await limitsOf(proposal, this.#parts)(running);
    if (automatic === null) return null;
    return changeProblems(automatic, proposal.drafted.plan).find(({ code }) => code === "CHANGE_SOON") ?? null;
  }

  /** The pen of one carriage: each step follows from the one that this process wrote last. `resumed`: its stored plan. */
  paperOf(
    { id, proposal }: ProposalRecord,
    place: Place,
    overtaken: () => Problem | null,
    resumed?: number,
  ): CarriagePaper {
    const { alive = () => Promise.resolve(), clock, guard, plans, proposals, stop } = this.#parts;
    let seen = proposal.steps.length;
    const book = new PlanBook({ plans, clock, reasons: { proposal: id, reason: proposal.drafted.reason } });
    if (resumed !== undefined) book.resume(resumed);
    return {
      clock,
      stop,
      alive,
      overtaken: () => overtaken() ?? guard.frozen(place.controller.id),
      limits: limitsOf(proposal, this.#parts),
      writing: (work) => guard.writing(place, work),
      compare: () => guard.compare(place),
      inForce: (plan) => book.inForce(plan),
      notInForce: () => book.notInForce(),
      write: async (step: CarriedStep) => {
        const written = await proposals.step(id, byService(step, clock.nowMs()), seen);
        if (written.ok) seen += 1;
        return written.ok ? ok(undefined) : failed(...written.problems);
      },
    };
  }

  #wait(id: number, why: Problem | null): void {
    if (why !== null) this.#waiting.set(id, why);
  }
}

/** The proof holds for the device as it was then: another plan or other parameters, and it has to be proposed anew. */
function staleness({ id, proposal }: ProposalRecord, look: Look): Problem | null {
  const { before, intersection } = proposal.drafted;
  const proved = newestStep(proposal, "proved");
  if (look.running.pattern === before.pattern && look.device_digest === proved?.device_digest) return null;
  const words = { intersection, proposal: id, found: look.running.pattern, expected: before.pattern };
  return problem("PROPOSAL_STALE", words);
}
