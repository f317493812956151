/** The spans of the ring that wait for a case's evidence. Whoever opens a case holds its span first, under this reason. */
import type { CaseStore } from "../../../core/ports/cases.ts";
import type { Ring } from "../../../detectors/index.ts";

/** Reason of the hold of a case. */
export const holdReason = (id: string): string => `case ${id}`;

const caseOf = (reason: string): string | null => /^case ([a-z0-9][a-z0-9-]*)$/.exec(reason)?.[1] ?? null;

/** Lets go what was held for the case. A camera that nothing is recorded of holds nothing. */
export async function releaseHolds(ring: Ring, camera: string, id: string): Promise<void> {
  const holds = await ring.holds(camera);
  if (!holds.ok) return;
  for (const hold of holds.value) if (hold.reason === holdReason(id)) await ring.release(camera, hold.id);
}

/** Lets go what a crash left held for cases whose evidence is there, or was there. */
export async function sweepHolds(ring: Ring, cases: CaseStore): Promise<void> {
  for (const camera of await ring.cameras()) {
    const holds = await ring.holds(camera);
    for (const hold of holds.ok ? holds.value : []) {
      const id = caseOf(hold.reason);
      const state = id === null ? null : (await cases.get(id))?.evidence.state;
      if (state === "ready" || state === "deleted") await ring.release(camera, hold.id);
    }
  }
}
