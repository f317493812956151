/**
 * A blob is not always a vehicle: a windscreen of the road's colour tears one in two, and two that drive close become
 * one. Which it is shows by comparison with what vehicles in this picture usually are.
 */
import { type BlobFinder, type Blobs, mostBlobs } from "./blobs.ts";

/** Before so many blobs were seen whole, nothing is usual. */
const enough = 30;
/** The usual area follows each blob by at most this share: the median, found step by step. */
const medianStep = 0.02;
/** A blob this many times the usual is looked at for a seam; parts below and together up to these are one vehicle. */
const tooLarge = 1.6;
const partBelow = 0.8;
const togetherUpTo = 1.35;
/** Of the usual vehicle's mean side: parts lie no farther apart. */
const partsApart = 0.3;
/** A seam is this empty, compared with the fuller parts on both of its sides. */
const seamEmpty = 0.35;
/** Shares of the blob that a seam leaves on each side, at least. */
const seamFrom = 0.2;

export class VehiclePieces {
  readonly #finder: BlobFinder;
  readonly #width: number;
  readonly #height: number;
  readonly #profile: Int32Array;
  #usual = 0;
  #seen = 0;

  constructor(finder: BlobFinder, width: number, height: number) {
    this.#finder = finder;
    this.#width = width;
    this.#height = height;
    this.#profile = new Int32Array(Math.max(width, height));
  }

  /** Cuts and joins the newest blobs; `mask` shows them before their gaps were closed. */
  arrange(mask: Uint8Array): void {
    const { blobs } = this.#finder;
    if (this.#seen >= enough) {
      this.#cutAll(mask);
      this.#joinAll();
    }
    for (let a = 0; a < blobs.count; a++) this.#learn(blobs, a);
  }

  /** Both halves of a cut blob are looked at again. */
  #cutAll(mask: Uint8Array): void {
    const { blobs } = this.#finder;
    for (let a = 0; a < blobs.count && blobs.count < mostBlobs; a++) {
      if ((blobs.areas[a] as number) > tooLarge * this.#usual && this.#cutAtSeam(mask, a)) a--;
    }
  }

  #joinAll(): void {
    const { blobs } = this.#finder;
    for (let a = 0; a < blobs.count; a++) {
      for (let b = a + 1; b < blobs.count; b++) if (this.#areParts(blobs, a, b)) this.#finder.join(a, b--);
    }
  }

  /** A blob that the picture's edge cuts says nothing about whole ones. */
  #learn({ corners, areas }: Blobs, a: number): void {
    const [left, top] = [corners[a * 4] as number, corners[a * 4 + 1] as number];
    const [right, bottom] = [corners[a * 4 + 2] as number, corners[a * 4 + 3] as number];
    if (left === 0 || top === 0 || right === this.#width || bottom === this.#height) return;
    const area = areas[a] as number;
    this.#seen++;
    if (this.#usual === 0) this.#usual = area;
    this.#usual *= area > this.#usual ? 1 + medianStep : 1 - medianStep;
  }

  #areParts({ corners, areas }: Blobs, a: number, b: number): boolean {
    const [one, other] = [areas[a] as number, areas[b] as number];
    if (Math.max(one, other) > partBelow * this.#usual) return false;
    const gap = (axis: 0 | 1): number =>
      Math.max(corners[a * 4 + axis] as number, corners[b * 4 + axis] as number) -
      Math.min(corners[a * 4 + axis + 2] as number, corners[b * 4 + axis + 2] as number);
    if (Math.max(gap(0), gap(1)) > partsApart * Math.sqrt(this.#usual)) return false;
    const side = (axis: 0 | 1): number =>
      Math.max(corners[a * 4 + axis + 2] as number, corners[b * 4 + axis + 2] as number) -
      Math.min(corners[a * 4 + axis] as number, corners[b * 4 + axis] as number);
    return side(0) * side(1) < togetherUpTo * this.#usual;
  }

  #cutAtSeam(mask: Uint8Array, a: number): boolean {
    const across = this.#seam(mask, a, "columns");
    const at = across ?? this.#seam(mask, a, "rows");
    return at !== null && this.#finder.cut(a, across === null ? "rows" : "columns", at);
  }

  /** The emptiest column (or row) of the blob, if it is a seam. */
  #seam(mask: Uint8Array, a: number, along: "columns" | "rows"): number | null {
    const { corners, labels } = this.#finder.blobs;
    const [left, top] = [corners[a * 4] as number, corners[a * 4 + 1] as number];
    const [right, bottom] = [corners[a * 4 + 2] as number, corners[a * 4 + 3] as number];
    const profile = this.#profile;
    const [start, end] = along === "columns" ? [left, right] : [top, bottom];
    profile.fill(0, 0, end - start);
    for (let y = top; y < bottom; y++) {
      for (let x = left; x < right; x++) {
        const p = y * this.#width + x;
        if (mask[p] === 0 || labels[p] !== a + 1) continue;
        const place = (along === "columns" ? x : y) - start;
        profile[place] = (profile[place] as number) + 1;
      }
    }
    const seam = emptiest(profile, end - start);
    return seam < 0 ? null : start + seam;
  }
}

/** Where the first `length` values are least, not near the ends, if both sides hold far more; or -1. */
function emptiest(profile: Int32Array, length: number): number {
  const margin = Math.max(1, Math.floor(length * seamFrom));
  let at = margin;
  for (let i = margin; i < length - margin; i++) if ((profile[i] as number) < (profile[at] as number)) at = i;
  let [before, after] = [0, 0];
  for (let i = 0; i < at; i++) before = Math.max(before, profile[i] as number);
  for (let i = at + 1; i < length; i++) after = Math.max(after, profile[i] as number);
  return (profile[at] as number) <= seamEmpty * Math.min(before, after) && before > 0 ? at : -1;
}
