/** Signal programs against the network that they are for. */
import { failed, ok, problem, type Result } from "../../core/problems/problem.ts";
import type { RoadNetwork, SignalProgram } from "../network/road-network.ts";

/** By signal: how many characters a state needs. Signals for people alone have no links here. */
function linksOf({ signals, links, programs }: RoadNetwork): Map<string, number> {
  const wanted = new Map([...signals, ...programs.map(({ signal }) => signal)].map((signal) => [signal, 0]));
  for (const [link, signal] of links.signal.entries()) {
    const name = signals[signal];
    if (name === undefined) continue;
    wanted.set(name, Math.max(wanted.get(name) ?? 0, (links.signalIndex[link] as number) + 1));
  }
  return wanted;
}

/** The network's own and `added` ones. A state may be longer than its signal has links, but not shorter. */
export function checkPrograms(network: RoadNetwork, added: readonly SignalProgram[]): Result<void> {
  const wanted = linksOf(network);
  for (const { signal, phases } of [...network.programs, ...added]) {
    const links = wanted.get(signal);
    if (links === undefined) return failed(problem("SCENARIO_SIGNAL_UNKNOWN", { signal }));
    const short = phases.find(({ state }) => state.length < links);
    if (short === undefined) continue;
    return failed(problem("SCENARIO_STATE_SHORT", { signal, found: short.state.length, wanted: links }));
  }
  return ok(undefined);
}
