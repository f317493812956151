/** Coded pictures as they come, read from ffmpeg's `framecrc` form: one line a packet, written at once. */

export interface Packet {
  /** Presentation and decoding time on the source's clock; null when the source gives none. */
  readonly pts_s: number | null;
  readonly dts_s: number | null;
  readonly size_bytes: number;
  readonly key: boolean;
  /** On our clock. */
  readonly arrival_ms: number;
}

/** AV_NOPTS_VALUE of libavutil: the least 64-bit number. */
const noTime = "-9223372036854775808";
/** Five minutes at 240 pictures a second. */
const mostPackets = 72_000;

/** Fields of a line: stream, dts, pts, duration, size, checksum, and flags `F=0x…` unless they are exactly "key". */
export class PacketLog {
  readonly packets: Packet[] = [];
  /** Seconds a tick, as a fraction: so whole seconds stay whole. */
  #tick: readonly [number, number] = [0, 1];

  line(text: string, arrival_ms: number): void {
    const base = /^#tb 0: (\d+)\/(\d+)/.exec(text);
    if (base !== null) this.#tick = [Number(base[1]), Number(base[2])];
    if (text.startsWith("#") || this.packets.length >= mostPackets) return;
    const [, dts = noTime, pts = noTime, , size = "", , ...rest] = text.split(",").map((field) => field.trim());
    const flags = rest.find((field) => field.startsWith("F=0x"));
    const size_bytes = Number(size);
    if (size === "" || !Number.isFinite(size_bytes)) return;
    const [over, under] = this.#tick;
    const time_s = (ticks: string): number | null => (ticks === noTime ? null : (Number(ticks) * over) / under);
    const key = flags === undefined || (Number.parseInt(flags.slice(4), 16) & 1) === 1;
    this.packets.push({ dts_s: time_s(dts), pts_s: time_s(pts), size_bytes, key, arrival_ms });
  }
}
