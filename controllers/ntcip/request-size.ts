/** Cuts a list of variables into requests that a device can take: not too many, and not too long on a serial line. */
import { type Cell, cellOid } from "./cells.ts";
import { objects } from "./oids.ts";
import type { Quirks } from "./quirks.ts";

/** Octets of a message around its variables: header and community, or the whole of USM with a 48-octet digest. */
const FRAME_OCTETS = { v1: 64, v2c: 64, v3: 180 } as const;
/** Of one message: what every SNMP device must take, and what goes through Ethernet in one piece. */
const MOST_OCTETS = { v1: 484, v2c: 484, v3: 1400 } as const;
/** Sequence around a variable, tag and length of its name. */
const AROUND_OCTETS = 4;

/** Octets of a sub-identifier in BER: seven bits each. */
const partOctets = (part: number): number => (part < 128 ? 1 : part < 16_384 ? 2 : part < 2_097_152 ? 3 : 5);

function nameOctets(oid: string): number {
  let octets = -1;
  for (const part of oid.split(".")) octets += partOctets(Number(part));
  return octets;
}

/** What a value takes at most as a rule; lists are of phases, and texts are names. */
const VALUE_OCTETS = { counter: 7, gauge: 7, octets: 20, text: 68, oid: 24, opaque: 68 } as const;

/** Tag, length, and octets with room for a sign. */
const integerOctets = (max: number): number => (max < 128 ? 3 : max < 32_768 ? 4 : max < 8_388_608 ? 5 : 6);

function octetsOf(cell: Cell): number {
  const { max, syntax } = objects[cell.name];
  const value = syntax === "integer" ? integerOctets(max) : VALUE_OCTETS[syntax];
  return AROUND_OCTETS + nameOctets(cellOid(cell)) + value;
}

/** In the order given; every request holds one variable at least. */
export function requestsOf<T extends Cell>(
  cells: readonly T[],
  { max_varbinds, max_octets }: Pick<Quirks, "max_varbinds" | "max_octets">,
  version: keyof typeof FRAME_OCTETS,
): readonly (readonly T[])[] {
  const most = max_octets ?? MOST_OCTETS[version];
  const requests: T[][] = [];
  let left = 0;
  for (const cell of cells) {
    const octets = octetsOf(cell);
    const last = requests.at(-1);
    if (last === undefined || last.length >= max_varbinds || octets > left) {
      requests.push([cell]);
      left = most - FRAME_OCTETS[version] - octets;
    } else {
      last.push(cell);
      left -= octets;
    }
  }
  return requests;
}
