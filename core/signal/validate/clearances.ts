/** I2 and I3: the times an intersection states are enough for the traffic, the geometry and the people that meet them. */
import type { Intersection } from "../../network/schema.ts";
import type { Problem } from "../../problems/problem.ts";
import { dilemma_m, LONGEST_YELLOW_S, RED_CLEAR_FLOOR_S } from "../derive/clearances.ts";
import { type Derivation, derivations } from "../derive/derivations.ts";
import { intergreen_ds } from "../needs.ts";
import type { SignalSpec } from "../schema.ts";
import type { Report } from "./report.ts";

export function clearanceProblems(intersection: Intersection, report: Report): readonly Problem[] {
  return [
    ...listProblems(intersection.signal, report),
    ...derivations(intersection).flatMap((each) => shortfall(intersection, each, report)),
    ...dilemmas(intersection, report),
    ...crossings(intersection.signal, report),
  ];
}

/** Every phase once, each above our floor. */
function listProblems(signal: SignalSpec, report: Report): readonly Problem[] {
  const found: Problem[] = [];
  const seen = new Set<number>();
  for (const [i, { phase, red_clear_s }] of signal.clearances.entries()) {
    const path = `signal.clearances.${i}`;
    if (!signal.phases.some((p) => p.number === phase)) {
      found.push(report("PHASE_UNKNOWN", `${path}.phase`, { phase, where: "clearances" }));
    }
    if (seen.has(phase)) found.push(report("PHASE_TWICE", `${path}.phase`, { phase, where: "clearances" }));
    seen.add(phase);
    if (red_clear_s < RED_CLEAR_FLOOR_S) {
      const words = { phase, red_clear_s, need_s: RED_CLEAR_FLOOR_S };
      found.push(report("RED_CLEAR_SHORT", `${path}.red_clear_s`, words));
    }
  }
  const without = signal.phases.filter((phase) => !seen.has(phase.number));
  return [...found, ...without.map((p) => report("CLEARANCE_MISSING", "signal.clearances", { phase: p.number }))];
}

/** The formula asks for more than is stated. */
function shortfall({ signal }: Intersection, derivation: Derivation, report: Report): readonly Problem[] {
  const { what, phase, to = 0, approach = "", derived } = derivation;
  const { value_s: need_s, inputs } = derived;
  const path = ["signal", ...derivation.path].join(".");
  // What runs is the longer of the intergreen stated and the clearance of the phase that ends.
  const got_s = what === "intergreen" ? intergreen_ds(signal, phase, to) / 10 : (derivation.stated_s ?? 0);
  if (got_s >= need_s) return [];
  switch (what) {
    case "yellow": {
      // Above the longest yellow the dilemma zone is told, once for the approach.
      if (got_s >= LONGEST_YELLOW_S && derived.formula === "yellow") return [];
      const words = { phase, yellow_s: got_s, need_s, speed_kmh: inputs["speed_kmh"] ?? 0, approach };
      return [report("YELLOW_SHORT", path, words)];
    }
    case "red_clear":
      return [report("RED_CLEAR_SHORT", path, { phase, red_clear_s: got_s, need_s })];
    case "intergreen":
      return [report("INTERGREEN_SHORT", path, { a: phase, b: to, got_s, need_s })];
    case "ped_clear":
      return [report("PED_CLEAR_SHORT", path, { phase, got_s, need_s, crossing_m: inputs["crossing_m"] ?? 0 })];
    case "min_green": {
      const setback_m = inputs["detector_setback_m"] ?? 0;
      return [report("MIN_GREEN_SHORT", path, { phase, got_s, need_s, setback_m })];
    }
  }
}

/** No yellow that a controller may show lets everybody either stop or pass. */
function dilemmas({ approaches }: Intersection, report: Report): readonly Problem[] {
  return approaches.flatMap((approach, i) => {
    const length_m = Math.ceil(dilemma_m(approach, LONGEST_YELLOW_S) - 1e-9);
    if (length_m <= 0) return [];
    const { id, speed_kmh } = approach;
    const words = { approach: id, speed_kmh, length_m, yellow_s: LONGEST_YELLOW_S };
    return [report("DILEMMA_ZONE", `approaches.${i}.speed_kmh`, words)];
  });
}

function crossings({ phases }: SignalSpec, report: Report): readonly Problem[] {
  return phases.flatMap(({ number, crossing_m, walk_s }, i) =>
    crossing_m !== undefined && walk_s === 0
      ? [report("CROSSING_WITHOUT_WALK", `signal.phases.${i}.crossing_m`, { phase: number })]
      : [],
  );
}
