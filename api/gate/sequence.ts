/**
 * The way of a plan through the gate, the same for every process that has one: the device is read before anything is written
 * to it, a draft is proved and run in the shadow, an approved one is carried out. Who decides, and when there is another look
 * at it all, is the business of whoever goes on with it.
 */
import type { ProposalRecord } from "../../core/ports/proposals.ts";
import type { Problem, Result } from "../../core/problems/problem.ts";
import type { ProposalStep } from "../../core/proposals/proposal.ts";
import { Carrier } from "./carrier.ts";
import { Claims } from "./claims.ts";
import { DeviceGuard } from "./device-guard.ts";
import { type Draft, draftProposal } from "./draft.ts";
import type { Person, Place, SequenceParts } from "./parts.ts";
import { Prover } from "./prover.ts";
import { Resumption } from "./resume.ts";

export interface Decision {
  readonly kind: "approved" | "refused" | "withdrawn";
  readonly reason: string;
}

export class GateSequence {
  readonly guard: DeviceGuard;
  readonly claims = new Claims();
  readonly #parts: SequenceParts;
  readonly #prover: Prover;
  readonly #carrier: Carrier;
  readonly #resumption: Resumption;

  constructor(parts: SequenceParts) {
    this.#parts = parts;
    this.guard = new DeviceGuard(parts);
    const carrying = { ...parts, guard: this.guard, claims: this.claims };
    this.#prover = new Prover(parts);
    this.#carrier = new Carrier(carrying);
    this.#resumption = new Resumption(carrying, this.#carrier);
  }

  /** The first look at a device since the start, and what was left half-way there. One that does not answer stays unread. */
  read(place: Place): Promise<void> {
    return this.#resumption.go(place);
  }

  draft(place: Place, draft: Draft, by: Person): Promise<Result<ProposalRecord>> {
    return draftProposal(this.#parts, place, draft, by);
  }

  /** One step further with a proposal that nobody has to decide now; nothing where its device is not read or not calm. */
  async go(record: ProposalRecord, place: Place): Promise<void> {
    if (!this.guard.isRead(place.controller.id)) return;
    await (record.proposal.state === "approved" ? this.#carrier : this.#prover).go(record, place);
  }

  /** `seen`: how many steps the person has seen. */
  decide(
    { id, seen }: { readonly id: number; readonly seen: number },
    { kind, reason }: Decision,
    by: Person,
  ): Promise<Result<ProposalRecord>> {
    const step: ProposalStep = { kind, reason, by: by.name, role: by.role, at_ms: this.#parts.clock.nowMs() };
    return this.#parts.proposals.step(id, step, seen);
  }

  /** Why an approved proposal has not been begun with; null when nothing but its window is in the way. */
  waitsFor(id: number): Problem | null {
    return this.#carrier.waitsFor(id);
  }
}
