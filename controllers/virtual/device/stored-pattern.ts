/** Reads a pattern out of the database tables. Whether it can run in time is the machine's judgement. */
import type { MachinePattern, OffsetReference } from "../../../core/signal/machine/types.ts";
import { correctionMode, forceMode, maximumMode, splitMode } from "../../ntcip/oids.ts";
import type { Sizes } from "../database/layout.ts";
import type { Parameters } from "../database/parameters.ts";
import { ringsOf } from "./rings.ts";

export interface StoredPattern {
  readonly sequence: number;
  readonly coord_phases: readonly number[];
  readonly pattern: MachinePattern;
}

type Mode = MachinePattern["splits"][number]["mode"];

/** The pattern of table row `number`; null where the tables do not add up to one (`badPlan`). */
export function storedPattern(
  parameters: Parameters,
  sizes: Sizes,
  number: number,
  offset_reference: OffsetReference,
): StoredPattern | null {
  if (number < 1 || number > sizes.patterns) return null;
  const row = parameters.number("patternSplitNumber", number);
  const sequence = parameters.number("patternSequenceNumber", number);
  if (row < 1 || row > sizes.patterns || sequence < 1 || sequence > sizes.sequences) return null;
  const rings = ringsOf(parameters, sizes, sequence);
  const coord_phases = coordPhases(parameters, rings, row);
  const modes = rings.flat(2).map((phase) => ({ phase, mode: modeOf(parameters.number("splitMode", row, phase)) }));
  if (coord_phases === null) return null;
  const splits: MachinePattern["splits"][number][] = [];
  for (const { phase, mode } of modes) {
    if (mode === null) return null;
    splits.push({ phase, mode, split_ds: parameters.number("splitTime", row, phase) * 10 });
  }
  return {
    sequence,
    coord_phases,
    pattern: {
      number,
      cycle_ds: parameters.number("patternCycleTime", number) * 10,
      offset_ds: parameters.number("patternOffsetTime", number) * 10,
      splits,
      offset_reference,
      ...coordinationModes(parameters),
    },
  };
}

/** `other` is what the machine does where nothing is said. */
function coordinationModes(parameters: Parameters) {
  const corrections = { [correctionMode.dwell]: "dwell", [correctionMode.addOnly]: "add_only" } as const;
  const maximums = { [maximumMode.maximum1]: "max1", [maximumMode.maximum2]: "max2" } as const;
  const floating = parameters.number("coordForceMode") === forceMode.floating;
  return {
    correction: corrections[parameters.number("coordCorrectionMode") as keyof typeof corrections] ?? "shortway",
    max_mode: maximums[parameters.number("coordMaximumMode") as keyof typeof maximums] ?? "inhibit",
    force_mode: floating ? "floating" : "fixed",
  } as const;
}

/** Null for what this device cannot do: `other`. */
function modeOf(value: number): Mode | null {
  switch (value) {
    case splitMode.none:
      return "none";
    case splitMode.minVehRecall:
      return "min_recall";
    case splitMode.maxVehRecall:
      return "max_recall";
    case splitMode.pedRecall:
      return "ped_recall";
    case splitMode.maxVehAndPedRecall:
      return "max_ped_recall";
    case splitMode.phaseOmitted:
      return "omitted";
    default:
      return null;
  }
}

/** One coordinated phase in every ring, all between the same barriers; null where the split row says otherwise. */
function coordPhases(
  parameters: Parameters,
  rings: readonly (readonly (readonly number[])[])[],
  row: number,
): readonly number[] | null {
  const marked = rings.map((groups) =>
    groups.flatMap((members, group) =>
      members
        .filter((phase) => parameters.number("splitCoordPhase", row, phase) === 1)
        .map((phase) => ({ phase, group })),
    ),
  );
  if (marked.length === 0 || marked.some((ring) => ring.length !== 1)) return null;
  const chosen = marked.flat();
  return chosen.every((each) => each.group === chosen[0]?.group) ? chosen.map((each) => each.phase) : null;
}
