/**
 * Acts that storage has not taken yet, in a file whose room was taken beforehand: a disk that is full refuses new blocks, and
 * takes what is written over old ones. Each act has a slot of its own; one that was half written when the power went is none.
 */
import { createHash } from "node:crypto";
import { constants, type FileHandle, open } from "node:fs/promises";
import { promisify } from "node:util";
import { gunzip, gzip } from "node:zlib";
import { z } from "zod";
import { type Detection, detectionSchema } from "../../core/cases/detection.ts";

export interface WaitingAct {
  readonly id: string;
  readonly detection: Detection;
  /** Chosen for a second person. */
  readonly sampled: boolean;
}

/** 8 MB. An act takes 3 kB as a rule, and twenty times that with the longest track and signal there may be. */
const [slots, slot_bytes] = [128, 1 << 16];
/** Mark and length, four bytes each, then the content's SHA-256. */
const head_bytes = 40;
const mark = 0x67_77_61_31;
const ownerOnly = 0o600;

const actSchema = z.strictObject({ id: z.string().min(1), detection: detectionSchema, sampled: z.boolean() });
const [packed, unpacked] = [promisify(gzip), promisify(gunzip)];
const sum = (bytes: Uint8Array): Buffer => createHash("sha256").update(bytes).digest();

export class WaitingJournal {
  readonly #file: FileHandle;
  /** Slots by what is in them. */
  readonly #slots = new Map<string, number>();
  readonly #free: number[];
  /** What an earlier service was told and could not store. */
  readonly left: readonly WaitingAct[];

  private constructor(file: FileHandle, found: ReadonlyMap<number, WaitingAct>) {
    this.#file = file;
    for (const [slot, { id }] of found) this.#slots.set(id, slot);
    this.#free = Array.from({ length: slots }, (_, slot) => slot).filter((slot) => !found.has(slot));
    this.left = [...found.values()];
  }

  /** Rejects with the system's error where its room cannot be had. */
  static async open(path: string): Promise<WaitingJournal> {
    const file = await open(path, constants.O_RDWR | constants.O_CREAT, ownerOnly);
    try {
      await takeRoom(file);
      const found = new Map<number, WaitingAct>();
      for (let slot = 0; slot < slots; slot += 1) {
        const act = await readSlot(file, slot);
        if (act !== null) found.set(slot, act);
      }
      return new WaitingJournal(file, found);
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  /** Resolves with true once it would survive the loss of power; false when all slots are taken. Rejects with the system's error. */
  async keep(act: WaitingAct): Promise<boolean> {
    if (this.#slots.has(act.id)) return true;
    const content = await packed(JSON.stringify(act));
    const slot = content.length <= slot_bytes - head_bytes ? this.#free.pop() : undefined;
    if (slot === undefined) return false;
    this.#slots.set(act.id, slot);
    const head = Buffer.alloc(head_bytes);
    head.writeUInt32BE(mark, 0);
    head.writeUInt32BE(content.length, 4);
    sum(content).copy(head, 8);
    const bytes = Buffer.concat([head, content]);
    await this.#file.write(bytes, 0, bytes.length, slot * slot_bytes);
    await this.#file.datasync();
    return true;
  }

  /** An act forgotten just before the power goes may be left all the same: storage knows it when it is told again. */
  async forget(id: string): Promise<void> {
    const slot = this.#slots.get(id);
    if (slot === undefined) return;
    await this.#file.write(Buffer.alloc(head_bytes), 0, head_bytes, slot * slot_bytes);
    this.#slots.delete(id);
    this.#free.push(slot);
  }

  close(): Promise<void> {
    return this.#file.close();
  }
}

/** Written and not only declared: a file with holes has no blocks. */
async function takeRoom(file: FileHandle): Promise<void> {
  const { size } = await file.stat();
  if (size >= slots * slot_bytes) return;
  const nothing = Buffer.alloc(slot_bytes);
  for (let slot = Math.floor(size / slot_bytes); slot < slots; slot += 1) {
    await file.write(nothing, 0, slot_bytes, slot * slot_bytes);
  }
  await file.sync();
}

/** Null for an empty slot, and for one that is not whole. */
async function readSlot(file: FileHandle, slot: number): Promise<WaitingAct | null> {
  const bytes = Buffer.alloc(slot_bytes);
  await file.read(bytes, 0, slot_bytes, slot * slot_bytes);
  const length = bytes.readUInt32BE(4);
  if (bytes.readUInt32BE(0) !== mark || length > slot_bytes - head_bytes) return null;
  const content = bytes.subarray(head_bytes, head_bytes + length);
  if (!sum(content).equals(bytes.subarray(8, head_bytes))) return null;
  const act = actSchema.safeParse(JSON.parse((await unpacked(content)).toString("utf8")));
  return act.success ? act.data : null;
}
