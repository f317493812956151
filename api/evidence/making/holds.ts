/** The spans of the ring that wait for a case's evidence: whoever opens a case holds its span first, with its id as reason. */
import type { CaseEvidence, CaseStore } from "../../../core/ports/cases.ts";
import type { Ring } from "../../../detectors/index.ts";

/** Lets go what was held for the case. A camera that nothing is recorded of holds nothing. */
export async function releaseHolds(ring: Ring, camera: string, id: string): Promise<void> {
  const holds = await ring.holds(camera);
  if (!holds.ok) return;
  for (const hold of holds.value) if (hold.reason === id) await ring.release(camera, hold.id);
}

/** Null for a hold of somebody else, and for a case that cannot be read: what is in doubt stays held. */
async function stateOf(cases: CaseStore, reason: string): Promise<CaseEvidence["state"] | null> {
  if (!/^[a-z0-9][a-z0-9-]*$/.test(reason)) return null;
  try {
    return (await cases.get(reason))?.evidence.state ?? null;
  } catch {
    // The store tells of it by itself.
    return null;
  }
}

/** Lets go what a crash left held for cases whose evidence is there, or was there. */
export async function sweepHolds(ring: Ring, cases: CaseStore): Promise<void> {
  for (const camera of await ring.cameras()) {
    const holds = await ring.holds(camera);
    for (const hold of holds.ok ? holds.value : []) {
      const state = await stateOf(cases, hold.reason);
      if (state === "ready" || state === "deleted") await ring.release(camera, hold.id);
    }
  }
}
