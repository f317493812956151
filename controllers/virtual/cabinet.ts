/** One virtual controller with its agent, as it stands in the street: through all its restarts and misbehaviour. */
import type { Intersection } from "../../core/network/schema.ts";
import { type OffsetReferenceName, offsetInstants, PLAN_REFERENCE } from "../ntcip/offset-reference.ts";
import { type ObjectName, oid } from "../ntcip/oids.ts";
import { Communities } from "./agent/communities.ts";
import type { Faults } from "./agent/faults.ts";
import { Engine, engineIdFor } from "./agent/snmp/engine.ts";
import type { UsmStat } from "./agent/snmp/security.ts";
import type { PassPhrases } from "./agent/snmp/usm-keys.ts";
import { type AgentUser, type RunningAgent, startAgent } from "./agent/snmp-agent.ts";
import type { layoutMaker } from "./database/layout.ts";
import type { Parameters } from "./database/parameters.ts";
import type { Trip } from "./monitor/conflict-monitor.ts";
import { standardOffset_s } from "./standard-offset.ts";
import { VirtualController } from "./virtual-controller.ts";

export interface VirtualControllerConfig {
  readonly id: string;
  readonly intersection: Intersection;
  /** 0: any free one. */
  readonly port: number;
  /** The administrator's of SNMPv1 and v2c; absent, nobody is. */
  readonly community?: string | undefined;
  /** May read, and write nothing. */
  readonly readCommunity?: string | undefined;
  /** Of SNMPv3. */
  readonly users?: readonly AgentUser[] | undefined;
  /** How often the device has started before; without it, it is another engine every time. */
  readonly engineBoots?: number | undefined;
  /** IANA zone of the street: its day plans are in local time; UTC where absent. */
  readonly timezone?: string | undefined;
  /** Seconds without a command after which the centre counts as gone; that of a new device where absent. */
  readonly backup_s?: number | undefined;
  /** What its offsets time; what plans mean where absent. */
  readonly offsetReference?: OffsetReferenceName | undefined;
}

export interface VirtualControllerHandle {
  readonly id: string;
  readonly host: string;
  readonly port: number;
  /** Lamps, status and time without SNMP, for tests and simulation; another one after `reboot`. */
  readonly controller: VirtualController;
  readonly trips: readonly Trip[];
  /** Messages of SNMPv3 that were refused, by the reason. */
  readonly refusals: Readonly<Record<UsmStat, number>>;
  /** Replaces all faults; `{}` heals. */
  setFaults(faults: Faults): void;
  /** A vehicle detector input goes on or off. */
  setDetector(channel: number, on: boolean): void;
  /** Power fails and returns: the database stays, commands and the open transaction are gone. */
  reboot(): void;
  /** The device's clock goes wrong by this much, forward or back. */
  jumpClock(seconds: number): void;
}

export interface ListenOptions {
  /** Address to listen at; loopback by default. */
  readonly host?: string;
  /** What the engines of SNMPv3 count their time by; any clock that runs evenly. */
  readonly engineClock_ms?: () => number;
}

const LOOPBACK = "127.0.0.1";

/** One controller and its agent, through all its restarts. */
export class Cabinet implements VirtualControllerHandle {
  readonly id: string;
  readonly #config: VirtualControllerConfig;
  readonly #communities: Communities;
  readonly #made: (parameters?: Parameters) => VirtualController;
  #controller: VirtualController;
  #agent: RunningAgent | null = null;
  #host = LOOPBACK;

  constructor(
    config: VirtualControllerConfig,
    layoutFor: ReturnType<typeof layoutMaker>,
    onTrip: (trip: Trip) => void,
  ) {
    this.id = config.id;
    this.#config = config;
    this.#communities = new Communities({ administrator: config.community, reader: config.readCommunity });
    this.#made = (parameters) =>
      new VirtualController(config.intersection, layoutFor, onTrip, {
        communities: this.#communities,
        offsetReference: offsetInstants[config.offsetReference ?? PLAN_REFERENCE],
        ...(parameters === undefined ? {} : { parameters }),
      });
    this.#controller = this.#made();
    if (config.timezone !== undefined) this.#setZone(config.timezone);
    if (config.backup_s !== undefined) this.#set("unitBackupTime", config.backup_s);
  }

  /** The difference to UTC is a parameter as any other. */
  #setZone(zone: string): void {
    this.#set("globalLocalTimeDifferential", standardOffset_s(zone, new Date().getUTCFullYear()));
  }

  #set(name: ObjectName, value: number): void {
    const fault = this.#controller.device.apply(new Map([[oid(name), value]]));
    if (fault !== null) throw new Error(`${this.id}: ${fault}`);
  }

  async listen(options: ListenOptions, phrases: PassPhrases): Promise<void> {
    const now_ms = options.engineClock_ms ?? (() => performance.now());
    const { id, engineBoots, port, users = [] } = this.#config;
    const engine = new Engine(engineIdFor(engineBoots === undefined ? null : id), engineBoots ?? 1, now_ms);
    this.#host = options.host ?? LOOPBACK;
    this.#agent = await startAgent(
      {
        name: id,
        host: this.#host,
        port,
        communities: this.#communities,
        users,
        engine,
        phrases,
        now_ms,
        uptime_ds: () => this.#controller.device.uptime_ds,
      },
      {
        get: (oid) => this.#controller.objects.get(oid),
        after: (oid) => this.#controller.objects.after(oid),
        set: (writes, who) => this.#controller.objects.set(writes, who),
      },
    );
  }

  get host(): string {
    return this.#host;
  }

  get port(): number {
    return this.#listening.port;
  }

  get controller(): VirtualController {
    return this.#controller;
  }

  get trips(): readonly Trip[] {
    return this.#controller.trips;
  }

  get refusals(): Readonly<Record<UsmStat, number>> {
    return this.#listening.security();
  }

  setFaults(faults: Faults): void {
    this.#listening.faults = faults;
  }

  setDetector(channel: number, on: boolean): void {
    this.#controller.device.detectors.set(channel, on);
  }

  reboot(): void {
    this.#controller = this.#made(this.#controller.device.parameters);
    this.#listening.reboot();
  }

  jumpClock(seconds: number): void {
    const { clock } = this.#controller.device;
    clock.setSeconds(clock.seconds + seconds);
  }

  step(clock_ds: number): void {
    this.#controller.step(clock_ds);
  }

  close(): void {
    this.#agent?.close();
    this.#agent = null;
  }

  get #listening(): RunningAgent {
    if (this.#agent === null) throw new Error(`${this.id} does not listen`);
    return this.#agent;
  }
}
