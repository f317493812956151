/** A running site: one controller, a connection to each of its supervisors that is made again whenever it ends, and a timer. */
import type { Socket } from "node:net";
import { ok, type Result } from "../../../core/problems/problem.ts";
import type { LinkEvent } from "../link/session.ts";
import { SocketLink } from "../link/socket-link.ts";
import { type Address, dial, type Security } from "../link/transport.ts";
import type { CoreVersion } from "../protocol/versions.ts";
import { Tlc } from "../tlc/tlc.ts";
import { MessageBuffer } from "./message-buffer.ts";
import type { SiteConfig } from "./site-config.ts";
import { SupervisorLink } from "./supervisor-link.ts";

export type SiteEvent = { readonly supervisor: string } & (
  | LinkEvent
  | { readonly event: "connected" }
  | { readonly event: "ready"; readonly core: CoreVersion }
  | { readonly event: "disconnected"; readonly reason: string }
);

interface Line {
  readonly address: Address;
  readonly name: string;
  readonly supervisor: SupervisorLink;
  link: SocketLink | null;
  socket: Socket | null;
  retry: NodeJS.Timeout | null;
  wasReady: boolean;
  /** Before the next try; the shortest again once a connection has gone through its sequence. */
  wait_ms: number;
}

export interface SiteClocks {
  readonly monotonic_ms: () => number;
  readonly wall_ms: () => number;
}

const realClocks: SiteClocks = { monotonic_ms: () => performance.now(), wall_ms: () => Date.now() };

export class Site {
  readonly tlc: Tlc;
  readonly #config: SiteConfig;
  readonly #security: Security;
  readonly #onEvent: (event: SiteEvent) => void;
  readonly #lines: readonly Line[];
  readonly #timer: NodeJS.Timeout;
  #restarting = false;
  #stopped = false;

  private constructor(
    config: SiteConfig,
    security: Security,
    buffers: readonly MessageBuffer[],
    onEvent: (event: SiteEvent) => void,
    clocks: SiteClocks,
  ) {
    this.#config = config;
    this.#security = security;
    this.#onEvent = onEvent;
    this.tlc = new Tlc(config.tlc, clocks, {
      alarm: (change, alarm) => {
        for (const { supervisor } of this.#lines) supervisor.alarm(change, alarm);
      },
      restarted: () => {
        this.#restarting = true;
      },
    });
    this.#lines = config.supervisors.map((address, i) =>
      this.#line(address, i, buffers[i] ?? MessageBuffer.inMemory()),
    );
    this.#timer = setInterval(() => this.#tick(), config.timer_ms);
    for (const line of this.#lines) this.#dial(line);
  }

  /** Starts at once; whether a supervisor is there is told by events. `clocks` are the controller's. */
  static start(
    config: SiteConfig,
    security: Security,
    onEvent: (event: SiteEvent) => void,
    clocks: SiteClocks = realClocks,
  ): Result<Site> {
    const { file, most } = config.buffer;
    const buffers: MessageBuffer[] = [];
    for (const i of config.supervisors.keys()) {
      const buffer =
        file === null
          ? ok(MessageBuffer.inMemory(most))
          : MessageBuffer.open(i === 0 ? file : `${file}.${i + 1}`, most);
      if (!buffer.ok) return buffer;
      buffers.push(buffer.value);
    }
    return ok(new Site(config, security, buffers, onEvent, clocks));
  }

  get ready(): boolean {
    return this.#lines.some(({ supervisor }) => supervisor.ready);
  }

  /** Ends every connection; messages that were not acknowledged stay in the buffer's file, if there is one. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#timer);
    await Promise.all(
      this.#lines.map(async ({ socket, link, retry }) => {
        if (retry !== null) clearTimeout(retry);
        if (socket === null || socket.destroyed) return;
        const closed = new Promise<void>((resolve) => socket.once("close", () => resolve()));
        if (link === null) socket.destroy();
        else link.session.close("the site stops");
        await closed;
      }),
    );
  }

  #line(address: Address, index: number, buffer: MessageBuffer): Line {
    const { siteId, cores, tlc, clockFromWatchdog, buffersStatus, ntsOId } = this.#config;
    const words = { siteId, cores, sxl: tlc.sxl };
    const settings = { words, primary: index === 0, clockFromWatchdog, buffersStatus, ntsOId };
    return {
      address,
      name: `${address.host}:${address.port}`,
      supervisor: new SupervisorLink(this.tlc, settings, buffer),
      link: null,
      socket: null,
      retry: null,
      wasReady: false,
      wait_ms: this.#config.reconnect.first_ms,
    };
  }

  #tick(): void {
    this.tlc.advance();
    for (const line of this.#lines) {
      line.supervisor.tell();
      line.link?.tick();
      const { core } = line.supervisor;
      if (core !== null && !line.wasReady) {
        line.wasReady = true;
        line.wait_ms = this.#config.reconnect.first_ms;
        this.#onEvent({ supervisor: line.name, event: "ready", core });
      }
      if (this.#restarting) line.supervisor.forget();
    }
    this.#restarting = false;
  }

  #dial(line: Line): void {
    line.retry = null;
    if (this.#stopped) return;
    const { watchdog_ms, acknowledgement_ms, connect_ms } = this.#config;
    const socket = dial(line.address, this.#security, () => {
      clearTimeout(late);
      this.#onEvent({ supervisor: line.name, event: "connected" });
      line.supervisor.connected(link.session);
    });
    const late = setTimeout(() => socket.destroy(new Error("no connection in time")), connect_ms);
    const link = new SocketLink(
      socket,
      {
        monotonic_ms: () => performance.now(),
        clock_ms: () => this.tlc.clock.now_ms(),
        note: (event) => this.#onEvent({ supervisor: line.name, ...event }),
        ended: (reason) => {
          clearTimeout(late);
          this.#ended(line, reason);
        },
      },
      { watchdog_ms, acknowledgement_ms },
      line.supervisor,
    );
    line.socket = socket;
    line.link = link;
  }

  #ended(line: Line, reason: string): void {
    line.supervisor.disconnected();
    line.link = null;
    line.wasReady = false;
    this.#onEvent({ supervisor: line.name, event: "disconnected", reason });
    if (this.#stopped) return;
    line.retry = setTimeout(() => this.#dial(line), line.wait_ms);
    line.wait_ms = Math.min(2 * line.wait_ms, this.#config.reconnect.most_ms);
  }
}
