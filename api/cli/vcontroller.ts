/** `greenwave vcontroller`: signal controllers made of arithmetic behind real SNMP agents, until stopped. */
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import {
  countBoots,
  eightPhases,
  type FaultOrders,
  type OffsetReferenceName,
  offsetReferences,
  readFaultOrders,
  startVirtualControllers,
  type VirtualControllerConfig,
  type VirtualControllerHandle,
} from "../../controllers/index.ts";
import type { Intersection } from "../../core/network/schema.ts";
import { failed, ok, problem, type Result, reasonOf, sentence } from "../../core/problems/problem.ts";
import { systemClock } from "../service/system-clock.ts";
import { readV3File } from "../service/v3-file.ts";
import { loadSite } from "../site/load.ts";
import { numberOption } from "./arguments.ts";
import { writeHiresFiles } from "./hires-files.ts";
import type { OptionSpec, Outcome, Verb, VerbArguments, VerbContext } from "./verb.ts";

const MOST = 1000;
const LAST_PORT = 65_535;
/** Names that the whole world tries first. */
const DEFAULT_NAMES = ["public", "private", "administrator"];

const options: Readonly<Record<string, OptionSpec>> = {
  count: { type: "string", placeholder: "<n>", help: "how many (1; with --site: one for each intersection)" },
  port: { type: "string", placeholder: "<first>", help: "UDP port of the first; the others follow (0: any free ones)" },
  host: { type: "string", placeholder: "<address>", help: "address to listen at (127.0.0.1)" },
  community: { type: "string", placeholder: "<name>", help: "of SNMPv1 and v2c: the administrator's name" },
  "read-community": { type: "string", placeholder: "<name>", help: "of SNMPv1 and v2c: may read and write nothing" },
  v3: { type: "string", placeholder: "<yaml>", help: "SNMPv3: user, auth, priv, auth_key_file, priv_key_file" },
  "read-v3": { type: "string", placeholder: "<yaml>", help: "the same for a user who may read and write nothing" },
  site: { type: "string", placeholder: "<file>", help: "intersections to be (eight phases, dual ring by default)" },
  "offset-reference": { type: "string", placeholder: "<instant>", help: "what their offsets time (docs: Offsets)" },
  faults: { type: "string", placeholder: "<yaml>", help: "how they misbehave; read again on SIGHUP" },
  hires: { type: "string", placeholder: "<folder>", help: "write each one's hi-res log (Indiana codes) there, as CSV" },
  boots: { type: "string", placeholder: "<file>", help: "where starts are counted, for SNMPv3 across restarts" },
};

type Secrets = Pick<VirtualControllerConfig, "community" | "readCommunity" | "users">;

async function secretsOf(args: VerbArguments): Promise<Result<Secrets>> {
  const [community, readCommunity] = [args.text("community"), args.text("read-community")];
  const files = [
    { file: args.text("v3"), readOnly: false },
    { file: args.text("read-v3"), readOnly: true },
  ];
  const users = [];
  for (const { file, readOnly } of files) {
    if (file === undefined) continue;
    const user = await readV3File(file);
    if (!user.ok) return user;
    users.push({ ...user.value, readOnly });
  }
  const named = (community ?? "") !== "" || users.some((user) => !user.readOnly);
  return named ? ok({ community, readCommunity, users }) : failed(problem("VCONTROLLER_NEEDS_SECRET"));
}

interface Named {
  readonly id: string;
  readonly intersection: Intersection;
  readonly timezone: string;
}

/** Of controllers without a site file. */
const HOME_ZONE = "Asia/Ho_Chi_Minh";

/** Intersections of the site, once each or over again until there are enough. */
async function cabinetsOf(site: string | undefined, count: number | undefined): Promise<Result<readonly Named[]>> {
  if (site === undefined) {
    const ids = Array.from({ length: count ?? 1 }, (_, at) => `vc-${at + 1}`);
    return ok(ids.map((id) => ({ id, intersection: eightPhases(id), timezone: HOME_ZONE })));
  }
  const loaded = await loadSite(site);
  if (!loaded.ok) return loaded;
  const { intersections, site: place } = loaded.value.site;
  const all = Array.from({ length: count ?? intersections.length }, (_, at): readonly Named[] => {
    const intersection = intersections[at % intersections.length];
    if (intersection === undefined) return [];
    const round = Math.floor(at / intersections.length);
    return [
      { id: round === 0 ? intersection.id : `${intersection.id}-${round + 1}`, intersection, timezone: place.timezone },
    ];
  });
  return ok(all.flat());
}

function offsetReferenceOf(given: string | undefined): Result<OffsetReferenceName | undefined> {
  const found = offsetReferences.find((name) => name === given);
  if (given === undefined || found !== undefined) return ok(found);
  return failed(problem("VCONTROLLER_OFFSET_REFERENCE", { given, known: offsetReferences.join(", ") }));
}

async function configsOf(args: VerbArguments): Promise<Result<readonly VirtualControllerConfig[]>> {
  const count = numberOption(args, "count", { min: 1, max: MOST });
  if (!count.ok) return count;
  const port = numberOption(args, "port", { min: 0, max: LAST_PORT });
  if (!port.ok) return port;
  const secrets = await secretsOf(args);
  if (!secrets.ok) return secrets;
  const cabinets = await cabinetsOf(args.text("site"), count.value);
  if (!cabinets.ok) return cabinets;
  const reference = offsetReferenceOf(args.text("offset-reference"));
  if (!reference.ok) return reference;
  const first = port.value ?? 0;
  const last = first + cabinets.value.length - 1;
  if (first > 0 && last > LAST_PORT) return failed(problem("VCONTROLLER_PORTS", { first, last }));
  const boots = await bootsOf(args.text("boots"), cabinets.value);
  if (!boots.ok) return boots;
  return ok(
    cabinets.value.map(({ id, intersection, timezone }, at) => ({
      id,
      intersection,
      timezone,
      port: first === 0 ? 0 : first + at,
      ...secrets.value,
      engineBoots: boots.value.get(id),
      offsetReference: reference.value,
    })),
  );
}

async function bootsOf(file: string | undefined, cabinets: readonly Named[]) {
  if (file === undefined) return ok(new Map<string, number>());
  return countBoots(
    file,
    cabinets.map(({ id }) => id),
  );
}

async function ordersOf(file: string | undefined): Promise<Result<FaultOrders | null>> {
  if (file === undefined) return ok(null);
  try {
    return readFaultOrders(file, await readFile(file, "utf8"));
  } catch (cause) {
    return failed(problem("FAULTS_FILE_BAD", { file, reason: reasonOf(cause) }));
  }
}

/** A restart on order is a start like any other: it is counted where starts are. */
async function obey(
  orders: FaultOrders | null,
  handles: Iterable<VirtualControllerHandle>,
  bootsFile: string | undefined,
): Promise<Result<void>> {
  if (orders === null) return ok(undefined);
  const chosen = [...handles].filter(({ id }) => orders.controllers?.includes(id) !== false);
  if (orders.reboot && bootsFile !== undefined) {
    const counted = await countBoots(
      bootsFile,
      chosen.map(({ id }) => id),
    );
    if (!counted.ok) return counted;
  }
  for (const handle of chosen) {
    handle.setFaults(orders.faults);
    if (orders.reboot) handle.reboot();
    if (orders.clockJump_s !== 0) handle.jumpClock(orders.clockJump_s);
  }
  return ok(undefined);
}

const busyPort = (cause: unknown): Result<never> => {
  const { code, port } = cause as { readonly code?: unknown; readonly port?: unknown };
  if (code === "EADDRINUSE") return failed(problem("VIRTUAL_PORT_BUSY", { port: Number(port) }));
  return failed(problem("VIRTUAL_NOT_STARTED", { reason: reasonOf(cause) }));
};

function announce(handles: readonly VirtualControllerHandle[], context: VerbContext): void {
  const controllers = handles.map(({ id, host, port }) => ({ id, host, port }));
  const [first] = handles;
  const rest = handles.length > 1 ? ` and ${handles.length - 1} more, up to port ${handles.at(-1)?.port}` : "";
  const where = `${first?.id} at ${first?.host}:${first?.port}${rest}`;
  context.announce({ ready: true, pid: process.pid, controllers }, `ready: ${where} (stop with Ctrl+C)`);
}

/** Obeys the faults file now and at every SIGHUP; the value ends that. */
async function followFaults(
  args: VerbArguments,
  handles: readonly VirtualControllerHandle[],
  context: VerbContext,
): Promise<Result<() => void>> {
  const follow = async (): Promise<Result<void>> => {
    const orders = await ordersOf(args.text("faults"));
    return orders.ok ? obey(orders.value, handles, args.text("boots")) : orders;
  };
  const first = await follow();
  if (!first.ok) return first;
  const onHangUp = async (): Promise<void> => {
    const again = await follow();
    if (!again.ok) for (const each of again.problems) context.tell(sentence(each));
  };
  const listener = (): void => void onHangUp();
  process.on("SIGHUP", listener);
  return ok(() => process.off("SIGHUP", listener));
}

/** Where a folder is named; what goes wrong with it is told, and the controllers go on. */
async function writingHires(
  args: VerbArguments,
  configs: readonly VirtualControllerConfig[],
  handles: readonly VirtualControllerHandle[],
  context: VerbContext,
  ended: AbortSignal,
): Promise<void> {
  const folder = args.text("hires");
  if (folder === undefined) return;
  const zone = configs[0]?.timezone ?? HOME_ZONE;
  await writeHiresFiles(folder, handles, zone, systemClock, ended).catch((cause: unknown) => {
    context.tell(sentence(problem("HIRES_NOT_WRITTEN", { folder, reason: reasonOf(cause) })));
  });
}

async function run(args: VerbArguments, context: VerbContext): Promise<Outcome> {
  const configs = await configsOf(args);
  if (!configs.ok) return configs;
  const host = args.text("host");
  const started = await startVirtualControllers({
    controllers: configs.value,
    clock: systemClock,
    onTrip: (controller, trip) => {
      context.tell(`${controller}: the conflict monitor tripped: ${JSON.stringify(trip)}`);
    },
    ...(host === undefined ? {} : { host }),
  }).then(ok, busyPort);
  if (!started.ok) return started;
  const handles = [...started.value.controllers.values()];
  const following = await followFaults(args, handles, context);
  if (following.ok) {
    if (DEFAULT_NAMES.includes(args.text("community") ?? "")) {
      context.tell("this community is the first that anybody tries: choose another where others can reach the port");
    }
    const ended = new AbortController();
    const writing = writingHires(args, configs.value, handles, context, ended.signal);
    announce(handles, context);
    if (!context.stop.aborted) await once(context.stop, "abort");
    ended.abort();
    await writing;
    following.value();
  }
  await started.value.close();
  return following.ok ? { ok: true, document: undefined, text: "" } : following;
}

export const vcontrollerVerb: Verb = {
  name: "vcontroller",
  summary: "virtual signal controllers that speak NTCIP 1202 over SNMP, until stopped",
  positionals: "",
  maxPositionals: 0,
  options,
  more:
    "Each is a whole controller: ring-and-barrier machine, database, conflict monitor, SNMPv1, v2c and v3. A community or an\n" +
    "SNMPv3 user must be given: there is no default. Once all listen, one line (one JSON document with --json) says where.\n" +
    "Objects, faults and limits: docs/reference/virtual-controller.md.",
  run,
};
