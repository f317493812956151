/** The device's own checks of a database, run in `verify` and before a direct SET of a parameter takes effect. */
import type { Sizes } from "../database/layout.ts";
import type { Parameters } from "../database/parameters.ts";
import { barrierOrder, enabledPhases } from "./rings.ts";

const two = (n: number): string => String(n).padStart(2, "0");

/** Text for `dbVerifyError` of the first fault, or null when the database can run. */
export function databaseFault(parameters: Parameters, sizes: Sizes): string | null {
  const enabled = enabledPhases(parameters, sizes);
  if (enabled.length === 0) return "NO PHASE ENABLED FAULT";
  for (const phase of enabled) {
    const fault = timingFault(parameters, phase) ?? concurrencyFault(parameters, enabled, phase);
    if (fault !== null) return `PHASE ${two(phase)} ${fault} FAULT`;
  }
  for (let sequence = 1; sequence <= sizes.sequences; sequence += 1) {
    const fault = sequenceFault(parameters, sizes, enabled, sequence);
    if (fault !== null) return `SEQ ${two(sequence)} ${fault} FAULT`;
  }
  return null;
}

/** TS 2 limits: at least 1 s of green, and a yellow of 3.0 to 25.5 s. */
function timingFault(parameters: Parameters, phase: number): string | null {
  const minimum = parameters.number("phaseMinimumGreen", phase);
  if (minimum < 1) return "MINIMUM GREEN";
  if (parameters.number("phaseYellowChange", phase) < 30) return "YELLOW CHANGE";
  if (parameters.number("phaseMaximum1", phase) < minimum) return "MAXIMUM 1";
  return null;
}

function concurrencyFault(parameters: Parameters, enabled: readonly number[], phase: number): string | null {
  const ring = parameters.number("phaseRing", phase);
  const others = parameters.list("phaseConcurrency", phase).filter((other) => enabled.includes(other));
  if (others.some((other) => parameters.number("phaseRing", other) === ring)) return "CONCURRENCY";
  if (others.some((other) => !parameters.list("phaseConcurrency", other).includes(phase))) return "MUTUAL";
  return null;
}

function sequenceFault(
  parameters: Parameters,
  sizes: Sizes,
  enabled: readonly number[],
  sequence: number,
): string | null {
  const rows = Array.from({ length: sizes.rings }, (_, at) => parameters.list("sequenceData", sequence, at + 1));
  const all = rows.flat();
  // A row nobody filled is no sequence; the first row always is one.
  if (all.length === 0) return sequence === 1 ? "SEQUENCING" : null;
  if (new Set(all).size !== all.length) return "SAME PHASE";
  for (const [at, row] of rows.entries()) {
    if (row.some((phase) => phase < 1 || phase > sizes.phases)) return "RING SEQ";
    if (row.some((phase) => parameters.number("phaseRing", phase) !== at + 1)) return "RING #";
  }
  if (enabled.some((phase) => !all.includes(phase))) return "SEQUENCING";
  const orders = barrierOrder(parameters, sizes, sequence);
  if (orders.some((order) => new Set(order).size !== order.length)) return "CG SEQ";
  if (orders.some((order) => order.join() !== orders[0]?.join())) return "CG SEQ";
  return null;
}
