/** A command to a site as it goes on the wire. */
import { failed, ok, problem, type Result } from "../../../core/problems/problem.ts";
import type { CommandWords } from "../../gate/sealed-command.ts";
import type { SxlVersion } from "../protocol/versions.ts";
import { commandFault, commandSpec, type Given } from "../sxl/catalogue.ts";
import { SECRET_ARGUMENTS } from "../sxl/tlc-commands.ts";

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
