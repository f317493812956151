/** Reads rings and barriers out of the parameter database, where they are spread over three tables. */
import { phaseOption } from "../../ntcip/oids.ts";
import type { Sizes } from "../database/layout.ts";
import type { Parameters } from "../database/parameters.ts";

/** Numbers of the phases that are enabled and belong to a ring. */
export function enabledPhases(parameters: Parameters, sizes: Sizes): readonly number[] {
  return Array.from({ length: sizes.phases }, (_, at) => at + 1).filter(
    (phase) =>
      (parameters.number("phaseOptions", phase) & phaseOption.enabled) !== 0 &&
      parameters.number("phaseRing", phase) > 0,
  );
}

/**
 * The barrier group of every phase: phases that may run together, directly or through others, lie between the same
 * two barriers. With one ring every phase is its own group, which comes to the same thing.
 */
export function barrierGroups(parameters: Parameters, phases: readonly number[]): ReadonlyMap<number, number> {
  const group = new Map<number, number>();
  for (const start of phases) {
    if (group.has(start)) continue;
    const open = [start];
    for (let phase = open.pop(); phase !== undefined; phase = open.pop()) {
      if (group.has(phase)) continue;
      group.set(phase, start);
      open.push(...parameters.list("phaseConcurrency", phase).filter((other) => phases.includes(other)));
    }
  }
  return group;
}

/** `rings[r][g]` as the sequence row orders them; disabled phases are passed over, empty rings left out. */
export function ringsOf(
  parameters: Parameters,
  sizes: Sizes,
  sequence: number,
): readonly (readonly (readonly number[])[])[] {
  const enabled = enabledPhases(parameters, sizes);
  const group = barrierGroups(parameters, enabled);
  const rings: number[][][] = [];
  for (let ring = 1; ring <= sizes.rings; ring += 1) {
    const order = parameters.list("sequenceData", sequence, ring).filter((phase) => enabled.includes(phase));
    const groups: number[][] = [];
    let last: number | undefined;
    for (const phase of order) {
      if (groups.length === 0 || group.get(phase) !== last) groups.push([]);
      groups.at(-1)?.push(phase);
      last = group.get(phase);
    }
    if (groups.length > 0) rings.push(groups);
  }
  return rings;
}

/** Barrier group numbers of each ring in order: equal in all rings of a sound sequence. */
export function barrierOrder(
  parameters: Parameters,
  sizes: Sizes,
  sequence: number,
): readonly (readonly (number | undefined)[])[] {
  const group = barrierGroups(parameters, enabledPhases(parameters, sizes));
  return ringsOf(parameters, sizes, sequence).map((groups) => groups.map((members) => group.get(members[0] ?? 0)));
}
