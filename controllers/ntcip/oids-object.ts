/** What the object table says about one NTCIP object, and the roots its identifiers grow from. */

const NTCIP = "1.3.6.1.4.1.1206";
/** Actuated signal controller objects (1202). */
export const ASC = `${NTCIP}.4.2.1`;
/** Global objects (1201). */
export const GLOBAL = `${NTCIP}.4.2.6`;
/** Dynamic objects of the transportation management protocols (1103). */
export const DYNAMIC = `${NTCIP}.4.1.3`;

/**
 * C control: takes effect at once, never buffered. P parameter: may be set directly or inside a database
 * transaction. P2 parameter: only inside a transaction. S status: read only.
 */
export type ObjectKind = "C" | "P" | "P2" | "S";

/** What an instance is numbered by; an empty index is a scalar, whose instance is `.0`. */
export type ObjectIndex =
  | "phase"
  | "phase_group"
  | "detector"
  | "detector_group"
  | "pedestrian_detector"
  | "alarm_group"
  | "special_function"
  | "pattern"
  | "split"
  | "sequence"
  | "ring"
  | "ring_group"
  | "channel"
  | "channel_group"
  | "overlap"
  | "overlap_group"
  | "preempt"
  | "port"
  | "action"
  | "schedule"
  | "day_plan"
  | "day_plan_event"
  | "module"
  | "event_config"
  | "event_class"
  | "event"
  | "community"
  | "dynamic_object"
  | "dynamic_member";

export interface ObjectSpec {
  /** Scalar or table column, without the instance. */
  readonly oid: string;
  readonly index: readonly ObjectIndex[];
  /**
   * `octets` is a list of numbers, one octet each; `text` is readable; `opaque` is the BER of another value. Limits of
   * these three are lengths. `oid` is an object identifier in dotted form and has no limits. An `integer` whose `max`
   * is above 2147483647 travels as the 32 bits of an INTEGER and is read without a sign.
   */
  readonly syntax: "integer" | "counter" | "gauge" | "octets" | "text" | "opaque" | "oid";
  readonly min: number;
  readonly max: number;
  readonly kind: ObjectKind;
  readonly unit?: "s" | "ds" | "min" | "bits";
  /** Which part of the index the column repeats, from 0; absent in all others. */
  readonly rowNumber?: number;
  /** Whoever can read it can command the device: shown to the administrator alone. */
  readonly secret?: true;
}

type Limits = readonly [min: number, max: number];

export const BIT: Limits = [0, 1];
export const BYTE: Limits = [0, 255];
export const WORD: Limits = [0, 65535];
export const LONG: Limits = [0, 4294967295];
export const NUMBER: Limits = [1, 255];

type Unit = ObjectSpec["unit"];

const integer = (
  oid: string,
  index: readonly ObjectIndex[],
  kind: ObjectKind,
  [min, max]: Limits,
  unit: Unit,
): ObjectSpec => ({
  oid,
  index,
  syntax: "integer",
  min,
  max,
  kind,
  ...(unit === undefined ? {} : { unit }),
});

/** An object without an index. */
export const scalar = (oid: string, kind: ObjectKind, limits: Limits, unit?: Unit): ObjectSpec =>
  integer(oid, [], kind, limits, unit);

/** The columns of one table: `column(3, "P", BYTE, "ds")`, and `column.number(1)` for the first part of the index. */
export function table(entry: string, index: readonly ObjectIndex[]) {
  const column = (number: number, kind: ObjectKind, limits: Limits, unit?: Unit): ObjectSpec =>
    integer(`${entry}.${number}`, index, kind, limits, unit);
  const number = (part: number, limits: Limits = [1, 255]): ObjectSpec => ({
    ...column(part, "S", limits),
    rowNumber: part - 1,
  });
  return Object.assign(column, { number });
}

/** The same object with another syntax. */
export const as = (syntax: ObjectSpec["syntax"], spec: ObjectSpec): ObjectSpec => ({ ...spec, syntax });
