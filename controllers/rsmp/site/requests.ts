/** A supervisor's requests about statuses and commands, answered by the controller: no connection, no time. */
import type { CommandArgument, CommandValue, MessageOf, StatusValue } from "../protocol/messages.ts";
import { type CoreVersion, carriesArrays } from "../protocol/versions.ts";
import { commandFault, commandSpec, statusFault, valueFault } from "../sxl/catalogue.ts";
import type { CommandCode, ComponentType } from "../sxl/tlc-commands.ts";
import type { StatusCode } from "../sxl/tlc-statuses.ts";
import { CommandValues, commandHandlers } from "../tlc/commands.ts";
import { statusHandlers } from "../tlc/statuses.ts";
import type { Tlc } from "../tlc/tlc.ts";
import type { Told } from "./subscriptions.ts";

const unknown: Told = { s: null, q: "unknown" };

/** One value of a status. What the list could not say (or the core not carry) is told as unknown. */
export function tellStatus(tlc: Tlc, core: CoreVersion, component: string, code: string, name: string): Told {
  const told = statusHandlers[code as StatusCode](tlc, name, component);
  if (told === null || valueFault(code, name, told, tlc.settings.sxl) !== null) return unknown;
  if (typeof told === "string") return { s: told, q: "recent" };
  if (!carriesArrays(core)) return unknown;
  // End states of priorities leave the list once they were told.
  if (code === "S0033") tlc.priorities.tell();
  return { s: [...told], q: "recent" };
}

interface Names {
  readonly cId: string;
  readonly sS: readonly { readonly sCI: string; readonly n: string }[];
}

/** Why one of the statuses cannot be told; null when all can, and for a component that is not here: that is answered, not refused. */
export function statusesFault(tlc: Tlc, { cId, sS }: Names): string | null {
  const component = tlc.component(cId);
  if (component === undefined) return null;
  return (
    sS.map(({ sCI, n }) => statusFault(sCI, n, tlc.settings.sxl, component.type)).find((fault) => fault !== null) ??
    null
  );
}

export function tellStatuses(tlc: Tlc, core: CoreVersion, { cId, sS }: Names): readonly StatusValue[] {
  const known = tlc.component(cId) !== undefined;
  return sS.map(({ sCI, n }) => ({
    sCI,
    n,
    ...(known ? tellStatus(tlc, core, cId, sCI, n) : { s: null, q: "undefined" as const }),
  }));
}

/** Arguments by command, in the order in which the commands first come. */
function byCommand(args: readonly CommandArgument[]): ReadonlyMap<string, readonly CommandArgument[]> {
  const commands = new Map<string, CommandArgument[]>();
  for (const argument of args) {
    const group = commands.get(argument.cCI) ?? [];
    group.push(argument);
    commands.set(argument.cCI, group);
  }
  return commands;
}

export type CommandOutcome =
  | { readonly ok: true; readonly values: readonly CommandValue[] }
  | { readonly ok: false; readonly reason: string };

/** Carries the commands out, or none of them when one is not of the list or its code is wrong. */
export function runCommands(tlc: Tlc, { cId, arg }: MessageOf<"CommandRequest">): CommandOutcome {
  const component = tlc.component(cId);
  if (component === undefined) {
    return { ok: true, values: arg.map(({ cCI, n }) => ({ cCI, n, v: null, age: "undefined" })) };
  }
  const commands = byCommand(arg);
  for (const [code, args] of commands) {
    const reason = faultIn(tlc, code, args, component.type) ?? wrongCode(tlc, code, args);
    if (reason !== null) return { ok: false, reason };
  }
  for (const [code, args] of commands) {
    const values = new CommandValues(new Map(args.map(({ n, v }) => [n, v])));
    const reason = commandHandlers[code as CommandCode](tlc, values, cId);
    if (reason !== null) return { ok: false, reason: `Command ${code}: ${reason}` };
  }
  return { ok: true, values: arg.map(({ cCI, n, v }) => ({ cCI, n, v, age: "recent" })) };
}

function faultIn(tlc: Tlc, code: string, args: readonly CommandArgument[], type: ComponentType): string | null {
  const [first] = args;
  const operations = new Set(args.map(({ cO }) => cO));
  if (first === undefined || operations.size > 1) return `Command ${code}: its arguments name different operations`;
  const given = args.map(({ n, v }) => ({ name: n, value: isVoid(args, n) ? VOID : v }));
  return commandFault(code, first.cO, given, tlc.settings.sxl, type);
}

/** In range, for an argument that means nothing. */
const VOID = "1";

/** Which traffic situation to take back does not matter; supervisors write 0 there, outside the list's range. */
const isVoid = (args: readonly CommandArgument[], name: string): boolean =>
  name === "traficsituation" && args.some(({ cCI, n, v }) => cCI === "M0003" && n === "status" && v === "False");

function wrongCode(tlc: Tlc, code: string, args: readonly CommandArgument[]): string | null {
  const level = commandSpec(code, tlc.settings.sxl)?.security;
  if (level === undefined) return null;
  const given = args.find(({ n }) => n === "securityCode")?.v;
  return typeof given === "string" && tlc.codes.isRight(level, given) ? null : "Incorrect security code";
}
