/** Short permissions to see originals: one case, one session, some minutes. They live in memory and end with the service. */
import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

const GRANT_MS = 10 * 60_000;
const MOST_OPEN = 1000;
const TOKEN_BYTES = 24;

interface Grant {
  readonly token: Buffer;
  readonly caseId: string;
  /** Of the session that asked: nobody else can use what they overheard. */
  readonly session: Buffer;
  readonly until_ms: number;
}

const hashOf = (text: string): Buffer => createHash("sha256").update(text, "utf8").digest();

export class Grants {
  #open: readonly Grant[] = [];

  give(caseId: string, session: string, now_ms: number): { readonly token: string; readonly until_ms: number } {
    const token = randomBytes(TOKEN_BYTES).toString("base64url");
    const until_ms = now_ms + GRANT_MS;
    const grant = { token: hashOf(token), caseId, session: hashOf(session), until_ms };
    this.#open = [...this.#open.filter((each) => each.until_ms > now_ms), grant].slice(-MOST_OPEN);
    return { token, until_ms };
  }

  holds(token: string, caseId: string, session: string, now_ms: number): boolean {
    const [hash, holder] = [hashOf(token), hashOf(session)];
    return this.#open.some(
      (each) =>
        each.caseId === caseId &&
        each.until_ms > now_ms &&
        timingSafeEqual(each.token, hash) &&
        timingSafeEqual(each.session, holder),
    );
  }
}
