/**
 * Which SNMPv3 datagrams a session with authentication and privacy may hear. The library checks the digest of a message
 * that says it has one, and believes a message that says it has none: a forged answer in clear text would pass. By RFC
 * 3414 only a Report may come so (discovery, resynchronisation); everything else in clear is not for us.
 */
const INTEGER = 0x02;
const OCTETS = 0x04;
const SEQUENCE = 0x30;
const REPORT = 0xa8;
const AUTH_AND_PRIV = 0b11;

interface Element {
  readonly tag: number;
  readonly from: number;
  readonly to: number;
}

/** One BER element at `at`, or null where there is none that fits. */
function elementAt(bytes: Uint8Array, at: number): Element | null {
  const tag = bytes[at];
  const first = bytes[at + 1];
  if (tag === undefined || first === undefined) return null;
  const more = first < 0x80 ? 0 : first & 0x7f;
  if (more > 4) return null;
  let length = more === 0 ? first : 0;
  for (let i = 0; i < more; i++) length = length * 256 + (bytes[at + 2 + i] ?? 0);
  const from = at + 2 + more;
  return from + length <= bytes.length ? { tag, from, to: from + length } : null;
}

/** The elements one after the other inside `parent`, as many as there are. */
function membersOf(bytes: Uint8Array, parent: Element): readonly Element[] {
  const found: Element[] = [];
  for (let at = parent.from; at < parent.to; ) {
    const element = elementAt(bytes, at);
    if (element === null) return found;
    found.push(element);
    at = element.to;
  }
  return found;
}

/** True for an encrypted message, and for a Report in clear text. */
export function mayBeHeard(datagram: Uint8Array): boolean {
  const message = elementAt(datagram, 0);
  if (message?.tag !== SEQUENCE) return false;
  const [version, header, security, scoped] = membersOf(datagram, message);
  if (version?.tag !== INTEGER || header?.tag !== SEQUENCE || security?.tag !== OCTETS || scoped === undefined)
    return false;
  const flags = membersOf(datagram, header)[2];
  if (flags?.tag !== OCTETS) return false;
  if (((datagram[flags.from] ?? 0) & AUTH_AND_PRIV) === AUTH_AND_PRIV) return scoped.tag === OCTETS;
  return scoped.tag === SEQUENCE && membersOf(datagram, scoped)[2]?.tag === REPORT;
}
