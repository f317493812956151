/** Passwords as they are kept: scrypt (RFC 7914) with a salt each, its cost written beside it so that it can grow. */
import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from "node:crypto";

/** 32 MiB and about a tenth of a second a guess: N 2^15, r 8, p 3 (OWASP Password Storage Cheat Sheet, 2023). */
const cost = { N: 2 ** 15, r: 8, p: 3 } as const;
const salt_bytes = 16;
const key_bytes = 32;
const mostMemory_bytes = 128 * 1024 * 1024;

function derive(password: string, salt: Buffer, options: ScryptOptions): Promise<Buffer> {
  // One text for one password, however the keyboard composed it: "ồ" may come as one code point or as three.
  const text = password.normalize("NFKC");
  return new Promise((resolve, reject) => {
    scrypt(text, salt, key_bytes, { ...options, maxmem: mostMemory_bytes }, (error, key) =>
      error === null ? resolve(key) : reject(error),
    );
  });
}

/** `scrypt$N$r$p$salt$key`, the last two in base64. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(salt_bytes);
  const key = await derive(password, salt, cost);
  return ["scrypt", cost.N, cost.r, cost.p, salt.toString("base64"), key.toString("base64")].join("$");
}

/** Takes as long for a wrong password as for the right one. Throws for a text that `hashPassword` did not write. */
export async function passwordFits(password: string, kept: string): Promise<boolean> {
  const [kind, N, r, p, salt, key] = kept.split("$");
  if (kind !== "scrypt" || salt === undefined || key === undefined) throw new Error("not a kept password");
  const expected = Buffer.from(key, "base64");
  const derived = await derive(password, Buffer.from(salt, "base64"), { N: Number(N), r: Number(r), p: Number(p) });
  return timingSafeEqual(derived, expected);
}
