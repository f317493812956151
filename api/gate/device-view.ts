/** Controllers as the gate sees them: whether anything may be written, and what one person may do about it. */

import type { DeviceRecord } from "../../core/ports/device-records.ts";
import type { ControllerStatus } from "../../core/ports/signal-controller.ts";
import { type Language, sentence } from "../../core/problems/problem.ts";
import type { Gatekeeper } from "./gatekeeper.ts";
import type { Place } from "./parts.ts";

export interface DeviceView {
  readonly controller: string;
  readonly intersection: string;
  readonly name: string;
  readonly virtual: boolean;
  readonly approval: Place["approval"];
  /** Null while it may be written to. */
  readonly forbidden: string | null;
  readonly checksum: number | null;
  readonly frozen: DeviceRecord["frozen"];
  readonly released: DeviceRecord["released"];
  /** The newest status; null before the first. */
  readonly pattern: number | null;
  readonly control_status: string | null;
  readonly status_at_ms: number | null;
}

export function deviceViews(
  gate: Gatekeeper,
  signals: readonly ControllerStatus[],
  language: Language,
): readonly DeviceView[] {
  return gate.places.map(({ controller, intersection, virtual, approval }) => {
    const { checksum, frozen, released } = gate.guard.recordOf(controller.id);
    const forbidden = gate.guard.problemOf(controller.id);
    const status = signals.find((each) => each.controller === controller.id);
    return {
      controller: controller.id,
      intersection: intersection.id,
      name: intersection.name,
      virtual,
      approval,
      forbidden: forbidden === null ? null : sentence(forbidden, language),
      checksum,
      frozen,
      released,
      pattern: status?.pattern ?? null,
      control_status: status?.control_status ?? null,
      status_at_ms: status?.at_ms ?? null,
    };
  });
}
