/**
 * A plan that somebody pushes at the command line, on the way of every other plan: read, proved, run in the shadow,
 * approved, sent, read back, watched for three cycles, and confirmed or rolled back. It is the only change this process makes.
 */
import type { ProposalRecord } from "../../core/ports/proposals.ts";
import { failed, ok, type Problem, problem, type Result } from "../../core/problems/problem.ts";
import { newestStep } from "../../core/proposals/proposal.ts";
import { beforeSending, ended, type ProposalState, underWay } from "../../core/proposals/states.ts";
import type { Plan } from "../../core/signal/plan.ts";
import type { Person, Place, SequenceParts } from "./parts.ts";
import { takenBy } from "./proposal-store.ts";
import { GateSequence } from "./sequence.ts";

const LOOK_MS = 1000;
/** A device that is in transition, or preempted, for longer than this is somebody's to look at. */
const PATIENCE_MS = 10 * 60_000;
/** For a device that answers no more while its plan is proved. */
const SILENCE_MS = 30_000;

export interface HandOrder {
  readonly plan: Plan;
  readonly reason: string;
  readonly drafter: Person;
  readonly approver: Person;
  /** Told of each state as it is reached. */
  readonly heard: (state: ProposalState) => void;
}

type HandParts = Omit<SequenceParts, "places"> & { readonly place: Place };

class HandCarriage {
  readonly #parts: HandParts;
  readonly #order: HandOrder;
  readonly #sequence: GateSequence;
  #beatDue_ms = 0;

  constructor(parts: HandParts, order: HandOrder) {
    this.#parts = parts;
    this.#order = order;
    this.#sequence = new GateSequence({ ...parts, places: [parts.place], alive: () => this.#beat() });
  }

  async run(): Promise<Result<ProposalRecord>> {
    const hindered = await this.#hindrance();
    if (hindered !== null) return failed(hindered);
    const { drafter, plan, reason } = this.#order;
    const drafted = await this.#sequence.draft(this.#parts.place, { plan, reason, window: null }, drafter);
    return drafted.ok ? this.#follow(drafted.value) : drafted;
  }

  /** Edited by somebody else, given back to its local plan, or in the hands of another change: not ours to write to. */
  async #hindrance(): Promise<Problem | null> {
    const { place, proposals } = this.#parts;
    const { guard } = this.#sequence;
    await guard.open();
    const shown = await place.controller.status();
    if (!shown.ok) return shown.problems[0] ?? null;
    // Before the device is read: another process may be carrying it out, and what it left half-way is not ours to settle.
    const [other] = await proposals.list({ states: underWay, intersection: place.intersection.id, limit: 1 });
    if (other !== undefined) return takenBy(other.proposal, other.id);
    await this.#sequence.read(place);
    return guard.problemOf(place.controller.id);
  }

  /** From the draft to the verdict; a device that does not answer, or does not become calm, in time gets nothing. */
  async #follow(drafted: ProposalRecord): Promise<Result<ProposalRecord>> {
    const { clock, place, stop } = this.#parts;
    let record = drafted;
    let until_ms = clock.nowMs() + SILENCE_MS;
    while (!stop.aborted) {
      const further = await this.#further(record);
      if (!further.ok) return further;
      const moved = further.value.proposal.state !== record.proposal.state;
      record = further.value;
      const { state } = record.proposal;
      if (state === "confirmed") return ok(record);
      if (ended.includes(state)) return failed(...troublesOf(record));
      if (moved && state === "approved") until_ms = clock.nowMs() + PATIENCE_MS;
      if (clock.nowMs() >= until_ms) return this.#giveUp(record);
      if (!moved) await clock.sleep(LOOK_MS, stop).catch(() => undefined);
    }
    if (beforeSending.includes(record.proposal.state)) await this.#withdraw(record, "the command was ended");
    return failed(problem("PUSH_ENDED", { intersection: place.intersection.id }));
  }

  /** What passed its proofs is approved; with anything else the gate goes on. */
  async #further(record: ProposalRecord): Promise<Result<ProposalRecord>> {
    const { approver, heard, reason } = this.#order;
    const { id, proposal } = record;
    if (proposal.state === "waiting") {
      const seen = proposal.steps.length;
      return this.#sequence.decide({ id, seen }, { kind: "approved", reason }, approver);
    }
    await this.#sequence.go(record, this.#parts.place);
    const now = (await this.#parts.proposals.get(id)) ?? record;
    if (now.proposal.state !== proposal.state) heard(now.proposal.state);
    return ok(now);
  }

  async #giveUp(record: ProposalRecord): Promise<Result<ProposalRecord>> {
    const { controller } = this.#parts.place;
    if (record.proposal.state === "approved") {
      const waited = this.#sequence.waitsFor(record.id);
      await this.#withdraw(record, "the device did not become ready in time");
      return failed(...(waited === null ? [] : [waited]));
    }
    await this.#withdraw(record, "the device did not answer");
    const shown = await controller.status();
    return failed(...(shown.ok ? [problem("DEVICE_NOT_READ_BACK", { controller: controller.id })] : shown.problems));
  }

  async #withdraw({ id, proposal }: ProposalRecord, reason: string): Promise<void> {
    const seen = proposal.steps.length;
    await this.#sequence.decide({ id, seen }, { kind: "withdrawn", reason }, this.#order.drafter);
  }

  /** Three cycles outlast many a backup timer: the command is repeated meanwhile, unless somebody edited the device. */
  async #beat(): Promise<void> {
    const { clock, place } = this.#parts;
    const { controller } = place;
    if (clock.nowMs() < this.#beatDue_ms || this.#sequence.guard.frozen(controller.id) !== null) return;
    const beat = await controller.heartbeat();
    this.#beatDue_ms = clock.nowMs() + (beat.ok ? beat.value.next_s * 1000 : LOOK_MS);
  }
}

const troublesOf = ({ proposal }: ProposalRecord): readonly Problem[] => {
  const last = proposal.steps.at(-1);
  return last !== undefined && "problems" in last ? last.problems : [];
};

/** The confirmed proposal, or every reason why it is not; what was done all the same stands in its steps. */
export const carryByHand = (parts: HandParts, order: HandOrder): Promise<Result<ProposalRecord>> =>
  new HandCarriage(parts, order).run();

/** What the command line tells of a confirmed one. */
export interface HandReport {
  readonly proposal: number;
  readonly intersection: string;
  readonly controller: string;
  /** As it was written: its pattern may be the other of the pair. */
  readonly plan: Plan;
  readonly previous_pattern: number | null;
  readonly digest: string | null;
  readonly checks: readonly { readonly id: string; readonly passed: boolean }[];
  readonly shadow: { readonly calls: string; readonly recorded_calls: number; readonly passed: boolean } | null;
  readonly read_back: { readonly values: number; readonly digest: string } | null;
  readonly cycles_observed: number;
}

export function handReport({ id, proposal }: ProposalRecord): HandReport {
  const { intersection, controller, plan } = proposal.drafted;
  const began = newestStep(proposal, "began");
  const downloaded = newestStep(proposal, "downloaded");
  const report = newestStep(proposal, "shadowed")?.report ?? null;
  return {
    proposal: id,
    intersection,
    controller,
    plan: { ...plan, pattern: began?.pattern ?? plan.pattern },
    previous_pattern: began?.previous_pattern ?? null,
    digest: began?.digest ?? null,
    checks: newestStep(proposal, "proved")?.checks.map(({ id: check, passed }) => ({ id: check, passed })) ?? [],
    shadow:
      report === null ? null : { calls: report.calls, recorded_calls: report.recorded_calls, passed: report.passed },
    read_back: downloaded === null ? null : { values: downloaded.values, digest: downloaded.read_back_digest },
    cycles_observed: newestStep(proposal, "confirmed")?.cycles ?? 0,
  };
}
