/** Connected pieces of a mask, with box, area and shape, in arrays that are reused. */

/** More pieces than this in one picture are not looked at. */
export const mostBlobs = 256;

export interface Blobs {
  count: number;
  /** [mostBlobs x 4]: left, top, right, bottom in pixels; right and bottom lie beyond the last pixel. */
  readonly corners: Int32Array;
  /** Pixels. */
  readonly areas: Int32Array;
  /** Length and width, in pixels, of the rectangle that is spread as the blob is, however it lies. */
  readonly lengths: Float32Array;
  readonly widths: Float32Array;
  /** [height x width]: the blob's index plus 1; 0 or `speck` elsewhere. */
  readonly labels: Uint16Array;
}

/** Label of what is too small. */
const speck = 0xffff;

export class BlobFinder {
  readonly #width: number;
  readonly #queue: Int32Array;
  readonly blobs: Blobs;

  constructor(width: number, height: number) {
    this.#width = width;
    this.#queue = new Int32Array(width * height);
    this.blobs = {
      count: 0,
      corners: new Int32Array(mostBlobs * 4),
      areas: new Int32Array(mostBlobs),
      lengths: new Float32Array(mostBlobs),
      widths: new Float32Array(mostBlobs),
      labels: new Uint16Array(width * height),
    };
  }

  /** Finds the pieces of `mask` of at least `least` pixels; pixels that touch by a corner hang together. */
  find(mask: Uint8Array, least: number): void {
    const { labels } = this.blobs;
    labels.fill(0);
    this.blobs.count = 0;
    for (let p = 0; p < mask.length && this.blobs.count < mostBlobs; p++) {
      if (mask[p] === 0 || labels[p] !== 0) continue;
      const area = this.#flood(mask, p, this.blobs.count + 1);
      if (area >= least) this.#describe(this.blobs.count++, area);
      else for (let i = 0; i < area; i++) labels[this.#queue[i] as number] = speck;
    }
  }

  /** The pixels of blob `a` from a column (or row) on become a blob of their own, the last one; false without room. */
  cut(a: number, along: "columns" | "rows", from: number): boolean {
    if (this.blobs.count === mostBlobs) return false;
    const { corners, labels } = this.blobs;
    const b = this.blobs.count++;
    const area = this.#gather(a);
    for (let i = 0; i < area; i++) {
      const p = this.#queue[i] as number;
      const place = along === "columns" ? p % this.#width : Math.floor(p / this.#width);
      if (place >= from) labels[p] = b + 1;
    }
    for (let side = 0; side < 4; side++) corners[b * 4 + side] = corners[a * 4 + side] as number;
    this.#describe(b, this.#gather(b));
    this.#describe(a, this.#gather(a));
    return true;
  }

  /** Blobs `a` and `b` become one, at the place of `a`; the last blob takes the place of `b`. */
  join(a: number, b: number): void {
    const { corners } = this.blobs;
    this.#relabel(b, a + 1);
    for (let side = 0; side < 4; side++) {
      const [one, other] = [corners[a * 4 + side] as number, corners[b * 4 + side] as number];
      corners[a * 4 + side] = side < 2 ? Math.min(one, other) : Math.max(one, other);
    }
    this.#describe(a, this.#gather(a));
    const last = --this.blobs.count;
    if (b === last) return;
    this.#relabel(last, b + 1);
    for (let side = 0; side < 4; side++) corners[b * 4 + side] = corners[last * 4 + side] as number;
    this.#describe(b, this.#gather(b));
  }

  /** Queues and labels everything that hangs together with pixel `first`; how many pixels. */
  #flood(mask: Uint8Array, first: number, label: number): number {
    const { labels } = this.blobs;
    const width = this.#width;
    let tail = 0;
    this.#queue[tail++] = first;
    labels[first] = label;
    for (let head = 0; head < tail; head++) {
      const p = this.#queue[head] as number;
      const x = p % width;
      const top = p < width ? p - x : p - x - width;
      const bottom = p + width < mask.length ? p - x + width : p - x;
      for (let row = top; row <= bottom; row += width) {
        for (let next = row + Math.max(0, x - 1); next <= row + Math.min(width - 1, x + 1); next++) {
          if (mask[next] === 0 || labels[next] !== 0) continue;
          labels[next] = label;
          this.#queue[tail++] = next;
        }
      }
    }
    return tail;
  }

  /** Queues the pixels of blob `a` inside its corners; how many. */
  #gather(a: number): number {
    const { corners, labels } = this.blobs;
    let area = 0;
    for (let y = corners[a * 4 + 1] as number; y < (corners[a * 4 + 3] as number); y++) {
      const end = y * this.#width + (corners[a * 4 + 2] as number);
      for (let p = y * this.#width + (corners[a * 4] as number); p < end; p++) {
        if (labels[p] === a + 1) this.#queue[area++] = p;
      }
    }
    return area;
  }

  #relabel(a: number, label: number): void {
    const area = this.#gather(a);
    for (let i = 0; i < area; i++) this.blobs.labels[this.#queue[i] as number] = label;
  }

  /** Sets all that is known of blob `a`, whose pixels are the first `area` of the queue. */
  #describe(a: number, area: number): void {
    let [left, top, right, bottom] = [this.#width, this.#queue.length, 0, 0];
    let [sumX, sumY, sumXX, sumYY, sumXY] = [0, 0, 0, 0, 0];
    for (let i = 0; i < area; i++) {
      const x = (this.#queue[i] as number) % this.#width;
      const y = ((this.#queue[i] as number) - x) / this.#width;
      left = Math.min(left, x);
      right = Math.max(right, x + 1);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y + 1);
      sumX += x;
      sumY += y;
      sumXX += x * x;
      sumYY += y * y;
      sumXY += x * y;
    }
    const { corners, areas, lengths, widths } = this.blobs;
    corners[a * 4] = left;
    corners[a * 4 + 1] = top;
    corners[a * 4 + 2] = right;
    corners[a * 4 + 3] = bottom;
    areas[a] = area;
    const xx = sumXX / area - (sumX / area) ** 2;
    const yy = sumYY / area - (sumY / area) ** 2;
    const xy = sumXY / area - (sumX / area) * (sumY / area);
    // Eigenvalues of the spread: a rectangle of length L is spread by L² / 12 along it.
    const middle = (xx + yy) / 2;
    const apart = Math.hypot((xx - yy) / 2, xy);
    lengths[a] = Math.sqrt(12 * (middle + apart) + 1);
    widths[a] = Math.sqrt(12 * Math.max(0, middle - apart) + 1);
  }
}
