/** The controllers of the site: those in the street by their address, the virtual ones in a child process of ours. */

import {
  type ControllerConfig,
  createNtcipController,
  type DeviceMemory,
  type ForkedVirtualControllers,
  forkVirtualControllers,
  type NtcipController,
  type RsmpConfig,
  WriteLimit,
} from "../../controllers/index.ts";
import type { Clock } from "../../core/ports/clock.ts";
import { ok, type Problem, problem, type Result, sentence } from "../../core/problems/problem.ts";
import type { SecretStore } from "../secrets/secret-store.ts";
import type { Site } from "../site/schema.ts";
import { credentialsOf, type DeviceCredentials } from "./controller-credentials.ts";
import { type RsmpStreet, startRsmpStreet } from "./rsmp-street.ts";

export interface StreetLog {
  info(words: object, message: string): void;
  warn(words: object, message: string): void;
}

export interface StreetOptions {
  readonly site: Site;
  readonly virtualCommunity: string;
  /** The sealed identities; null where no controller of the site needs them. */
  readonly secrets: Pick<SecretStore, "get"> | null;
  readonly clock: Clock;
  readonly log: StreetLog;
}

export interface ControllerAddress {
  readonly id: string;
  readonly intersection: string;
  readonly kind: ControllerConfig["kind"];
  readonly host: string;
  readonly port: number;
}

export interface Street {
  readonly controllers: readonly NtcipController[];
  /** Sites that speak RSMP, and dial in by themselves. */
  readonly rsmp: RsmpStreet["controllers"];
  readonly addresses: readonly ControllerAddress[];
  /** Controllers left out for want of a secret, and virtual ones not running or tripped; empty when all is well. */
  problems(): readonly Problem[];
  close(): Promise<void>;
}

type Virtual = Extract<ControllerConfig, { kind: "virtual" }>;

const VIRTUAL_TIMEOUT_S = 1;
/** Of a controller that is led second by second: so long a held green may outlive its centre. */
const LED_BACKUP_S = 60;
const RESTART_AFTER_MS = 2000;

const intersectionOf = (site: Site, config: Pick<ControllerConfig, "id" | "intersection">) => {
  const found = site.intersections.find(({ id }) => id === config.intersection);
  if (found === undefined) throw new Error(`controller ${config.id} names an intersection the site does not have`);
  return found;
};

/** Keeps the virtual controllers alive on the ports they first got: a crash costs seconds, and is told. */
class VirtualStreet {
  readonly #options: StreetOptions;
  readonly #configs: readonly Virtual[];
  readonly #ended = new AbortController();
  readonly #trips = new Map<string, Problem>();
  #running: ForkedVirtualControllers | null = null;
  #problem: Problem | null = null;
  #watch: Promise<void> = Promise.resolve();
  ports: ReadonlyMap<string, number> = new Map();

  constructor(options: StreetOptions, configs: readonly Virtual[]) {
    this.#options = options;
    this.#configs = configs;
  }

  async start(): Promise<Result<void>> {
    if (this.#configs.length === 0) return ok(undefined);
    const started = await this.#fork();
    if (!started.ok) return started;
    this.ports = started.value.ports;
    this.#watch = this.#keepAlive(started.value);
    return ok(undefined);
  }

  problems(): readonly Problem[] {
    return [...(this.#problem === null ? [] : [this.#problem]), ...this.#trips.values()];
  }

  async close(): Promise<void> {
    this.#ended.abort();
    await this.#running?.close();
    await this.#watch;
  }

  async #fork(): Promise<Result<ForkedVirtualControllers>> {
    const { site, virtualCommunity, log } = this.#options;
    this.#trips.clear();
    const forked = await forkVirtualControllers({
      controllers: this.#configs.map((config) => ({
        id: config.id,
        intersection: intersectionOf(site, config),
        port: this.ports.get(config.id) ?? config.port,
        community: virtualCommunity,
        timezone: site.site.timezone,
        ...(config.control === "adaptive" ? { backup_s: LED_BACKUP_S } : {}),
      })),
      onLog: (line) => log.warn({ part: "virtual controllers" }, line),
      onTrip: (controller, fault) => {
        const trip = problem("MONITOR_TRIPPED", { controller, fault });
        this.#trips.set(controller, trip);
        log.warn({ controller }, sentence(trip));
      },
    });
    this.#running = forked.ok ? forked.value : null;
    return forked;
  }

  async #keepAlive(first: ForkedVirtualControllers): Promise<void> {
    const { clock, log } = this.#options;
    let running: ForkedVirtualControllers | null = first;
    while (!this.#ended.signal.aborted) {
      const gone: Problem | null = running === null ? this.#problem : await running.exited;
      if (gone === null || this.#ended.signal.aborted) return;
      if (running !== null) log.warn({ part: "virtual controllers" }, sentence(gone));
      this.#problem = gone;
      await clock.sleep(RESTART_AFTER_MS, this.#ended.signal).catch(() => undefined);
      if (this.#ended.signal.aborted) return;
      const again = await this.#fork();
      running = again.ok ? again.value : null;
      this.#problem = again.ok ? null : (again.problems[0] ?? this.#problem);
    }
  }
}

interface Reach {
  readonly address: ControllerAddress;
  readonly credentials: DeviceCredentials;
  readonly timeout_s: number;
  readonly remembered?: DeviceMemory;
}

function reachOf(
  config: Exclude<ControllerConfig, RsmpConfig>,
  virtual: VirtualStreet,
  options: StreetOptions,
): Result<Reach> {
  const { id, intersection, kind } = config;
  if (config.kind === "virtual") {
    const port = virtual.ports.get(id) ?? config.port;
    const address = { id, intersection, kind, host: "127.0.0.1", port };
    const credentials = { version: "v2c" as const, community: options.virtualCommunity };
    return ok({ address, credentials, timeout_s: VIRTUAL_TIMEOUT_S });
  }
  const credentials = credentialsOf(config, options.secrets);
  if (!credentials.ok) return credentials;
  const address = { id, intersection, kind, host: config.host, port: config.port };
  const remembered = { quirks: config.quirks, checksum: null };
  return ok({ address, credentials: credentials.value, timeout_s: config.timeout_s, remembered });
}

export async function startStreet(options: StreetOptions): Promise<Result<Street>> {
  const { site, clock, log } = options;
  const isVirtual = (config: ControllerConfig): config is Virtual => config.kind === "virtual";
  const virtual = new VirtualStreet(options, site.controllers.filter(isVirtual));
  const started = await virtual.start();
  if (!started.ok) return started;
  const rsmp = await startRsmpStreet(options);
  if (!rsmp.ok) {
    await virtual.close();
    return rsmp;
  }

  const reaches: Reach[] = [];
  const problems: Problem[] = [...rsmp.value.problems];
  for (const config of site.controllers.filter((each) => each.kind !== "rsmp")) {
    const reach = reachOf(config, virtual, options);
    if (reach.ok) reaches.push(reach.value);
    else problems.push(...reach.problems);
  }
  for (const lacking of problems) log.warn({ part: "controllers" }, sentence(lacking));
  const writes = new WriteLimit(clock);
  const controllers = reaches.map(({ address, credentials, ...settings }) => {
    const { id, host, port, intersection } = address;
    const place = intersectionOf(site, { id, intersection });
    const reach = { id, intersection: place, host, port, clock, writes, ...credentials, ...settings };
    // The gate's guard stops our writes after a local edit: there a person can accept it, and the ledger knows who.
    return createNtcipController({ ...reach, freezes: false });
  });
  return ok({
    controllers,
    rsmp: rsmp.value.controllers,
    addresses: reaches.map(({ address }) => address),
    problems: () => [...problems, ...virtual.problems()],
    close: async () => {
      await Promise.all(controllers.map((controller) => controller.close()));
      await rsmp.value.close();
      await virtual.close();
    },
  });
}
