/**
 * The workflow of the gate: drafts by people and by the retiming loops, proofs and shadow runs by itself, approvals by a
 * second person, then the device; and the two ways out that one person may take alone.
 */
import { type Limits, machinesOwn, personsOwn, pushPlan, replyOf, type Writing } from "../../controllers/index.ts";
import type { ProposalRecord } from "../../core/ports/proposals.ts";
import type { Service } from "../../core/ports/service.ts";
import { failed, ok, type Problem, problem, type Result } from "../../core/problems/problem.ts";
import { type ProposalStep, SERVICE } from "../../core/proposals/proposal.ts";
import { ended, type ProposalState, proposalStates } from "../../core/proposals/states.ts";
import type { Plan } from "../../core/signal/plan.ts";
import { sameTiming } from "../../core/signal/same-timing.ts";
import { Rounds } from "../service/rounds.ts";
import type { DeviceGuard } from "./device-guard.ts";
import { noteDevice } from "./device-note.ts";
import type { Draft } from "./draft.ts";
import type { GateParts, Person, Place } from "./parts.ts";
import { previousPlan } from "./previous-plan.ts";
import { type Decision, GateSequence } from "./sequence.ts";

const ROUND_MS = 1000;
/** Far more than a city has open at once. */
const MOST_OPEN = 1000;

const open: readonly ProposalState[] = proposalStates.filter((state) => !ended.includes(state));

export class Gatekeeper implements Service {
  readonly #parts: GateParts;
  readonly #sequence: GateSequence;
  readonly #rounds: Rounds;
  /** Proposals and controllers that something is being done with. */
  readonly #busy = new Map<string, Promise<void>>();
  /** Open proposals as they were read last. */
  #known: readonly ProposalRecord[] = [];

  constructor(parts: GateParts) {
    this.#parts = parts;
    this.#rounds = new Rounds(parts.clock, () => this.round());
    this.#sequence = new GateSequence({ ...parts, stop: this.#rounds.ended });
  }

  get guard(): DeviceGuard {
    return this.#sequence.guard;
  }

  async start(stop: AbortSignal): Promise<void> {
    await this.guard.open();
    await this.#rounds.start(stop);
    await this.guard.watch.start(this.#rounds.ended);
  }

  async close(): Promise<void> {
    await Promise.all([this.#rounds.close(), this.guard.watch.close()]);
    await this.idle();
  }

  get places(): readonly Place[] {
    return this.#parts.places;
  }

  /** Devices that somebody has to look at before anything is written to them again. */
  problems(): readonly Problem[] {
    return this.places.flatMap(({ controller }) => {
      const found = this.guard.problemOf(controller.id);
      return found?.code === "DEVICE_FROZEN" ? [found] : [];
    });
  }

  /** By the controller's id or its intersection's. */
  place(id: string): Result<Place> {
    const found = this.places.find(({ controller, intersection }) => controller.id === id || intersection.id === id);
    return found === undefined ? failed(problem("DEVICE_UNKNOWN", { controller: id })) : ok(found);
  }

  /** The change that is being carried out there, as a reason to leave the device alone; null where none is. */
  changing(intersection: string): Problem | null {
    return this.#sequence.claims.isHeld(intersection) ? problem("INTERSECTION_BUSY", { intersection }) : null;
  }

  /** Why an approved proposal has not been begun with; null when nothing but its window is in the way. */
  waitsFor(id: number): Problem | null {
    return this.#sequence.waitsFor(id);
  }

  async draft(draft: Draft, by: Person): Promise<Result<ProposalRecord>> {
    const place = this.place(draft.plan.intersection);
    return place.ok ? this.#sequence.draft(place.value, draft, by) : place;
  }

  /** `seen`: how many steps the person has seen. */
  decide(id: number, decision: Decision, by: Person, seen: number): Promise<Result<ProposalRecord>> {
    return this.#sequence.decide({ id, seen }, decision, by);
  }

  /** Alone: the device goes back to its local plan, and stays there until somebody takes it back. */
  async release(place: Place, reason: string, by: Person): Promise<Result<void>> {
    if (reason.trim() === "") return failed(problem("GATE_REASON_MISSING"));
    const { controller, intersection } = place;
    await noteDevice(this.#parts, "device.release", place, by, { reason });
    // Marked before it is sent: neither a retiming loop nor a restart takes it back in between.
    await this.guard.release(place, reason, by);
    const words = { intersection: intersection.id, by: by.name, reason };
    this.#sequence.claims.overtake(intersection.id, problem("RELEASED_MEANWHILE", words));
    await this.#parts.standAside?.(intersection.id);
    const released = await controller.release();
    const status = await controller.status();
    const reply = status.ok ? replyOf(status.value) : null;
    await noteDevice(this.#parts, "device.released", place, by, {
      reply,
      problems: released.ok ? [] : released.problems,
    });
    return released;
  }

  /** What was released may be commanded again. */
  async takeBack(place: Place, reason: string, by: Person): Promise<Result<void>> {
    if (reason.trim() === "") return failed(problem("GATE_REASON_MISSING"));
    return this.guard.takeBack(place, reason, by);
  }

  async accept(place: Place, checksum: number, reason: string, by: Person): Promise<Result<void>> {
    if (reason.trim() === "") return failed(problem("GATE_REASON_MISSING"));
    return this.guard.accept(place, checksum, reason, by);
  }

  /** Alone: the plan that was confirmed before the one in force, proved anew and pushed at once. */
  async previous(place: Place, reason: string, by: Person): Promise<Result<number>> {
    if (reason.trim() === "") return failed(problem("GATE_REASON_MISSING"));
    const { intersection, controller } = place;
    const forbidden = this.guard.problemOf(controller.id);
    const released = this.guard.recordOf(controller.id).released !== null;
    if (forbidden !== null && !released) return failed(forbidden);
    const status = await controller.status();
    if (!status.ok) return status;
    const plan = await previousPlan(this.#parts.plans, intersection.id, status.value.pattern);
    if (plan === null) return failed(problem("NO_PREVIOUS_PLAN", { intersection: intersection.id }));
    await noteDevice(this.#parts, "device.previous", place, by, { reason, before: status.value.pattern, after: plan });
    if (released) {
      const taken = await this.guard.takeBack(place, reason, by);
      if (!taken.ok) return taken;
    }
    const emergency = { reason, previous: true };
    const pushed = await this.#push(place, plan, emergency, `emergency: ${by.name}`, personsOwn);
    return pushed.ok ? ok(pushed.value.plan.pattern) : pushed;
  }

  /**
   * For the loops of this process. To a virtual controller that the site lets be approved automatically the plan goes at
   * once; for any other it becomes a proposal, which a person has to approve. True: the plan is in force.
   */
  async offer(plan: Plan, reasons: unknown, actor: string): Promise<Result<{ readonly active: boolean }>> {
    const place = this.place(plan.intersection);
    if (!place.ok) return ok({ active: false });
    await this.#firstLook(place.value);
    const forbidden = this.guard.problemOf(place.value.controller.id);
    if (forbidden !== null)
      return forbidden.code === "DEVICE_NOT_READ_BACK" ? failed(forbidden) : ok({ active: false });
    if (place.value.approval === "second_person") return this.#offerForApproval(plan, actor);
    const pushed = await this.#push(place.value, plan, reasons, actor, machinesOwn(this.#parts));
    return pushed.ok ? ok({ active: true }) : pushed;
  }

  /** A newer plan of a loop stands in for its older one that nobody has approved yet. */
  async #offerForApproval(plan: Plan, actor: string): Promise<Result<{ readonly active: boolean }>> {
    const { proposals } = this.#parts;
    const { intersection } = plan;
    const waiting = await proposals.list({ states: open, intersection, limit: MOST_OPEN });
    const own = waiting.filter(({ proposal }) => proposal.drafted.by === SERVICE);
    if (waiting.some(({ proposal }) => proposal.state === "approved" || proposal.steps.some(isBegun))) {
      return ok({ active: false });
    }
    const [newest] = await proposals.list({ intersection, limit: 1 });
    const refused = newest?.proposal.state === "refused" && newest.proposal.drafted.by === SERVICE ? [newest] : [];
    // What was refused is not asked for again a minute later.
    const known = [...own, ...refused];
    if (known.some(({ proposal }) => sameTiming(proposal.drafted.plan, plan))) return ok({ active: false });
    const service = { name: SERVICE, role: null };
    for (const { id, proposal } of own) {
      await this.decide(
        id,
        { kind: "withdrawn", reason: "a newer plan stands in for it" },
        service,
        proposal.steps.length,
      );
    }
    const drafted = await this.draft({ plan, reason: actor, window: null }, service);
    return drafted.ok ? ok({ active: false }) : drafted;
  }

  async #push(place: Place, plan: Plan, reasons: unknown, actor: string, limits: Limits) {
    const { clock, ledger, plans } = this.#parts;
    const { controller, intersection } = place;
    const claim = this.#sequence.claims.take(intersection.id);
    if (claim === null) return failed(problem("INTERSECTION_BUSY", { intersection: intersection.id }));
    const order = { controller, intersection, plan, reasons, actor, ledger, plans, clock, stop: this.#rounds.ended };
    const writing: Writing = (work) => this.guard.writing(place, work);
    try {
      await this.#parts.standAside?.(intersection.id);
      return await pushPlan({ ...order, limits, writing });
    } finally {
      claim.free();
    }
  }

  /** A device that was not read since the start is read now: nobody waits for the next round. */
  async #firstLook(place: Place): Promise<void> {
    const { id } = place.controller;
    if (this.guard.isRead(id)) return;
    this.#begin(`read ${id}`, () => this.#sequence.read(place));
    await this.#busy.get(`read ${id}`);
  }

  /** Resolves when everything that a round began is done. */
  async idle(): Promise<void> {
    await Promise.all(this.#busy.values());
  }

  /** One look at all there is to do: what it begins goes on beside it. How long to wait until the next, ms. */
  async round(): Promise<number> {
    for (const place of this.places) {
      if (!this.guard.isRead(place.controller.id))
        this.#begin(`read ${place.controller.id}`, () => this.#sequence.read(place));
    }
    // The oldest first: of two approved changes at one intersection the first approved is tried first.
    for (const record of await this.#openRecords()) {
      const place = this.place(record.proposal.drafted.intersection);
      if (!place.ok) continue;
      this.#begin(`proposal ${record.id}`, () => this.#sequence.go(record, place.value));
    }
    return ROUND_MS;
  }

  /** What there is to go on with: a proposal is read, and its steps compared with the ledger, only when it has moved on. */
  async #openRecords(): Promise<readonly ProposalRecord[]> {
    const { proposals } = this.#parts;
    const places = await proposals.places(["draft", "proved", "approved"]);
    const known = new Map(this.#known.map((record) => [record.id, record]));
    const records: ProposalRecord[] = [];
    for (const { id, steps } of places.slice(0, MOST_OPEN)) {
      const before = known.get(id);
      const record = before?.proposal.steps.length === steps ? before : await proposals.get(id);
      if (record !== null) records.push(record);
    }
    this.#known = records;
    return records;
  }

  /** Each thing is done once at a time; what fails is told and tried again in the next round. */
  #begin(what: string, work: () => Promise<unknown>): void {
    if (this.#busy.has(what)) return;
    const running = work()
      .then(() => undefined)
      .catch((error: unknown) => {
        if (!this.#rounds.ended.aborted)
          this.#parts.log.warn({ what, error: String(error) }, "the gate could not go on");
      })
      .finally(() => this.#busy.delete(what));
    this.#busy.set(what, running);
  }
}

const isBegun = ({ kind }: ProposalStep): boolean => kind === "began";
