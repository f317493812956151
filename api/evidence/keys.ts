/** Ed25519 keys of the traffic centre: PEM files, made once, and named by what they are. */
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from "node:crypto";
import { chmod, readdir, readFile, stat, writeFile } from "node:fs/promises";
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

/** The key in `folder`, made when there is none yet. The public half lies beside it as `<id>.pem`, to be published. */
export async function signingKey(folder: string): Promise<SigningKey> {
  const file = join(folder, secretName);
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw error;
  });
  const secret = text === null ? generateKeyPairSync("ed25519").privateKey : createPrivateKey(text);
  const key = createPublicKey(secret);
  const id = keyId(key);
  if (text === null) {
    const onlyOwner = 0o600;
    await writeFile(file, secret.export({ type: "pkcs8", format: "pem" }), { mode: onlyOwner, flag: "wx" });
    await chmod(file, onlyOwner);
    await writeFile(join(folder, `${id}.pem`), key.export({ type: "spki", format: "pem" }));
  }
  return { id, key, secret };
}
