/** Saturation flow from how queues left a stop line: the field method of HCM 2000, chapter 16, appendix H. */

/** One vehicle of the queue that stood when the light turned green. */
export interface Discharged {
  /** Its front at the stop line, seconds after begin of green; in order. */
  readonly at_s: number;
  /** 1 unless the mix matters. */
  readonly pcu?: number;
}

export interface DischargeOptions {
  /** Vehicles that still speed up. HCM's four; with motorcycles abreast, count more. */
  readonly skip?: number;
  /** Queues shorter than this tell nothing. */
  readonly least?: number;
}

export interface DischargeEstimate {
  readonly saturation_pcu_h: number;
  /** Standard error of it over the queues; null with one queue. */
  readonly error_pcu_h: number | null;
  readonly headway_s: number;
  /** What the first vehicles took beyond their saturation headways. */
  readonly startup_lost_s: number;
  readonly queues: number;
}

/** Null when no queue was long enough. */
export function saturationFromDischarge(
  queues: readonly (readonly Discharged[])[],
  { skip = 4, least = 8 }: DischargeOptions = {},
): DischargeEstimate | null {
  const told = queues
    .filter((queue) => queue.length >= Math.max(least, skip + 1))
    .map((queue) => readQueue(queue, skip));
  const span_s = told.reduce((sum, one) => sum + one.span_s, 0);
  const pcu = told.reduce((sum, one) => sum + one.pcu, 0);
  if (span_s <= 0 || pcu <= 0) return null;
  const headway_s = span_s / pcu;
  const startup_s = told.reduce((sum, one) => sum + one.started_s - one.startedPcu * headway_s, 0) / told.length;
  return {
    saturation_pcu_h: 3600 / headway_s,
    error_pcu_h: ratioError(told, headway_s),
    headway_s,
    startup_lost_s: Math.max(0, startup_s),
    queues: told.length,
  };
}

interface QueueReading {
  /** From the last skipped vehicle to the last of the queue. */
  readonly span_s: number;
  readonly pcu: number;
  readonly started_s: number;
  readonly startedPcu: number;
}

function readQueue(queue: readonly Discharged[], skip: number): QueueReading {
  const pcuOf = (vehicles: readonly Discharged[]): number => vehicles.reduce((sum, { pcu = 1 }) => sum + pcu, 0);
  const started_s = skip === 0 ? 0 : (queue[skip - 1]?.at_s ?? 0);
  return {
    span_s: (queue.at(-1)?.at_s ?? 0) - started_s,
    pcu: pcuOf(queue.slice(skip)),
    started_s,
    startedPcu: pcuOf(queue.slice(0, skip)),
  };
}

/** Of a ratio of sums (Cochran, Sampling Techniques, 1977, eq. 2.46), carried over to the flow. */
function ratioError(told: readonly QueueReading[], headway_s: number): number | null {
  if (told.length < 2) return null;
  const squares = told.reduce((sum, one) => sum + (one.span_s - headway_s * one.pcu) ** 2, 0);
  const meanPcu = told.reduce((sum, one) => sum + one.pcu, 0) / told.length;
  const error_s = Math.sqrt(squares / (told.length * (told.length - 1))) / meanPcu;
  return (3600 / headway_s ** 2) * error_s;
}
