/**
 * The seal on a command to an RSMP site. A command is sent only when it is one of these, recognised by identity, and only while it
 * is fresh. What is sealed carries no security code: the supervisor adds it when it sends, from where secrets are kept.
 */
import { failed, ok, problem, type Result } from "../../../core/problems/problem.ts";
import type { SxlVersion } from "../protocol/versions.ts";
import { commandFault, commandSpec, type Given } from "../sxl/catalogue.ts";
import { SECRET_ARGUMENTS } from "../sxl/tlc-commands.ts";

declare const proof: unique symbol;

export interface CommandWords {
  readonly site: string;
  readonly component: string;
  readonly code: string;
  /** By name, without security codes. */
  readonly values: Readonly<Record<string, string | boolean>>;
  /** Why, for the ledger. */
  readonly reason: string;
  /** From when on it may not be sent any more: milliseconds since 1970. */
  readonly expires_ms: number;
}

export interface SealedCommand {
  readonly words: CommandWords;
  readonly [proof]: true;
}

const made = new WeakSet<object>();

/** For the gate alone; not exported from the folder's front door. */
export function sealCommand(words: CommandWords): SealedCommand {
  const sealed = Object.freeze({ words: Object.freeze({ ...words, values: Object.freeze({ ...words.values }) }) });
  made.add(sealed);
  return sealed as SealedCommand;
}

/** True only for the very object that was sealed, and only until it expires. */
export const mayBeSent = (candidate: unknown, now_ms: number): candidate is SealedCommand =>
  typeof candidate === "object" &&
  candidate !== null &&
  made.has(candidate) &&
  now_ms < (candidate as SealedCommand).words.expires_ms;

export interface CommandItem {
  readonly cCI: string;
  readonly cO: string;
  readonly n: string;
  readonly v: string | boolean;
}

/** The arguments as they go on the wire, its security code among them; or why the list does not know such a command. */
export function commandItems(
  { site, code, values }: CommandWords,
  sxl: SxlVersion,
  securityCode: (level: 1 | 2) => string | undefined,
): Result<readonly CommandItem[]> {
  const spec = commandSpec(code, sxl);
  const outside = (reason: string): Result<never> =>
    failed(problem("RSMP_OUTSIDE_LIST", { what: `Command ${code}`, site, reason }));
  if (spec === null) return outside(`it is not in SXL ${sxl}`);
  const secret = Object.keys(values).find((name) => SECRET_ARGUMENTS.has(name));
  if (secret !== undefined) return outside(`${secret} is a secret and no part of a sealed command`);
  const given: Given[] = Object.entries(values).map(([name, value]) => ({ name, value }));
  if (spec.security !== undefined) {
    const known = securityCode(spec.security);
    if (known === undefined) return outside(`there is no security code ${spec.security} for the site`);
    given.push({ name: "securityCode", value: known });
  }
  const fault = commandFault(code, spec.operation, given, sxl, spec.component);
  if (fault !== null) return outside(fault);
  return ok(given.map(({ name, value }) => ({ cCI: code, cO: spec.operation, n: name, v: value as string | boolean })));
}
