/** Who is who: the first admin by a one-time token, log-in with a password, sessions that end by themselves. */
import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { Attempts } from "../../core/accounts/attempts.ts";
import { conflictOf, type Role } from "../../core/accounts/roles.ts";
import type { Clock } from "../../core/ports/clock.ts";
import { failed, ok, problem, type Result } from "../../core/problems/problem.ts";
import type { Account, AccountStore } from "./account-store.ts";
import { hashPassword, passwordFits } from "./passwords.ts";

/** Left alone for this long a session ends; and in any case after this long. */
export const idle_ms = 30 * 60_000;
export const longest_ms = 12 * 3_600_000;
/** A session's newest sighting is written at most this often. */
const noted_ms = 60_000;
const token_bytes = 32;
const fewestCharacters = 12;
const namePattern = /^[a-z][a-z0-9._-]{1,40}$/;

export interface Identity {
  readonly name: string;
  readonly roles: readonly Role[];
}

export interface NewAccount {
  readonly name: string;
  readonly password: string;
  readonly roles: readonly Role[];
}

export interface AccountsOptions {
  readonly store: AccountStore;
  readonly clock: Clock;
}

const newToken = (): string => randomBytes(token_bytes).toString("base64url");
const hashOf = (token: string): string => createHash("sha256").update(token, "utf8").digest("hex");

/** A kept password that no password fits: an unknown name then costs as much time as a known one. */
const nobody = `scrypt$32768$8$3$${Buffer.alloc(16).toString("base64")}$${Buffer.alloc(32).toString("base64")}`;

export class Accounts {
  readonly #store: AccountStore;
  readonly #clock: Clock;
  readonly #attempts = new Attempts();
  /** Hash of the token that makes the first admin; null once there is an account. */
  #firstToken: Buffer | null = null;

  constructor({ store, clock }: AccountsOptions) {
    this.#store = store;
    this.#clock = clock;
  }

  /** A token for whoever may read the service's terminal or data folder; null when there are accounts already. */
  async firstToken(): Promise<string | null> {
    if (await this.#store.any()) return null;
    const token = newToken();
    this.#firstToken = Buffer.from(hashOf(token), "hex");
    return token;
  }

  /** The first account, an admin. The token works once. */
  async addFirst(token: string, name: string, password: string): Promise<Result<Account>> {
    const expected = this.#firstToken;
    if (expected === null || !timingSafeEqual(expected, Buffer.from(hashOf(token), "hex"))) {
      return failed(problem("FIRST_TOKEN_WRONG"));
    }
    const added = await this.#add({ name, password, roles: ["admin"] }, "first token", true);
    if (added.ok) this.#firstToken = null;
    return added;
  }

  add(account: NewAccount, by: Identity): Promise<Result<Account>> {
    return this.#add(account, by.name, false);
  }

  list(): Promise<readonly Account[]> {
    return this.#store.list();
  }

  /** Nobody changes their own account: two admins are needed to lock one out, and one cannot raise themselves. */
  async change(
    name: string,
    change: { readonly roles?: readonly Role[] | undefined; readonly active?: boolean | undefined },
    by: Identity,
  ): Promise<Result<null>> {
    if (name === by.name) return failed(problem("ACCOUNT_OWN", { name }));
    const conflict = conflictOf(change.roles ?? []);
    if (conflict !== null) return failed(problem("ROLES_APART", { a: conflict[0], b: conflict[1] }));
    const { roles, active } = change;
    const known = await this.#store.change(name, {
      ...(roles === undefined ? {} : { roles }),
      ...(active === undefined ? {} : { active }),
    });
    return known ? ok(null) : failed(problem("ACCOUNT_UNKNOWN", { name }));
  }

  async changePassword(by: Identity, old: string, password: string): Promise<Result<null>> {
    const account = await this.#store.find(by.name);
    if (account === null || !(await passwordFits(old, account.password))) return failed(problem("LOGIN_WRONG"));
    const weak = weakness(by.name, password);
    if (!weak.ok) return weak;
    await this.#store.changePassword(by.name, await hashPassword(password));
    return ok(null);
  }

  /** Whose password it is. The same answer for a wrong password, an unknown name and a closed account. */
  async authenticate(name: string, password: string, address: string): Promise<Result<Identity>> {
    const now_ms = this.#clock.nowMs();
    const wait_ms = this.#attempts.wait_ms(name, address, now_ms);
    if (wait_ms > 0) return failed(problem("LOGIN_TOO_OFTEN", { wait_s: Math.ceil(wait_ms / 1000) }));
    // Counted before the password is looked at, so that many tries at once do not all slip through.
    this.#attempts.failed(name, address, now_ms);
    const account = await this.#store.find(name);
    const fits = await passwordFits(password, account?.password ?? nobody);
    if (account === null || !fits || !account.active) return failed(problem("LOGIN_WRONG"));
    this.#attempts.succeeded(name);
    return ok({ name: account.name, roles: account.roles });
  }

  /** The token of a new session; fails as `authenticate` does. */
  async logIn(name: string, password: string, address: string): Promise<Result<string>> {
    const found = await this.authenticate(name, password, address);
    if (!found.ok) return found;
    const now_ms = this.#clock.nowMs();
    await this.#store.forgetSessions(now_ms - idle_ms);
    const token = newToken();
    await this.#store.openSession(hashOf(token), name, now_ms);
    return ok(token);
  }

  async logOut(token: string): Promise<void> {
    await this.#store.closeSession(hashOf(token));
  }

  /** Whose session it is; null when it has ended or never was. */
  async identify(token: string): Promise<Identity | null> {
    const [hash, now_ms] = [hashOf(token), this.#clock.nowMs()];
    const session = await this.#store.session(hash);
    if (session === null) return null;
    if (now_ms - session.seen_ms > idle_ms || now_ms - session.began_ms > longest_ms) {
      await this.#store.closeSession(hash);
      return null;
    }
    const account = await this.#store.find(session.name);
    if (account === null || !account.active) return null;
    if (now_ms - session.seen_ms > noted_ms) await this.#store.sawSession(hash, now_ms);
    return { name: account.name, roles: account.roles };
  }

  async #add({ name, password, roles }: NewAccount, by: string, first: boolean): Promise<Result<Account>> {
    if (!namePattern.test(name)) return failed(problem("ACCOUNT_NAME_BAD", { name }));
    const weak = weakness(name, password);
    if (!weak.ok) return weak;
    const conflict = conflictOf(roles);
    if (conflict !== null) return failed(problem("ROLES_APART", { a: conflict[0], b: conflict[1] }));
    const account = { name, roles, created_ms: this.#clock.nowMs(), created_by: by };
    const added = await this.#store.add({ ...account, password: await hashPassword(password) }, first);
    return added ? ok({ ...account, active: true }) : failed(problem("ACCOUNT_EXISTS", { name }));
  }
}

/** Length is what makes a password strong (NIST SP 800-63B, 5.1.1.2); rules of composition only make it forgotten. */
function weakness(name: string, password: string): Result<null> {
  if ([...password].length < fewestCharacters) return failed(problem("PASSWORD_SHORT", { fewest: fewestCharacters }));
  return password.toLowerCase().includes(name) ? failed(problem("PASSWORD_HOLDS_NAME")) : ok(null);
}
