/** A supervisor that listens: sites dial in, one connection each, and are asked and told through `ConnectedSite`. */
import type { AddressInfo, Server, Socket } from "node:net";
import { failed, ok, problem, type Result, reasonOf } from "../../../core/problems/problem.ts";
import type { LinkEvent } from "../link/session.ts";
import { SocketLink } from "../link/socket-link.ts";
import { certifiedNames, listener, type Security } from "../link/transport.ts";
import type { Message } from "../protocol/messages.ts";
import { CORE_VERSIONS, type CoreVersion, SXL_VERSIONS, type SxlVersion } from "../protocol/versions.ts";
import { ConnectedSite, type ConnectedSiteSettings, type SiteListener } from "./connected-site.ts";

export type SupervisorEvent = { readonly site: string } & (
  | LinkEvent
  | { readonly event: "connected" }
  | { readonly event: "ready"; readonly core: CoreVersion; readonly sxl: SxlVersion }
  | { readonly event: "message"; readonly message: Message }
  | { readonly event: "foreign_command"; readonly what: string }
  | { readonly event: "disconnected"; readonly reason: string }
);

export interface SupervisorOptions {
  readonly port: number;
  readonly host?: string;
  readonly security: Security;
  readonly supervisorId?: string;
  readonly cores?: readonly CoreVersion[];
  readonly sxls?: readonly SxlVersion[];
  /** Sites that may connect; every one when left out. */
  readonly siteIds?: readonly string[];
  /** A site may only have an id that its certificate names. */
  readonly idsByCertificate?: boolean;
  readonly watchdog_ms?: number;
  readonly acknowledgement_ms?: number;
  readonly answer_ms?: number;
  readonly watchesOthers?: boolean;
  readonly setsClock?: boolean;
  readonly securityCode?: (site: string, level: 1 | 2) => string | undefined;
  readonly onEvent?: (event: SupervisorEvent) => void;
}

const TICK_MS = 100;

/** A connection that has not said who it is by then is closed. */
const NAME_MS = 30_000;

const MOST_CONNECTIONS = 1000;

interface Connection {
  readonly site: ConnectedSite;
  readonly link: SocketLink;
  readonly since_ms: number;
}

export class Supervisor {
  readonly #options: SupervisorOptions;
  readonly #connections = new Set<Connection>();
  readonly #sites = new Map<string, ConnectedSite>();
  readonly #server: Server;
  readonly #timer: NodeJS.Timeout;

  private constructor(options: SupervisorOptions) {
    this.#options = options;
    this.#server = listener(options.security, (socket) => this.#accept(socket));
    this.#timer = setInterval(() => this.#tick(), TICK_MS);
  }

  static async listen(options: SupervisorOptions): Promise<Result<Supervisor>> {
    let supervisor: Supervisor;
    try {
      supervisor = new Supervisor(options);
    } catch (error) {
      return failed(problem("RSMP_CERTIFICATE_WRONG", { reason: reasonOf(error) }));
    }
    const refused = await supervisor.#open();
    if (refused === null) return ok(supervisor);
    clearInterval(supervisor.#timer);
    return failed(problem("RSMP_PORT", { port: options.port, reason: refused }));
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Sites that are connected and ready. */
  get sites(): readonly ConnectedSite[] {
    return [...this.#sites.values()].filter(({ ready }) => ready);
  }

  site(id: string): Result<ConnectedSite> {
    const site = this.#sites.get(id);
    return site?.ready ? ok(site) : failed(problem("RSMP_SITE_UNKNOWN", { site: id }));
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    for (const { link } of this.#connections) link.session.close("the supervisor stops");
    await closed;
  }

  #open(): Promise<string | null> {
    return new Promise((resolve) => {
      this.#server.once("error", (error) => resolve(error.message));
      this.#server.listen(this.#options.port, this.#options.host, () => resolve(null));
    });
  }

  #accept(socket: Socket): void {
    if (this.#connections.size >= MOST_CONNECTIONS) {
      socket.destroy();
      return;
    }
    const clocks = { monotonic_ms: () => performance.now(), wall_ms: () => Date.now() };
    const site = new ConnectedSite(this.#settings(this.#idsOf(socket)), this.#listener(), clocks);
    const tell = (event: SupervisorEvent): void => this.#options.onEvent?.(event);
    const link = new SocketLink(
      socket,
      {
        monotonic_ms: clocks.monotonic_ms,
        clock_ms: clocks.wall_ms,
        note: (event) => tell({ site: site.id, ...event }),
        ended: (reason) => {
          this.#connections.delete(connection);
          if (this.#sites.get(site.id) === site) this.#sites.delete(site.id);
          site.gone(reason);
          tell({ site: site.id, event: "disconnected", reason });
        },
      },
      {
        watchdog_ms: this.#options.watchdog_ms ?? 60_000,
        acknowledgement_ms: this.#options.acknowledgement_ms ?? 30_000,
      },
      site,
    );
    site.attach(link.session);
    const connection = { site, link, since_ms: performance.now() };
    this.#connections.add(connection);
  }

  /** Ids that the site on this connection may have; null is any. */
  #idsOf(socket: Socket): readonly string[] | null {
    const { siteIds, idsByCertificate } = this.#options;
    if (idsByCertificate !== true) return siteIds ?? null;
    return certifiedNames(socket).filter((name) => siteIds === undefined || siteIds.includes(name));
  }

  #settings(siteIds: readonly string[] | null): ConnectedSiteSettings {
    const { cores, sxls, supervisorId, answer_ms, watchesOthers, setsClock, securityCode } = this.#options;
    return {
      words: {
        supervisorId: supervisorId ?? "greenwave",
        cores: cores ?? CORE_VERSIONS,
        sxls: sxls ?? SXL_VERSIONS,
        siteIds,
      },
      answer_ms: answer_ms ?? 30_000,
      watchesOthers: watchesOthers ?? true,
      setsClock: setsClock ?? false,
      securityCode: securityCode ?? (() => undefined),
    };
  }

  #listener(): SiteListener {
    const tell = (event: SupervisorEvent): void => this.#options.onEvent?.(event);
    return {
      named: (site) => {
        // A site that dials in again has lost its first connection, whether we noticed or not.
        const before = this.#sites.get(site.id);
        this.#sites.set(site.id, site);
        before?.close("the site connected anew");
        tell({ site: site.id, event: "connected" });
      },
      ready: (site) => {
        const { agreement } = site;
        if (agreement !== null) tell({ site: site.id, event: "ready", core: agreement.core, sxl: agreement.sxl });
      },
      message: (site, message) => tell({ site: site.id, event: "message", message }),
      foreign: (site, what) => tell({ site: site.id, event: "foreign_command", what }),
    };
  }

  #tick(): void {
    const now_ms = performance.now();
    for (const { site, link, since_ms } of this.#connections) {
      if (site.agreement === null && now_ms - since_ms > NAME_MS) link.session.close("no Version came");
      link.tick();
      site.tick();
    }
  }
}
