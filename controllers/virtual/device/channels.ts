/** What the driver sees: channels are wired to phases by the database, and in flash they obey `channelFlash`. */
import { channelFlash, channelType } from "../../ntcip/oids.ts";
import type { Sizes } from "../database/layout.ts";
import type { Parameters } from "../database/parameters.ts";
import type { Lamps } from "./lamps.ts";

/** Bit 0 is channel 1. */
export interface ChannelLamps {
  readonly greens: number;
  readonly yellows: number;
  readonly reds: number;
}

interface Wire {
  readonly bit: number;
  /** Of its phase or overlap. */
  readonly source: number;
  readonly type: number;
  readonly flash: number;
}

/** Flash is 60 a minute with equal light and dark (MUTCD: 50 to 60 flashes, lit half to two thirds of the time). */
const FLASH_DS = 10;

type Writable = { -readonly [Key in keyof ChannelLamps]: number };

export class Channels {
  /** What is lit now. Live. */
  readonly lamps: Writable = { greens: 0, yellows: 0, reds: 0 };
  #wires: readonly Wire[] = [];
  #read: Parameters | null = null;
  readonly #sizes: Sizes;

  constructor(sizes: Sizes) {
    this.#sizes = sizes;
  }

  /** `overlaps` are those in use; bit 0 is overlap 1. */
  steady(parameters: Parameters, shown: Lamps, overlaps: number): void {
    this.#darken();
    for (const wire of this.#wiring(parameters)) this.#light(wire, shown, overlaps);
  }

  /** Only channels whose phase has heads (`wired`) or whose overlap is in use light up; pedestrian heads go dark. */
  flashing(parameters: Parameters, wired: number, overlaps: number, now_ds: number): void {
    this.#darken();
    const first = now_ds % FLASH_DS < FLASH_DS / 2;
    for (const { bit, source, type, flash } of this.#wiring(parameters)) {
      const lit = first !== ((flash & channelFlash.alternate) !== 0);
      const heads = type === channelType.overlap ? overlaps : wired;
      if (!lit || type === channelType.phasePedestrian || (source & heads) === 0) continue;
      if ((flash & channelFlash.red) !== 0) this.lamps.reds |= bit;
      else if ((flash & channelFlash.yellow) !== 0) this.lamps.yellows |= bit;
    }
  }

  #darken(): void {
    this.lamps.greens = this.lamps.yellows = this.lamps.reds = 0;
  }

  #light({ bit, source, type }: Wire, shown: Lamps, overlaps: number): void {
    switch (type) {
      case channelType.phaseVehicle:
        this.#put(bit, shown.greens & source, shown.yellows & source, shown.reds & source);
        return;
      case channelType.phasePedestrian:
        this.#put(bit, shown.walks & source, shown.pedClears & source, shown.dontWalks & source);
        return;
      default: {
        const red = overlaps & ~shown.overlapGreens & ~shown.overlapYellows;
        this.#put(bit, shown.overlapGreens & source, shown.overlapYellows & source, red & source);
      }
    }
  }

  #put(bit: number, green: number, yellow: number, red: number): void {
    if (green !== 0) this.lamps.greens |= bit;
    if (yellow !== 0) this.lamps.yellows |= bit;
    if (red !== 0) this.lamps.reds |= bit;
  }

  #wiring(parameters: Parameters): readonly Wire[] {
    if (this.#read === parameters) return this.#wires;
    this.#read = parameters;
    this.#wires = Array.from({ length: this.#sizes.channels }, (_, at) => at + 1).flatMap((channel) => {
      const type = parameters.number("channelControlType", channel);
      const source = parameters.number("channelControlSource", channel);
      const sources = type === channelType.overlap ? this.#sizes.overlaps : this.#sizes.phases;
      if (type === channelType.other || source < 1 || source > sources) return [];
      const flash = parameters.number("channelFlash", channel);
      return [{ bit: 1 << (channel - 1), source: 1 << (source - 1), type, flash }];
    });
    return this.#wires;
  }
}
