/** Writes a replay: the head once, then frame after frame; every so often a frame that needs none before it. */
import { ByteWriter, crc32 } from "./bytes.ts";
import {
  lateralQuantum_m,
  leastSlip,
  mostGain,
  placeQuantum_m,
  type ReplayFrame,
  type ReplayHeader,
  type ReplayLane,
  replayMagic,
  replayVersion,
  shapeQuantum_m,
  slips,
  speedQuantum_m_s,
  tokens,
} from "./format.ts";

const usualBlock = 30;

/** A part of the file with its length and its check before it. */
function packed(out: ByteWriter, part: Uint8Array): void {
  out.u32(part.length);
  out.u32(crc32(part));
  out.bytes(part);
}

function roadsPart(lanes: readonly ReplayLane[]): Uint8Array {
  const out = new ByteWriter();
  out.count(lanes.length);
  for (const { id, length_m, width_m, inside, shape } of lanes) {
    out.text(id);
    out.count(Math.round(length_m / shapeQuantum_m));
    out.count(Math.round(width_m / shapeQuantum_m));
    out.byte(inside ? 1 : 0);
    out.count(shape.length >> 1);
    const last = [0, 0];
    for (const [at, value] of shape.entries()) {
      const now = Math.round(value / shapeQuantum_m);
      out.signed(now - (last[at & 1] as number));
      last[at & 1] = now;
    }
  }
  return out.view();
}

/** What stands before the first frame. */
export function encodeHead(header: ReplayHeader, lanes: readonly ReplayLane[]): Uint8Array {
  const out = new ByteWriter();
  const encoder = new TextEncoder();
  out.bytes(encoder.encode(replayMagic));
  out.byte(replayVersion);
  packed(out, encoder.encode(JSON.stringify(header)));
  packed(out, roadsPart(lanes));
  return out.view();
}

export class ReplayEncoder {
  readonly #block: number;
  readonly #out = new ByteWriter();
  readonly #frames = new ByteWriter();
  readonly #step: number;
  #total = 0;
  #inBlock = 0;
  // As the frame before left it, in quanta, by vehicle; who was there, in order.
  readonly #lane: Int32Array;
  readonly #place: Int32Array;
  readonly #lateral: Int32Array;
  readonly #speed: Int32Array;
  readonly #frameOf: Int32Array;
  #present: Int32Array;
  #count = 0;
  #shown: string[] = [];
  #standing = 0;

  /** `block`: frames from one that needs none before it to the next. */
  constructor(header: ReplayHeader, block = usualBlock) {
    const vehicles = header.vehicles.ids.length;
    this.#block = block;
    this.#step = Math.round((header.frame_s * speedQuantum_m_s) / placeQuantum_m);
    this.#lane = new Int32Array(vehicles);
    this.#place = new Int32Array(vehicles);
    this.#lateral = new Int32Array(vehicles);
    this.#speed = new Int32Array(vehicles);
    this.#frameOf = new Int32Array(vehicles).fill(-1);
    this.#present = new Int32Array(vehicles);
  }

  /** Bytes to write now, used again by the next call; mostly none, as frames are written in blocks. */
  frame(frame: ReplayFrame): Uint8Array {
    if (this.#inBlock === 0) this.#forget(frame.shown.length);
    this.#signals(frame.shown);
    this.#comeAndGo(frame);
    this.#moves(frame);
    this.#keep(frame);
    this.#inBlock += 1;
    this.#total += 1;
    this.#out.clear();
    if (this.#inBlock === this.#block) this.#closeBlock();
    return this.#out.view();
  }

  /** The last bytes of the file. */
  end(): Uint8Array {
    this.#out.clear();
    if (this.#inBlock > 0) this.#closeBlock();
    this.#out.u32(0);
    this.#out.u32(this.#total);
    return this.#out.view();
  }

  #closeBlock(): void {
    const body = new ByteWriter();
    body.count(this.#inBlock);
    body.bytes(this.#frames.view());
    packed(this.#out, body.view());
    this.#frames.clear();
    this.#inBlock = 0;
  }

  #forget(signals: number): void {
    for (let i = 0; i < this.#count; i += 1) this.#frameOf[this.#present[i] as number] = -1;
    this.#count = 0;
    this.#shown = Array.from({ length: signals }, () => "");
  }

  #signals(shown: readonly string[]): void {
    const out = this.#frames;
    let changed = 0;
    for (let at = 0; at < shown.length; at += 1) if (shown[at] !== this.#shown[at]) changed += 1;
    out.count(changed);
    for (let at = 0; at < shown.length; at += 1) {
      if (shown[at] === this.#shown[at]) continue;
      const state = shown[at] as string;
      out.count(at);
      out.count(state.length);
      for (let i = 0; i < state.length; i += 1) out.byte(state.charCodeAt(i) & 0x7f);
      this.#shown[at] = state;
    }
  }

  #comeAndGo(frame: ReplayFrame): void {
    const { count, vehicle } = frame;
    let stayed = 0;
    for (let i = 0; i < count; i += 1) {
      const v = vehicle[i] as number;
      if (this.#inBlock === 0 || this.#frameOf[v] !== this.#total - 1) continue;
      this.#frameOf[v] = this.#total;
      stayed += 1;
    }
    this.#go(this.#count - stayed);
    this.#come(frame, count - stayed);
  }

  #go(gone: number): void {
    const out = this.#frames;
    out.count(gone);
    let last = 0;
    for (let i = 0; i < this.#count; i += 1) {
      const v = this.#present[i] as number;
      if (this.#frameOf[v] === this.#total) continue;
      out.count(v - last);
      last = v;
    }
  }

  #come({ count, vehicle, lane, position_m, lateral_m, speed_m_s }: ReplayFrame, come: number): void {
    const out = this.#frames;
    out.count(come);
    let last = 0;
    for (let i = 0; i < count; i += 1) {
      const v = vehicle[i] as number;
      if (this.#frameOf[v] === this.#total) continue;
      out.count(v - last);
      last = v;
      out.count(lane[i] as number);
      out.signed(quanta(position_m[i] as number, placeQuantum_m));
      out.signed(quanta(lateral_m[i] as number, lateralQuantum_m));
      out.count(quanta(speed_m_s[i] as number, speedQuantum_m_s));
    }
  }

  /** Of all who were there before, in order. */
  #moves({ count, vehicle, lane, position_m, lateral_m, speed_m_s }: ReplayFrame): void {
    this.#standing = 0;
    for (let i = 0; i < count; i += 1) {
      const v = vehicle[i] as number;
      if (this.#frameOf[v] !== this.#total) continue;
      this.#move(
        v,
        lane[i] as number,
        quanta(position_m[i] as number, placeQuantum_m),
        quanta(lateral_m[i] as number, lateralQuantum_m),
        quanta(speed_m_s[i] as number, speedQuantum_m_s),
      );
    }
    this.#flushStanding();
  }

  #move(v: number, lane: number, place: number, lateral: number, speed: number): void {
    const out = this.#frames;
    const gain = speed - (this.#speed[v] as number);
    const slip = place - (this.#place[v] as number) - speed * this.#step;
    const bend = lateral - (this.#lateral[v] as number);
    const here = lane === this.#lane[v];
    if (here && bend === 0 && slip === 0 && gain === 0 && speed === 0) {
      this.#standing += 1;
      return;
    }
    this.#flushStanding();
    if (here && bend === 0 && Math.abs(gain) <= mostGain && slip >= leastSlip && slip < leastSlip + slips) {
      out.byte((gain + mostGain) * slips + slip - leastSlip);
      return;
    }
    out.byte(here ? tokens.bent : tokens.elsewhere);
    out.signed(gain);
    out.signed(here ? slip : place);
    out.signed(bend);
    if (!here) out.signed(lane - (this.#lane[v] as number));
  }

  #flushStanding(): void {
    if (this.#standing === 0) return;
    this.#frames.byte(tokens.standing);
    this.#frames.count(this.#standing);
    this.#standing = 0;
  }

  #keep({ count, vehicle, lane, position_m, lateral_m, speed_m_s }: ReplayFrame): void {
    for (let i = 0; i < count; i += 1) {
      const v = vehicle[i] as number;
      this.#present[i] = v;
      this.#frameOf[v] = this.#total;
      this.#lane[v] = lane[i] as number;
      this.#place[v] = quanta(position_m[i] as number, placeQuantum_m);
      this.#lateral[v] = quanta(lateral_m[i] as number, lateralQuantum_m);
      this.#speed[v] = quanta(speed_m_s[i] as number, speedQuantum_m_s);
    }
    this.#count = count;
  }
}

const quanta = (value: number, quantum: number): number => Math.round(value / quantum);
