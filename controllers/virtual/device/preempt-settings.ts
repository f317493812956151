/** The preempt table of the database, read once for each database; phases and overlaps as masks, bit 0 is the first. */
import { preemptOption } from "../../ntcip/oids.ts";
import type { Sizes } from "../database/layout.ts";
import type { Parameters } from "../database/parameters.ts";
import { maskOf } from "./lamps.ts";

export interface PreemptSettings {
  readonly number: number;
  readonly nonLocking: boolean;
  /** NTCIP 1202: a set bit means that it does not. */
  readonly overridesFlash: boolean;
  readonly overridesNext: boolean;
  /** 0 none. */
  readonly link: number;
  readonly delay_ds: number;
  readonly minimumDuration_ds: number;
  /** The phase's own where 0: an empty row must not cut anybody short. */
  readonly minimumGreen_ds: number | null;
  readonly minimumWalk_ds: number | null;
  readonly enterPedClear_ds: number | null;
  readonly trackGreen_ds: number;
  readonly dwellGreen_ds: number;
  /** 0 without limit. */
  readonly maximumPresence_ds: number;
  readonly trackPhases: number;
  readonly dwellPhases: number;
  /** The dwell is flash, whatever its phases. */
  readonly flashes: boolean;
  readonly dwellWalks: number;
  readonly exitPhases: number;
  readonly trackOverlaps: number;
  readonly dwellOverlaps: number;
  readonly cyclingPhases: number;
  readonly cyclingWalks: number;
}

/** By number; one that neither has a dwell phase nor flashes is not used. */
export function preemptSettings(parameters: Parameters, { preempts }: Sizes): ReadonlyMap<number, PreemptSettings> {
  const all = Array.from({ length: preempts }, (_, at) => readPreempt(parameters, at + 1));
  const used = all.filter(({ dwellPhases, flashes }) => dwellPhases !== 0 || flashes);
  return new Map(used.map((settings) => [settings.number, settings]));
}

function readPreempt(parameters: Parameters, number: number): PreemptSettings {
  const options = parameters.number("preemptControl", number);
  const tenths = (seconds: number): number => seconds * 10;
  const own = (seconds: number): number | null => (seconds === 0 ? null : seconds * 10);
  return {
    number,
    nonLocking: (options & preemptOption.nonLocking) !== 0,
    overridesFlash: (options & preemptOption.overrideFlash) === 0,
    overridesNext: (options & preemptOption.overrideNext) === 0,
    link: parameters.number("preemptLink", number),
    delay_ds: tenths(parameters.number("preemptDelay", number)),
    minimumDuration_ds: tenths(parameters.number("preemptMinimumDuration", number)),
    minimumGreen_ds: own(parameters.number("preemptMinimumGreen", number)),
    minimumWalk_ds: own(parameters.number("preemptMinimumWalk", number)),
    enterPedClear_ds: own(parameters.number("preemptEnterPedClear", number)),
    trackGreen_ds: tenths(parameters.number("preemptTrackGreen", number)),
    dwellGreen_ds: tenths(parameters.number("preemptDwellGreen", number)),
    maximumPresence_ds: tenths(parameters.number("preemptMaximumPresence", number)),
    trackPhases: maskOf(parameters.list("preemptTrackPhase", number)),
    dwellPhases: maskOf(parameters.list("preemptDwellPhase", number)),
    flashes: (options & preemptOption.flashDwell) !== 0,
    dwellWalks: maskOf(parameters.list("preemptDwellPed", number)),
    exitPhases: maskOf(parameters.list("preemptExitPhase", number)),
    trackOverlaps: maskOf(parameters.list("preemptTrackOverlap", number)),
    dwellOverlaps: maskOf(parameters.list("preemptDwellOverlap", number)),
    cyclingPhases: maskOf(parameters.list("preemptCyclingPhase", number)),
    cyclingWalks: maskOf(parameters.list("preemptCyclingPed", number)),
  };
}
