/** What is kept of a device between us and whoever owns it, and what that forbids. */
import type { DeviceRecord } from "../../core/ports/device-records.ts";
import { type Problem, problem } from "../../core/problems/problem.ts";

export const unknownDevice = (controller: string): DeviceRecord => ({
  controller,
  checksum: null,
  frozen: null,
  released: null,
});

/** That somebody changed it beside us, and nobody has accepted that yet; null when nobody did. */
export const frozenWord = ({ checksum, controller, frozen }: DeviceRecord): Problem | null =>
  frozen === null ? null : problem("DEVICE_FROZEN", { controller, found: frozen.checksum, expected: checksum ?? "?" });

/** A device that somebody edited or gave back is not written to before it is accepted or taken back; null when it may be. */
export function ownersWord(record: DeviceRecord): Problem | null {
  const { controller, released } = record;
  const frozen = frozenWord(record);
  if (frozen !== null || released === null) return frozen;
  return problem("DEVICE_RELEASED", { controller, by: released.by, reason: released.reason });
}
