/**
 * Who turns round at a line. A track that comes one way and then goes the other has mostly not: its box shrank when the
 * vehicle was half hidden, or it slipped to the vehicle behind, as tracks do among motorcycles that wait close together.
 */

/** Who has come one way for so many lengths of the box, across the line, must go the other for as much to be believed. */
const turnedShare = 1.5;

export class Turns {
  /** Per cell: extremes of the distance from the line, and how far it rose above the least and fell below the largest. */
  readonly #least: Float64Array;
  readonly #largest: Float64Array;
  readonly #rose: Float64Array;
  readonly #fell: Float64Array;

  constructor(cells: number) {
    this.#least = new Float64Array(cells);
    this.#largest = new Float64Array(cells);
    this.#rose = new Float64Array(cells);
    this.#fell = new Float64Array(cells);
  }

  begin(cell: number, distance: number): void {
    this.#least[cell] = distance;
    this.#largest[cell] = distance;
    this.#rose[cell] = 0;
    this.#fell[cell] = 0;
  }

  /** Signed distance from the line in this picture. */
  go(cell: number, distance: number): void {
    const least = Math.min(this.#least[cell] ?? 0, distance);
    const largest = Math.max(this.#largest[cell] ?? 0, distance);
    this.#least[cell] = least;
    this.#largest[cell] = largest;
    this.#rose[cell] = Math.max(this.#rose[cell] ?? 0, distance - least);
    this.#fell[cell] = Math.max(this.#fell[cell] ?? 0, largest - distance);
  }

  /** Is the side on which it now is the one that it came from, and too near to be believed? `length`: of the box, across the line. */
  doubtful(cell: number, distance: number, length: number): boolean {
    const turned = turnedShare * length;
    return distance > 0
      ? (this.#fell[cell] ?? 0) >= turned && distance - (this.#least[cell] ?? 0) < turned
      : (this.#rose[cell] ?? 0) >= turned && (this.#largest[cell] ?? 0) - distance < turned;
  }
}
