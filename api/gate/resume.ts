/**
 * After a start: every device is read before anything is written to it. A change that the last process left half-way is
 * settled by what the device says, and never by sending again; a device that still runs our plan, value by value, is
 * taken back, so that the heartbeat goes on; any other keeps its local plan.
 */
import { type Look, lookAt, observe, replyOf, takeBack } from "../../controllers/index.ts";
import type { ProposalRecord } from "../../core/ports/proposals.ts";
import { type Problem, problem, sentence } from "../../core/problems/problem.ts";
import { byService, newestStep, type StepWords } from "../../core/proposals/proposal.ts";
import { underWay } from "../../core/proposals/states.ts";
import type { Plan } from "../../core/signal/plan.ts";
import type { Carrier, CarrierParts } from "./carrier.ts";
import type { Place } from "./parts.ts";

const OURS = "systemControl";

export class Resumption {
  readonly #parts: CarrierParts;
  readonly #carrier: Carrier;

  constructor(parts: CarrierParts, carrier: Carrier) {
    this.#parts = parts;
    this.#carrier = carrier;
  }

  /** A device that does not answer is asked again, and nothing is written to it until it does. Ends with what it goes on with. */
  async go(place: Place): Promise<void> {
    const { guard, proposals } = this.#parts;
    const look = await lookAt(place.controller);
    if (!look.ok) return;
    const [open] = await proposals.list({ states: underWay, intersection: place.intersection.id, limit: 1 });
    // The last process may have ended between its write and its note of what the write left.
    const left = open === undefined ? null : (newestStep(open.proposal, "downloaded") ?? look.value);
    if (left !== null) await guard.expect(place.controller.id, left.controller_checksum);
    await guard.wasRead(place);
    if (open === undefined) await this.#takePlanBack(place, look.value);
    else if (open.proposal.state === "observing") await this.#goOn(open, place, look.value);
    else await this.#settle(open, place, look.value, []);
  }

  /** The plan in force, where nothing was under way. */
  async #takePlanBack(place: Place, { status }: Look): Promise<void> {
    const { clock, guard, ledger, log, plans } = this.#parts;
    const { controller, intersection } = place;
    const held = (await plans.inForce()).find(({ plan }) => plan.intersection === intersection.id);
    const ours = held !== undefined && status.pattern === held.plan.pattern && status.control_status === OURS;
    if (!ours || guard.problemOf(controller.id) !== null) return;
    const taken = await takeBack(controller, intersection, held.plan);
    if (!taken.ok) {
      for (const found of taken.problems) log.warn({ controller: controller.id }, sentence(found));
      return;
    }
    const about = { controller: controller.id, intersection: intersection.id, pattern: held.plan.pattern };
    const { read_back_digest } = taken.value;
    await ledger.append("device.resumed", { ...about, read_back_digest, reply: replyOf(status) }, clock.nowMs());
  }

  /** The command was given, or was about to be: the device itself says which. */
  async #goOn(record: ProposalRecord, place: Place, look: Look): Promise<void> {
    const { claims, guard, plans } = this.#parts;
    const pattern = newestStep(record.proposal, "commanded")?.pattern ?? 0;
    const plan: Plan = { ...record.proposal.drafted.plan, pattern };
    const ours = look.status.pattern === pattern && look.status.control_status === OURS;
    if (!ours || guard.problemOf(place.controller.id) !== null) return this.#settle(record, place, look, []);
    const taken = await takeBack(place.controller, place.intersection, plan);
    if (!taken.ok) return this.#settle(record, place, look, taken.problems);
    const { read_back_digest } = taken.value;
    const resumed = await this.#write(record, { kind: "resumed", reply: replyOf(look.status), read_back_digest });
    const claim = claims.take(place.intersection.id);
    if (resumed === null || claim === null) return;
    const held = (await plans.inForce()).find((each) => each.plan.intersection === place.intersection.id);
    const paper = this.#carrier.paperOf(
      resumed,
      place,
      claim.overtaken,
      held?.plan.pattern === pattern ? held.id : undefined,
    );
    try {
      if (held?.plan.pattern !== pattern) await paper.inForce(plan);
      await observe({ ...paper, ...place, plan }, taken.value);
    } finally {
      claim.free();
    }
  }

  /** Nothing is sent: what runs now goes on, and without us the device's own clock says for how long. */
  async #settle(record: ProposalRecord, place: Place, look: Look, why: readonly Problem[]): Promise<void> {
    const { log } = this.#parts;
    const { status, timing } = look;
    const words = { intersection: place.intersection.id, proposal: record.id, found: status.pattern };
    const problems = [problem("INTERRUPTED_CHANGE", words), ...why];
    for (const found of problems) log.warn({ proposal: record.id }, sentence(found));
    const holds = heldOf(record, timing.patterns);
    await this.#write(record, { kind: "interrupted", problems, reply: replyOf(status), holds });
  }

  async #write(record: ProposalRecord, step: StepWords): Promise<ProposalRecord | null> {
    const { clock, log, proposals } = this.#parts;
    const written = await proposals.step(record.id, byService(step, clock.nowMs()), record.proposal.steps.length);
    if (written.ok) return written.value;
    for (const found of written.problems) log.warn({ proposal: record.id }, sentence(found));
    return null;
  }
}

/** Whether the new plan stands in the pattern it was to be written to: all of it, or what stood there before. */
function heldOf({ proposal }: ProposalRecord, patterns: readonly Plan[]): "old" | "new" | "unknown" {
  const pattern = newestStep(proposal, "began")?.pattern;
  if (pattern === undefined) return "unknown";
  const found = patterns.find((each) => each.pattern === pattern);
  const core = (plan: Plan): string => {
    const splits = plan.splits.filter(({ split_s }) => split_s > 0).toSorted((a, b) => a.phase - b.phase);
    return JSON.stringify([plan.cycle_s, plan.offset_s, plan.sequence, splits]);
  };
  return found !== undefined && core(found) === core(proposal.drafted.plan) ? "new" : "old";
}
