/**
 * A plan that somebody pushes at the command line, on the way of every other plan: read, proved, run in the shadow,
 * approved, sent, read back, watched for three cycles, and confirmed or rolled back. It is the only change this process makes.
 */
import type { ProposalRecord } from "../../core/ports/proposals.ts";
import { failed, ok, type Problem, problem, type Result } from "../../core/problems/problem.ts";
import { newestStep, type ProposalStep } from "../../core/proposals/proposal.ts";
import { ended, type ProposalState, underWay } from "../../core/proposals/states.ts";
import type { Plan } from "../../core/signal/plan.ts";
import { Carrier } from "./carrier.ts";
import { Claims } from "./claims.ts";
import { DeviceGuard } from "./device-guard.ts";
import { draftProposal } from "./draft.ts";
import type { GateParts, Person, Place } from "./parts.ts";
import { takenBy } from "./proposal-store.ts";
import { Prover } from "./prover.ts";

const LOOK_MS = 1000;
/** A device that is in transition, or preempted, for longer than this is somebody's to look at. */
const PATIENCE_MS = 10 * 60_000;
/** Looks at a device that does not answer while its plan is proved. */
const MOST_LOOKS = 3;

export interface HandOrder {
  readonly plan: Plan;
  readonly reason: string;
  readonly drafter: Person;
  readonly approver: Person;
  /** Told of each state as it is reached. */
  readonly heard: (state: ProposalState) => void;
}

type HandParts = Omit<GateParts, "places"> & { readonly place: Place; readonly stop: AbortSignal };

class HandCarriage {
  readonly #parts: HandParts;
  readonly #order: HandOrder;
  readonly #guard: DeviceGuard;
  readonly #prover: Prover;
  readonly #carrier: Carrier;
  #beatDue_ms = 0;

  constructor(parts: HandParts, order: HandOrder) {
    this.#parts = parts;
    this.#order = order;
    const shared = { ...parts, places: [parts.place] };
    this.#guard = new DeviceGuard(shared);
    this.#prover = new Prover(shared);
    this.#carrier = new Carrier({ ...shared, guard: this.#guard, claims: new Claims(), alive: () => this.#beat() });
  }

  async run(): Promise<Result<ProposalRecord>> {
    const hindered = await this.#hindrance();
    if (hindered !== null) return failed(hindered);
    const { drafter, plan, reason } = this.#order;
    const drafted = await draftProposal(this.#parts, this.#parts.place, { plan, reason, window: null }, drafter);
    if (!drafted.ok) return drafted;
    const proved = await this.#prove(drafted.value);
    if (!proved.ok) return proved;
    const approved = await this.#approve(proved.value);
    if (!approved.ok) return approved;
    return this.#carry(approved.value);
  }

  /** Edited by somebody else, given back to its local plan, or in the hands of another change: not ours to write to. */
  async #hindrance(): Promise<Problem | null> {
    const { place, proposals } = this.#parts;
    await this.#guard.open();
    const shown = await place.controller.status();
    if (!shown.ok) return shown.problems[0] ?? null;
    const [other] = await proposals.list({ states: underWay, intersection: place.intersection.id, limit: 1 });
    if (other !== undefined) return takenBy(other.proposal, other.id);
    await this.#guard.wasRead(place);
    return this.#guard.problemOf(place.controller.id);
  }

  async #prove(drafted: ProposalRecord): Promise<Result<ProposalRecord>> {
    const { clock, place, stop } = this.#parts;
    let record = drafted;
    for (let look = 0; look < 2 * MOST_LOOKS; look += 1) {
      await this.#prover.go(record, place);
      record = await this.#now(record);
      if (record.proposal.state === "waiting") return ok(record);
      if (ended.includes(record.proposal.state)) return failed(...troublesOf(record));
      if (look >= 2) await clock.sleep(LOOK_MS, stop).catch(() => undefined);
    }
    await this.#withdraw(record, "the device did not answer");
    const shown = await place.controller.status();
    return failed(
      ...(shown.ok ? [problem("DEVICE_NOT_READ_BACK", { controller: place.controller.id })] : shown.problems),
    );
  }

  #approve({ id, proposal }: ProposalRecord): Promise<Result<ProposalRecord>> {
    const { approver, reason } = this.#order;
    const { clock, proposals } = this.#parts;
    const step = { kind: "approved" as const, reason, by: approver.name, role: approver.role, at_ms: clock.nowMs() };
    return proposals.step(id, step, proposal.steps.length);
  }

  /** From approval to the verdict; a device that does not become calm in time gets nothing. */
  async #carry(approved: ProposalRecord): Promise<Result<ProposalRecord>> {
    const { clock, place, stop } = this.#parts;
    const until_ms = clock.nowMs() + PATIENCE_MS;
    let record = approved;
    while (!stop.aborted) {
      await this.#carrier.go(record, place);
      record = await this.#now(record);
      const { state } = record.proposal;
      if (state === "confirmed") return ok(record);
      if (ended.includes(state)) return failed(...troublesOf(record));
      if (clock.nowMs() >= until_ms) {
        const waited = this.#carrier.waitsFor(record.id);
        await this.#withdraw(record, "the device did not become ready in time");
        return failed(...(waited === null ? [] : [waited]));
      }
      await clock.sleep(LOOK_MS, stop).catch(() => undefined);
    }
    if (record.proposal.state === "approved") await this.#withdraw(record, "the command was ended");
    return failed(problem("PUSH_ENDED", { intersection: place.intersection.id }));
  }

  async #withdraw({ id, proposal }: ProposalRecord, reason: string): Promise<void> {
    const { name: by, role } = this.#order.drafter;
    const { clock, proposals } = this.#parts;
    const step: ProposalStep = { kind: "withdrawn", reason, by, role, at_ms: clock.nowMs() };
    await proposals.step(id, step, proposal.steps.length);
  }

  async #now(record: ProposalRecord): Promise<ProposalRecord> {
    const now = (await this.#parts.proposals.get(record.id)) ?? record;
    if (now.proposal.state !== record.proposal.state) this.#order.heard(now.proposal.state);
    return now;
  }

  /** Three cycles outlast many a backup timer: the command is repeated meanwhile, unless somebody edited the device. */
  async #beat(): Promise<void> {
    const { clock, place } = this.#parts;
    const { controller } = place;
    if (clock.nowMs() < this.#beatDue_ms || this.#guard.frozen(controller.id) !== null) return;
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
