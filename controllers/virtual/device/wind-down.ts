/**
 * Brings a running intersection to all red without shortening anything that people rely on: minimum green, walk,
 * pedestrian clearance, yellow and red clearance each run out first. Used before flash, and before the device starts
 * anew with other rings.
 */
import type { MachinePhase } from "../../../core/signal/machine/types.ts";
import { type Colour, colourOf, type LampAges, type Lamps, maskOf, type Walk, walkOf } from "./lamps.ts";

interface Ending {
  readonly timing: MachinePhase;
  readonly colour: Colour;
  readonly walk: Walk;
  readonly colour_ds: number;
  readonly walk_ds: number;
}

export class WindDown {
  #phases: readonly Ending[];

  constructor(phases: readonly MachinePhase[], lamps: Lamps, ages: LampAges) {
    this.#phases = phases.map((timing) => ({
      timing,
      colour: colourOf(lamps, timing.number),
      walk: walkOf(lamps, timing.number),
      colour_ds: ages.colour_ds(timing.number),
      walk_ds: ages.walk_ds(timing.number),
    }));
  }

  /** The next 0.1 s. */
  step(): Lamps {
    this.#phases = this.#phases.map(next);
    const having = (test: (ending: Ending) => boolean): number =>
      maskOf(this.#phases.filter(test).map((ending) => ending.timing.number));
    return {
      greens: having(({ colour }) => colour === "green"),
      yellows: having(({ colour }) => colour === "yellow"),
      reds: having(({ colour }) => colour === "red"),
      walks: having(({ walk }) => walk === "walk"),
      pedClears: having(({ walk }) => walk === "ped_clear"),
      dontWalks: having(({ walk }) => walk === "dont_walk"),
      phaseOns: having((ending) => !isOver(ending)),
      phaseNexts: 0,
    };
  }

  /** All red, and every red clearance has run. */
  get done(): boolean {
    return this.#phases.every(isOver);
  }
}

const isOver = ({ colour, colour_ds, timing }: Ending): boolean => colour === "red" && colour_ds >= timing.red_clear_ds;

function next(ending: Ending): Ending {
  const walk = nextWalk(ending);
  const colour = walk === "dont_walk" && ending.walk === "dont_walk" ? nextColour(ending) : ending.colour;
  return {
    timing: ending.timing,
    colour,
    walk,
    colour_ds: colour === ending.colour ? ending.colour_ds + 1 : 1,
    walk_ds: walk === ending.walk ? ending.walk_ds + 1 : 1,
  };
}

function nextWalk({ walk, walk_ds, timing }: Ending): Walk {
  if (walk === "walk" && walk_ds >= timing.walk_ds) return "ped_clear";
  if (walk === "ped_clear" && walk_ds >= timing.ped_clear_ds) return "dont_walk";
  return walk;
}

function nextColour({ colour, colour_ds, timing }: Ending): Colour {
  if (colour === "green" && colour_ds >= timing.min_green_ds) return "yellow";
  if (colour === "yellow" && colour_ds >= timing.yellow_ds) return "red";
  return colour;
}
