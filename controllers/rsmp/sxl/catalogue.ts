/** One version of the list: which codes it has, for which kind of component, and whether a request is one of them. */
import type { SxlVersion } from "../protocol/versions.ts";
import { type Argument, existsIn, faultOf, optionalIn } from "./argument.ts";
import { type AlarmCode, type AlarmSpec, tlcAlarms } from "./tlc-alarms.ts";
import { type CommandCode, type CommandSpec, type ComponentType, tlcCommands } from "./tlc-commands.ts";
import { type StatusCode, type StatusSpec, tlcStatuses } from "./tlc-statuses.ts";

/** An argument as a person or a peer gives it. */
export interface Given {
  readonly name: string;
  readonly value: unknown;
}

interface Spec {
  readonly component: ComponentType;
  readonly arguments: Readonly<Record<string, Argument | readonly Argument[]>>;
  readonly since?: SxlVersion;
  readonly until?: SxlVersion;
}

function specOf<C extends string, S extends Spec>(
  table: Readonly<Record<C, S>>,
  code: string,
  sxl: SxlVersion,
): S | null {
  if (!Object.hasOwn(table, code)) return null;
  const spec = table[code as C];
  return existsIn(spec, sxl) ? spec : null;
}

export const commandSpec = (code: string, sxl: SxlVersion): CommandSpec | null =>
  specOf<CommandCode, CommandSpec>(tlcCommands, code, sxl);
export const statusSpec = (code: string, sxl: SxlVersion): StatusSpec | null =>
  specOf<StatusCode, StatusSpec>(tlcStatuses, code, sxl);
export const alarmSpec = (code: string, sxl: SxlVersion): AlarmSpec | null =>
  specOf<AlarmCode, AlarmSpec>(tlcAlarms, code, sxl);

/** The arguments of a code as that version has them, by name. */
export function argumentsIn({ arguments: args }: Spec, sxl: SxlVersion): ReadonlyMap<string, Argument> {
  const found = new Map<string, Argument>();
  for (const [name, forms] of Object.entries(args)) {
    const form = [forms].flat().find((candidate) => existsIn(candidate, sxl));
    if (form !== undefined) found.set(name, form);
  }
  return found;
}

const codesIn = <C extends string, S extends Spec>(
  table: Readonly<Record<C, S>>,
  sxl: SxlVersion,
  component: ComponentType,
): readonly C[] =>
  (Object.keys(table) as C[]).filter((code) => existsIn(table[code], sxl) && table[code].component === component);

export const alarmCodes = (sxl: SxlVersion, component: ComponentType): readonly AlarmCode[] =>
  codesIn<AlarmCode, AlarmSpec>(tlcAlarms, sxl, component);
export const statusCodes = (sxl: SxlVersion, component: ComponentType): readonly StatusCode[] =>
  codesIn<StatusCode, StatusSpec>(tlcStatuses, sxl, component);
export const commandCodes = (sxl: SxlVersion, component: ComponentType): readonly CommandCode[] =>
  codesIn<CommandCode, CommandSpec>(tlcCommands, sxl, component);

/** Why a command with these arguments is none of the list; null when it is one. Secrets are not repeated in the reason. */
export function commandFault(
  code: string,
  operation: string,
  given: readonly Given[],
  sxl: SxlVersion,
  component: ComponentType,
): string | null {
  const spec = commandSpec(code, sxl);
  if (spec === null) return `Command ${code} is unknown in SXL ${sxl}`;
  if (spec.component !== component) return `Command ${code} is for another kind of component`;
  if (operation !== spec.operation) return `Command ${code}: operation must be ${spec.operation}`;
  const wanted = argumentsIn(spec, sxl);
  const names = given.map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) return `Command ${code}: ${twice.slice(0, 40)} is given twice`;
  for (const { name, value } of given) {
    const argument = wanted.get(name);
    if (argument === undefined) return `Command ${code}: ${name.slice(0, 40)} is no argument of it`;
    const fault = faultOf(argument, value);
    if (fault !== null) return `Command ${code}: ${name} ${fault}`;
  }
  for (const [name, argument] of wanted) {
    if (!names.includes(name) && !optionalIn(argument, sxl)) return `Command ${code}: ${name} is missing`;
  }
  return null;
}

/** Why there is no such value of a status; null when there is. */
export function statusFault(code: string, name: string, sxl: SxlVersion, component: ComponentType): string | null {
  const spec = statusSpec(code, sxl);
  if (spec === null) return `Status ${code.slice(0, 10)} is unknown in SXL ${sxl}`;
  if (spec.component !== component) return `Status ${code} is for another kind of component`;
  return argumentsIn(spec, sxl).has(name) ? null : `Status ${code} has no ${name.slice(0, 40)}`;
}

/** Why the value is not what the list says the status is; null when it is, and for what the list does not have. */
export function valueFault(code: string, name: string, value: unknown, sxl: SxlVersion): string | null {
  const spec = statusSpec(code, sxl);
  const argument = spec === null ? undefined : argumentsIn(spec, sxl).get(name);
  if (argument === undefined) return `${code} ${name} is not in SXL ${sxl}`;
  const fault = faultOf(argument, value);
  return fault === null ? null : `${code} ${name} ${fault}`;
}
