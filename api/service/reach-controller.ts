/** Where one intersection's controller is and how to speak to it, from the site file or from a command. */
import type { ControllerConfig, NtcipOptions } from "../../controllers/index.ts";
import type { Intersection } from "../../core/network/schema.ts";
import { failed, ok, problem, type Result } from "../../core/problems/problem.ts";
import type { SecretStore } from "../secrets/secret-store.ts";
import type { Site } from "../site/schema.ts";
import { credentialsOf, secret } from "./controller-credentials.ts";
import { hostAndPort } from "./host-and-port.ts";

/** What a session needs but for the clock. */
export type ControllerReach = Omit<NtcipOptions, "clock">;

const DEFAULT_TIMEOUT_S = 2;

interface Given {
  /** `host:port`. */
  readonly address: string;
  readonly variable: string | null;
}

/** Nothing is written to an address that the site file does not state, but to a controller of one's own on this machine. */
function isListed(config: ControllerConfig, host: string, port: number): boolean {
  const here = host === "localhost" || host === "::1" || /^127(\.\d{1,3}){3}$/.test(host);
  return here || (config.kind === "ntcip" && config.host === host && config.port === port);
}

function givenReach(config: ControllerConfig, intersection: Intersection, given: Given): Result<ControllerReach> {
  const found = hostAndPort(given.address);
  if (found === null) return failed(problem("BAD_ADDRESS", { address: given.address }));
  const { host, port } = found;
  if (!isListed(config, host, port)) return failed(problem("NOT_IN_SITE", { address: given.address }));
  const community = secret(`Controller ${config.id}`, given.variable ?? "GREENWAVE_VIRTUAL_COMMUNITY");
  if (!community.ok) return community;
  const timeout_s = config.kind === "ntcip" ? config.timeout_s : DEFAULT_TIMEOUT_S;
  const version = config.kind === "ntcip" && config.version !== "v3" ? config.version : "v2c";
  const reach = { id: config.id, intersection, host, port, version, community: community.value, timeout_s } as const;
  // At another port it is still the device of the site file, with its offsets and its gaps.
  return ok(config.kind === "ntcip" ? { ...reach, remembered: { quirks: config.quirks, checksum: null } } : reach);
}

export function reachController(
  site: Site,
  intersectionId: string,
  given: Given | null,
  secrets: Pick<SecretStore, "get"> | null,
): Result<ControllerReach> {
  const intersection = site.intersections.find(({ id }) => id === intersectionId);
  const config = site.controllers.find((one) => one.intersection === intersectionId);
  if (intersection === undefined || config === undefined) {
    return failed(problem("NO_SUCH_CONTROLLER", { intersection: intersectionId }));
  }
  if (given !== null) return givenReach(config, intersection, given);
  if (config.kind === "virtual") return failed(problem("CONTROLLER_IS_VIRTUAL", { controller: config.id }));
  if (config.kind === "rsmp") return failed(problem("RSMP_IS_DIALLED_FROM", { controller: config.id }));
  const credentials = credentialsOf(config, secrets);
  if (!credentials.ok) return credentials;
  const { id, host, port, timeout_s, quirks } = config;
  const remembered = { quirks, checksum: null };
  return ok({ id, intersection, host, port, timeout_s, remembered, ...credentials.value });
}
