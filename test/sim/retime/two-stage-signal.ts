import { readStages } from "../../../core/retime/stages/signal-stages.ts";
import type { RetimedSignal } from "../../../sim/retime/retimed-signals.ts";

const states = [
  { state: "Gr", duration_s: 20 },
  { state: "yr", duration_s: 3 },
  { state: "rG", duration_s: 20 },
  { state: "ry", duration_s: 3 },
];
const phases = states.map((each) => ({ ...each, min_s: each.duration_s, max_s: each.duration_s }));

/** Two streets with 20 s of green and 3 s of yellow each; nobody drives there. `signal`: its number in the network. */
export function twoStageSignal(signal: number): RetimedSignal {
  const id = `${signal}`;
  const stages = readStages(id, states, 0);
  if (stages === null) throw new Error("two stages are there");
  const own = { signal: id, program: "0", type: "static", offset_s: 0, phases, parameters: {} };
  return { signal, stages, own, lanes: [] };
}
