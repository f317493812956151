/** What ffmpeg complained about while it received and decoded a sample, counted by kind. */

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

/** `[context @ 0x…] [level] text`; the complaints of writers are about our own sample, not about the source. */
const writers = /^\[(?:framecrc|nut|null|rawvideo) @/;

export class DamageCount {
  readonly #counts: Record<DamageKind, number> = { lost_packets: 0, missing_references: 0, concealed: 0, broken: 0 };

  heard(line: string): void {
    if (writers.test(line)) return;
    const kind = signs.find(([, sign]) => sign.test(line))?.[0];
    if (kind !== undefined) this.#counts[kind] += 1;
    else if (/\[(?:error|fatal)\]/.test(line)) this.#counts.broken += 1;
  }

  get counts(): Damage {
    return { ...this.#counts };
  }
}
