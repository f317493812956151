/** Reads a replay file that is wholly in memory: any frame, at the cost of those since the last that stands alone. */
import { failed, ok, problem, type Result } from "../problems/problem.ts";
import { ByteReader, crc32 } from "./bytes.ts";
import {
  lateralQuantum_m,
  leastSlip,
  mostGain,
  placeQuantum_m,
  type ReplayFrame,
  type ReplayHeader,
  type ReplayLane,
  replayHeaderSchema,
  replayMagic,
  replayVersion,
  shapeQuantum_m,
  slips,
  speedQuantum_m_s,
  tokens,
} from "./format.ts";

interface Block {
  readonly bytes: Uint8Array;
  /** Number of its first frame. */
  readonly first: number;
  readonly frames: number;
}

/** Null where the part is cut off or does not fit its check. */
function part(reader: ByteReader): Uint8Array | null {
  const length = reader.u32();
  const check = reader.u32();
  const bytes = reader.bytes(length);
  return reader.broken || crc32(bytes) !== check ? null : bytes;
}

function headerOf(bytes: Uint8Array | null): ReplayHeader | null {
  if (bytes === null) return null;
  try {
    const read = replayHeaderSchema.safeParse(JSON.parse(new TextDecoder().decode(bytes)));
    if (!read.success) return null;
    const { vehicles, types } = read.data;
    const fits = vehicles.ids.length === vehicles.types.length && vehicles.types.every((type) => type < types.length);
    return fits ? read.data : null;
  } catch {
    return null;
  }
}

function lanesOf(bytes: Uint8Array | null): ReplayLane[] | null {
  if (bytes === null) return null;
  const reader = new ByteReader(bytes);
  const count = reader.count();
  const lanes: ReplayLane[] = [];
  for (let i = 0; i < count && !reader.broken; i += 1) {
    const id = reader.text();
    const length_m = reader.count() * shapeQuantum_m;
    const width_m = reader.count() * shapeQuantum_m;
    const inside = reader.byte() === 1;
    const points = reader.count();
    if (points * 2 > reader.left) return null;
    const shape = new Float64Array(points * 2);
    const last = [0, 0];
    for (let at = 0; at < shape.length; at += 1) {
      last[at & 1] = (last[at & 1] as number) + reader.signed();
      shape[at] = (last[at & 1] as number) * shapeQuantum_m;
    }
    lanes.push({ id, length_m, width_m, inside, shape });
  }
  return reader.broken ? null : lanes;
}

/** The blocks up to the end's mark; null where the file does not come to it. */
function blocksOf(reader: ByteReader): Block[] | null {
  const blocks: Block[] = [];
  let frames = 0;
  for (;;) {
    const length = reader.u32();
    const check = reader.u32();
    if (reader.broken) return null;
    if (length === 0) return check === frames ? blocks : null;
    const bytes = reader.bytes(length);
    if (reader.broken || crc32(bytes) !== check) return null;
    const body = new ByteReader(bytes);
    const count = body.count();
    blocks.push({ bytes: bytes.subarray(body.at), first: frames, frames: count });
    frames += count;
  }
}

/** All that is wrong with a file is told in one sentence; afterwards every frame can be read. */
export function openReplay(bytes: Uint8Array): Result<Replay> {
  const reader = new ByteReader(bytes);
  const magic = new TextDecoder().decode(reader.bytes(Math.min(bytes.length, replayMagic.length)));
  if (magic !== replayMagic) return failed(problem("REPLAY_OTHER"));
  const version = reader.byte();
  if (version !== replayVersion) return failed(problem("REPLAY_VERSION", { version, known: replayVersion }));
  const header = headerOf(part(reader));
  const lanes = header === null ? null : lanesOf(part(reader));
  if (header === null || lanes === null) return failed(problem("REPLAY_BROKEN"));
  const blocks = blocksOf(reader);
  if (blocks === null) return failed(problem("REPLAY_BROKEN"));
  if (header.signals.some((signal) => signal.lanes.some((lane) => lane >= lanes.length))) {
    return failed(problem("REPLAY_BROKEN"));
  }
  return ok(new Replay(header, lanes, blocks));
}

export class Replay {
  readonly header: ReplayHeader;
  readonly lanes: readonly ReplayLane[];
  readonly frames: number;
  readonly #blocks: readonly Block[];
  readonly #step: number;
  // By vehicle, in quanta.
  readonly #lane: Int32Array;
  readonly #place: Int32Array;
  readonly #lateral: Int32Array;
  readonly #speed: Int32Array;
  readonly #gone: Uint8Array;
  #present: Int32Array;
  #others: Int32Array;
  #count = 0;
  readonly #shown: string[];
  // Where reading stands: the frame read last, and its block.
  #at = -1;
  #block: Block | null = null;
  #reader = new ByteReader(new Uint8Array(0));
  readonly #frame: { -readonly [K in keyof ReplayFrame]: ReplayFrame[K] };

  constructor(header: ReplayHeader, lanes: readonly ReplayLane[], blocks: readonly Block[]) {
    const vehicles = header.vehicles.ids.length;
    this.header = header;
    this.lanes = lanes;
    this.#blocks = blocks;
    this.frames = blocks.reduce((sum, block) => sum + block.frames, 0);
    this.#step = Math.round((header.frame_s * speedQuantum_m_s) / placeQuantum_m);
    this.#lane = new Int32Array(vehicles);
    this.#place = new Int32Array(vehicles);
    this.#lateral = new Int32Array(vehicles);
    this.#speed = new Int32Array(vehicles);
    this.#gone = new Uint8Array(vehicles);
    this.#present = new Int32Array(vehicles);
    this.#others = new Int32Array(vehicles);
    this.#shown = header.signals.map(() => "");
    this.#frame = {
      count: 0,
      vehicle: new Int32Array(vehicles),
      lane: new Int32Array(vehicles),
      position_m: new Float32Array(vehicles),
      lateral_m: new Float32Array(vehicles),
      speed_m_s: new Float32Array(vehicles),
      shown: this.#shown,
    };
  }

  /** Frame 0 to `frames` - 1; null for another. What is returned is used again by the next call. */
  frame(number: number): ReplayFrame | null {
    const block = this.#blocks.find(({ first, frames }) => number >= first && number < first + frames);
    if (block === undefined) return null;
    if (block !== this.#block || number < this.#at) this.#begin(block);
    while (this.#at < number) if (!this.#read()) return null;
    return this.#told();
  }

  #begin(block: Block): void {
    this.#block = block;
    this.#at = block.first - 1;
    this.#reader = new ByteReader(block.bytes);
    this.#count = 0;
    this.#shown.fill("");
  }

  /** False where the block's bytes are not what an encoder writes. */
  #read(): boolean {
    this.#signals();
    this.#go();
    const before = this.#count;
    const come = this.#reader.count();
    this.#moveLater(come, before);
    this.#at += 1;
    if (!this.#reader.broken) return true;
    this.#block = null;
    return false;
  }

  #signals(): void {
    const reader = this.#reader;
    const changed = reader.count();
    for (let i = 0; i < changed && !reader.broken; i += 1) {
      const signal = reader.count();
      const letters = reader.bytes(reader.count());
      if (signal >= this.#shown.length) reader.broken = true;
      else this.#shown[signal] = new TextDecoder().decode(letters);
    }
  }

  #go(): void {
    const reader = this.#reader;
    const gone = reader.count();
    let v = 0;
    for (let i = 0; i < gone && !reader.broken; i += 1) {
      v += reader.count();
      if (v < this.#gone.length) this.#gone[v] = 1;
      else reader.broken = true;
    }
    let kept = 0;
    for (let i = 0; i < this.#count; i += 1) {
      const u = this.#present[i] as number;
      if (this.#gone[u] === 1) this.#gone[u] = 0;
      else {
        this.#present[kept] = u;
        kept += 1;
      }
    }
    this.#count = kept;
  }

  /** Newcomers are read first; those who stay move after, and both are put in one order. */
  #moveLater(come: number, stayed: number): void {
    const reader = this.#reader;
    if (come + stayed > this.#present.length) {
      reader.broken = true;
      return;
    }
    let v = 0;
    for (let i = 0; i < come && !reader.broken; i += 1) {
      v += reader.count();
      this.#others[i] = v;
      if (v >= this.#lane.length) reader.broken = true;
      else this.#meet(v);
    }
    this.#move(stayed);
    this.#merge(come, stayed);
  }

  #meet(v: number): void {
    const reader = this.#reader;
    this.#lane[v] = this.#known(reader.count());
    this.#place[v] = reader.signed();
    this.#lateral[v] = reader.signed();
    this.#speed[v] = reader.count();
  }

  #known(lane: number): number {
    if (lane >= 0 && lane < this.lanes.length) return lane;
    this.#reader.broken = true;
    return 0;
  }

  #move(count: number): void {
    const reader = this.#reader;
    for (let i = 0; i < count && !reader.broken; i += 1) {
      const token = reader.byte();
      if (token === tokens.standing) i += reader.count() - 1;
      else if (token < tokens.bent) this.#roll(this.#present[i] as number, token);
      else if (token <= tokens.elsewhere) this.#leap(this.#present[i] as number, token === tokens.elsewhere);
      else reader.broken = true;
    }
  }

  #roll(v: number, token: number): void {
    const speed = (this.#speed[v] as number) + Math.floor(token / slips) - mostGain;
    this.#speed[v] = speed;
    this.#place[v] = (this.#place[v] as number) + speed * this.#step + (token % slips) + leastSlip;
  }

  #leap(v: number, elsewhere: boolean): void {
    const reader = this.#reader;
    const speed = (this.#speed[v] as number) + reader.signed();
    const place = reader.signed();
    this.#speed[v] = speed;
    this.#place[v] = elsewhere ? place : (this.#place[v] as number) + speed * this.#step + place;
    this.#lateral[v] = (this.#lateral[v] as number) + reader.signed();
    if (elsewhere) this.#lane[v] = this.#known((this.#lane[v] as number) + reader.signed());
  }

  #merge(come: number, stayed: number): void {
    const merged = this.#frame.vehicle;
    let [i, j, k] = [0, 0, 0];
    while (i < stayed || j < come) {
      const old = i < stayed ? (this.#present[i] as number) : Number.POSITIVE_INFINITY;
      const young = j < come ? (this.#others[j] as number) : Number.POSITIVE_INFINITY;
      merged[k] = Math.min(old, young);
      if (old <= young) i += 1;
      else j += 1;
      k += 1;
    }
    this.#present.set(merged.subarray(0, k));
    this.#count = k;
  }

  #told(): ReplayFrame {
    const frame = this.#frame;
    frame.count = this.#count;
    for (let i = 0; i < this.#count; i += 1) {
      const v = this.#present[i] as number;
      frame.vehicle[i] = v;
      frame.lane[i] = this.#lane[v] as number;
      frame.position_m[i] = (this.#place[v] as number) * placeQuantum_m;
      frame.lateral_m[i] = (this.#lateral[v] as number) * lateralQuantum_m;
      frame.speed_m_s[i] = (this.#speed[v] as number) * speedQuantum_m_s;
    }
    return frame;
  }
}
