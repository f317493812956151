/**
 * Where an actuated program of SUMO has its loops, and which of them hold which phase: SUMO's user documentation, "Traffic
 * Lights: Detectors", with the rules by which 1.15 finds them.
 */
import { classBit, everyClass, type RoadNetwork, type SignalProgram } from "../network/road-network.ts";
import type { SignalHeads } from "./signal-heads.ts";
import type { LoopPlace } from "./signal-loops.ts";
import { isActuatedPhase } from "./signal-phase.ts";
import type { World } from "./world.ts";

/** A queued vehicle with the gap before it. */
const queued_m = 7.5;
const nobody = 0;
const motorized = everyClass & ~(classBit("pedestrian") | classBit("bicycle"));

export interface GapRules {
  /** A phase goes on while the gap at one of its loops is shorter. */
  readonly maxGap_s: number;
  /** Loops lie so long before the stop line, at the lane's speed. */
  readonly detectorGap_s: number;
  /** Headway of a queue that leaves. */
  readonly passing_s: number;
}

export interface Detection extends LoopPlace {
  /** The lane before the stop line for which it stands; the loop itself may lie farther up. */
  readonly before: number;
  readonly maxGap_s: number;
  /** Phases that it holds. */
  readonly phases: readonly number[];
}

class Detector {
  readonly #network: RoadNetwork;
  readonly #heads: SignalHeads;
  readonly #program: SignalProgram;
  readonly #places: readonly number[];

  constructor(network: RoadNetwork, heads: SignalHeads, program: SignalProgram) {
    this.#network = network;
    this.#heads = heads;
    this.#program = program;
    this.#places = [...new Set(heads.places)].sort((a, b) => a - b);
  }

  /** Lanes with a loop, in the order of their places in the state. */
  lanes(): number[] {
    const lanes = new Set(this.#places.flatMap((place) => this.#lanesAt(place)));
    return [...lanes].filter(
      (lane) => this.#network.lanes.allowed[lane] !== nobody && this.shortest_s(lane) !== Number.POSITIVE_INFINITY,
    );
  }

  /** The least of the minimum greens that a lane is given in actuated phases. */
  shortest_s(lane: number): number {
    const own = this.#placesOf(lane);
    const greens = this.#program.phases.filter(
      (phase) => isActuatedPhase(phase) && own.some((place) => /[gG]/.test(phase.state.charAt(place))),
    );
    return Math.min(Number.POSITIVE_INFINITY, ...greens.map(({ min_s }) => min_s));
  }

  /** Phases that the loop of a lane may hold: those in which all who drive over it may go on. */
  phases(lane: number, withLoop: ReadonlySet<number>): number[] {
    return this.#program.phases.flatMap((phase, at) => {
      if (!isActuatedPhase(phase)) return [];
      const runs = (before: number): boolean =>
        this.#placesOf(before).every((place) => this.#runs(place, phase.state.charAt(place), phase.state));
      return runs(lane) && this.#nextLanes(lane).every((next) => !withLoop.has(next) || runs(next)) ? [at] : [];
    });
  }

  #linksAt(place: number): number[] {
    return this.#heads.links.filter((_, at) => this.#heads.places[at] === place);
  }

  #lanesAt(place: number): number[] {
    return this.#linksAt(place).map((link) => this.#network.links.from[link] as number);
  }

  #placesOf(lane: number): number[] {
    return this.#heads.places.filter((_, at) => this.#network.links.from[this.#heads.links[at] as number] === lane);
  }

  /** Lanes entered from a lane: they matter where one signal rules two stop lines, one behind the other. */
  #nextLanes(lane: number): number[] {
    const { lanes, links } = this.#network;
    const next: number[] = [];
    for (let link = lanes.firstLink[lane] as number; link < (lanes.firstLink[lane + 1] as number); link += 1) {
      if (links.turnsAround[link] === 0) next.push(links.to[link] as number);
    }
    return next;
  }

  /**
   * Is a place truly open? Green that must give way counts where the lane is the edge's only one, and where it is never
   * better (or turns around) while others from the same lane have priority.
   */
  #runs(place: number, light: string, state: string): boolean {
    if (light === "G") return true;
    if (light !== "g") return false;
    if (this.#onlyLane(place)) return true;
    if (!this.#neverMajor(place) && !this.#turnsAround(place)) return false;
    return this.#lanesAt(place).some((lane) => this.#placesOf(lane).some((other) => state.charAt(other) === "G"));
  }

  #neverMajor(place: number): boolean {
    return this.#program.phases.every(({ state }) => state.charAt(place) !== "G");
  }

  #turnsAround(place: number): boolean {
    return this.#linksAt(place).every((link) => this.#network.links.turnsAround[link] === 1);
  }

  #onlyLane(place: number): boolean {
    const { edges, lanes } = this.#network;
    return this.#lanesAt(place).some((lane) => {
      const edge = lanes.edge[lane] as number;
      let count = 0;
      for (let at = edges.firstLane[edge] as number; at < (edges.firstLane[edge + 1] as number); at += 1) {
        if (((lanes.allowed[at] as number) & motorized) !== 0) count += 1;
      }
      return count === 1;
    });
  }
}

/** So far before the lane's end, on the lanes before it where it is too short and only one leads into it. */
function placed({ network, firstInto, into }: World, lane: number, back_m: number): LoopPlace {
  let place = lane;
  let at_m = (network.lanes.length_m[lane] as number) - back_m;
  while (at_m < 0 && (firstInto[place + 1] as number) - (firstInto[place] as number) === 1) {
    place = into[firstInto[place] as number] as number;
    at_m += network.lanes.length_m[place] as number;
  }
  return { lane: place, at_m: Math.max(0, at_m) };
}

export function detectionOf(world: World, heads: SignalHeads, program: SignalProgram, rules: GapRules): Detection[] {
  const { network } = world;
  const detector = new Detector(network, heads, program);
  const lanes = detector.lanes().filter((lane) => program.parameters[network.lanes.ids[lane] ?? ""] !== "NO_DETECTOR");
  const withLoop = new Set(lanes);
  return lanes.map((lane) => {
    const queue_m = (detector.shortest_s(lane) / rules.passing_s + 0.5) * queued_m;
    const back_m = Math.min(rules.detectorGap_s * (network.lanes.speed_m_s[lane] as number), queue_m);
    const own = Number(program.parameters[`max-gap:${network.lanes.ids[lane]}`]);
    return {
      ...placed(world, lane, back_m),
      before: lane,
      maxGap_s: Number.isFinite(own) ? own : rules.maxGap_s,
      phases: detector.phases(lane, withLoop),
    };
  });
}
