/**
 * The step of a street whose lanes are single files, compiled ahead of time to WebAssembly from the classes beside this file
 * (`node scripts/compile-engine.js`): `planner.ts`, `mover.ts`, `lane-change.ts` and all that they call. It works in the same columns
 * and comes to the same numbers to the last bit; what it does not know stays with the classes.
 */
import { inflateRawSync } from "node:zlib";
import type { Column } from "./columns.ts";
import { compiledColumns, compiledEngine } from "./compiled-engine.ts";
import type { Intentions } from "./intentions.ts";
import type { WholeStep } from "./whole-step.ts";
import type { World } from "./world.ts";

type Outside = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** What is used of WebAssembly, which `@types/node` does not declare. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, outside: Outside) => { readonly exports: unknown };
};

type Compiled = Omit<WholeStep, "works">;

/** Cells begin here: of each column its address and its length. */
const cells = 4;
/** A plan may double twice within a step. */
const growths = 6;
let module: object | null = null;

/** Reads nothing but fields of the world's own objects, as the compiler named them. */
function columnAt(world: World, key: string): Column | undefined {
  const named = world.columns.named.get(key);
  if (named !== undefined) return named;
  let at: unknown = world;
  for (const field of key.split(".").slice(1)) at = (at as Readonly<Record<string, unknown>>)[field];
  return at as Column | undefined;
}

export class CompiledStep implements WholeStep {
  readonly #w: World;
  readonly #cells: Int32Array;
  readonly #do: Compiled;
  /** Copies of what belongs to the network, by name. */
  readonly #copies = new Map<string, Column>();
  /** Cells of plans, and what they hold while the first is the plan and while it is the one before. */
  readonly #planCells: Int32Array;
  readonly #asPlan: Int32Array;
  readonly #asBefore: Int32Array;
  #first: Intentions;
  #isBound = true;

  private constructor(world: World, memory: { readonly buffer: ArrayBuffer }) {
    this.#w = world;
    this.#first = world.plan;
    this.#cells = new Int32Array(memory.buffer, 0, cells + 2 * compiledColumns.length);
    const ofPlans = compiledColumns.flatMap((key, at) => (/^world\.plan(Before)?\./.test(key) ? [at] : []));
    this.#planCells = Int32Array.from(ofPlans.flatMap((at) => [cells + 2 * at, cells + 2 * at + 1]));
    this.#asPlan = new Int32Array(this.#planCells.length);
    this.#asBefore = new Int32Array(this.#planCells.length);
    module ??= new WebAssembly.Module(inflateRawSync(Buffer.from(compiledEngine, "base64")));
    const grow = (): void => {
      world.plan.grow();
      this.#bind();
      if (!this.#isBound) throw new Error("no room for plans");
    };
    const { exports } = new WebAssembly.Instance(module, { room: { memory }, outside: { "world.plan.grow": grow } });
    this.#do = exports as Compiled;
    this.#bind();
  }

  /** Null where this street is not for it: bodies side by side, halts, people, or no room in the columns' memory. */
  static of(world: World): CompiledStep | null {
    const { memory } = world.columns;
    if (memory === null || world.sideBySide !== null || world.errands !== null || world.onFoot !== null) return null;
    const made = new CompiledStep(world, memory);
    return made.#isBound ? made : null;
  }

  get works(): boolean {
    const { columns, plan } = this.#w;
    if (columns.moved) this.#bind();
    return this.#isBound && columns.room_bytes >= growths * plan.bytes;
  }

  plan(): void {
    this.#turn();
    this.#do.plan();
  }

  move(): void {
    this.#do.move();
  }

  change(): void {
    this.#do.change();
  }

  stay(): void {
    if (this.#w.columns.moved) this.#bind();
    this.#do.stay();
  }

  #bind(): void {
    const w = this.#w;
    this.#first = w.plan;
    this.#bindAll();
    this.#keep(this.#asPlan);
    w.turnPlans();
    this.#bindAll();
    this.#keep(this.#asBefore);
    w.turnPlans();
    this.#turn();
    w.columns.moved = false;
  }

  #bindAll(): void {
    for (const [at, key] of compiledColumns.entries()) {
      const column = this.#column(key);
      if (column === null) continue;
      if (!this.#w.columns.holds(column)) this.#isBound = false;
      this.#cells[cells + 2 * at] = column.byteOffset;
      this.#cells[cells + 2 * at + 1] = column.length;
    }
  }

  /** Null: of a part that this street has not. */
  #column(key: string): Column | null {
    const column = columnAt(this.#w, key);
    if (column === undefined) return null;
    if (!key.startsWith("world.network.")) return column;
    let copy = this.#copies.get(key);
    if (copy === undefined) {
      copy = this.#w.columns.copy(column);
      this.#copies.set(key, copy);
    }
    return copy;
  }

  #keep(held: Int32Array): void {
    for (let i = 0; i < held.length; i += 1) held[i] = this.#cells[this.#planCells[i] as number] as number;
  }

  /** Tells the module which plan is the one that is made now. */
  #turn(): void {
    const held = this.#w.plan === this.#first ? this.#asPlan : this.#asBefore;
    for (let i = 0; i < held.length; i += 1) this.#cells[this.#planCells[i] as number] = held[i] as number;
  }
}
