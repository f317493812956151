/** Accounts and sessions kept in memory, as the SQL store keeps them. */
import type { AccountStore, KeptAccount, KeptSession } from "../../api/accounts/account-store.ts";

export function memoryAccounts(): AccountStore {
  const accounts = new Map<string, KeptAccount>();
  const sessions = new Map<string, KeptSession>();
  const endSessions = (name: string): void => {
    for (const [hash, session] of sessions) if (session.name === name) sessions.delete(hash);
  };
  return {
    any: () => Promise.resolve(accounts.size > 0),
    add: (account, first) => {
      const refused = first ? accounts.size > 0 : accounts.has(account.name);
      if (!refused) accounts.set(account.name, { ...account, active: true });
      return Promise.resolve(!refused);
    },
    find: (name) => Promise.resolve(accounts.get(name) ?? null),
    list: () =>
      Promise.resolve(
        [...accounts.values()]
          .map(({ password: _password, ...account }) => account)
          .sort((a, b) => (a.name < b.name ? -1 : 1)),
      ),
    change: (name, change) => {
      const account = accounts.get(name);
      if (account !== undefined) accounts.set(name, { ...account, ...change });
      endSessions(name);
      return Promise.resolve(account !== undefined);
    },
    changePassword: (name, password) => {
      const account = accounts.get(name);
      if (account !== undefined) accounts.set(name, { ...account, password });
      endSessions(name);
      return Promise.resolve();
    },
    openSession: (hash, name, now_ms) => {
      sessions.set(hash, { name, began_ms: now_ms, seen_ms: now_ms });
      return Promise.resolve();
    },
    session: (hash) => Promise.resolve(sessions.get(hash) ?? null),
    sawSession: (hash, now_ms) => {
      const session = sessions.get(hash);
      if (session !== undefined) sessions.set(hash, { ...session, seen_ms: now_ms });
      return Promise.resolve();
    },
    closeSession: (hash) => {
      sessions.delete(hash);
      return Promise.resolve();
    },
    forgetSessions: (before_ms) => {
      for (const [hash, { seen_ms }] of sessions) if (seen_ms < before_ms) sessions.delete(hash);
      return Promise.resolve();
    },
  };
}
