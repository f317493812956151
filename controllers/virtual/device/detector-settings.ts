/** The detector tables of the database as index tables, read once for each database. */
import type { ObjectName } from "../../ntcip/oids.ts";
import type { Sizes } from "../database/layout.ts";
import type { Parameters } from "../database/parameters.ts";

/** Diagnostics of inputs, by channel; 0 is off. */
export interface Diagnosis {
  readonly noActivity_ds: Int32Array;
  readonly maxPresence_ds: Int32Array;
  /** Changes to on, a minute. */
  readonly erraticCounts: Int32Array;
}

/** By detector channel, from 1; phases as masks, bit 0 is phase 1. */
export interface DetectorSettings extends Diagnosis {
  readonly options: Int32Array;
  readonly call: Int32Array;
  readonly switchTo: Int32Array;
  readonly delay_ds: Int32Array;
  readonly extend_ds: Int32Array;
  readonly queueLimit_ds: Int32Array;
  readonly fail_s: Int32Array;
  readonly period_ds: number;
  /** Channels that call a phase or measure something. */
  readonly used: readonly number[];
}

export interface PedestrianSettings extends Diagnosis {
  readonly call: Int32Array;
  readonly used: readonly number[];
}

const MINUTE_DS = 600;

export function detectorSettings(parameters: Parameters, { detectors }: Sizes): DetectorSettings {
  const column = (name: ObjectName, scale = 1): Int32Array => readColumn(parameters, name, detectors, scale);
  const call = column("vehicleDetectorCallPhase").map(maskOfPhase);
  const options = column("vehicleDetectorOptions");
  return {
    options,
    call,
    switchTo: column("vehicleDetectorSwitchPhase").map(maskOfPhase),
    delay_ds: column("vehicleDetectorDelay"),
    extend_ds: column("vehicleDetectorExtend"),
    queueLimit_ds: column("vehicleDetectorQueueLimit", 10),
    noActivity_ds: column("vehicleDetectorNoActivity", MINUTE_DS),
    maxPresence_ds: column("vehicleDetectorMaxPresence", MINUTE_DS),
    erraticCounts: column("vehicleDetectorErraticCounts"),
    fail_s: column("vehicleDetectorFailTime"),
    period_ds: parameters.number("volumeOccupancyPeriod") * 10,
    used: channelsWhere(detectors, (channel) => (options[channel] ?? 0) !== 0 || (call[channel] ?? 0) !== 0),
  };
}

export function pedestrianSettings(parameters: Parameters, { pedestrianDetectors }: Sizes): PedestrianSettings {
  const column = (name: ObjectName, scale = 1): Int32Array => readColumn(parameters, name, pedestrianDetectors, scale);
  const call = column("pedestrianDetectorCallPhase").map(maskOfPhase);
  return {
    call,
    noActivity_ds: column("pedestrianDetectorNoActivity", MINUTE_DS),
    maxPresence_ds: column("pedestrianDetectorMaxPresence", MINUTE_DS),
    erraticCounts: column("pedestrianDetectorErraticCounts"),
    used: channelsWhere(pedestrianDetectors, (channel) => (call[channel] ?? 0) !== 0),
  };
}

function readColumn(parameters: Parameters, name: ObjectName, rows: number, scale: number): Int32Array {
  const values = new Int32Array(rows + 1);
  for (let row = 1; row <= rows; row += 1) values[row] = parameters.number(name, row) * scale;
  return values;
}

const maskOfPhase = (phase: number): number => (phase > 0 && phase <= 16 ? 1 << (phase - 1) : 0);

const channelsWhere = (rows: number, test: (channel: number) => boolean): readonly number[] =>
  Array.from({ length: rows }, (_, at) => at + 1).filter(test);
