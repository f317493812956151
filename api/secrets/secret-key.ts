/** The key that secrets are sealed with: of a pass phrase, or of a file that its owner alone may read, made once. */
import { randomBytes, scrypt } from "node:crypto";
import { readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { failed, ok, problem, type Result } from "../../core/problems/problem.ts";

const KEY_BYTES = 32;
export const OWNER_ONLY = 0o600;
const OTHERS = 0o077;
/** 128 MiB and about half a second: N 2^17, r 8, p 1 (OWASP Password Storage Cheat Sheet, 2023). */
const COST = { N: 2 ** 17, r: 8, p: 1, maxmem: 256 * 1024 * 1024 } as const;

export interface KeyPlace {
  readonly dataDir: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

const PASSPHRASE_VARIABLE = "GREENWAVE_SECRETS_PASSPHRASE";
const KEY_FILE_VARIABLE = "GREENWAVE_SECRETS_KEY_FILE";

const set = (value: string | undefined): string | null => (value === undefined || value === "" ? null : value);

export const passphraseOf = ({ env }: KeyPlace): string | null => set(env[PASSPHRASE_VARIABLE]);

export const keyFileOf = ({ dataDir, env }: KeyPlace): string =>
  set(env[KEY_FILE_VARIABLE]) ?? join(dataDir, "secrets-key");

/** `salt`: 16 random bytes, kept beside what is sealed. */
export function keyOfPassphrase(passphrase: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(passphrase.normalize("NFKC"), salt, KEY_BYTES, COST, (error, key) =>
      error === null ? resolve(key) : reject(error),
    );
  });
}

/** May others than its owner read or change it? Rejects where there is no such file. */
export const isExposed = async (file: string): Promise<boolean> => ((await stat(file)).mode & OTHERS) !== 0;

/** Fails with SECRETS_KEY_UNREADABLE or SECRETS_KEY_EXPOSED; never says what is in the file. */
export async function readKeyFile(file: string): Promise<Result<Buffer>> {
  try {
    if (await isExposed(file)) return failed(problem("SECRETS_KEY_EXPOSED", { file }));
    const text = (await readFile(file, "utf8")).trim();
    if (/^[0-9a-f]{64}$/.test(text)) return ok(Buffer.from(text, "hex"));
    return failed(problem("SECRETS_KEY_UNREADABLE", { file, reason: "it does not hold 64 hexadecimal digits" }));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return failed(problem("SECRETS_KEY_UNREADABLE", { file, reason: code ?? "it could not be read" }));
  }
}

/** A new one, never in place of another. */
export async function makeKeyFile(file: string): Promise<Buffer> {
  const key = randomBytes(KEY_BYTES);
  await writeFile(file, `${key.toString("hex")}\n`, { flag: "wx", mode: OWNER_ONLY, flush: true });
  return key;
}
