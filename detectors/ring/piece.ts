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
  /** 1 where the time is a guess. */
  readonly guesses = new Uint8Array(mostPackets);

  clear(): void {
    this.used = 0;
    this.count = 0;
    this.damage = 0;
    this.guesses.fill(0);
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

/** The usual distance of two pictures as they are shown; `otherwise` when fewer than two have a time. */
function usualStep(ticks: Float64Array, otherwise: number): number {
  const known = ticks.filter((time) => !Number.isNaN(time)).toSorted();
  const steps = known.subarray(1).map((time, n) => time - (known[n] ?? 0));
  const positive = steps.filter((step) => step > 0).toSorted();
  return positive[positive.length >> 1] ?? otherwise;
}

/** Packets before the first with a time get the places before the earliest that follows. */
function fillOpening(piece: Piece, step: number): void {
  const ticks = piece.ticks.subarray(0, piece.count);
  const first = ticks.findIndex((time) => !Number.isNaN(time));
  const opening = first < 0 ? 1 : first;
  let earliest = ticks.reduce((least, time) => (time < least ? time : least), Number.POSITIVE_INFINITY);
  if (first < 0) earliest = step * opening;
  for (let n = opening - 1; n >= 0; n -= 1) {
    earliest -= step;
    ticks[n] = earliest;
    piece.guesses[n] = 1;
  }
}

/**
 * Gives every packet a time of its own: one without gets the next place behind the latest before it, and one that repeats
 * a time gets the tick after it, as ffmpeg gives it to the decoded picture. `step`: in ticks, where the piece tells none.
 */
export function fillTimes(piece: Piece, step: number): void {
  const ticks = piece.ticks.subarray(0, piece.count);
  const usual = usualStep(ticks, step);
  if (Number.isNaN(ticks[0])) fillOpening(piece, usual);
  const taken = new Set<number>();
  let latest = Number.NEGATIVE_INFINITY;
  for (const [n, given] of ticks.entries()) {
    let time = Number.isNaN(given) ? latest + usual : given;
    while (taken.has(time)) time += 1;
    if (time !== given) piece.guesses[n] = 1;
    ticks[n] = time;
    taken.add(time);
    latest = Math.max(latest, time);
  }
}
