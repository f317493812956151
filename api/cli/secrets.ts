/** `greenwave secrets`: who we are to each controller, sealed; values come in on stdin and never out. */
import { failed, ok, problem, type Result } from "../../core/problems/problem.ts";
import { type Direction, directions, identityFrom } from "../secrets/identity.ts";
import { SecretStore } from "../secrets/secret-store.ts";
import { defaultDataDir, storagePlace } from "../service/settings.ts";
import { systemClock } from "../service/system-clock.ts";
import { openStorage } from "../storage/open-storage.ts";
import { accountOf, PASSWORD_VARIABLE, systemUser } from "./approver.ts";
import type { Outcome, Verb, VerbArguments } from "./verb.ts";

const LONGEST_INPUT = 4096;

async function readInput(): Promise<Result<string>> {
  let text = "";
  process.stdin.setEncoding("utf8");
  for await (const piece of process.stdin) {
    text += String(piece);
    if (text.length > LONGEST_INPUT) return { ok: false, problems: [problem("SECRET_SHAPE")] };
  }
  return ok(text);
}

interface Named {
  readonly device: string;
  readonly direction: Direction;
}

function namedIn([, device, said]: readonly string[]): Result<Named> {
  const direction = directions.find((each) => each === said);
  if (device === undefined || !/^[a-z0-9][a-z0-9_-]{0,62}$/.test(device) || direction === undefined) {
    return failed(problem("MISSING_ARGUMENT", { verb: "secrets", what: "a controller's id, and read or write" }));
  }
  return ok({ device, direction });
}

async function set(store: SecretStore, positionals: readonly string[], witness: Witness): Promise<Outcome> {
  const named = namedIn(positionals);
  if (!named.ok) return named;
  const input = await readInput();
  const identity = input.ok ? identityFrom(input.value) : input;
  if (!identity.ok) return identity;
  const { device, direction } = named.value;
  const noted = await witness("secret.set", `${device}/${direction}`);
  if (!noted.ok) return noted;
  await store.set(device, direction, identity.value, systemClock.nowMs());
  return { ok: true, document: { ok: true, set: { device, direction } }, text: `${device}: ${direction} is set` };
}

async function remove(store: SecretStore, positionals: readonly string[], witness: Witness): Promise<Outcome> {
  const named = namedIn(positionals);
  if (!named.ok) return named;
  const { device, direction } = named.value;
  if (store.get(device, direction) === null)
    return { ok: false, problems: [problem("SECRET_NOT_KEPT", { ...named.value })] };
  const noted = await witness("secret.removed", `${device}/${direction}`);
  if (!noted.ok) return noted;
  await store.remove(device, direction);
  return {
    ok: true,
    document: { ok: true, removed: { device, direction } },
    text: `${device}: ${direction} is removed`,
  };
}

function list(store: SecretStore): Outcome {
  const secrets = store.list();
  const lines = secrets.map(({ device, direction, kind, set_ms }) =>
    [device.padEnd(32), direction.padEnd(7), kind.padEnd(11), new Date(set_ms).toISOString()].join(""),
  );
  return { ok: true, document: { ok: true, secrets }, text: lines.join("\n") || "no secrets are kept" };
}

/** A new pass phrase comes on stdin; without one, a new key file. */
async function rotate(store: SecretStore, passphrase: boolean, witness: Witness): Promise<Outcome> {
  const input = passphrase ? await readInput() : ok("");
  if (!input.ok) return input;
  const next = passphrase ? input.value.replace(/\r?\n$/, "") : null;
  if (next !== null && next.length < 12) return { ok: false, problems: [problem("SECRET_SHAPE")] };
  const noted = await witness("secret.rotated", null);
  if (!noted.ok) return noted;
  const count = await store.rotate(next);
  return { ok: true, document: { ok: true, rotated: count }, text: `${count} secrets are sealed with a new key` };
}

/** Puts into the audit what is about to be done with whose secret, never the secret; nothing is done where it cannot. */
type Witness = (action: string, subject: string | null) => Promise<Result<void>>;

const witnessOf =
  (args: VerbArguments): Witness =>
  async (action, subject) => {
    const storage = await openStorage({ ...storagePlace(args.text("data") ?? defaultDataDir()), clock: systemClock });
    if (!storage.ok) return storage;
    try {
      // Stdin brings the secret: the password cannot be asked for there.
      const lacks = args.text("as") === undefined || (process.env[PASSWORD_VARIABLE] ?? "") === "";
      if (lacks && (await storage.value.accounts.any())) {
        return failed(problem("SECRETS_WHO", { variable: PASSWORD_VARIABLE }));
      }
      const person = await accountOf(args.text("as"), storage.value, "manage_accounts");
      if (!person.ok) return person;
      const { name: by, role } = person.value ?? { name: `(command line: ${systemUser()})`, role: null };
      const purpose = args.text("reason") ?? null;
      const at_ms = systemClock.nowMs();
      await storage.value.audit.record({ by, role, at_ms, from: "command line", action, subject, purpose });
      return ok(undefined);
    } finally {
      await storage.value.close();
    }
  };

export const secretsVerb: Verb = {
  name: "secrets",
  summary: "keep who we are to each controller, sealed: set, list, remove, rotate",
  positionals: "set|list|remove|rotate [<controller> read|write]",
  maxPositionals: 3,
  options: {
    data: { type: "string", placeholder: "<folder>", help: "where they are kept (.greenwave/data)" },
    as: {
      type: "string",
      placeholder: "<account>",
      help: "who does it: an account that manages accounts, once there are any",
    },
    reason: { type: "string", placeholder: "<text>", help: "why, for the audit" },
    passphrase: { type: "boolean", help: "with rotate: seal with the new pass phrase that stdin gives" },
  },
  more:
    "A value is read from stdin, never from the command line: one line is a community, a JSON object with user, auth,\n" +
    "priv, auth_key and priv_key is an SNMPv3 identity. Reading and writing are two identities. The key is a file that\n" +
    "only its owner may read (GREENWAVE_SECRETS_KEY_FILE), or comes from GREENWAVE_SECRETS_PASSPHRASE. Who sets, removes\n" +
    "or rotates is in the audit before it is done; a service on the same data folder is stopped first.",
  async run(args): Promise<Outcome> {
    const opened = await SecretStore.open({ dataDir: args.text("data") ?? defaultDataDir(), env: process.env });
    if (!opened.ok) return opened;
    const store = opened.value;
    const witness = witnessOf(args);
    switch (args.positionals[0]) {
      case "set":
        return set(store, args.positionals, witness);
      case "list":
        return list(store);
      case "remove":
        return remove(store, args.positionals, witness);
      case "rotate":
        return rotate(store, args.flag("passphrase"), witness);
      default:
        return {
          ok: false,
          problems: [problem("MISSING_ARGUMENT", { verb: "secrets", what: "set, list, remove or rotate" })],
        };
    }
  },
};
