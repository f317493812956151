/**
 * Takes the NUT stream apart that our ffmpeg writes: one video stream, raw or coded, with a time for every packet. Bytes
 * come in any chunks; those of a packet are copied once, straight into a buffer of the receiver.
 */
import { frameFlag, type NutMain, type NutVideo, readMain, readStream } from "./nut-headers.ts";
import { NutReader } from "./nut-reader.ts";

export interface PacketReceiver {
  /** Once, before the first packet. */
  stream(video: NutVideo): void;
  /** Where the next packet of so many bytes goes; null makes `push` stop until it is called again. */
  take(bytes: number, key: boolean): Uint8Array | null;
  /** The buffer handed out last is full. `ticks`: its time in the stream's own time base. */
  packet(ticks: number): void;
}

/** The stream is not what we asked ffmpeg for. */
export class NutError extends Error {}

const fileId = "nut/multimedia container\0";
const headRoom = 1 << 18;
/** Enough for any frame header; more is appended only while a long packet is incomplete. */
const sip = 4096;
/** A raw picture of 8K; whoever announces more is out of step. */
const mostBytes = 7680 * 4320 * 4;

export class NutDemuxer {
  readonly #receiver: PacketReceiver;
  readonly #head = new Uint8Array(headRoom);
  readonly #reader = new NutReader(this.#head);
  #started = false;
  #main: NutMain | null = null;
  #video: NutVideo | null = null;
  #lastPts = 0;
  /** Size of the frame whose header was read; 0 between frames. */
  #frameBytes = 0;
  #frameFilled = 0;
  #frameTicks = 0;
  #frameKey = false;
  #frameElided = 0;
  #target: Uint8Array | null = null;

  constructor(receiver: PacketReceiver) {
    this.#receiver = receiver;
  }

  /** Returns how many bytes were used: fewer than given when the receiver had no buffer. */
  push(chunk: Uint8Array): number {
    let at = 0;
    for (;;) {
      if (this.#frameBytes > 0) {
        if (!this.#openTarget()) return at;
        at += this.#fill(chunk, at);
        if (this.#frameFilled < this.#frameBytes) return at;
        this.#finishFrame();
        continue;
      }
      if (this.#readPacket()) continue;
      if (at === chunk.length) return at;
      at += this.#sip(chunk, at);
    }
  }

  #sip(chunk: Uint8Array, at: number): number {
    const reader = this.#reader;
    if (reader.at > 0) {
      this.#head.copyWithin(0, reader.at, reader.end);
      reader.end -= reader.at;
      reader.at = 0;
    }
    const count = Math.min(sip, chunk.length - at, this.#head.length - reader.end);
    if (count === 0) throw new NutError("a header is longer than the header buffer");
    this.#head.set(chunk.subarray(at, at + count), reader.end);
    reader.end += count;
    return count;
  }

  #openTarget(): boolean {
    if (this.#target !== null) return true;
    const target = this.#receiver.take(this.#frameBytes, this.#frameKey);
    if (target === null) return false;
    if (target.length !== this.#frameBytes) throw new NutError("a frame has another size than its stream");
    const elided = this.#main?.elided[this.#frameElided];
    if (elided !== undefined && elided.length > target.length) throw new NutError("a frame is shorter than its start");
    if (elided !== undefined) target.set(elided);
    this.#frameFilled = elided?.length ?? 0;
    this.#target = target;
    return true;
  }

  /** First what the header buffer holds beyond the header, then straight from the chunk. Returns bytes of the chunk used. */
  #fill(chunk: Uint8Array, at: number): number {
    const target = this.#target as Uint8Array;
    const reader = this.#reader;
    const held = Math.min(reader.end - reader.at, this.#frameBytes - this.#frameFilled);
    if (held > 0) {
      target.set(this.#head.subarray(reader.at, reader.at + held), this.#frameFilled);
      reader.at += held;
      this.#frameFilled += held;
    }
    const fresh = Math.min(chunk.length - at, this.#frameBytes - this.#frameFilled);
    if (fresh > 0) {
      target.set(chunk.subarray(at, at + fresh), this.#frameFilled);
      this.#frameFilled += fresh;
    }
    return fresh;
  }

  #finishFrame(): void {
    this.#target = null;
    this.#frameBytes = 0;
    this.#frameFilled = 0;
    this.#receiver.packet(this.#frameTicks);
  }

  /** True when a whole packet or frame header was read; false when more bytes are needed, with nothing taken. */
  #readPacket(): boolean {
    const reader = this.#reader;
    if (reader.at === reader.end) return false;
    const start = reader.at;
    reader.short = false;
    if (!this.#started) this.#readFileId();
    else if (this.#head[start] === 0x4e) this.#readStartCode();
    else this.#readFrameHeader();
    if (!reader.short) return true;
    reader.at = start;
    this.#frameBytes = 0;
    return false;
  }

  #readFileId(): void {
    for (let at = 0; at < fileId.length; at += 1) {
      const byte = this.#reader.byte();
      if (this.#reader.short) return;
      if (byte !== fileId.charCodeAt(at)) throw new NutError("not a NUT stream");
    }
    this.#started = true;
  }

  /** Main, stream, info, index and sync packets all say how long they are, so unknown ones are skipped. */
  #readStartCode(): void {
    const reader = this.#reader;
    const code = reader.u32();
    reader.u32();
    const length = reader.v();
    if (length > 4096) reader.u32();
    const body = reader.at;
    reader.skip(length);
    if (reader.short) return;
    const next = reader.at;
    reader.at = body;
    if (code === 0x4e4d7a56) this.#main = readMain(reader);
    else if (code === 0x4e531140) this.#readStream();
    else if (code === 0x4e4be4ad) this.#readSyncPoint();
    reader.at = next;
  }

  #readStream(): void {
    if (this.#main === null || this.#video !== null) return;
    this.#video = readStream(this.#reader, this.#main);
    if (this.#video === null) return;
    refuseImpossible(this.#video);
    this.#receiver.stream(this.#video);
  }

  /** A sync point resets the pts prediction of every stream. */
  #readSyncPoint(): void {
    const main = this.#main;
    const video = this.#video;
    if (main === null || video === null) return;
    const coded = this.#reader.v();
    const base = main.timeBases[coded % main.timeBases.length] ?? { num: 1, den: 1 };
    const own = video.tick;
    const ticks = Math.floor(coded / main.timeBases.length);
    this.#lastPts = Math.floor((ticks * base.num * own.den) / (base.den * own.num));
  }

  #readFrameHeader(): void {
    const main = this.#main;
    const video = this.#video;
    if (main === null || video === null) throw new NutError("a frame came before the headers");
    const reader = this.#reader;
    const { codes } = main;
    const code = reader.byte();
    let flags = codes.flags[code] ?? frameFlag.invalid;
    if ((flags & frameFlag.coded) !== 0) flags ^= reader.v();
    if ((flags & frameFlag.invalid) !== 0) throw new NutError("a frame starts with an invalid code");
    optional(reader, flags, frameFlag.streamId, 0);
    const coded = optional(reader, flags, frameFlag.codedPts, -1);
    const sizeMsb = optional(reader, flags, frameFlag.sizeMsb, 0);
    optional(reader, flags, frameFlag.matchTime, 0);
    this.#frameElided = optional(reader, flags, frameFlag.headerIndex, codes.headerIndex[code] ?? 0);
    this.#skipFrameExtras(flags, codes.reserved[code] ?? 0);
    if (reader.short) return;
    const delta = codes.ptsDelta[code] ?? 0;
    this.#lastPts = coded < 0 ? this.#lastPts + delta : fullPts(coded, this.#lastPts, video.msbPtsShift);
    if (!Number.isFinite(this.#lastPts)) throw new NutError("a frame has no time");
    this.#frameTicks = this.#lastPts;
    this.#frameKey = (flags & frameFlag.key) !== 0;
    this.#frameBytes = (codes.sizeLsb[code] ?? 0) + sizeMsb * (codes.sizeMul[code] ?? 0);
    if (this.#frameBytes > mostBytes) throw new NutError("a packet is larger than any picture");
  }

  #skipFrameExtras(flags: number, reservedOfCode: number): void {
    const reader = this.#reader;
    const reserved = optional(reader, flags, frameFlag.reserved, reservedOfCode);
    for (let skip = 0; skip < reserved && !reader.short; skip += 1) reader.v();
    if ((flags & frameFlag.checksum) !== 0) reader.u32();
  }
}

/** Buffers are made as large as a stream says its pictures are, and times divided as it says. */
function refuseImpossible({ width, height, tick }: NutVideo): void {
  if (width < 1 || height < 1 || width * height * 4 > mostBytes)
    throw new NutError("its pictures have no possible size");
  if (tick.num < 1 || tick.den < 1) throw new NutError("its times have no unit");
}

/** A number that is there only when the frame's flags say so. */
function optional(reader: NutReader, flags: number, flag: number, otherwise: number): number {
  return (flags & flag) !== 0 ? reader.v() : otherwise;
}

/** A short pts holds the low bits only and means the value nearest to the last one; a long one is shifted up by 2^shift. */
function fullPts(coded: number, last: number, shift: number): number {
  const range = 2 ** shift;
  if (coded >= range) return coded - range;
  const low = last - Math.floor((range - 1) / 2);
  return low + ((((coded - low) % range) + range) % range);
}
