/** Ed25519 keys of the traffic centre: PEM files, made once, and named by what they are. */
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomUUID,
} from "node:crypto";
import { existsSync } from "node:fs";
import { link, mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { failed, ok, problem, type Result } from "../../core/problems/problem.ts";

export interface PublicKey {
  /** First 16 hex digits of the SHA-256 of the key's DER form (SPKI). */
  readonly id: string;
  readonly key: KeyObject;
}

export interface SigningKey extends PublicKey {
  readonly secret: KeyObject;
}

const idDigits = 16;
const secretName = "signing-key.pem";

function keyId(key: KeyObject): string {
  const der = key.export({ type: "spki", format: "der" });
  return createHash("sha256").update(der).digest("hex").slice(0, idDigits);
}

function publicKeyOf(pem: string): PublicKey | null {
  try {
    const key = createPublicKey(pem);
    return key.asymmetricKeyType === "ed25519" ? { id: keyId(key), key } : null;
  } catch {
    // Whatever the library says of it, for the reader it is not a key.
    return null;
  }
}

async function readKey(file: string): Promise<Result<PublicKey>> {
  const text = await readFile(file, "utf8").catch(() => "");
  // A private key would do as well, but nobody should get used to handing one out.
  const key = text.includes("PRIVATE KEY") ? null : publicKeyOf(text);
  return key === null ? failed(problem("KEY_UNREADABLE", { file })) : ok(key);
}

/** `path`: one PEM file, or a folder of them. */
export async function readPublicKeys(path: string): Promise<Result<readonly PublicKey[]>> {
  const found = await stat(path).catch(() => null);
  if (found === null || !found.isDirectory()) {
    const key = await readKey(path);
    return key.ok ? ok([key.value]) : key;
  }
  const names = (await readdir(path)).filter((name) => name.endsWith(".pem") && name !== secretName).sort();
  if (names.length === 0) return failed(problem("NO_KEYS", { folder: path }));
  const keys: PublicKey[] = [];
  for (const name of names) {
    const key = await readKey(join(path, name));
    if (!key.ok) return key;
    keys.push(key.value);
  }
  return ok(keys);
}

const [onlyOwner, everybody] = [0o600, 0o644];

/** Whole or not at all, whenever the power goes; false when somebody else was first. */
async function writeOnce(file: string, text: string | Buffer, mode: number): Promise<boolean> {
  const part = `${file}.${randomUUID()}.part`;
  try {
    await writeFile(part, text, { flag: "wx", mode, flush: true });
    await link(part, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  } finally {
    await rm(part, { force: true });
  }
}

/** The key in `folder`, both made when they are not there yet. The public half lies beside it as `<id>.pem`, to be published. */
export async function signingKey(folder: string): Promise<SigningKey> {
  const file = join(folder, secretName);
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw error;
  });
  if (text === null) {
    const { privateKey } = generateKeyPairSync("ed25519");
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeOnce(file, privateKey.export({ type: "pkcs8", format: "pem" }), onlyOwner);
    return signingKey(folder);
  }
  const secret = createPrivateKey(text);
  const key = createPublicKey(secret);
  const id = keyId(key);
  const published = join(folder, `${id}.pem`);
  if (!existsSync(published)) await writeOnce(published, key.export({ type: "spki", format: "pem" }), everybody);
  return { id, key, secret };
}
