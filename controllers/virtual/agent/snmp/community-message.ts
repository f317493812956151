/** Messages of SNMPv1 and v2c (RFC 1157 section 4, RFC 3416): version, community, PDU. */
import { BerReader, ber, berInteger, berOctets, MalformedError, TAG } from "./ber.ts";
import { type Pdu, readPdu, writePdu } from "./pdu.ts";

export interface CommunityMessage {
  /** 0 is SNMPv1, 1 is SNMPv2c. */
  readonly version: 0 | 1;
  readonly community: string;
  readonly pdu: Pdu;
}

/** Throws `MalformedError` on what is no message of these versions. */
export function readCommunityMessage(datagram: Buffer): CommunityMessage {
  const outer = new BerReader(datagram);
  const message = outer.enter(TAG.sequence);
  outer.finish();
  const version = message.integer();
  if (version !== 0 && version !== 1) throw new MalformedError("another version");
  const community = message.raw(TAG.octets).toString("latin1");
  const pdu = readPdu(message);
  message.finish();
  return { version, community, pdu };
}

export function writeCommunityMessage({ version, community, pdu }: CommunityMessage): Buffer {
  const name = berOctets(Buffer.from(community, "latin1"));
  return ber(TAG.sequence, berInteger(version), name, writePdu(pdu));
}
