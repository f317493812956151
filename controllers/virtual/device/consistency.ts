/** The device's own checks of a database, run in `verify` and before a direct SET of a parameter takes effect. */
import { phaseOption, phaseStartup } from "../../ntcip/oids.ts";
import type { Layout, Sizes } from "../database/layout.ts";
import type { Parameters } from "../database/parameters.ts";
import { barrierGroups, barrierOrder, enabledPhases } from "./rings.ts";

const two = (n: number): string => String(n).padStart(2, "0");

/** Text for `dbVerifyError` of the first fault of structure, or null when the database can run. */
export function databaseFault(parameters: Parameters, sizes: Sizes): string | null {
  const enabled = enabledPhases(parameters, sizes);
  if (enabled.length === 0) return "NO PHASE ENABLED FAULT";
  for (const phase of enabled) {
    const fault = concurrencyFault(parameters, enabled, phase) ?? groupFault(parameters, enabled, phase);
    if (fault !== null) return `PHASE ${two(phase)} ${fault} FAULT`;
  }
  for (let sequence = 1; sequence <= sizes.sequences; sequence += 1) {
    const fault = sequenceFault(parameters, sizes, enabled, sequence);
    if (fault !== null) return `SEQ ${two(sequence)} ${fault} FAULT`;
  }
  return startFault(parameters, enabled) ?? preemptFault(parameters, sizes) ?? overlapFault(parameters, sizes);
}

/**
 * TS 2 limits of the timings that a transaction changes: at least 1 s of green, and a yellow of 3.0 to 25.5 s. A direct
 * SET is not verified; the device then runs the limit, whatever is stored.
 */
export function timingFault(
  parameters: Parameters,
  layout: Layout,
  changes: ReadonlyMap<string, unknown>,
): string | null {
  for (const identifier of changes.keys()) {
    const { name, index: [phase = 0] = [] } = layout.find(identifier) ?? {};
    if (name === undefined || !name.startsWith("phase")) continue;
    const fault = phaseTimingFault(parameters, phase);
    if (fault !== null) return `PHASE ${two(phase)} ${fault} FAULT`;
  }
  return null;
}

function phaseTimingFault(parameters: Parameters, phase: number): string | null {
  if ((parameters.number("phaseOptions", phase) & phaseOption.enabled) === 0) return null;
  const minimum = parameters.number("phaseMinimumGreen", phase);
  if (minimum < 1) return "MINIMUM GREEN";
  if (parameters.number("phaseYellowChange", phase) < 30) return "YELLOW CHANGE";
  if (parameters.number("phaseMaximum1", phase) < minimum) return "MAXIMUM 1";
  return null;
}

/** Phases that are on at the start must be able to run together. */
function startFault(parameters: Parameters, enabled: readonly number[]): string | null {
  const on: readonly number[] = [phaseStartup.greenWalk, phaseStartup.greenNoWalk, phaseStartup.yellowChange];
  const starting = enabled.filter((phase) => on.includes(parameters.number("phaseStartup", phase)));
  return mayRunTogether(parameters, starting) ? null : "START PHASE CG FAULT";
}

function mayRunTogether(parameters: Parameters, phases: readonly number[]): boolean {
  return phases.every((phase) =>
    phases.every((other) => other === phase || parameters.list("phaseConcurrency", phase).includes(other)),
  );
}

const PREEMPT_PHASES = { TRACK: "preemptTrackPhase", DWELL: "preemptDwellPhase", EXIT: "preemptExitPhase" } as const;

function preemptFault(parameters: Parameters, sizes: Sizes): string | null {
  for (let preempt = 1; preempt <= sizes.preempts; preempt += 1) {
    for (const [interval, name] of Object.entries(PREEMPT_PHASES)) {
      const phases = parameters.list(name, preempt).filter((phase) => phase > 0);
      const known = phases.every((phase) => phase <= sizes.phases);
      if (!known || !mayRunTogether(parameters, phases)) return `PE ${two(preempt)} ${interval} PHASE RING FAULT`;
    }
  }
  return null;
}

function overlapFault(parameters: Parameters, sizes: Sizes): string | null {
  for (let overlap = 1; overlap <= sizes.overlaps; overlap += 1) {
    const included = parameters.list("overlapIncludedPhases", overlap);
    if (included.some((phase) => phase > sizes.phases)) return `OVLP INC PHASE ${two(overlap)} FAULT`;
  }
  return null;
}

function concurrencyFault(parameters: Parameters, enabled: readonly number[], phase: number): string | null {
  const ring = parameters.number("phaseRing", phase);
  const others = parameters.list("phaseConcurrency", phase).filter((other) => enabled.includes(other));
  if (others.some((other) => parameters.number("phaseRing", other) === ring)) return "CONCURRENCY";
  if (others.some((other) => !parameters.list("phaseConcurrency", other).includes(phase))) return "MUTUAL";
  return null;
}

/** Between two barriers every phase may run with every one of another ring: the machine knows no exceptions. */
function groupFault(parameters: Parameters, enabled: readonly number[], phase: number): string | null {
  const group = barrierGroups(parameters, enabled);
  const ring = parameters.number("phaseRing", phase);
  const beside = enabled.filter(
    (other) => group.get(other) === group.get(phase) && parameters.number("phaseRing", other) !== ring,
  );
  const listed = parameters.list("phaseConcurrency", phase);
  return beside.every((other) => listed.includes(other)) ? null : "CONCURRENCY";
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
