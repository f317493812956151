/**
 * Keeps what a camera sends, as it sends it: packets come in from the session that is decoded, are gathered into pieces
 * and handed to the disk. It never waits: three pieces are all the memory there is, and what finds none is dropped.
 */
import type { Clock } from "../../core/ports/clock.ts";
import type { RecordingStatus, StreamStatus } from "../../core/ports/detection-feed.ts";
import type { NutVideo } from "../decode/nut-headers.ts";
import type { PacketTap } from "../decode/packet-tap.ts";
import { fillTimes, mostPackets, Piece } from "./piece.ts";
import type { RingOrder } from "./ring-order.ts";
import { RingWriter, type SegmentHead } from "./ring-writer.ts";
import type { Beginning } from "./segment-lines.ts";
import { StreamFacts } from "./stream-facts.ts";
import { changedBy, headOf } from "./stream-head.ts";

/** One being filled, one being written, one waiting. */
const pieces = 3;
/** A piece takes in short groups until it is this long, so that a stream of keyframes alone is no stream of index lines. */
const usual_ms = 900;
/** A long group comes in parts, so that little is lost with the process, and memory stays bounded. */
const [mostPiece_ms, mostPiece_bytes] = [2000, 2e6];
/** Times out of order are at most this far back; a step ahead beyond this is another clock. */
const [behind_s, ahead_s] = [1, 10];

export class Recorder implements PacketTap {
  readonly #clock: Clock;
  readonly #writer: RingWriter | null;
  readonly #free: Piece[] = [];
  readonly #facts = new StreamFacts();
  #head: SegmentHead | null = null;
  #piece: Piece | null = null;
  /** The group under way is kept from its keyframe on. */
  #whole = false;
  #began: Beginning | null = "start";
  #key = false;
  #target: Uint8Array = new Uint8Array(0);
  /** For what is not kept. */
  #scratch: Uint8Array = new Uint8Array(0);
  #damage = 0;
  #changes = 0;
  #connected = false;
  /** A keyframe of this connection was seen: from now on other parameter sets are a change. */
  #settled = false;
  #missed = 0;

  /** `ring` null: nothing is kept, the stream is only looked at. */
  constructor(ring: RingOrder | null, clock: Clock) {
    this.#clock = clock;
    this.#writer = ring === null ? null : new RingWriter(ring, clock, (piece) => this.#free.push(piece));
    if (ring !== null) for (let count = 0; count < pieces; count += 1) this.#free.push(new Piece());
    this.#writer?.start();
  }

  stream(video: NutVideo, session_ms: number): void {
    const before = this.#head;
    this.#head = headOf(video, session_ms);
    const same =
      before?.codec === this.#head.codec && before.width_px === video.width && before.height_px === video.height;
    if (before !== null && !same) this.#changes += 1;
    this.#facts.begin();
    this.#connected = true;
    this.#settled = false;
  }

  take(bytes: number, key: boolean): Uint8Array {
    this.#key = key;
    if (this.#isFull(bytes, key)) this.#finish();
    if (key) this.#whole = this.#writer !== null;
    if (this.#whole && this.#piece === null) this.#begin();
    this.#target = this.#piece?.room(bytes) ?? this.#scratchOf(bytes);
    return this.#target;
  }

  packet(ticks: number): void {
    const head = this.#head;
    if (head === null) return;
    const now_ms = this.#clock.nowMs();
    const leapt = this.#leaps(ticks, head);
    if (leapt) this.#facts.begin();
    const changed = this.#key && this.#adopt(head);
    this.#facts.packet(ticks, this.#key, head.tick[0] / head.tick[1], now_ms);
    if (leapt || changed) this.#part(leapt ? "leap" : "change", head);
    if (this.#piece === null) this.#missed += this.#writer === null ? 0 : 1;
    else this.#piece.add(this.#target.length, ticks, this.#key, now_ms);
  }

  damaged(): void {
    this.#damage += 1;
  }

  end(): void {
    this.#finish();
    this.#connected = false;
    this.#whole = false;
    if (this.#began === null) this.#began = "session";
  }

  /** Null before the first packets; the last connection's while there is none. */
  streamStatus(): StreamStatus | null {
    const head = this.#head;
    if (head === null) return null;
    const { codec, fourcc, width_px, height_px } = head;
    return {
      codec: codec === "other" ? fourcc : codec,
      width_px,
      height_px,
      keyframe_gap_s: this.#connected ? this.#facts.keyframe_gap_s(this.#clock.nowMs()) : null,
      b_frames: this.#facts.b_frames,
      changes: this.#changes,
    };
  }

  /** Null when nothing is to be kept. */
  recordingStatus(): RecordingStatus | null {
    const writer = this.#writer;
    if (writer === null) return null;
    const { trouble, newest_ms, dropped } = writer;
    const { oldest_ms, bytes, held_bytes } = writer.kept;
    const state = trouble !== null ? "stopped" : this.#connected ? "recording" : "waiting";
    return { state, trouble, newest_ms, oldest_ms, bytes, held_bytes, dropped_pictures: dropped + this.#missed };
  }

  /** Resolves when all is on the disk. Call it after `end`. */
  async close(): Promise<void> {
    this.#finish();
    await this.#writer?.close();
  }

  #isFull(bytes: number, key: boolean): boolean {
    const piece = this.#piece;
    if (piece === null || piece.count === 0) return false;
    const age_ms = this.#clock.nowMs() - (piece.arrival_ms[0] ?? 0);
    if (key && age_ms >= usual_ms) return true;
    return piece.count === mostPackets || piece.used + bytes > mostPiece_bytes || (!key && age_ms >= mostPiece_ms);
  }

  #begin(): void {
    const piece = this.#free.pop();
    if (piece === undefined) {
      this.#whole = false;
      this.#began = "slow_disk";
      return;
    }
    piece.clear();
    this.#piece = piece;
  }

  #finish(): void {
    const [piece, head] = [this.#piece, this.#head];
    this.#piece = null;
    if (piece === null || head === null) return;
    if (piece.count === 0) {
      this.#free.push(piece);
      return;
    }
    piece.damage = this.#damage;
    this.#damage = 0;
    fillTimes(piece, this.#facts.step || Math.round(head.tick[1] / head.tick[0] / 25));
    this.#writer?.offer({ piece, head, began: this.#began });
    this.#began = null;
  }

  /** The packet just taken belongs to something new; what was gathered before it still belongs to `old`. */
  #part(why: Beginning, old: SegmentHead): void {
    const now = this.#head;
    const bytes = this.#target;
    this.#head = old;
    this.#finish();
    this.#head = now;
    this.#began ??= why;
    this.#whole = this.#key && this.#writer !== null;
    if (!this.#whole) return;
    this.#begin();
    const piece = this.#piece as Piece | null;
    if (piece === null) return;
    this.#target = piece.room(bytes.length);
    this.#target.set(bytes);
  }

  /** Takes over what a keyframe's parameter sets say; true when a stream that runs was changed by them. */
  #adopt(head: SegmentHead): boolean {
    const changed = changedBy(head, this.#target);
    const running = this.#settled;
    this.#settled = true;
    if (changed === null) return false;
    this.#head = changed;
    if (running) this.#changes += 1;
    return running;
  }

  #leaps(ticks: number, { tick: [num, den] }: SegmentHead): boolean {
    const step_s = ((ticks - this.#facts.latest) * num) / den;
    return step_s < -behind_s || (step_s > ahead_s && Number.isFinite(this.#facts.latest));
  }

  #scratchOf(bytes: number): Uint8Array {
    if (this.#scratch.length < bytes) this.#scratch = new Uint8Array(bytes * 2);
    return this.#scratch.subarray(0, bytes);
  }
}
