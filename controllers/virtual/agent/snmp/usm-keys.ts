/**
 * Keys and algorithms of the user-based security model: HMAC-SHA-2 (RFC 7860) and AES in CFB mode (RFC 3826; with 256
 * bits as its successors and Net-SNMP do it). All three digests give 32 octets or more, so a key of AES-256 is never
 * stretched, and the two rival ways of stretching come to the same.
 */
import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import type { V3User } from "../../../ntcip/credentials.ts";

interface Digest {
  readonly hash: string;
  /** Octets of the digest in the message (RFC 7860 section 4.1). */
  readonly octets: number;
}

const DIGESTS: Readonly<Record<V3User["auth"], Digest>> = {
  sha256: { hash: "sha256", octets: 24 },
  sha384: { hash: "sha384", octets: 32 },
  sha512: { hash: "sha512", octets: 48 },
};

const CIPHERS = {
  aes128: { name: "aes-128-cfb", octets: 16 },
  aes256: { name: "aes-256-cfb", octets: 32 },
} as const;

/** RFC 3414 A.2: the pass phrase is repeated to this many octets before it is hashed. */
const EXPANDED_OCTETS = 1_048_576;

/** One user's keys, made for one engine: useless at any other. */
export class LocalizedUser {
  readonly #digest: Digest;
  readonly #cipher: (typeof CIPHERS)[V3User["priv"]];
  readonly #authKey: Buffer;
  readonly #privKey: Buffer;

  constructor(user: Omit<V3User, "user">, engineId: Buffer, phrases: PassPhrases) {
    this.#digest = DIGESTS[user.auth];
    this.#cipher = CIPHERS[user.priv];
    this.#authKey = phrases.localized(user.authKey, this.#digest, engineId);
    this.#privKey = phrases.localized(user.privKey, this.#digest, engineId).subarray(0, this.#cipher.octets);
  }

  get digestOctets(): number {
    return this.#digest.octets;
  }

  /** The digest of a message whose digest field is zeros. */
  sign(message: Buffer): Buffer {
    return createHmac(this.#digest.hash, this.#authKey).update(message).digest().subarray(0, this.#digest.octets);
  }

  /** True when `digest` is the digest of `message`, whose digest field is zeros. */
  verifies(message: Buffer, digest: Buffer): boolean {
    return digest.length === this.#digest.octets && timingSafeEqual(this.sign(message), digest);
  }

  encrypt(plain: Buffer, boots: number, time_s: number): { readonly octets: Buffer; readonly salt: Buffer } {
    const salt = randomBytes(8);
    const cipher = createCipheriv(this.#cipher.name, this.#privKey, initialVector(boots, time_s, salt));
    return { octets: Buffer.concat([cipher.update(plain), cipher.final()]), salt };
  }

  /** Null when the salt is no salt. The wrong key gives noise, not null: CFB cannot tell. */
  decrypt(octets: Buffer, boots: number, time_s: number, salt: Buffer): Buffer | null {
    if (salt.length !== 8) return null;
    const decipher = createDecipheriv(this.#cipher.name, this.#privKey, initialVector(boots, time_s, salt));
    return Buffer.concat([decipher.update(octets), decipher.final()]);
  }
}

/** RFC 3826 section 3.1.2.1: boots, time and salt of the message. */
function initialVector(boots: number, time_s: number, salt: Buffer): Buffer {
  const vector = Buffer.alloc(16);
  vector.writeUInt32BE(boots >>> 0, 0);
  vector.writeUInt32BE(time_s >>> 0, 4);
  salt.copy(vector, 8);
  return vector;
}

/**
 * Turns pass phrases into keys (RFC 3414 A.2) and remembers them: hashing a megabyte takes milliseconds, and hundreds of
 * devices have the same user.
 */
export class PassPhrases {
  readonly #keys = new Map<string, Buffer>();

  /** The key of one engine. */
  localized(passPhrase: string, { hash }: Digest, engineId: Buffer): Buffer {
    const name = `${hash} ${passPhrase}`;
    let key = this.#keys.get(name);
    if (key === undefined) {
      key = createHash(hash).update(Buffer.alloc(EXPANDED_OCTETS, passPhrase)).digest();
      this.#keys.set(name, key);
    }
    return createHash(hash).update(key).update(engineId).update(key).digest();
  }
}
