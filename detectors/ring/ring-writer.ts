/**
 * Brings pieces to the disk, one after the other, beside everything else: a full, slow or broken disk costs recording and
 * nothing more. What cannot be written is dropped and told; the next keyframe tries again.
 */
import { mkdir, statfs } from "node:fs/promises";
import type { Clock } from "../../core/ports/clock.ts";
import { type Problem, problem } from "../../core/problems/problem.ts";
import type { Piece } from "./piece.ts";
import { type Kept, keepWithin, sweep } from "./retention.ts";
import type { RingOrder } from "./ring-order.ts";
import { SegmentFile } from "./segment-file.ts";
import type { Beginning, SegmentLine } from "./segment-lines.ts";

export type SegmentHead = Omit<SegmentLine, "segment" | "camera" | "began">;

/** What a piece belongs to, and whether it begins something new. */
export interface PieceOrder {
  readonly piece: Piece;
  readonly head: SegmentHead;
  /** Null when it goes on where the piece before ended. */
  readonly began: Beginning | null;
}

/** Held files are few and a minute of street is soon found, however long the ring. */
const segments = 240;
const [shortest_s, longest_s] = [60, 600];
const mostSegment_bytes = 64e6;
/** After the disk refused, wait this long before asking it again. */
const retry_ms = 2000;
const upkeep_ms = 60_000;
/** One write that takes this long is a disk that hangs. */
const hangs_ms = 5000;

const fullCodes: ReadonlySet<string> = new Set(["ENOSPC", "EDQUOT", "EFBIG"]);
const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? String(error);

export class RingWriter {
  readonly #order: RingOrder;
  readonly #clock: Clock;
  readonly #written: (piece: Piece) => void;
  readonly #segment_ms: number;
  readonly #segment_bytes: number;
  readonly #queue: PieceOrder[] = [];
  #file: SegmentFile | null = null;
  #head: SegmentHead | null = null;
  #work: Promise<void> | null = null;
  #busySince_ms: number | null = null;
  #upkeep: NodeJS.Timeout | null = null;
  #ready = false;
  /** Why the next segment begins, when something was lost on the way to the disk. */
  #lost: Beginning | null = null;
  #trouble: Problem | null = null;
  #retryAt_ms = 0;
  #lastStart_ms = 0;
  #kept: Kept = { oldest_ms: null, bytes: 0, held_bytes: 0 };
  newest_ms: number | null = null;
  /** Pictures that the disk did not take. */
  dropped = 0;

  /** `written` gives each piece back, whether it reached the disk or not. */
  constructor(order: RingOrder, clock: Clock, written: (piece: Piece) => void) {
    this.#order = order;
    this.#clock = clock;
    this.#written = written;
    const share_s = (order.keep_h * 3600) / segments;
    this.#segment_ms = Math.min(longest_s, Math.max(shortest_s, share_s)) * 1000;
    this.#segment_bytes = Math.min(mostSegment_bytes, order.keep_bytes / 8);
  }

  /** Also while no camera sends: what is too old must go all the same. */
  start(): void {
    this.#upkeep = setInterval(() => this.#next(), upkeep_ms);
    this.#upkeep.unref();
    this.#next();
  }

  offer(order: PieceOrder): void {
    this.#queue.push(order);
    this.#next();
  }

  get trouble(): Problem | null {
    const { camera, folder } = this.#order;
    const since_ms = this.#busySince_ms;
    const hangs = since_ms !== null && this.#clock.nowMs() - since_ms > hangs_ms;
    return hangs ? problem("RECORDING_DISK_HANGS", { camera, folder }) : this.#trouble;
  }

  get kept(): Kept {
    const open = this.#file;
    if (open === null) return this.#kept;
    const { oldest_ms, bytes } = this.#kept;
    return { ...this.#kept, oldest_ms: oldest_ms ?? open.start_ms, bytes: bytes + open.mediaBytes };
  }

  /** Resolves when what was offered is written. */
  async close(): Promise<void> {
    if (this.#upkeep !== null) clearInterval(this.#upkeep);
    while (this.#work !== null) await this.#work;
    await this.#closeFile();
  }

  #next(): void {
    this.#work ??= this.#run().finally(() => {
      this.#work = null;
      this.#busySince_ms = null;
      if (this.#queue.length > 0) this.#next();
    });
  }

  async #run(): Promise<void> {
    if (!this.#ready) await this.#prepare();
    else if (this.#queue.length === 0) await this.#attempt(() => this.#keep());
    for (let order = this.#queue[0]; order !== undefined; order = this.#queue[0]) {
      this.#busySince_ms = this.#clock.nowMs();
      await this.#write(order);
      this.#queue.shift();
      this.#written(order.piece);
    }
  }

  async #prepare(): Promise<void> {
    this.#ready = await this.#attempt(async () => {
      await mkdir(this.#order.folder, { recursive: true, mode: 0o700 });
      await sweep(this.#order.folder);
      await this.#keep();
    });
  }

  async #write(order: PieceOrder): Promise<void> {
    const { piece } = order;
    // What continues a group whose beginning is lost shows nothing.
    const useless = !piece.startsGroup && (this.#file === null || this.#lost !== null);
    const early = this.#file === null && this.#clock.nowMs() < this.#retryAt_ms;
    if (useless || early || !this.#ready) {
      this.dropped += piece.count;
      return;
    }
    const written = await this.#attempt(async () => {
      if (this.#beginsAnew(order)) await this.#open(order);
      await this.#file?.append(piece);
    });
    if (written) this.newest_ms = piece.arrival_ms[piece.count - 1] ?? null;
    else this.dropped += piece.count;
  }

  #beginsAnew({ piece, head, began }: PieceOrder): boolean {
    const file = this.#file;
    if (file === null || head !== this.#head || began !== null || this.#lost !== null) return true;
    const age_ms = (piece.arrival_ms[0] ?? 0) - file.start_ms;
    return piece.startsGroup && (age_ms >= this.#segment_ms || file.mediaBytes + piece.used > this.#segment_bytes);
  }

  async #open({ piece, head, began }: PieceOrder): Promise<void> {
    const { camera, folder } = this.#order;
    await this.#closeFile();
    await this.#keep();
    await this.#needRoom();
    // Two segments never share a name, and names follow time even where the clock was set back a little.
    const start_ms = Math.max(Math.round(piece.arrival_ms[0] ?? 0), this.#lastStart_ms + 1);
    const why = this.#lost ?? began ?? "full";
    this.#file = await SegmentFile.create(folder, start_ms, { segment: 1, camera, ...head, began: why });
    this.#lastStart_ms = start_ms;
    this.#head = head;
    this.#lost = null;
  }

  async #needRoom(): Promise<void> {
    const { bavail, bsize } = await statfs(this.#order.folder);
    if (bavail * bsize >= this.#order.leave_free_bytes) return;
    throw Object.assign(new Error("no room is left"), { code: "ENOSPC" });
  }

  async #keep(): Promise<void> {
    const { folder, keep_h, keep_bytes } = this.#order;
    const limits = { keep_ms: keep_h * 3_600_000, keep_bytes: keep_bytes - this.#segment_bytes, writing: true };
    this.#kept = await keepWithin(folder, limits, this.#clock.nowMs());
  }

  async #closeFile(): Promise<void> {
    const file = this.#file;
    this.#kept = this.kept;
    this.#file = null;
    await file?.close();
  }

  /** False when the disk refused; recording then begins anew with the next keyframe that finds room. */
  async #attempt(work: () => Promise<void>): Promise<boolean> {
    try {
      await work();
      if (this.#lost === null) this.#trouble = null;
      return true;
    } catch (error) {
      await this.#refused(codeOf(error));
      return false;
    }
  }

  async #refused(code: string): Promise<void> {
    const { camera, folder } = this.#order;
    const full = fullCodes.has(code);
    this.#trouble = full
      ? problem("RECORDING_DISK_FULL", { camera, folder })
      : problem("RECORDING_FAILS", { camera, folder, reason: code });
    this.#lost = full ? "full_disk" : "disk_error";
    this.#retryAt_ms = this.#clock.nowMs() + retry_ms;
    // The reason is known already; closing after it may fail for the same one.
    await this.#closeFile().catch(() => undefined);
  }
}
