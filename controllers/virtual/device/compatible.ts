/** Which of several phases can be green together: a list in the database may ask for more. */
import type { MachineConfig } from "../../../core/signal/machine/types.ts";

/** Those of `phases` (bit 0 is phase 1) that fit to the ones before them: another ring, the same barrier group. */
export function compatible({ rings }: MachineConfig, phases: number): number {
  let [chosen, group] = [0, -1];
  for (const ring of rings) {
    for (const [g, members] of ring.entries()) {
      if (group >= 0 && g !== group) continue;
      const phase = members.find((member) => (phases & (1 << (member - 1))) !== 0);
      if (phase === undefined) continue;
      chosen |= 1 << (phase - 1);
      group = g;
      break;
    }
  }
  return chosen;
}
