/**
 * The user-based security model on the side of the device (RFC 3414 section 3.2): judges a message step by step, and
 * answers what it refuses with the report that lets an honest manager resynchronise. Nothing below authentication with
 * privacy is executed; without them only the discovery of the engine is answered.
 */
import type { V3User } from "../../../ntcip/credentials.ts";
import { berOctets, MalformedError, TAG } from "./ber.ts";
import type { Engine } from "./engine.ts";
import { PDU, type Pdu, type Varbind } from "./pdu.ts";
import { LocalizedUser, type PassPhrases } from "./usm-keys.ts";
import { FLAG, readScopedPdu, readV3, type ScopedPdu, type V3Frame, writeScopedPdu, writeV3 } from "./v3-message.ts";

/** Counters of refusals: the last part of their identifiers below `USM_STATS`. */
export const usmStat = {
  unsupportedSecLevels: 1,
  notInTimeWindows: 2,
  unknownUserNames: 3,
  unknownEngineIDs: 4,
  wrongDigests: 5,
  decryptionErrors: 6,
} as const;

export type UsmStat = keyof typeof usmStat;

export const USM_STATS = "1.3.6.1.6.3.15.1.1";
const UNKNOWN_CONTEXTS = "1.3.6.1.6.3.12.1.5.0";
const AUTH_PRIV = FLAG.auth | FLAG.priv;
const USER_SECURITY_MODEL = 3;

/** An authentic request, and how to answer it. */
export interface SecureRequest {
  readonly kind: "request";
  readonly user: string;
  readonly pdu: Pdu;
  /** Names the message: no two have the same. */
  readonly digest: string;
  /** Octets the sender takes in one message. */
  readonly maxSize: number;
  /** The answer as a datagram. */
  reply(pdu: Pdu): Buffer;
  /** A refusal of this message, counted. */
  refuse(stat: UsmStat): Buffer;
}

export type Judgement =
  | SecureRequest
  | { readonly kind: "report"; readonly octets: Buffer }
  /** Not to be answered. */
  | { readonly kind: "dropped" };

const DROPPED: Judgement = { kind: "dropped" };

export class Security {
  readonly engine: Engine;
  readonly #users: ReadonlyMap<string, LocalizedUser>;
  readonly #counts: Record<UsmStat, number> = {
    unsupportedSecLevels: 0,
    notInTimeWindows: 0,
    unknownUserNames: 0,
    unknownEngineIDs: 0,
    wrongDigests: 0,
    decryptionErrors: 0,
  };
  #unknownContexts = 0;

  constructor(engine: Engine, users: readonly V3User[], phrases: PassPhrases) {
    this.engine = engine;
    this.#users = new Map(users.map((user) => [user.user, new LocalizedUser(user, engine.id, phrases)]));
  }

  get counts(): Readonly<Record<UsmStat, number>> {
    return this.#counts;
  }

  /** Throws `MalformedError` on what is no message. */
  judge(datagram: Buffer): Judgement {
    const frame = readV3(datagram);
    const level = frame.flags & AUTH_PRIV;
    if (frame.securityModel !== USER_SECURITY_MODEL || level === FLAG.priv) return DROPPED;
    if (!frame.engineId.equals(this.engine.id)) return this.#report(frame, "unknownEngineIDs");
    const user = this.#users.get(frame.user);
    if (user === undefined) return this.#report(frame, "unknownUserNames");
    if (level !== AUTH_PRIV) return this.#report(frame, "unsupportedSecLevels");
    if (!isAuthentic(datagram, frame, user)) return this.#report(frame, "wrongDigests");
    if (!this.engine.inWindow(frame.boots, frame.time_s)) return this.#report(frame, "notInTimeWindows", user);
    const scoped = deciphered(frame, user);
    if (scoped === null) return this.#report(frame, "decryptionErrors");
    return scoped.contextName === "" ? this.#request(frame, user, scoped) : this.#unknownContext(frame, user, scoped);
  }

  #request(frame: V3Frame, user: LocalizedUser, { pdu }: ScopedPdu): SecureRequest {
    return {
      kind: "request",
      user: frame.user,
      pdu,
      digest: frame.digest.toString("hex"),
      maxSize: frame.maxSize,
      reply: (answer) => this.#sealed(frame, user, answer),
      refuse: (stat) => {
        this.#counts[stat] += 1;
        return this.#reportOctets(frame, this.#statVarbind(stat), pdu.requestId, user);
      },
    };
  }

  #unknownContext(frame: V3Frame, user: LocalizedUser, { pdu }: ScopedPdu): Judgement {
    this.#unknownContexts += 1;
    const varbind = { oid: UNKNOWN_CONTEXTS, tag: TAG.counter, value: this.#unknownContexts };
    const report = { type: PDU.report, requestId: pdu.requestId, first: 0, second: 0, varbinds: [varbind] };
    return { kind: "report", octets: this.#sealed(frame, user, report) };
  }

  #statVarbind(stat: UsmStat): Varbind {
    return { oid: `${USM_STATS}.${usmStat[stat]}.0`, tag: TAG.counter, value: this.#counts[stat] };
  }

  /** Counts a refusal and tells the sender, if it wants to be told. */
  #report(frame: V3Frame, stat: UsmStat, user?: LocalizedUser): Judgement {
    this.#counts[stat] += 1;
    if ((frame.flags & FLAG.reportable) === 0) return DROPPED;
    return { kind: "report", octets: this.#reportOctets(frame, this.#statVarbind(stat), requestIdOf(frame), user) };
  }

  /** Signed for a user whose message was authentic: only that makes a manager believe our boots and time. */
  #reportOctets(frame: V3Frame, varbind: Varbind, requestId: number, user?: LocalizedUser): Buffer {
    const report = { type: PDU.report, requestId, first: 0, second: 0, varbinds: [varbind] };
    return this.#framed(frame, user, {
      flags: user === undefined ? 0 : FLAG.auth,
      salt: Buffer.alloc(0),
      data: writeScopedPdu(this.engine.id, report),
    });
  }

  /** Encrypted and signed. The time it is encrypted under is the time that stands on it, though a second pass between. */
  #sealed(frame: V3Frame, user: LocalizedUser, pdu: Pdu): Buffer {
    const { boots, time_s } = this.engine;
    const { octets, salt } = user.encrypt(writeScopedPdu(this.engine.id, pdu), boots, time_s);
    return this.#framed(frame, user, { flags: AUTH_PRIV, salt, data: berOctets(octets), time_s });
  }

  #framed(
    frame: V3Frame,
    user: LocalizedUser | undefined,
    part: { readonly flags: number; readonly salt: Buffer; readonly data: Buffer; readonly time_s?: number },
  ): Buffer {
    const { octets, digestAt } = writeV3({
      messageId: frame.messageId,
      maxSize: LARGEST_MESSAGE,
      engineId: this.engine.id,
      boots: this.engine.boots,
      time_s: this.engine.time_s,
      user: frame.user,
      digestOctets: user?.digestOctets ?? 0,
      ...part,
    });
    if (user !== undefined) user.sign(octets).copy(octets, digestAt);
    return octets;
  }
}

/** Octets of the largest datagram of IPv4. */
export const LARGEST_MESSAGE = 65_507;

function isAuthentic(datagram: Buffer, frame: V3Frame, user: LocalizedUser): boolean {
  const blank = Buffer.from(datagram);
  blank.fill(0, frame.digestAt, frame.digestAt + frame.digest.length);
  return user.verifies(blank, frame.digest);
}

/** Null where salt or key are wrong. */
function deciphered(frame: V3Frame, user: LocalizedUser): ScopedPdu | null {
  const plain = user.decrypt(frame.data, frame.boots, frame.time_s, frame.salt);
  if (plain === null) return null;
  try {
    return readScopedPdu(plain);
  } catch (cause) {
    if (cause instanceof MalformedError) return null;
    throw cause;
  }
}

/** Of a message that is not encrypted; 0 otherwise. */
function requestIdOf(frame: V3Frame): number {
  if ((frame.flags & FLAG.priv) !== 0) return 0;
  return readScopedPdu(frame.data).pdu.requestId;
}
