/** Many small appends, few commits: what arrives while one commit runs goes into the next together. */
import { ProblemError, problem } from "../../core/problems/problem.ts";

export interface GroupCommitOptions<T> {
  /** Stores all rows or none; resolves when they are durable. */
  readonly commit: (rows: readonly T[]) => Promise<void>;
  /** Rows that may wait; an append beyond that is refused with `STORAGE_BUSY`. */
  readonly waitingRows: number;
  /** Rows of one commit; a single larger append is still one commit. */
  readonly commitRows: number;
}

interface Append<T> {
  readonly rows: readonly T[];
  readonly done: () => void;
  readonly refused: (error: unknown) => void;
}

export class GroupCommit<T> {
  readonly #options: GroupCommitOptions<T>;
  #queue: Append<T>[] = [];
  #waiting = 0;
  #draining: Promise<void> | null = null;
  #closed = false;

  constructor(options: GroupCommitOptions<T>) {
    this.#options = options;
  }

  /** Rows taken but not yet durable. */
  get waiting(): number {
    return this.#waiting;
  }

  /** Resolves when these rows are durable. */
  append(rows: readonly T[]): Promise<void> {
    if (this.#closed) return Promise.reject(new ProblemError([problem("STORAGE_CLOSED")]));
    if (rows.length === 0) return Promise.resolve();
    if (this.#waiting > 0 && this.#waiting + rows.length > this.#options.waitingRows) {
      return Promise.reject(new ProblemError([problem("STORAGE_BUSY", { waiting: this.#waiting })]));
    }
    this.#waiting += rows.length;
    return new Promise((done, refused) => {
      this.#queue.push({ rows, done, refused });
      this.#draining ??= this.#drain();
    });
  }

  /** Takes nothing more, and resolves when everything taken is durable or refused. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#draining;
  }

  async #drain(): Promise<void> {
    // Appends made in the same turn of the event loop share the first commit too.
    await Promise.resolve();
    while (this.#queue.length > 0) {
      const group = this.#nextGroup();
      if (!(await this.#commitTogether(group))) {
        for (const append of group) await this.#commitAlone(append);
      }
    }
    this.#draining = null;
  }

  #nextGroup(): readonly Append<T>[] {
    let rows = 0;
    let size = 0;
    for (const append of this.#queue) {
      if (size > 0 && rows + append.rows.length > this.#options.commitRows) break;
      rows += append.rows.length;
      size += 1;
    }
    return this.#queue.splice(0, size);
  }

  /** False when the group was refused: one bad row must not cost its neighbours, so each is then tried alone. */
  async #commitTogether(group: readonly Append<T>[]): Promise<boolean> {
    if (group.length === 1) return false;
    try {
      await this.#options.commit(group.flatMap((append) => append.rows));
    } catch {
      return false;
    }
    for (const append of group) this.#settle(append, append.done);
    return true;
  }

  async #commitAlone(append: Append<T>): Promise<void> {
    try {
      await this.#options.commit(append.rows);
      this.#settle(append, append.done);
    } catch (error) {
      this.#settle(append, () => append.refused(error));
    }
  }

  #settle(append: Append<T>, tell: () => void): void {
    this.#waiting -= append.rows.length;
    tell();
  }
}
