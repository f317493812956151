/** Sees to it that what is shown, taken out, decided and refused is in the audit before anybody gets an answer. */
import type { FastifyRequest } from "fastify";
import { Attempts } from "../../core/accounts/attempts.ts";
import { grantedBy, guardedPermissions, type Permission } from "../../core/accounts/roles.ts";
import type { Audit } from "../../core/ports/audit.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { Identity } from "../accounts/accounts.ts";
import { identityOf } from "./identity.ts";

/** A page that is open asks for the same again and again: that is one look. */
const LOOK_MS = 10 * 60_000;
/** Somebody who is refused again and again is one entry for so long. */
const REFUSAL_MS = 60_000;
/** A flood of made-up questions must not fill the memory; what is forgotten is written down once more. */
const MOST_KEPT = 10_000;

const isGuardedAccess = (needed: string | undefined): needed is Permission =>
  needed !== undefined && (guardedPermissions as readonly string[]).includes(needed);

/** Remembers for a while what was written down already. */
class Lately {
  readonly #until = new Map<string, number>();

  /** True the first time within `for_ms`. */
  isNew(key: string, now_ms: number, for_ms: number): boolean {
    if ((this.#until.get(key) ?? 0) > now_ms) return false;
    this.#until.delete(key);
    this.#until.set(key, now_ms + for_ms);
    const [oldest] = this.#until.keys();
    if (this.#until.size > MOST_KEPT && oldest !== undefined) this.#until.delete(oldest);
    return true;
  }

  forget(key: string): void {
    this.#until.delete(key);
  }
}

export interface Deed {
  /** Such as `case.exported`. */
  readonly action: string;
  readonly subject?: string | null;
  readonly purpose?: string | null;
}

export class Witness {
  readonly #audit: Audit;
  readonly #clock: Clock;
  readonly #lately = new Lately();
  readonly #guesses = new Attempts();

  constructor(audit: Audit, clock: Clock) {
    this.#audit = audit;
    this.#clock = clock;
  }

  /** Is what the route gives or does a matter for the audit? */
  isGuarded(request: FastifyRequest): boolean {
    return isGuardedAccess(request.routeOptions.config.access);
  }

  /** Whoever is logged in did something. Resolves when that is on the disk. */
  async did(request: FastifyRequest, { action, subject = null, purpose = null }: Deed): Promise<void> {
    const { name, roles } = identityOf(request);
    const needed = request.routeOptions.config.access;
    const role = isGuardedAccess(needed) ? grantedBy(roles, needed) : (roles[0] ?? null);
    await this.#record(request, { by: name, role, action, subject, purpose });
  }

  /** As `did`, for looking: once in a while for the same account, thing and way of looking. */
  async saw(request: FastifyRequest, deed: Deed): Promise<void> {
    const key = `${deed.action} ${identityOf(request).name} ${deed.subject ?? ""}`;
    if (!this.#lately.isNew(key, this.#clock.nowMs(), LOOK_MS)) return;
    try {
      await this.did(request, deed);
    } catch (error) {
      this.#lately.forget(key);
      throw error;
    }
  }

  /** Somebody asked for what they may not have. */
  async refused(request: FastifyRequest, identity: Identity | null): Promise<void> {
    if (!this.isGuarded(request)) return;
    const route = `${request.method} ${request.routeOptions.url ?? ""}`;
    const by = identity?.name ?? "-";
    if (!this.#lately.isNew(`refused ${by} ${request.ip} ${route}`, this.#clock.nowMs(), REFUSAL_MS)) return;
    await this.#record(request, { by, role: null, action: "refused", subject: route, purpose: null });
  }

  /** Whoever had the token of the start became the first administrator. */
  async firstAccount(request: FastifyRequest, name: string): Promise<void> {
    await this.#record(request, { by: "-", role: null, action: "account.added", subject: name, purpose: "admin" });
  }

  /** A log-in failed. What was typed is written down only if it looks like a name: people type passwords there. */
  async failedLogin(request: FastifyRequest, name: string): Promise<void> {
    const by = /^[a-z][a-z0-9._-]{1,40}$/.test(name) ? name : "-";
    if (!this.#lately.isNew(`login ${by} ${request.ip}`, this.#clock.nowMs(), REFUSAL_MS)) return;
    await this.#record(request, { by, role: null, action: "login.failed", subject: null, purpose: null });
  }

  /** Somebody who is logged in asked for what is not there. */
  missed(request: FastifyRequest): void {
    const { name } = identityOf(request);
    this.#guesses.failed(`account ${name}`, `account ${name}`, this.#clock.nowMs());
  }

  /** Seconds until that account may ask again; 0 for now. */
  wait_s(name: string): number {
    return this.#wait_s(`account ${name}`);
  }

  /** Somebody came with a session that never was, or is over. Seconds until the next from there is looked at. */
  madeUpSession(request: FastifyRequest): number {
    if (!this.isGuarded(request)) return 0;
    const from = `address ${request.ip}`;
    const wait_s = this.#wait_s(from);
    if (wait_s === 0) this.#guesses.failed(from, from, this.#clock.nowMs());
    return wait_s;
  }

  #wait_s(who: string): number {
    return Math.ceil(this.#guesses.wait_ms(who, who, this.#clock.nowMs()) / 1000);
  }

  async #record(request: FastifyRequest, entry: Omit<Parameters<Audit["record"]>[0], "at_ms" | "from">): Promise<void> {
    await this.#audit.record({ ...entry, at_ms: this.#clock.nowMs(), from: request.ip });
  }
}
