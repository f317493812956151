/**
 * The part of ASN.1's basic encoding rules that SNMP uses (RFC 3417 section 8): definite lengths, integers of 32 bits,
 * octet strings and object identifiers. Nothing is read past the end of what encloses it.
 */

export const TAG = {
  integer: 0x02,
  octets: 0x04,
  null: 0x05,
  oid: 0x06,
  sequence: 0x30,
  ipAddress: 0x40,
  counter: 0x41,
  gauge: 0x42,
  timeTicks: 0x43,
  opaque: 0x44,
  counter64: 0x46,
  noSuchObject: 0x80,
  noSuchInstance: 0x81,
  endOfMibView: 0x82,
} as const;

/** The octets are not what the protocol says: a datagram to drop, never a fault of ours. */
export class MalformedError extends Error {}

const malformed = (what: string): MalformedError => new MalformedError(what);

/** RFC 3416 section 2: an identifier has 128 parts at most. */
const MOST_PARTS = 128;

/** Reads one value after the other from a part of a datagram. */
export class BerReader {
  readonly #octets: Buffer;
  #at: number;
  readonly #end: number;

  constructor(octets: Buffer, start = 0, end = octets.length) {
    this.#octets = octets;
    this.#at = start;
    this.#end = end;
  }

  /** Where the next value begins, counted from the start of the datagram. */
  get at(): number {
    return this.#at;
  }

  get done(): boolean {
    return this.#at >= this.#end;
  }

  /** Tag of the next value, without taking it. */
  peek(): number {
    if (this.done) throw malformed("a value is missing");
    return this.#octets[this.#at] ?? 0;
  }

  /** Everything must have been read. */
  finish(): void {
    if (!this.done) throw malformed("octets are left over");
  }

  /** A reader of the contents of the next value. */
  enter(tag: number): BerReader {
    const length = this.#head(tag);
    const start = this.#at;
    this.#at += length;
    return new BerReader(this.#octets, start, this.#at);
  }

  /** The contents of the next value: a view, not a copy. */
  raw(tag: number): Buffer {
    const length = this.#head(tag);
    const start = this.#at;
    this.#at += length;
    return this.#octets.subarray(start, this.#at);
  }

  /** A signed integer; counters may come in five octets, with a zero in front, and are without a sign. */
  integer(tag: number = TAG.integer): number {
    const octets = this.raw(tag);
    if (octets.length === 0 || octets.length > 5) throw malformed("an integer has no length that it can have");
    if (octets.length === 5 && octets[0] !== 0) throw malformed("an integer is too large");
    const value = octets.readIntBE(0, octets.length);
    return tag === TAG.integer ? value : value < 0 ? value + 2 ** (8 * octets.length) : value;
  }

  /** An object identifier in dotted form. */
  oid(): string {
    return oidOf(this.raw(TAG.oid));
  }

  /** Takes tag and length; returns the length of the contents, which are all there. */
  #head(tag: number): number {
    if (this.peek() !== tag) throw malformed(`tag ${this.peek()} where ${tag} belongs`);
    this.#at += 1;
    const length = this.#length();
    if (length > this.#end - this.#at) throw malformed("a value is cut off");
    return length;
  }

  #length(): number {
    if (this.done) throw malformed("a length is missing");
    const first = this.#octets[this.#at] ?? 0;
    this.#at += 1;
    if (first < 0x80) return first;
    const count = first & 0x7f;
    if (count === 0 || count > 4 || count > this.#end - this.#at) throw malformed("a length is no length");
    const length = this.#octets.readUIntBE(this.#at, count);
    this.#at += count;
    return length;
  }
}

function oidOf(octets: Buffer): string {
  const parts: number[] = [];
  let part = 0;
  for (const octet of octets) {
    part = part * 128 + (octet & 0x7f);
    if (part > 0xffffffff) throw malformed("a part of an identifier is too large");
    if ((octet & 0x80) !== 0) continue;
    if (parts.length === 0) {
      const first = Math.min(2, Math.trunc(part / 40));
      parts.push(first, part - first * 40);
    } else {
      parts.push(part);
    }
    part = 0;
    if (parts.length > MOST_PARTS) throw malformed("an identifier is too long");
  }
  if (parts.length === 0 || ((octets.at(-1) ?? 0) & 0x80) !== 0) throw malformed("an identifier is cut off");
  return parts.join(".");
}

function lengthOctets(length: number): Buffer {
  if (length < 0x80) return Buffer.from([length]);
  if (length < 0x100) return Buffer.from([0x81, length]);
  if (length < 0x10000) return Buffer.from([0x82, length >> 8, length & 0xff]);
  return Buffer.from([0x83, length >> 16, (length >> 8) & 0xff, length & 0xff]);
}

/** One value of these contents. */
export function ber(tag: number, ...contents: readonly Buffer[]): Buffer {
  const length = contents.reduce((sum, part) => sum + part.length, 0);
  return Buffer.concat([Buffer.from([tag]), lengthOctets(length), ...contents]);
}

/** The 32 bits of a number in as few octets as hold them: with a sign for an INTEGER, without for all other tags. */
export function berInteger(value: number, tag: number = TAG.integer): Buffer {
  const octets = Buffer.alloc(5);
  octets.writeInt32BE(value | 0, 1);
  octets[0] = tag === TAG.integer && (value | 0) < 0 ? 0xff : 0;
  let start = 0;
  while (start < 4 && isPadding(octets[start] ?? 0, octets[start + 1] ?? 0)) start += 1;
  return ber(tag, octets.subarray(start));
}

/** An octet that says no more than the sign of the next one. */
function isPadding(octet: number, next: number): boolean {
  return (octet === 0 && next < 0x80) || (octet === 0xff && next >= 0x80);
}

export function berOid(oid: string): Buffer {
  const [first = 0, second = 0, ...rest] = oid.split(".").map(Number);
  return ber(TAG.oid, Buffer.from([first * 40 + second, ...rest].flatMap(partOctets)));
}

/** Seven bits an octet, the highest first; all but the last have bit 7 set. */
function partOctets(part: number): readonly number[] {
  const octets = [part % 128];
  for (let left = Math.floor(part / 128); left > 0; left = Math.floor(left / 128)) octets.unshift((left % 128) | 0x80);
  return octets;
}

export const berOctets = (octets: Buffer): Buffer => ber(TAG.octets, octets);
