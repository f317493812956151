/**
 * Second-by-second control of one device by its phase control bits, and the rule that keeps a lost centre from holding a
 * green for ever: while any bit may be set, only a fresh decision causes a SET. Every SET restarts the device's backup
 * timer, so a heartbeat that went on by itself would keep the bits of a loop that is dead. Silence is what clears them.
 */
import type { Clock } from "../../core/ports/clock.ts";
import { failed, ok, problem, type Result } from "../../core/problems/problem.ts";
import { type ControlDecision, type DecisionWords, isDecision, isFresh } from "../gate/control-decision.ts";
import { type Cell, cell, type IntegerValue } from "./cells.ts";
import { type ObjectName, specialPattern } from "./oids.ts";
import { integerAt } from "./readings.ts";
import type { SnmpLink } from "./snmp-link.ts";

const PATTERN = cell("systemPatternControl");

/** Ring control is not here: omitting red clearance and stopping time are never commanded (I8). */
const COLUMNS = {
  phaseControlGroupPhaseOmit: "omit",
  phaseControlGroupPedOmit: "ped_omit",
  phaseControlGroupHold: "hold",
  phaseControlGroupForceOff: "force_off",
  phaseControlGroupVehCall: "vehicle_call",
  phaseControlGroupPedCall: "ped_call",
} as const satisfies Readonly<Partial<Record<ObjectName, keyof DecisionWords>>>;

type Column = keyof typeof COLUMNS;
const columns = Object.keys(COLUMNS) as Column[];
/** Without these a device cannot be led to a stage. */
const needed: readonly Column[] = [
  "phaseControlGroupHold",
  "phaseControlGroupForceOff",
  "phaseControlGroupPhaseOmit",
  "phaseControlGroupVehCall",
];

const bitsOf = (phases: readonly number[], group: number): number =>
  phases.reduce((bits, phase) => (Math.ceil(phase / 8) === group ? bits | (1 << ((phase - 1) % 8)) : bits), 0);

export interface ControlTarget {
  /** Its attempts must end within a decision's life: a request sent again late would be an old decision. */
  readonly link: SnmpLink;
  readonly controller: string;
  readonly intersection: string;
  readonly clock: Clock;
  /** How long the link tries at most. */
  readonly worst_ms: number;
}

export class RealTimeControl {
  readonly #target: ControlTarget;
  #groups = 0;
  /** Control columns the device has; null before it was asked. */
  #cells: readonly Cell[] | null = null;
  /** A bit of ours, or of whoever was here before us, may be set. */
  #maybeSet = false;
  /** The device may have been told to run free by a decision. */
  #free = false;

  constructor(target: ControlTarget) {
    this.#target = target;
  }

  /** While true, nothing but a fresh decision or a hand-back may cause a SET. */
  get holding(): boolean {
    return this.#maybeSet || this.#free;
  }

  /** What the device should hold of a command of ours: none of a plan while decisions let it run free. */
  commanded(pattern: number | null): number | null {
    return this.#free ? specialPattern.free : pattern;
  }

  /** Every bit is cleared: by a command that carried the zeros, or by the device's backup timer. */
  forget(): void {
    this.#maybeSet = false;
    this.#free = false;
  }

  /** Fails with DECISION_STALE, and sends nothing, where the decision could grow old on its way. */
  async apply(decision: ControlDecision, groups: number): Promise<Result<void>> {
    const { clock, controller, intersection, link, worst_ms } = this.#target;
    const cells = await this.#columns(groups);
    if (!cells.ok) return cells;
    const stale = problem("DECISION_STALE", { controller });
    if (!isDecision(decision) || decision.words.intersection !== intersection) return failed(stale);
    if (!isFresh(decision, clock.nowMs() + worst_ms)) return failed(stale);
    const lacking = needed.find((name) => !cells.value.some((at) => at.name === name));
    if (lacking !== undefined) return failed(problem("CONTROL_ABSENT", { controller, name: lacking }));
    const values = cells.value.map((at): IntegerValue => {
      const phases = decision.words[COLUMNS[at.name as Column]];
      return { ...at, value: bitsOf(phases, at.index[0] ?? 1) };
    });
    const wanted = values.some(({ value }) => value !== 0);
    const { free } = decision.words;
    // An answer that is lost may follow a request that was obeyed.
    this.#maybeSet ||= wanted;
    this.#free ||= free;
    const written = await link.write(free ? [{ ...PATTERN, value: specialPattern.free }, ...values] : values);
    if (written.ok) this.#maybeSet = wanted;
    return written;
  }

  /** Zeros for every bit that may be set: to stand in the same request as whatever else is commanded. */
  async clearing(groups: number): Promise<Result<readonly IntegerValue[]>> {
    const cells = await this.#columns(groups);
    if (!cells.ok) return cells;
    return ok(this.#maybeSet ? cells.value.map((at) => ({ ...at, value: 0 })) : []);
  }

  /** What the device has of the control columns. Bits that stand there from before us are ours to clear. */
  async #columns(groups: number): Promise<Result<readonly Cell[]>> {
    if (this.#cells !== null && this.#groups === groups) return ok(this.#cells);
    const asked = Array.from({ length: groups }, (_, i) => columns.map((name) => cell(name, i + 1))).flat();
    const read = await this.#target.link.read(asked);
    if (!read.ok) return read;
    const cells = asked.filter((at) => integerAt(read.value, at) !== null);
    this.#maybeSet ||= cells.some((at) => (integerAt(read.value, at) ?? 0) !== 0);
    this.#groups = groups;
    this.#cells = cells;
    return ok(cells);
  }
}
