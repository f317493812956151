/** From the database and the command in force to what the machine shall run. Kept until one of them changes. */
import type { Intersection } from "../../../core/network/schema.ts";
import type { MachineConfig, MachinePattern } from "../../../core/signal/machine/types.ts";
import { specialPattern } from "../../ntcip/oids.ts";
import type { Sizes } from "../database/layout.ts";
import type { Parameters } from "../database/parameters.ts";
import { machineConfig } from "./machine-config.ts";
import { ringsOf } from "./rings.ts";
import { storedPattern } from "./stored-pattern.ts";

export interface Programme {
  readonly flash: boolean;
  readonly config: MachineConfig;
  /** Null runs free. */
  readonly pattern: MachinePattern | null;
  /** A pattern was commanded that the tables do not hold. */
  readonly badPlan: boolean;
}

const tenths = (seconds: number): number => Math.round(seconds * 10);

/** Conflict-specific intergreens of the cabinet; NTCIP 1202 has no object for them. */
function intergreensOf(site: Intersection): MachineConfig["intergreens"] {
  return site.signal.conflicts.flatMap(({ a, b, intergreen_ab_s: ab, intergreen_ba_s: ba }) => [
    ...(ab === undefined ? [] : [{ from: a, to: b, ds: tenths(ab) }]),
    ...(ba === undefined ? [] : [{ from: b, to: a, ds: tenths(ba) }]),
  ]);
}

/** Makes programmes for one cabinet; equal questions get the same answer object. */
export function programmer(site: Intersection, sizes: Sizes): (parameters: Parameters, command: number) => Programme {
  const intergreens = intergreensOf(site);
  let asked: Parameters | null = null;
  let known = new Map<number, Programme>();
  return (parameters, command) => {
    if (parameters !== asked) known = new Map();
    asked = parameters;
    const programme = known.get(command) ?? make(parameters, sizes, command, site.signal.coord_phases, intergreens);
    known.set(command, programme);
    return programme;
  };
}

function make(
  parameters: Parameters,
  sizes: Sizes,
  command: number,
  siteCoord: readonly number[],
  intergreens: MachineConfig["intergreens"],
): Programme {
  const stored = command < specialPattern.free ? storedPattern(parameters, sizes, command) : null;
  const choice = stored ?? { sequence: 1, coord_phases: startPhases(ringsOf(parameters, sizes, 1), siteCoord) };
  return {
    flash: command === specialPattern.flash,
    config: machineConfig(parameters, sizes, { ...choice, intergreens }),
    pattern: stored?.pattern ?? null,
    badPlan: command < specialPattern.free && stored === null,
  };
}

/** The site's coordinated phases, unless somebody disabled one: then the first phase of every ring. */
function startPhases(rings: MachineConfig["rings"], siteCoord: readonly number[]): readonly number[] {
  const groups = rings.map((ring) => ring.findIndex((members) => members.some((phase) => siteCoord.includes(phase))));
  const sound = groups.every((group) => group >= 0 && group === groups[0]);
  if (sound) return siteCoord.filter((phase) => rings.flat(2).includes(phase));
  return rings.map((ring) => ring[0]?.[0] ?? 0);
}
