/** Frames of SNMPv3 messages (RFC 3412 section 6, RFC 3414 section 2.4): read and written, not yet judged. */
import { BerReader, ber, berInteger, berOctets, MalformedError, TAG } from "./ber.ts";
import { type Pdu, readPdu, writePdu } from "./pdu.ts";

export const FLAG = { auth: 1, priv: 2, reportable: 4 } as const;
const USER_SECURITY_MODEL = 3;
/** RFC 3412 section 6: every engine takes this much. */
const LEAST_MESSAGE = 484;
const VERSION_3 = 3;

export interface V3Frame {
  readonly messageId: number;
  readonly maxSize: number;
  readonly flags: number;
  readonly securityModel: number;
  readonly engineId: Buffer;
  readonly boots: number;
  readonly time_s: number;
  readonly user: string;
  readonly digest: Buffer;
  /** Where the digest begins in the datagram. */
  readonly digestAt: number;
  readonly salt: Buffer;
  /** A scoped PDU, or where `flags` say so its ciphertext. */
  readonly data: Buffer;
}

export interface ScopedPdu {
  readonly contextName: string;
  readonly pdu: Pdu;
}

/** Throws `MalformedError` on what is no message of version 3. */
export function readV3(datagram: Buffer): V3Frame {
  const outer = new BerReader(datagram);
  const message = outer.enter(TAG.sequence);
  outer.finish();
  if (message.integer() !== VERSION_3) throw new MalformedError("another version");
  const head = message.enter(TAG.sequence);
  const [messageId, maxSize] = [head.integer(), head.integer()];
  const flags = head.raw(TAG.octets);
  const securityModel = head.integer();
  head.finish();
  if (flags.length !== 1 || messageId < 0 || maxSize < LEAST_MESSAGE) throw new MalformedError("a header out of range");
  const box = message.enter(TAG.octets);
  const security = box.enter(TAG.sequence);
  box.finish();
  const engineId = security.raw(TAG.octets);
  const [boots, time_s] = [security.integer(), security.integer()];
  const user = security.raw(TAG.octets).toString("utf8");
  const digest = security.raw(TAG.octets);
  const digestAt = security.at - digest.length;
  const salt = security.raw(TAG.octets);
  security.finish();
  const encrypted = ((flags[0] ?? 0) & FLAG.priv) !== 0;
  const start = message.at;
  const contents = message.raw(encrypted ? TAG.octets : TAG.sequence);
  const data = encrypted ? contents : datagram.subarray(start, message.at);
  message.finish();
  const header = { messageId, maxSize, flags: flags[0] ?? 0, securityModel };
  return { ...header, engineId, boots, time_s, user, digest, digestAt, salt, data };
}

/** Throws `MalformedError`: for deciphered octets that is the sign of a wrong key. */
export function readScopedPdu(octets: Buffer): ScopedPdu {
  // Ciphers that work in blocks pad what follows.
  const scoped = new BerReader(octets).enter(TAG.sequence);
  // The engine of the context is not looked at: an agent stands for its own alone.
  scoped.raw(TAG.octets);
  const contextName = scoped.raw(TAG.octets).toString("utf8");
  const pdu = readPdu(scoped);
  scoped.finish();
  return { contextName, pdu };
}

export function writeScopedPdu(engineId: Buffer, pdu: Pdu): Buffer {
  return ber(TAG.sequence, berOctets(engineId), berOctets(Buffer.alloc(0)), writePdu(pdu));
}

interface Outgoing {
  readonly messageId: number;
  readonly maxSize: number;
  readonly flags: number;
  readonly engineId: Buffer;
  readonly boots: number;
  readonly time_s: number;
  readonly user: string;
  readonly digestOctets: number;
  readonly salt: Buffer;
  /** As it stands in the message: a scoped PDU, or an octet string around its ciphertext. */
  readonly data: Buffer;
}

/** The message with a digest of zeros, and where that begins. */
export function writeV3(message: Outgoing): { readonly octets: Buffer; readonly digestAt: number } {
  const salt = berOctets(message.salt);
  const security = ber(
    TAG.sequence,
    berOctets(message.engineId),
    berInteger(message.boots),
    berInteger(message.time_s),
    berOctets(Buffer.from(message.user, "utf8")),
    berOctets(Buffer.alloc(message.digestOctets)),
    salt,
  );
  const head = ber(
    TAG.sequence,
    berInteger(message.messageId),
    berInteger(message.maxSize),
    berOctets(Buffer.from([message.flags])),
    berInteger(USER_SECURITY_MODEL),
  );
  const octets = ber(TAG.sequence, berInteger(VERSION_3), head, berOctets(security), message.data);
  return { octets, digestAt: octets.length - message.data.length - salt.length - message.digestOctets };
}
