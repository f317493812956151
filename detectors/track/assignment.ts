/**
 * Cheapest pairing of rows and columns: the Hungarian method with potentials (Kuhn 1955; the O(n³) form of Jonker and
 * Volgenant 1987), on arrays that are reused. Pairs as dear as `forbidden` are never made; a cost
 * must be a number.
 */

export const forbidden = 1e6;

export class Assignment {
  readonly #capacity: number;
  readonly #cost: Float64Array;
  readonly #fewPotential: Float64Array;
  readonly #manyPotential: Float64Array;
  readonly #fewOf: Int32Array;
  readonly #before: Int32Array;
  readonly #slack: Float64Array;
  readonly #used: Uint8Array;
  /** Rows and columns that can be paired at all, and so are laid close together before they are. */
  readonly #rows: Int32Array;
  readonly #columns: Int32Array;
  #turned = false;
  /** After `solve`: the column of each row, or -1. */
  readonly columnOf: Int32Array;

  constructor(capacity: number) {
    const side = capacity + 1;
    this.#capacity = capacity;
    this.#cost = new Float64Array(capacity * capacity);
    this.#fewPotential = new Float64Array(side);
    this.#manyPotential = new Float64Array(side);
    this.#fewOf = new Int32Array(side);
    this.#before = new Int32Array(side);
    this.#slack = new Float64Array(side);
    this.#used = new Uint8Array(side);
    this.#rows = new Int32Array(capacity);
    this.#columns = new Int32Array(capacity);
    this.columnOf = new Int32Array(capacity);
  }

  set(row: number, column: number, cost: number): void {
    this.#cost[row * this.#capacity + column] = cost;
  }

  /**
   * Every cell of the rows x columns corner must have been set; their order is lost. In a street most tracks reach few
   * detections and many none: whoever reaches none stays alone whatever the others do, and is left out.
   */
  solve(rows: number, columns: number): void {
    this.columnOf.fill(-1, 0, rows);
    const [tall, wide] = this.#gather(rows, columns);
    this.#turned = tall > wide;
    const few = Math.min(tall, wide);
    const many = Math.max(tall, wide);
    this.#fewPotential.fill(0, 0, few + 1);
    this.#manyPotential.fill(0, 0, many + 1);
    this.#fewOf.fill(0, 0, many + 1);
    for (let one = 1; one <= few; one += 1) this.#place(one, many);
    for (let other = 1; other <= many; other += 1) {
      const one = this.#fewOf[other] ?? 0;
      if (one === 0 || this.#at(one, other) >= forbidden) continue;
      const row = this.#rows[(this.#turned ? other : one) - 1] ?? 0;
      this.columnOf[row] = this.#columns[(this.#turned ? one : other) - 1] ?? 0;
    }
  }

  /** Moves the rows and columns with a pair that may be made into the corner; returns how many there are. */
  #gather(rows: number, columns: number): readonly [tall: number, wide: number] {
    const reached = this.#used.fill(0, 0, columns);
    let tall = 0;
    for (let row = 0; row < rows; row += 1) if (this.#reaches(row, columns, reached)) this.#rows[tall++] = row;
    let wide = 0;
    for (let column = 0; column < columns; column += 1) if (reached[column] === 1) this.#columns[wide++] = column;
    for (let row = 0; row < tall; row += 1) {
      const from = (this.#rows[row] ?? 0) * this.#capacity;
      for (let column = 0; column < wide; column += 1) {
        this.#cost[row * this.#capacity + column] = this.#cost[from + (this.#columns[column] ?? 0)] ?? forbidden;
      }
    }
    return [tall, wide];
  }

  /** Marks the columns that a row may be paired with; false when there are none. */
  #reaches(row: number, columns: number, reached: Uint8Array): boolean {
    let reaches = false;
    for (let column = 0; column < columns; column += 1) {
      if ((this.#cost[row * this.#capacity + column] ?? forbidden) >= forbidden) continue;
      reached[column] = 1;
      reaches = true;
    }
    return reaches;
  }

  /** The method places the shorter side, so a tall matrix is read turned. Counted from 1. */
  #at(few: number, many: number): number {
    const row = this.#turned ? many : few;
    const column = this.#turned ? few : many;
    return this.#cost[(row - 1) * this.#capacity + column - 1] ?? forbidden;
  }

  /** Finds the cheapest chain of re-pairings that makes room for one more of the shorter side. */
  #place(one: number, many: number): void {
    this.#fewOf[0] = one;
    this.#slack.fill(Number.POSITIVE_INFINITY, 0, many + 1);
    this.#used.fill(0, 0, many + 1);
    let at = 0;
    do {
      this.#used[at] = 1;
      at = this.#nearest(at, many);
    } while ((this.#fewOf[at] ?? 0) !== 0);
    while (at !== 0) {
      const before = this.#before[at] ?? 0;
      this.#fewOf[at] = this.#fewOf[before] ?? 0;
      at = before;
    }
  }

  #nearest(at: number, many: number): number {
    const one = this.#fewOf[at] ?? 0;
    let best = Number.POSITIVE_INFINITY;
    let next = 0;
    for (let other = 1; other <= many; other += 1) {
      if (this.#used[other] === 1) continue;
      const reduced = this.#at(one, other) - (this.#fewPotential[one] ?? 0) - (this.#manyPotential[other] ?? 0);
      if (reduced < (this.#slack[other] ?? 0)) {
        this.#slack[other] = reduced;
        this.#before[other] = at;
      }
      const slack = this.#slack[other] ?? 0;
      if (slack < best) {
        best = slack;
        next = other;
      }
    }
    this.#shift(best, many);
    return next;
  }

  #shift(by: number, many: number): void {
    for (let other = 0; other <= many; other += 1) {
      if (this.#used[other] === 1) {
        const held = this.#fewOf[other] ?? 0;
        this.#fewPotential[held] = (this.#fewPotential[held] ?? 0) + by;
        this.#manyPotential[other] = (this.#manyPotential[other] ?? 0) - by;
      } else this.#slack[other] = (this.#slack[other] ?? 0) - by;
    }
  }
}
