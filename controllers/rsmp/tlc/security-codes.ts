/** The two security codes of a site. They are kept as digests and compared in constant time, and nothing here can tell them. */
import { createHash, timingSafeEqual } from "node:crypto";

export type SecurityLevel = 1 | 2;

const digest = (code: string): Buffer => createHash("sha256").update(code, "utf8").digest();

export class SecurityCodes {
  readonly #codes = new Map<SecurityLevel, Buffer>();

  /** A level without a code is closed: every code is wrong. */
  constructor(codes: Readonly<Partial<Record<SecurityLevel, string>>>) {
    for (const level of [1, 2] as const) {
      const code = codes[level];
      if (code !== undefined) this.#codes.set(level, digest(code));
    }
  }

  isRight(level: SecurityLevel, code: string): boolean {
    const known = this.#codes.get(level);
    return known !== undefined && timingSafeEqual(known, digest(code));
  }

  /** False when the old code was wrong; then nothing changes. */
  change(level: SecurityLevel, old: string, next: string): boolean {
    if (!this.isRight(level, old)) return false;
    this.#codes.set(level, digest(next));
    return true;
  }
}
