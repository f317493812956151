/**
 * Heaviest pairing of rows and columns: the Hungarian method with potentials (Kuhn 1955; the O(n²m) form of Jonker and
 * Volgenant 1987), one row placed at a time.
 */

const NONE = -1;

/**
 * `score` holds rows x columns numbers of 0 or more, row by row; 0 means "never together". Returns the column of each
 * row, or -1, such that the sum of the scores of the pairs is the largest possible.
 */
export function heaviestMatching(rows: number, columns: number, score: Float64Array): Int32Array {
  if (rows > columns) return inverse(heaviestMatching(columns, rows, transposed(score, rows, columns)), rows);
  const pairing = new Pairing(rows, columns, score);
  for (let row = 0; row < rows; row += 1) pairing.place(row);
  return inverse(pairing.rowOf, rows).map((column, row) => ((score[row * columns + column] ?? 0) > 0 ? column : NONE));
}

function transposed(score: Float64Array, rows: number, columns: number): Float64Array {
  return score.map((_, cell) => score[(cell % rows) * columns + Math.floor(cell / rows)] ?? 0);
}

function inverse(of: Int32Array, size: number): Int32Array {
  const back = new Int32Array(size).fill(NONE);
  for (const [from, to] of of.entries()) if (to !== NONE) back[to] = from;
  return back;
}

class Pairing {
  /** The row that each column was given to, or -1. */
  readonly rowOf: Int32Array;
  readonly #score: Float64Array;
  readonly #rowPotential: Float64Array;
  readonly #columnPotential: Float64Array;
  /** Of each column on the way to a free one: what reaching it costs, and the column whose row would move to it. */
  readonly #slack: Float64Array;
  readonly #before: Int32Array;

  constructor(rows: number, columns: number, score: Float64Array) {
    this.rowOf = new Int32Array(columns).fill(NONE);
    this.#score = score;
    this.#rowPotential = new Float64Array(rows);
    this.#columnPotential = new Float64Array(columns);
    this.#slack = new Float64Array(columns);
    this.#before = new Int32Array(columns);
  }

  /** Makes room for one more row by the cheapest chain of moves (Dijkstra's search on reduced costs). */
  place(row: number): void {
    this.#slack.fill(Number.POSITIVE_INFINITY);
    const open = new Set(this.rowOf.keys());
    const passed: number[] = [];
    let column = NONE;
    let mover = row;
    while (mover !== NONE) {
      const nearest = this.#nearest(mover, column, open);
      this.#lower(this.#slack[nearest] ?? 0, row, passed, open);
      open.delete(nearest);
      passed.push(nearest);
      column = nearest;
      mover = this.rowOf[nearest] ?? NONE;
    }
    this.#move(column, row);
  }

  #nearest(mover: number, from: number, open: ReadonlySet<number>): number {
    let nearest = NONE;
    let least = Number.POSITIVE_INFINITY;
    for (const column of open) {
      const reduced =
        -(this.#score[mover * this.rowOf.length + column] ?? 0) -
        (this.#rowPotential[mover] ?? 0) -
        (this.#columnPotential[column] ?? 0);
      if (reduced < (this.#slack[column] ?? 0)) {
        this.#slack[column] = reduced;
        this.#before[column] = from;
      }
      const slack = this.#slack[column] ?? 0;
      if (slack < least) {
        least = slack;
        nearest = column;
      }
    }
    return nearest;
  }

  #lower(step: number, row: number, passed: readonly number[], open: ReadonlySet<number>): void {
    this.#rowPotential[row] = (this.#rowPotential[row] ?? 0) + step;
    for (const column of passed) {
      const held = this.rowOf[column] ?? NONE;
      this.#rowPotential[held] = (this.#rowPotential[held] ?? 0) + step;
      this.#columnPotential[column] = (this.#columnPotential[column] ?? 0) - step;
    }
    for (const column of open) this.#slack[column] = (this.#slack[column] ?? 0) - step;
  }

  #move(free: number, row: number): void {
    let column = free;
    while (column !== NONE) {
      const before = this.#before[column] ?? NONE;
      this.rowOf[column] = before === NONE ? row : (this.rowOf[before] ?? NONE);
      column = before;
    }
  }
}
