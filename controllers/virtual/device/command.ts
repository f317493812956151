/** Who decides what runs now, and what: manual setting, the centre, or the device's own time base. */
import { specialPattern } from "../../ntcip/oids.ts";

type Source = "manual" | "centre" | "time_base";

export interface Command {
  readonly source: Source;
  /** 1..253 a pattern, 254 free, 255 flash. */
  readonly pattern: number;
}

export interface CommandInputs {
  readonly coordOperationalMode: number;
  /** 0 where the centre commands nothing, or its commands have expired. */
  readonly systemPatternControl: number;
  readonly timebaseAscPattern: number;
}

/** NTCIP 1202: a manual pattern beats the centre, and the centre beats the time base. */
export function commandOf(inputs: CommandInputs): Command {
  if (inputs.coordOperationalMode !== 0) return { source: "manual", pattern: inputs.coordOperationalMode };
  if (inputs.systemPatternControl !== specialPattern.standby) {
    return { source: "centre", pattern: inputs.systemPatternControl };
  }
  return { source: "time_base", pattern: inputs.timebaseAscPattern || specialPattern.free };
}
