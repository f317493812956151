/** What a camera usually shows: learned from its pictures, kept when its process ends, forgotten when someone says so. */
import { emptyView, type LensView, parts } from "./lens.ts";
import { cells } from "./thumbnail.ts";

/** Looks that make the first reference: a vehicle standing in one of them counts little. */
const firstLooks = 20;
/** Afterwards light and shadow change the edges slowly: ten minutes. */
const slowLooks = 600;
/** Of detail the lower quarter is usual: what is always there, and not the vehicles that pass. */
const usualShare = 0.25;
/** A look moves it by so little that it takes an hour to halve and hours to double: slower than dusk, faster than days. */
const pace = 0.0001;
const version = 1;

const lensFields = ["fine", "coarse", "light"] as const;

export class UsualView {
  /** Edges of the thumbnail, [rows x columns]. */
  readonly edges = new Float32Array(cells);
  readonly lens: LensView = emptyView();
  #first: LensView[] = [];
  #looks = 0;

  get known(): boolean {
    return this.#looks >= firstLooks;
  }

  learn(edges: Float32Array, lens: LensView): void {
    this.#looks += 1;
    const share = 1 / Math.min(this.#looks, this.#looks <= firstLooks ? firstLooks : slowLooks);
    for (let cell = 0; cell < cells; cell += 1) {
      const before = this.edges[cell] ?? 0;
      this.edges[cell] = before + ((edges[cell] ?? 0) - before) * share;
    }
    if (this.#looks > firstLooks) this.#follow(lens);
    else this.#gather(lens);
  }

  forget(): void {
    this.edges.fill(0);
    this.#looks = 0;
    this.#first = [];
  }

  /** All of it as numbers; null while it is not known. */
  saved(): Float32Array<ArrayBuffer> | null {
    if (!this.known) return null;
    const { fine, coarse, light } = this.lens;
    const saved = new Float32Array(2 + cells + lensFields.length * parts);
    saved.set([version, Math.min(this.#looks, slowLooks)]);
    let at = 2;
    for (const part of [this.edges, fine, coarse, light]) {
      saved.set(part, at);
      at += part.length;
    }
    return saved;
  }

  /** What is no such view, of another version or damaged, is taken for none. */
  restore(saved: Float32Array): void {
    const fits = saved.length === 2 + cells + lensFields.length * parts && saved[0] === version;
    if (!fits || !saved.every((each) => Number.isFinite(each) && each >= 0)) return;
    this.#looks = Math.max(firstLooks, saved[1] ?? 0);
    this.edges.set(saved.subarray(2, 2 + cells));
    lensFields.forEach((field, n) => {
      this.lens[field].set(saved.subarray(2 + cells + n * parts, 2 + cells + (n + 1) * parts));
    });
  }

  #gather(lens: LensView): void {
    this.#first.push({ fine: lens.fine.slice(), coarse: lens.coarse.slice(), light: lens.light.slice() });
    if (this.#first.length < firstLooks) return;
    for (const field of lensFields) {
      for (let part = 0; part < parts; part += 1) {
        const values = Float32Array.from(this.#first, (view) => view[field][part] ?? 0).sort();
        const share = field === "light" ? 0.5 : usualShare;
        this.lens[field][part] = values[Math.floor(share * firstLooks)] ?? 0;
      }
    }
    this.#first = [];
  }

  /** Towards the quantile, a small step a look: down when the look is below, up when above (Robbins and Monro 1951). */
  #follow(lens: LensView): void {
    for (const field of lensFields) {
      const share = field === "light" ? 0.5 : usualShare;
      for (let part = 0; part < parts; part += 1) {
        const usual = this.lens[field][part] ?? 0;
        const step = (lens[field][part] ?? 0) < usual ? share - 1 : share;
        this.lens[field][part] = Math.max(0.1, usual * (1 + 2 * pace * step));
      }
    }
  }
}
