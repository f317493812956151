/**
 * One round a second at one device: it is asked what it shows, a policy decides, the decision is sealed by the gate and sent while it is
 * fresh. What is refused, grows stale or is not answered is counted and told, and nothing is repeated: the next round decides anew.
 */
import type { ActingJunction, ActingRound, Inside } from "../../core/adaptive/acting/acting-junction.ts";
import type { DeviceView } from "../../core/adaptive/acting/device-view.ts";
import { phasesIn } from "../../core/adaptive/acting/ring-stages.ts";
import type { JunctionSight } from "../../core/adaptive/sight.ts";
import type { Intersection } from "../../core/network/schema.ts";
import type { Clock } from "../../core/ports/clock.ts";
import { failed, ok, type Problem, type Result } from "../../core/problems/problem.ts";
import { decide, LONGEST_DECISION_MS } from "../gate/control-decision.ts";
import type { NtcipController } from "../ntcip/ntcip-controller.ts";

export interface ActingParts {
  readonly controller: Pick<NtcipController, "view" | "control" | "endControl">;
  readonly intersection: Intersection;
  readonly junction: ActingJunction;
  /** What is seen now; `dt_s` since the round before. */
  readonly see: (view: DeviceView, dt_s: number) => JunctionSight;
  /** Where the inside of the intersection is seen. */
  readonly inside?: Inside;
  readonly clock: Clock;
}

/** How many rounds came to what, since the start. */
export interface ActingTally {
  readonly sent: number;
  /** Grew too old on its way. */
  readonly stale: number;
  /** By the gate: a bug of whoever decided. */
  readonly refused: number;
  /** Neither: the device did not answer, or would not. */
  readonly failed: number;
}

/** Longer than this nothing is known to have gone on as before, s. */
const longestRound_s = 10;

export class DeviceActing {
  readonly #parts: ActingParts;
  readonly #tally = { sent: 0, stale: 0, refused: 0, failed: 0 };
  #looked_ms: number | null = null;

  constructor(parts: ActingParts) {
    this.#parts = parts;
  }

  get tally(): ActingTally {
    return { ...this.#tally };
  }

  async round(): Promise<Result<{ readonly view: DeviceView; readonly acting: ActingRound }>> {
    const { controller, inside = null, junction, see } = this.#parts;
    const view = await controller.view();
    if (!view.ok) return this.#count("failed", view.problems);
    const { at_ms } = view.value;
    const dt_s = this.#looked_ms === null ? 1 : Math.min(longestRound_s, (at_ms - this.#looked_ms) / 1000);
    if (dt_s <= 0) return this.#count("failed", []);
    this.#looked_ms = at_ms;
    const acting = junction.round(view.value, see(view.value, dt_s), dt_s, inside);
    const sealed = decide(this.#parts.intersection, this.#words(acting));
    if (!sealed.ok) return this.#count("refused", sealed.problems);
    const sent = await controller.control(sealed.value);
    if (sent.ok) {
      this.#tally.sent += 1;
      return ok({ view: view.value, acting });
    }
    return this.#count(sent.problems.some(({ code }) => code === "DECISION_STALE") ? "stale" : "failed", sent.problems);
  }

  /** No bit of ours is left; the device goes back to the plan that this process commands, or to its own. */
  end(): Promise<Result<void>> {
    this.#looked_ms = null;
    return this.#parts.controller.endControl();
  }

  #words({ orders, reason, wanted }: ActingRound): object {
    const { clock, intersection, junction } = this.#parts;
    const made_ms = clock.nowMs();
    return {
      intersection: intersection.id,
      free: true,
      hold: phasesIn(orders.hold),
      force_off: phasesIn(orders.forceOff),
      omit: phasesIn(orders.omit),
      vehicle_call: phasesIn(orders.vehicleCall),
      reason: `${reason}: phases ${junction.stages[wanted]?.phases.join(" and ")}`,
      made_ms,
      expires_ms: made_ms + LONGEST_DECISION_MS,
    };
  }

  #count(what: keyof ActingTally, problems: readonly Problem[]): Result<never> {
    this.#tally[what] += 1;
    return failed(...problems);
  }
}
