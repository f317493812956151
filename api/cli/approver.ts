/** Who lets a plan through by hand: an account that may, once there are accounts. */
import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import { grantedBy, type Permission } from "../../core/accounts/roles.ts";
import { failed, ok, problem, type Result } from "../../core/problems/problem.ts";
import { Accounts } from "../accounts/accounts.ts";
import type { Person } from "../gate/parts.ts";
import { systemClock } from "../service/system-clock.ts";
import type { Storage } from "../storage/open-storage.ts";
import type { VerbArguments } from "./verb.ts";

export const PASSWORD_VARIABLE = "GREENWAVE_PASSWORD";
const AUTHOR_PASSWORD_VARIABLE = "GREENWAVE_AUTHOR_PASSWORD";

/** Typed unseen at a terminal; else the first line of what is piped in. */
async function askPassword(prompt: string): Promise<string> {
  const { stdin } = process;
  if (stdin.isTTY) process.stderr.write(prompt);
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const asked = createInterface({ input: stdin, output: silent, terminal: stdin.isTTY === true });
  try {
    return await asked.question("");
  } finally {
    asked.close();
    if (stdin.isTTY) process.stderr.write("\n");
  }
}

/** Whoever drafts where nobody has to say so, and approves while there is no account; no account can be called so. */
const COMMAND_LINE: Person = { name: "(command line)", role: null };
const NO_ACCOUNTS: Person = { name: "(no accounts yet)", role: null };

export interface Approver {
  /** As the ledger names them. */
  readonly actor: string;
  readonly drafter: Person;
  readonly approver: Person;
  /** That they let the plan of an intersection through is in the audit before anything is sent. */
  approve(intersection: string): Promise<void>;
}

export const systemUser = (): string => process.env["USER"] ?? "unknown user";

/**
 * The account that logs in with its password, and the role that allows what it is about to do. Null while there is no
 * account at all. Fails with APPROVER_NEEDED, LOGIN_WRONG or NOT_PERMITTED.
 */
export async function accountOf(
  name: string | undefined,
  storage: Pick<Storage, "accounts">,
  permission: Permission,
): Promise<Result<Person | null>> {
  if (!(await storage.accounts.any())) return ok(null);
  if (name === undefined) return failed(problem("APPROVER_NEEDED", { variable: PASSWORD_VARIABLE }));
  const accounts = new Accounts({ store: storage.accounts, clock: systemClock });
  const password = process.env[PASSWORD_VARIABLE] ?? (await askPassword(`password of ${name}: `));
  const found = await accounts.authenticate(name, password, "command line");
  if (!found.ok) return found;
  const role = grantedBy(found.value.roles, permission);
  return role === null ? failed(problem("NOT_PERMITTED", { permission })) : ok({ name, role });
}

/** While there is no account, the system's user is named. */
export async function approverOf(
  name: string | undefined,
  storage: Pick<Storage, "accounts" | "audit">,
): Promise<Result<Approver>> {
  const person = await accountOf(name, storage, "approve_plan");
  if (!person.ok) return person;
  const approver = person.value;
  if (approver === null) {
    const user = systemUser();
    const drafter = { name: `(command line: ${user})`, role: null };
    return ok({ actor: `push: ${user}`, drafter, approver: NO_ACCOUNTS, approve: () => Promise.resolve() });
  }
  const entry = {
    by: approver.name,
    role: approver.role,
    from: "command line",
    action: "plan.approved",
    purpose: null,
  };
  return ok({
    actor: `account: ${approver.name}`,
    drafter: COMMAND_LINE,
    approver,
    approve: async (subject) => {
      await storage.audit.record({ ...entry, subject, at_ms: systemClock.nowMs() });
    },
  });
}

/** A controller on this machine is one of our own making. */
export const isHere = (host: string): boolean =>
  host === "localhost" || host === "::1" || /^127(\.\d{1,3}){3}$/.test(host);

/** Who is named on the command line. */
export const peopleOf = (args: VerbArguments) => ({ as: args.text("as"), author: args.text("author") });

/**
 * The approver of what is written to these hosts. For a controller in the street it takes two, once there are accounts: who
 * drafted it (`--author`), and another one who approves (`--as`); both log in. On this machine the approver is enough.
 */
export async function approverFor(
  { as, author }: { readonly as: string | undefined; readonly author: string | undefined },
  storage: Pick<Storage, "accounts" | "audit">,
  hosts: readonly string[],
): Promise<Result<Approver>> {
  const approver = await approverOf(as, storage);
  if (!approver.ok || hosts.every(isHere) || !(await storage.accounts.any())) return approver;
  if (author === undefined) return failed(problem("AUTHOR_NEEDED", { variable: AUTHOR_PASSWORD_VARIABLE }));
  if (author === as) return failed(problem("PROPOSAL_SAME_PERSON", { by: author }));
  const accounts = new Accounts({ store: storage.accounts, clock: systemClock });
  const password = process.env[AUTHOR_PASSWORD_VARIABLE] ?? (await askPassword(`password of ${author}: `));
  const found = await accounts.authenticate(author, password, "command line");
  if (!found.ok) return found;
  const role = grantedBy(found.value.roles, "propose_plan");
  if (role === null) return failed(problem("NOT_PERMITTED", { permission: "propose_plan" }));
  return ok({
    ...approver.value,
    drafter: { name: author, role },
    actor: `${approver.value.actor}, drafted by ${author}`,
  });
}
