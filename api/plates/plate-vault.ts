/** Plates as they lie in storage: AES-256-GCM for what must be read again, HMAC-SHA-256 for what must be found again. */
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from "node:crypto";
import type { Clock } from "../../core/ports/clock.ts";
import type { PlateVault } from "../../core/ports/plate-vault.ts";
import { ok, ProblemError, problem, type Result } from "../../core/problems/problem.ts";
import { type PlateKey, plateKeys } from "./key-file.ts";

/** NIST SP 800-38D: 96 random bits are enough for 2^32 texts of one key. */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const MARK_BYTES = 16;

interface Keys {
  readonly id: string;
  readonly text: Uint8Array;
  readonly mark: Uint8Array;
}

/** Fails with PLATE_KEYS_UNREADABLE, PLATE_KEYS_EXPOSED or DATA_FOLDER_UNUSABLE. */
export async function openPlateVault(dataDir: string, clock: Pick<Clock, "nowMs">): Promise<Result<PlateVault>> {
  const keys = await plateKeys(dataDir, clock.nowMs());
  return keys.ok ? ok(new KeyedVault(keys.value.map(derived))) : keys;
}

/** One secret, two keys that say nothing of each other: RFC 5869. */
function derived({ id, secret }: PlateKey): Keys {
  const key = (use: string): Uint8Array =>
    new Uint8Array(hkdfSync("sha256", Buffer.from(secret, "hex"), "", `greenwave plate ${use}`, 32));
  return { id, text: key("text"), mark: key("mark") };
}

class KeyedVault implements PlateVault {
  readonly #keys: readonly Keys[];
  readonly #newest: Keys;

  constructor(keys: readonly Keys[]) {
    this.#keys = keys;
    this.#newest = keys[0] as Keys;
  }

  conceal(text: string): string {
    const { id, text: key } = this.#newest;
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(Buffer.from(id));
    const hidden = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
    return `${id}.${Buffer.concat([nonce, cipher.getAuthTag(), hidden]).toString("base64url")}`;
  }

  reveal(concealed: string): string {
    const [id = "", body = ""] = concealed.split(".");
    const keys = this.#keys.find((each) => each.id === id);
    if (keys === undefined) throw new ProblemError([problem("PLATE_KEY_MISSING", { key: id })]);
    const bytes = Buffer.from(body, "base64url");
    try {
      const decipher = createDecipheriv("aes-256-gcm", keys.text, bytes.subarray(0, NONCE_BYTES), {
        authTagLength: TAG_BYTES,
      });
      decipher.setAAD(Buffer.from(id)).setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
      const text = decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES));
      return Buffer.concat([text, decipher.final()]).toString("utf8");
    } catch (cause) {
      throw new ProblemError([problem("PLATE_ALTERED", { key: id })], { cause });
    }
  }

  mark(text: string): string {
    return markOf(this.#newest, text);
  }

  marks(text: string): readonly string[] {
    return this.#keys.map((keys) => markOf(keys, text));
  }
}

function markOf({ id, mark }: Keys, text: string): string {
  const hash = createHmac("sha256", mark).update(text, "utf8").digest();
  return `${id}.${hash.subarray(0, MARK_BYTES).toString("base64url")}`;
}
