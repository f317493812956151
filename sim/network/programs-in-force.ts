/** Which of many loaded signal programs run. */
import type { RoadNetwork, SignalProgram } from "./road-network.ts";

/**
 * By signal, the last of those loaded: the network's own, then `more`. One without phases, as offset tools write it, moves the
 * one before it by its offset.
 */
export function programsInForce(
  network: RoadNetwork,
  more: readonly SignalProgram[],
): readonly (SignalProgram | null)[] {
  const last = new Map<string, SignalProgram>();
  for (const program of [...network.programs, ...more]) {
    const before = last.get(program.signal);
    if (program.phases.length > 0) last.set(program.signal, program);
    else if (before !== undefined) last.set(program.signal, { ...before, offset_s: program.offset_s });
  }
  return network.signals.map((signal) => last.get(signal) ?? null);
}
