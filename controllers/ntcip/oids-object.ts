/** What the object table says about one NTCIP object, and the roots its identifiers grow from. */

const NTCIP = "1.3.6.1.4.1.1206";
/** Actuated signal controller objects (1202). */
export const ASC = `${NTCIP}.4.2.1`;
/** Global objects (1201). */
export const GLOBAL = `${NTCIP}.4.2.6`;

/**
 * C control: takes effect at once, never buffered. P parameter: may be set directly or inside a database
 * transaction. P2 parameter: only inside a transaction. S status: read only.
 */
export type ObjectKind = "C" | "P" | "P2" | "S";

/** What an instance is numbered by; an empty index is a scalar, whose instance is `.0`. */
export type ObjectIndex =
  | "phase"
  | "group"
  | "detector"
  | "pattern"
  | "split"
  | "sequence"
  | "ring"
  | "channel"
  | "action"
  | "module";

export interface ObjectSpec {
  /** Scalar or table column, without the instance. */
  readonly oid: string;
  readonly index: readonly ObjectIndex[];
  /** `octets` is a list of numbers, one octet each; `text` is readable. Limits of both are lengths. */
  readonly syntax: "integer" | "counter" | "octets" | "text";
  readonly min: number;
  readonly max: number;
  readonly kind: ObjectKind;
  readonly unit?: "s" | "ds" | "min" | "bits";
}

type Limits = readonly [min: number, max: number];

export const BYTE: Limits = [0, 255];

/** One scalar of `root`. */
export const scalar = (oid: string, kind: ObjectKind, [min, max]: Limits, unit?: ObjectSpec["unit"]): ObjectSpec => ({
  oid,
  index: [],
  syntax: "integer",
  min,
  max,
  kind,
  ...(unit === undefined ? {} : { unit }),
});

/** The columns of one table: `column(3, "P", BYTE, "ds")`. */
export function table(entry: string, index: readonly ObjectIndex[]) {
  return (column: number, kind: ObjectKind, [min, max]: Limits, unit?: ObjectSpec["unit"]): ObjectSpec => ({
    oid: `${entry}.${column}`,
    index,
    syntax: "integer",
    min,
    max,
    kind,
    ...(unit === undefined ? {} : { unit }),
  });
}
