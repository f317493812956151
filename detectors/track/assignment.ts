/**
 * Cheapest pairing of rows and columns: the Hungarian method with potentials (Kuhn 1955; the O(n³) form of Jonker and
 * Volgenant 1987), on arrays that are reused. Pairs as dear as `forbidden` are never made.
 */

export const forbidden = 1e6;

export class Assignment {
  readonly #capacity: number;
  readonly #cost: Float64Array;
  readonly #rowPotential: Float64Array;
  readonly #columnPotential: Float64Array;
  readonly #rowOf: Int32Array;
  readonly #before: Int32Array;
  readonly #slack: Float64Array;
  readonly #used: Uint8Array;
  /** After `solve`: the column of each row, or -1. */
  readonly columnOf: Int32Array;

  constructor(capacity: number) {
    const side = capacity + 1;
    this.#capacity = capacity;
    this.#cost = new Float64Array(capacity * capacity);
    this.#rowPotential = new Float64Array(side);
    this.#columnPotential = new Float64Array(side);
    this.#rowOf = new Int32Array(side);
    this.#before = new Int32Array(side);
    this.#slack = new Float64Array(side);
    this.#used = new Uint8Array(side);
    this.columnOf = new Int32Array(capacity);
  }

  set(row: number, column: number, cost: number): void {
    this.#cost[row * this.#capacity + column] = cost;
  }

  /** Every cell of the rows x columns corner must have been set. */
  solve(rows: number, columns: number): void {
    const side = Math.max(rows, columns);
    this.#rowPotential.fill(0, 0, side + 1);
    this.#columnPotential.fill(0, 0, side + 1);
    this.#rowOf.fill(0, 0, side + 1);
    for (let row = 1; row <= side; row += 1) this.#place(row, side, rows, columns);
    this.columnOf.fill(-1, 0, rows);
    for (let column = 1; column <= columns; column += 1) {
      const row = this.#rowOf[column] ?? 0;
      if (row >= 1 && row <= rows && this.#at(row, column, rows, columns) < forbidden) this.columnOf[row - 1] = column - 1;
    }
  }

  /** Outside the given corner a square is completed with pairs that mean "stay alone". */
  #at(row: number, column: number, rows: number, columns: number): number {
    if (row > rows || column > columns) return forbidden;
    return this.#cost[(row - 1) * this.#capacity + column - 1] ?? forbidden;
  }

  /** Finds the cheapest chain of re-pairings that makes room for one more row. */
  #place(row: number, side: number, rows: number, columns: number): void {
    this.#rowOf[0] = row;
    this.#slack.fill(Number.POSITIVE_INFINITY, 0, side + 1);
    this.#used.fill(0, 0, side + 1);
    let column = 0;
    while ((this.#rowOf[column] ?? 0) !== 0 || column === 0) {
      this.#used[column] = 1;
      column = this.#nearest(column, side, rows, columns);
    }
    while (column !== 0) {
      const before = this.#before[column] ?? 0;
      this.#rowOf[column] = this.#rowOf[before] ?? 0;
      column = before;
    }
  }

  #nearest(column: number, side: number, rows: number, columns: number): number {
    const row = this.#rowOf[column] ?? 0;
    let best = Number.POSITIVE_INFINITY;
    let next = 0;
    for (let other = 1; other <= side; other += 1) {
      if (this.#used[other] === 1) continue;
      const reduced =
        this.#at(row, other, rows, columns) - (this.#rowPotential[row] ?? 0) - (this.#columnPotential[other] ?? 0);
      if (reduced < (this.#slack[other] ?? 0)) {
        this.#slack[other] = reduced;
        this.#before[other] = column;
      }
      const slack = this.#slack[other] ?? 0;
      if (slack < best) {
        best = slack;
        next = other;
      }
    }
    for (let other = 0; other <= side; other += 1) {
      if (this.#used[other] === 1) {
        const held = this.#rowOf[other] ?? 0;
        this.#rowPotential[held] = (this.#rowPotential[held] ?? 0) + best;
        this.#columnPotential[other] = (this.#columnPotential[other] ?? 0) - best;
      } else this.#slack[other] = (this.#slack[other] ?? 0) - best;
    }
    return next;
  }
}
