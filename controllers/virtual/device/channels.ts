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
  readonly phaseBit: number;
  readonly pedestrian: boolean;
  readonly flash: number;
}

/** Flash is 60 a minute with equal light and dark (MUTCD: 50 to 60 flashes, lit half to two thirds of the time). */
const FLASH_DS = 10;

export class Channels {
  #wires: readonly Wire[] = [];
  #read: Parameters | null = null;
  readonly #sizes: Sizes;

  constructor(sizes: Sizes) {
    this.#sizes = sizes;
  }

  steady(parameters: Parameters, lamps: Lamps): ChannelLamps {
    let [greens, yellows, reds] = [0, 0, 0];
    for (const { bit, phaseBit, pedestrian } of this.#wiring(parameters)) {
      const [green, yellow] = pedestrian ? [lamps.walks, lamps.pedClears] : [lamps.greens, lamps.yellows];
      const red = pedestrian ? lamps.dontWalks : lamps.reds;
      if ((green & phaseBit) !== 0) greens |= bit;
      if ((yellow & phaseBit) !== 0) yellows |= bit;
      if ((red & phaseBit) !== 0) reds |= bit;
    }
    return { greens, yellows, reds };
  }

  /** Only channels whose phase has heads (`wired`) light up; pedestrian heads go dark. */
  flashing(parameters: Parameters, wired: number, now_ds: number): ChannelLamps {
    const first = now_ds % FLASH_DS < FLASH_DS / 2;
    let [yellows, reds] = [0, 0];
    for (const { bit, phaseBit, pedestrian, flash } of this.#wiring(parameters)) {
      const lit = first !== ((flash & channelFlash.alternate) !== 0);
      if (!lit || pedestrian || (phaseBit & wired) === 0) continue;
      if ((flash & channelFlash.red) !== 0) reds |= bit;
      else if ((flash & channelFlash.yellow) !== 0) yellows |= bit;
    }
    return { greens: 0, yellows, reds };
  }

  #wiring(parameters: Parameters): readonly Wire[] {
    if (this.#read === parameters) return this.#wires;
    this.#read = parameters;
    this.#wires = Array.from({ length: this.#sizes.phases }, (_, at) => at + 1).flatMap((channel) => {
      const type = parameters.number("channelControlType", channel);
      const phase = parameters.number("channelControlSource", channel);
      if (phase < 1 || phase > this.#sizes.phases) return [];
      if (type !== channelType.phaseVehicle && type !== channelType.phasePedestrian) return [];
      const flash = parameters.number("channelFlash", channel);
      const pedestrian = type === channelType.phasePedestrian;
      return [{ bit: 1 << (channel - 1), phaseBit: 1 << (phase - 1), pedestrian, flash }];
    });
    return this.#wires;
  }
}
