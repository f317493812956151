/** Which controllers a `devices` command is about, and who we are to them: from the site file or from the options. */
import { join } from "node:path";
import { type Credentials, NtcipDevice, noQuirks, recallDevice, rememberDevice } from "../../controllers/index.ts";
import type { Intersection } from "../../core/network/schema.ts";
import { failed, ok, type Problem, problem, type Result } from "../../core/problems/problem.ts";
import type { SecretStore } from "../secrets/secret-store.ts";
import { credentialsOf, identitiesFor, secret } from "../service/controller-credentials.ts";
import { hostAndPort } from "../service/host-and-port.ts";
import { defaultDataDir, defaultSiteFile } from "../service/settings.ts";
import { systemClock } from "../service/system-clock.ts";
import { v3FileCredentials } from "../service/v3-file.ts";
import { loadSite } from "../site/load.ts";
import type { Site } from "../site/schema.ts";
import { numberOption } from "./arguments.ts";
import type { OptionSpec, VerbArguments } from "./verb.ts";

/** One controller, reachable. */
export interface DeviceReach {
  readonly id: string;
  readonly host: string;
  readonly port: number;
  readonly timeout_s: number;
  readonly credentials: Credentials;
  /** What the site file says of it; null for one that was given by its address alone. */
  readonly intersection: Intersection | null;
  readonly quirks: typeof noQuirks;
}

export const whereOptions = {
  site: { type: "string", placeholder: "<file>", help: "the site file (the sample corridor by default)" },
  host: { type: "string", placeholder: "<address>", help: "where the controller is, in place of the site file's" },
  port: { type: "string", placeholder: "<number>", help: "its UDP port (161; also as host:port)" },
  version: { type: "string", placeholder: "<v1|v2c>", help: "SNMP version with --community-env (v1)" },
  "community-env": { type: "string", placeholder: "<NAME>", help: "environment variable with its community" },
  v3: { type: "string", placeholder: "<yaml>", help: "SNMPv3: user, auth, priv, auth_key_file, priv_key_file" },
  timeout: { type: "string", placeholder: "<seconds>", help: "of one attempt of three (2)" },
  data: { type: "string", placeholder: "<folder>", help: "where what is learned of devices is kept (.greenwave/data)" },
} as const satisfies Readonly<Record<string, OptionSpec>>;

const DEFAULT_PORT = 161;
const DEFAULT_TIMEOUT_S = 2;

async function givenCredentials(args: VerbArguments, address: string): Promise<Result<Credentials>> {
  const file = args.text("v3");
  if (file !== undefined) return v3FileCredentials(file);
  const variable = args.text("community-env");
  if (variable === undefined) return failed(problem("CREDENTIALS_NEEDED", { address }));
  const version = args.text("version") ?? "v1";
  if (version !== "v1" && version !== "v2c") {
    const reason = `--version is v1 or v2c, not ${version}; with --v3 it is not given`;
    return failed(problem("BAD_ARGUMENT", { verb: "devices", reason }));
  }
  const community = secret(address, variable);
  return community.ok ? ok({ version, community: community.value }) : community;
}

/** By address: what the site file knows of a controller of that name still holds. */
async function givenReach(
  args: VerbArguments,
  site: Site | null,
  given: string,
  name: string | undefined,
): Promise<Result<DeviceReach>> {
  const said = numberOption(args, "port", { min: 1, max: 65_535 });
  const timeout = numberOption(args, "timeout", { min: 0.05, max: 30 });
  if (!said.ok) return said;
  if (!timeout.ok) return timeout;
  const { host, port } = (said.value === undefined ? hostAndPort(given) : null) ?? {
    host: given,
    port: said.value ?? DEFAULT_PORT,
  };
  const address = `${host}:${port}`;
  const credentials = await givenCredentials(args, address);
  if (!credentials.ok) return credentials;
  const config = site?.controllers.find(({ id }) => id === name);
  if (site !== null && name !== undefined && config === undefined) return failed(unknownController(site, name));
  return ok({
    id: name ?? address,
    host,
    port,
    timeout_s: timeout.value ?? DEFAULT_TIMEOUT_S,
    credentials: credentials.value,
    intersection: site?.intersections.find(({ id }) => id === config?.intersection) ?? null,
    quirks: config?.kind === "ntcip" ? config.quirks : noQuirks,
  });
}

function siteReach(site: Site, name: string, secrets: SecretStore | null): Result<DeviceReach> {
  const config = site.controllers.find(({ id }) => id === name);
  if (config === undefined) return failed(unknownController(site, name));
  if (config.kind === "virtual") {
    return failed(problem("DEVICE_VIRTUAL_ADDRESS", { controller: name, variable: "GREENWAVE_VIRTUAL_COMMUNITY" }));
  }
  if (config.kind === "rsmp") return failed(problem("RSMP_IS_DIALLED_FROM", { controller: name }));
  const credentials = credentialsOf(config, secrets);
  if (!credentials.ok) return credentials;
  const { id, host, port, timeout_s, quirks } = config;
  const intersection = site.intersections.find((one) => one.id === config.intersection) ?? null;
  return ok({ id, host, port, timeout_s, quirks, credentials: credentials.value, intersection });
}

const unknownController = (site: Site, controller: string): Problem =>
  problem("DEVICES_UNKNOWN", { controller, known: site.controllers.map(({ id }) => id).join(", ") || "none" });

/** The controllers that are named; without a name all of the site file that stand in the street. */
export async function reachDevices(
  args: VerbArguments,
  names: readonly string[],
): Promise<Result<readonly DeviceReach[]>> {
  const host = args.text("host");
  const siteFile = args.text("site");
  const wantsSite = host === undefined || siteFile !== undefined;
  const loaded = wantsSite ? await loadSite(siteFile ?? defaultSiteFile()) : null;
  if (loaded !== null && !loaded.ok) return loaded;
  const site = loaded?.value.site ?? null;
  if (host !== undefined) {
    const reach = await givenReach(args, site, host, names[0]);
    return reach.ok ? ok([reach.value]) : reach;
  }
  if (site === null) return failed(problem("DEVICES_WHERE"));
  const inStreet = site.controllers.filter(({ kind }) => kind === "ntcip").map(({ id }) => id);
  const wanted = names.length > 0 ? names : inStreet;
  if (wanted.length === 0) return failed(problem("DEVICES_WHERE"));
  const secrets = await identitiesFor(site, args.text("data") ?? defaultDataDir());
  if (!secrets.ok) return secrets;
  const reaches = wanted.map((name) => siteReach(site, name, secrets.value));
  const problems = reaches.flatMap((reach) => (reach.ok ? [] : reach.problems));
  return problems.length > 0 ? failed(...problems) : ok(reaches.flatMap((reach) => (reach.ok ? [reach.value] : [])));
}

/** The single one that a command is about. */
export async function reachDevice(args: VerbArguments, names: readonly string[]): Promise<Result<DeviceReach>> {
  if (names.length === 0 && args.text("host") === undefined) return failed(problem("DEVICES_WHERE"));
  const reaches = await reachDevices(args, names.slice(0, 1));
  if (!reaches.ok) return reaches;
  const [reach] = reaches.value;
  return reach === undefined ? failed(problem("DEVICES_WHERE")) : ok(reach);
}

export interface PlacedDevice {
  readonly reach: DeviceReach;
  readonly intersection: Intersection;
}

/** The gate proves a plan for an intersection, so the site file must say where the controller stands. */
export async function placedDevice(args: VerbArguments, names: readonly string[]): Promise<Result<PlacedDevice>> {
  const reach = await reachDevice(args, names);
  if (!reach.ok) return reach;
  const { id, intersection } = reach.value;
  if (intersection === null) return failed(problem("DEVICE_WITHOUT_SITE", { controller: id }));
  return ok({ reach: reach.value, intersection });
}

const memoryFolder = (args: VerbArguments): string => join(args.text("data") ?? defaultDataDir(), "devices");

/** `afresh`: whatever was found missing before is asked for again, as a device gets other firmware. */
export interface Acquaintance {
  readonly afresh: boolean;
}

/** What was learned before about a device of the site file; nothing about an address. */
async function rememberedOf(args: VerbArguments, reach: DeviceReach, { afresh }: Acquaintance) {
  const { quirks, id, intersection } = reach;
  const known = intersection === null ? null : await recallDevice(memoryFolder(args), id);
  const absent = [...new Set([...quirks.absent, ...(afresh ? [] : (known?.quirks.absent ?? []))])];
  const verify_base = quirks.verify_base ?? known?.quirks.verify_base ?? null;
  const max_varbinds = Math.min(quirks.max_varbinds, known?.quirks.max_varbinds ?? quirks.max_varbinds);
  return { quirks: { ...quirks, absent, verify_base, max_varbinds }, checksum: null };
}

/** Options of a controller on this machine's clock. */
export async function deviceOptions(args: VerbArguments, reach: DeviceReach, known: Acquaintance = { afresh: false }) {
  const { credentials, host, id, port, timeout_s } = reach;
  const remembered = await rememberedOf(args, reach, known);
  return { id, host, port, timeout_s, clock: systemClock, remembered, ...credentials };
}

/** To be closed by whoever opens it. */
export const openDevice = async (args: VerbArguments, reach: DeviceReach, known?: Acquaintance): Promise<NtcipDevice> =>
  new NtcipDevice(await deviceOptions(args, reach, known), reach.intersection);

/** Opens the device for as long as `work` takes, and keeps what was learned of it. */
export async function withDevice<T>(
  args: VerbArguments,
  reach: DeviceReach,
  work: (device: NtcipDevice) => Promise<Result<T>>,
  known?: Acquaintance,
): Promise<Result<T>> {
  const device = await openDevice(args, reach, known);
  try {
    const done = await work(device);
    if (done.ok && reach.intersection !== null) await rememberDevice(memoryFolder(args), reach.id, device.memory);
    return done;
  } finally {
    device.close();
  }
}
