/** Accounts and their sessions in SQL. Passwords and session tokens are kept as hashes only. */
import type { Role } from "../../core/accounts/roles.ts";
import type { Sql } from "../storage/sql.ts";

export interface Account {
  readonly name: string;
  readonly roles: readonly Role[];
  readonly active: boolean;
  readonly created_ms: number;
  readonly created_by: string;
}

export interface KeptAccount extends Account {
  readonly password: string;
}

export interface KeptSession {
  readonly name: string;
  readonly began_ms: number;
  readonly seen_ms: number;
}

type Row = Omit<KeptAccount, "roles"> & { readonly roles: unknown };

const columns = "name, roles, active, created_ms, created_by, password";

const insert = `
insert into account (${columns}) values ($1, $2::jsonb, true, $3, $4, $5) on conflict (name) do nothing returning name`;

const insertFirst = `
insert into account (${columns}) select $1, $2::jsonb, true, $3, $4, $5
where not exists (select 1 from account) returning name`;

const accountOf = (row: Row): KeptAccount => ({
  ...row,
  roles: (typeof row.roles === "string" ? JSON.parse(row.roles) : row.roles) as readonly Role[],
  created_ms: Number(row.created_ms),
});

export interface AccountStore {
  any(): Promise<boolean>;
  /** False, and nothing is kept, when there is an account of that name; with `first`, when there is any account. */
  add(account: Omit<KeptAccount, "active">, first: boolean): Promise<boolean>;
  find(name: string): Promise<KeptAccount | null>;
  /** By name. */
  list(): Promise<readonly Account[]>;
  /** Ends every open session of the account. False when there is none of that name. */
  change(name: string, change: { readonly roles?: readonly Role[]; readonly active?: boolean }): Promise<boolean>;
  /** Ends every open session of the account. */
  changePassword(name: string, password: string): Promise<void>;
  openSession(tokenHash: string, name: string, now_ms: number): Promise<void>;
  session(tokenHash: string): Promise<KeptSession | null>;
  sawSession(tokenHash: string, now_ms: number): Promise<void>;
  closeSession(tokenHash: string): Promise<void>;
  forgetSessions(seenBefore_ms: number): Promise<void>;
}

export class SqlAccountStore implements AccountStore {
  readonly #sql: Sql;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  async any(): Promise<boolean> {
    return (await this.#sql.query("select 1 as one from account limit 1")).length > 0;
  }

  async add(account: Omit<KeptAccount, "active">, first: boolean): Promise<boolean> {
    const { name, roles, created_ms, created_by, password } = account;
    const parameters = [name, JSON.stringify(roles), created_ms, created_by, password];
    const rows = await this.#sql.transaction((tx) => tx.query(first ? insertFirst : insert, parameters));
    return rows.length > 0;
  }

  async find(name: string): Promise<KeptAccount | null> {
    const [row] = await this.#sql.query<Row>(`select ${columns} from account where name = $1`, [name]);
    return row === undefined ? null : accountOf(row);
  }

  async list(): Promise<readonly Account[]> {
    const rows = await this.#sql.query<Row>(`select ${columns} from account order by name`);
    return rows.map(accountOf).map(({ password: _password, ...account }) => account);
  }

  async change(
    name: string,
    change: { readonly roles?: readonly Role[]; readonly active?: boolean },
  ): Promise<boolean> {
    const { roles, active } = change;
    return this.#sql.transaction(async (tx) => {
      const rows = await tx.query(
        "update account set roles = coalesce($2::jsonb, roles), active = coalesce($3, active) where name = $1 returning name",
        [name, roles === undefined ? null : JSON.stringify(roles), active ?? null],
      );
      await tx.query("delete from session where name = $1", [name]);
      return rows.length > 0;
    });
  }

  async changePassword(name: string, password: string): Promise<void> {
    await this.#sql.transaction(async (tx) => {
      await tx.query("update account set password = $2 where name = $1", [name, password]);
      await tx.query("delete from session where name = $1", [name]);
    });
  }

  async openSession(tokenHash: string, name: string, now_ms: number): Promise<void> {
    await this.#sql.transaction((tx) =>
      tx.query("insert into session (token_hash, name, began_ms, seen_ms) values ($1, $2, $3, $3)", [
        tokenHash,
        name,
        now_ms,
      ]),
    );
  }

  async session(tokenHash: string): Promise<KeptSession | null> {
    const text = "select name, began_ms, seen_ms from session where token_hash = $1";
    const [row] = await this.#sql.query<KeptSession>(text, [tokenHash]);
    return row === undefined ? null : { name: row.name, began_ms: Number(row.began_ms), seen_ms: Number(row.seen_ms) };
  }

  async sawSession(tokenHash: string, now_ms: number): Promise<void> {
    await this.#sql.transaction((tx) =>
      tx.query("update session set seen_ms = $2 where token_hash = $1", [tokenHash, now_ms]),
    );
  }

  async closeSession(tokenHash: string): Promise<void> {
    await this.#sql.transaction((tx) => tx.query("delete from session where token_hash = $1", [tokenHash]));
  }

  async forgetSessions(seenBefore_ms: number): Promise<void> {
    await this.#sql.transaction((tx) => tx.query("delete from session where seen_ms < $1", [seenBefore_ms]));
  }
}
