/** From the database and the command in force to what the machine shall run. Kept until one of them changes. */
import type { Intersection } from "../../../core/network/schema.ts";
import { deciseconds } from "../../../core/signal/machine/convert.ts";
import type { MachineConfig, MachinePattern, OffsetReference } from "../../../core/signal/machine/types.ts";
import { phaseOption, specialPattern } from "../../ntcip/oids.ts";
import type { Sizes } from "../database/layout.ts";
import type { Parameters } from "../database/parameters.ts";
import { compatible } from "./compatible.ts";
import { maskOf } from "./lamps.ts";
import { machineConfig } from "./machine-config.ts";
import { enabledPhases, ringsOf } from "./rings.ts";
import { type StoredPattern, storedPattern } from "./stored-pattern.ts";

export interface Programme {
  readonly flash: boolean;
  readonly config: MachineConfig;
  /** Null runs free. */
  readonly pattern: MachinePattern | null;
  /** A pattern was commanded that the tables do not hold. */
  readonly badPlan: boolean;
  /** Phases served last before automatic flash (bit 0 is phase 1), and first after it. */
  readonly flashEntry: number;
  readonly flashExit: readonly number[];
  /** Phases without detectors on call to non-actuated 1 and 2, and phases that remember every vehicle call. */
  readonly nonActuated1: number;
  readonly nonActuated2: number;
  readonly locking: number;
}

/** Conflict-specific intergreens of the cabinet; NTCIP 1202 has no object for them. */
function intergreensOf(site: Intersection): MachineConfig["intergreens"] {
  return site.signal.conflicts.flatMap(({ a, b, intergreen_ab_s: ab, intergreen_ba_s: ba }) => [
    ...(ab === undefined ? [] : [{ from: a, to: b, ds: deciseconds(ab) }]),
    ...(ba === undefined ? [] : [{ from: b, to: a, ds: deciseconds(ba) }]),
  ]);
}

/** What stands in no table: it is built into the cabinet. */
interface Built {
  readonly sizes: Sizes;
  readonly coordPhases: readonly number[];
  readonly intergreens: MachineConfig["intergreens"];
  readonly offsetReference: OffsetReference;
}

/** Makes programmes for one cabinet; equal questions get the same answer object. */
export function programmer(
  site: Intersection,
  sizes: Sizes,
  offsetReference: OffsetReference,
): (parameters: Parameters, command: number) => Programme {
  const { coord_phases: coordPhases } = site.signal;
  const built = { sizes, coordPhases, intergreens: intergreensOf(site), offsetReference };
  let asked: Parameters | null = null;
  let known = new Map<number, Programme>();
  return (parameters, command) => {
    if (parameters !== asked) known = new Map();
    asked = parameters;
    const programme = known.get(command) ?? make(parameters, command, built);
    known.set(command, programme);
    return programme;
  };
}

function make(
  parameters: Parameters,
  command: number,
  { sizes, coordPhases, intergreens, offsetReference }: Built,
): Programme {
  const stored = command < specialPattern.free ? storedPattern(parameters, sizes, command, offsetReference) : null;
  const choice = stored ?? { sequence: 1, coord_phases: startPhases(ringsOf(parameters, sizes, 1), coordPhases) };
  const maximums = stored === null ? null : splitMaximums(parameters, stored);
  const config = machineConfig(parameters, sizes, {
    ...choice,
    intergreens,
    ...(maximums === null ? {} : { maximums }),
  });
  const having = (bit: number): number =>
    maskOf(enabledPhases(parameters, sizes).filter((phase) => (parameters.number("phaseOptions", phase) & bit) !== 0));
  const exits = compatible(config, having(phaseOption.autoFlashExit));
  return {
    flash: command === specialPattern.flash,
    config,
    pattern: maximums === null ? (stored?.pattern ?? null) : null,
    badPlan: command < specialPattern.free && stored === null,
    flashEntry: compatible(config, having(phaseOption.autoFlashEntry)),
    flashExit: config.phases.map((phase) => phase.number).filter((phase) => (exits & (1 << (phase - 1))) !== 0),
    nonActuated1: having(phaseOption.nonActuated1),
    nonActuated2: having(phaseOption.nonActuated2),
    locking: having(phaseOption.enabled) & ~having(phaseOption.nonLockDetectorMemory),
  };
}

/** NTCIP 1202: without a cycle length the splits are maximum greens of free running. */
function splitMaximums(parameters: Parameters, { pattern }: StoredPattern): ReadonlyMap<number, number> | null {
  const splits = pattern.splits.filter(({ split_ds }) => split_ds > 0);
  if (pattern.cycle_ds > 0 || splits.length === 0) return null;
  return new Map(
    splits.map(({ phase, split_ds }) => {
      const clearance = parameters.number("phaseYellowChange", phase) + parameters.number("phaseRedClear", phase);
      return [phase, Math.max(parameters.number("phaseMinimumGreen", phase) * 10, split_ds - clearance)];
    }),
  );
}

/** The site's coordinated phases, unless somebody disabled one: then the first phase of every ring. */
function startPhases(rings: MachineConfig["rings"], siteCoord: readonly number[]): readonly number[] {
  const groups = rings.map((ring) => ring.findIndex((members) => members.some((phase) => siteCoord.includes(phase))));
  const sound = groups.every((group) => group >= 0 && group === groups[0]);
  if (sound) return siteCoord.filter((phase) => rings.flat(2).includes(phase));
  return rings.map((ring) => ring[0]?.[0] ?? 0);
}
