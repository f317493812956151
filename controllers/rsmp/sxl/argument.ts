/** What one value of a command, status or alarm may be: its kind, its range, and since or until which list it exists. */
import { TIMESTAMP } from "../protocol/timestamp.ts";
import { atLeast, type SxlVersion } from "../protocol/versions.ts";

/** All but `array` and `native_boolean` travel as strings. */
export type Kind =
  | "string"
  | "integer"
  | "boolean"
  | "integer_list"
  | "boolean_list"
  | "string_list"
  | "timestamp"
  | "base64"
  | "array"
  | "native_boolean";

export interface Argument {
  readonly kind: Kind;
  readonly min?: number;
  readonly max?: number;
  readonly values?: readonly string[];
  readonly pattern?: RegExp;
  /** May be left out of a command: in every list, or from that one on. */
  readonly optional?: true | SxlVersion;
  /** First list that has it, and first that has it no more. */
  readonly since?: SxlVersion;
  readonly until?: SxlVersion;
}

export type Arguments = Readonly<Record<string, Argument | readonly Argument[]>>;

export const text: Argument = { kind: "string" };
export const yesNo: Argument = { kind: "boolean" };
export const yesNoList: Argument = { kind: "boolean_list" };
export const instant: Argument = { kind: "timestamp" };
export const integer = (min: number, max?: number): Argument =>
  max === undefined ? { kind: "integer", min } : { kind: "integer", min, max };
export const integers = (min: number, max: number): Argument => ({ kind: "integer_list", min, max });
export const oneOf = (...values: readonly string[]): Argument => ({ kind: "string", values });
export const someOf = (...values: readonly string[]): Argument => ({ kind: "string_list", values });
export const shaped = (pattern: RegExp): Argument => ({ kind: "string", pattern });
export const since = (version: SxlVersion, argument: Argument): Argument => ({ ...argument, since: version });
export const until = (version: SxlVersion, argument: Argument): Argument => ({ ...argument, until: version });
export const optional = (argument: Argument, from: true | SxlVersion = true): Argument => ({
  ...argument,
  optional: from,
});

export const existsIn = (
  { since: first, until: last }: { readonly since?: SxlVersion; readonly until?: SxlVersion },
  version: SxlVersion,
): boolean => (first === undefined || atLeast(version, first)) && (last === undefined || !atLeast(version, last));

export const optionalIn = ({ optional: from }: Argument, version: SxlVersion): boolean =>
  from !== undefined && (from === true || atLeast(version, from));

const INTEGER = /^-?\d{1,12}$/;
const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

/** Why the value is not one of the argument's, in words that follow its name; null when it is. */
export function faultOf(argument: Argument, value: unknown): string | null {
  if (argument.kind === "array") return Array.isArray(value) ? null : "must be an array";
  if (argument.kind === "native_boolean") return typeof value === "boolean" ? null : "must be true or false";
  if (typeof value !== "string") return "must be a string";
  switch (argument.kind) {
    case "integer":
      return integerFault(argument, value);
    case "integer_list":
      return (
        value
          .split(",")
          .map((item) => integerFault(argument, item))
          .find((fault) => fault !== null) ?? null
      );
    case "boolean":
      return booleanFault(value);
    case "boolean_list":
      return (
        value
          .split(",")
          .map(booleanFault)
          .find((fault) => fault !== null) ?? null
      );
    case "string_list":
      return (
        value
          .split(",")
          .map((item) => textFault(argument, item))
          .find((fault) => fault !== null) ?? null
      );
    case "timestamp":
      return TIMESTAMP.test(value) ? null : "must be a timestamp";
    case "base64":
      return BASE64.test(value) ? null : "must be base64";
    case "string":
      return textFault(argument, value);
  }
}

function integerFault({ min, max, values }: Argument, value: string): string | null {
  if (!INTEGER.test(value)) return "must be an integer";
  if (values !== undefined) return values.includes(value) ? null : `must be one of ${values.join(", ")}`;
  const number = Number(value);
  if ((min === undefined || number >= min) && (max === undefined || number <= max)) return null;
  return `must be ${max === undefined ? `${min} or more` : `from ${min} to ${max}`}`;
}

const booleanFault = (value: string): string | null =>
  value === "True" || value === "False" ? null : "must be True or False";

function textFault({ values, pattern }: Argument, value: string): string | null {
  if (values !== undefined && !values.includes(value)) return `must be one of ${values.join(", ")}`;
  return pattern !== undefined && !pattern.test(value) ? "has another form" : null;
}
