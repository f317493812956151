/** What ffmpeg complained about while it received and decoded a source, counted by kind. */

export const damageKinds = ["lost_packets", "missing_references", "concealed", "broken"] as const;
export type DamageKind = (typeof damageKinds)[number];
export type Damage = Readonly<Record<DamageKind, number>>;

/** The first that fits decides. Texts of libavformat's RTP receiver and libavcodec's H.264 and H.265 decoders. */
const signs: readonly (readonly [DamageKind, RegExp])[] = [
  ["lost_packets", /RTP: missed \d+ packets|max delay reached|jitter buffer full|RTP: dropping old packet/i],
  ["missing_references", /non-existing [PS]PS|no frame!|reference (count|picture)|missing reference|find ref/i],
  ["concealed", /concealing \d+/i],
  ["broken", /error while decoding|decode_slice|invalid (NAL|data)|corrupt|bytestream|out of range|truncat|overread/i],
];

/** `[context @ 0x…] [level] text`; the complaints of writers are about what we make of it, not about the source. */
const writers = /^\[(?:framecrc|nut|null|rawvideo) @/;

function damageIn(line: string): DamageKind | null {
  if (writers.test(line)) return null;
  const kind = signs.find(([, sign]) => sign.test(line))?.[0];
  return kind ?? (/\[(?:error|fatal)\]/.test(line) ? "broken" : null);
}

/** Does this line of ffmpeg's tell of something lost or broken in what the source sends? */
export const isDamage = (line: string): boolean => damageIn(line) !== null;

export class DamageCount {
  readonly #counts: Record<DamageKind, number> = { lost_packets: 0, missing_references: 0, concealed: 0, broken: 0 };

  heard(line: string): void {
    const kind = damageIn(line);
    if (kind !== null) this.#counts[kind] += 1;
  }

  get counts(): Damage {
    return { ...this.#counts };
  }
}
