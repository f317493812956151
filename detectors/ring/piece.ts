/**
 * Packets on their way to the disk: a whole keyframe group or, of a long one, the next part. Pieces are used again and
 * again, and grow only as far as the source needs.
 */

/** Enough for one second of 60 pictures many times over; a longer group comes in several pieces. */
export const mostPackets = 256;
const firstRoom_bytes = 1 << 18;

export class Piece {
  bytes = new Uint8Array(firstRoom_bytes);
  used = 0;
  count = 0;
  /** Times in the stream's ticks; NaN where the source gave none, until `fillTimes`. */
  readonly ticks = new Float64Array(mostPackets);
  readonly sizes = new Uint32Array(mostPackets);
  readonly arrival_ms = new Float64Array(mostPackets);
  /** 1 for a keyframe. */
  readonly keys = new Uint8Array(mostPackets);
  /** Complaints about the source while it came. */
  damage = 0;
  /** Times that were filled in. */
  guessed = 0;

  clear(): void {
    this.used = 0;
    this.count = 0;
    this.damage = 0;
    this.guessed = 0;
  }

  /** Where the next packet goes; it counts only once `add` was called. */
  room(size: number): Uint8Array {
    const needed = this.used + size;
    if (needed > this.bytes.length) {
      const larger = new Uint8Array(Math.max(needed, this.bytes.length * 2));
      larger.set(this.bytes.subarray(0, this.used));
      this.bytes = larger;
    }
    return this.bytes.subarray(this.used, needed);
  }

  add(size: number, ticks: number, key: boolean, at_ms: number): void {
    this.keys[this.count] = key ? 1 : 0;
    this.sizes[this.count] = size;
    this.ticks[this.count] = ticks;
    this.arrival_ms[this.count] = at_ms;
    this.used += size;
    this.count += 1;
  }

  /** It can be decoded without what came before. */
  get startsGroup(): boolean {
    return this.count > 0 && this.keys[0] === 1;
  }

  get content(): Uint8Array {
    return this.bytes.subarray(0, this.used);
  }
}

/**
 * Gives every packet a time of its own. One without gets the next free place behind the latest before it, or before the
 * first that follows; one that repeats a time gets the tick after it, as ffmpeg gives it to the decoded picture.
 */
export function fillTimes(piece: Piece, usualStep: number): void {
  const { ticks, count } = piece;
  const first = ticks.subarray(0, count).findIndex((each) => !Number.isNaN(each));
  if (first < 0) ticks[0] = 0;
  for (let n = first - 1; n >= 0; n -= 1) {
    let earliest = Number.POSITIVE_INFINITY;
    for (let later = n + 1; later < count; later += 1) earliest = Math.min(earliest, ticks[later] || earliest);
    ticks[n] = earliest - usualStep;
    piece.guessed += 1;
  }
  if (first < 0) piece.guessed += 1;
  const taken = new Set<number>();
  let latest = Number.NEGATIVE_INFINITY;
  for (let n = 0; n < count; n += 1) {
    let time = ticks[n] ?? Number.NaN;
    const given = !Number.isNaN(time);
    if (!given) time = latest + usualStep;
    while (taken.has(time)) time += 1;
    if (!given || time !== ticks[n]) piece.guessed += 1;
    ticks[n] = time;
    taken.add(time);
    latest = Math.max(latest, time);
  }
}
