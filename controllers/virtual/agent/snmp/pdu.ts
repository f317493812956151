/** Protocol data units of SNMP (RFC 3416 section 3): what is asked and what is answered, apart from who asks. */
import { type BerReader, ber, berInteger, berOid, MalformedError, TAG } from "./ber.ts";

export const PDU = { get: 0xa0, getNext: 0xa1, response: 0xa2, set: 0xa3, getBulk: 0xa5, report: 0xa8 } as const;

/** `value` is null for null and for the three exceptions, a string for an object identifier. */
export interface Varbind {
  readonly oid: string;
  readonly tag: number;
  readonly value: number | Buffer | string | null;
}

export interface Pdu {
  readonly type: number;
  readonly requestId: number;
  /** Error status of a response; non-repeaters of GETBULK. */
  readonly first: number;
  /** Error index of a response; maximum repetitions of GETBULK. */
  readonly second: number;
  readonly varbinds: readonly Varbind[];
}

/** Names and numbers of error statuses; above 5 they are of SNMPv2. */
export const ERROR = {
  noError: 0,
  tooBig: 1,
  noSuchName: 2,
  badValue: 3,
  readOnly: 4,
  genErr: 5,
  noAccess: 6,
  wrongType: 7,
  wrongLength: 8,
  wrongValue: 10,
  noCreation: 11,
  inconsistentValue: 12,
  notWritable: 17,
} as const;

const EXCEPTIONS: readonly number[] = [TAG.noSuchObject, TAG.noSuchInstance, TAG.endOfMibView];

export const isException = ({ tag }: Varbind): boolean => EXCEPTIONS.includes(tag);

export const exception = (oid: string, tag: number): Varbind => ({ oid, tag, value: null });

/** Variables a request may carry: more than any that fits the largest datagram sensibly. */
const MOST_VARBINDS = 2048;

/** Reads a request. Throws `MalformedError` on what is none. */
export function readPdu(reader: BerReader): Pdu {
  const type = reader.peek();
  const body = reader.enter(type);
  const requestId = body.integer();
  const first = body.integer();
  const second = body.integer();
  const list = body.enter(TAG.sequence);
  body.finish();
  const varbinds: Varbind[] = [];
  while (!list.done) {
    if (varbinds.length >= MOST_VARBINDS) throw new MalformedError("too many variables");
    varbinds.push(readVarbind(list));
  }
  return { type, requestId, first, second, varbinds };
}

function readVarbind(list: BerReader): Varbind {
  const pair = list.enter(TAG.sequence);
  const oid = pair.oid();
  const tag = pair.peek();
  const value = readValue(pair, tag);
  pair.finish();
  return { oid, tag, value };
}

function readValue(reader: BerReader, tag: number): Varbind["value"] {
  switch (tag) {
    case TAG.integer:
    case TAG.counter:
    case TAG.gauge:
    case TAG.timeTicks:
      return reader.integer(tag);
    case TAG.oid:
      return reader.oid();
    case TAG.octets:
    case TAG.ipAddress:
    case TAG.opaque:
    case TAG.counter64:
      return reader.raw(tag);
    case TAG.null:
    case TAG.noSuchObject:
    case TAG.noSuchInstance:
    case TAG.endOfMibView:
      reader.raw(tag);
      return null;
    default:
      throw new MalformedError(`no value has tag ${tag}`);
  }
}

export function writeVarbind({ oid, tag, value }: Varbind): Buffer {
  return ber(TAG.sequence, berOid(oid), writeValue(tag, value));
}

function writeValue(tag: number, value: Varbind["value"]): Buffer {
  if (value === null) return ber(tag);
  if (typeof value === "number") return berInteger(value, tag);
  return typeof value === "string" ? berOid(value) : ber(tag, value);
}

export function writePdu(pdu: Pdu): Buffer {
  const varbinds = ber(TAG.sequence, ...pdu.varbinds.map(writeVarbind));
  return ber(pdu.type, berInteger(pdu.requestId), berInteger(pdu.first), berInteger(pdu.second), varbinds);
}
