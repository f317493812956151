/** Runs a world: signals, people, plans, moves, lane changes, departures, in that order, step after step. */
import type { Demand, Departure, Walker } from "../demand/demand.ts";
import { drawDemand } from "../demand/draw.ts";
import type { RoadNetwork, SignalProgram } from "../network/road-network.ts";
import { Columns } from "./columns.ts";
import { CompiledStep } from "./compiled-step.ts";
import { Errands } from "./errands.ts";
import { IdmDrivers } from "./idm-drivers.ts";
import { Insertion } from "./insertion.ts";
import { LaneChange } from "./lane-change.ts";
import { Abreast } from "./lateral/abreast.ts";
import { MixedTraffic } from "./lateral/mixed-traffic.ts";
import { Sideways } from "./lateral/sideways.ts";
import { LayOut } from "./lay-out.ts";
import { LockWatch } from "./locks.ts";
import { Mover } from "./mover.ts";
import { Planner } from "./planner.ts";
import { Random } from "./random.ts";
import { SignalPlayer } from "./signal-player.ts";
import { TypeSums, type TypeTotals } from "./type-sums.ts";
import { DriversView } from "./walkers/drivers-view.ts";
import { People } from "./walkers/people.ts";
import { VehiclesInTheWay } from "./walkers/vehicles-in-the-way.ts";
import { Walkers } from "./walkers/walkers.ts";
import { World } from "./world.ts";
import { Zipper } from "./zipper.ts";

/** Keeps the chance of those on foot apart from that of drivers. */
const apart = 0x7765_6c6b;
/** Networks with more lanes than these do not find room in a processor's near memory. */
const fewLanes = 10_000;
/** Fewer than so many find room in a processor's nearest memory wherever they sit. */
const fewSeated = 1000;

/**
 * More than the columns of a street take; what nobody writes to takes no real memory. With 51,750 vehicles on a grid plans double
 * until 1.8 kB a vehicle are used and the compiled step asks for 2.3 kB of room beside (`compiled-step.ts`).
 */
function roomFor_bytes({ lanes, links, conflicts }: RoadNetwork, { departures }: Demand): number {
  const edges = departures.reduce((sum, { route }) => sum + route.length, 0);
  const road = 400 * lanes.ids.length + 400 * links.from.length + 100 * conflicts.foe.length;
  return 2_000_000 + road + 10_000 * departures.length + 500 * edges;
}

export interface SimulationOptions {
  readonly network: RoadNetwork;
  /** Vehicles that are due before `begin_s` or from `end_s` on do not take part. */
  readonly demand: Demand;
  /** Loaded after the network's own, of several for one signal the last is in force. */
  readonly programs?: readonly SignalProgram[];
  readonly seed: number;
  readonly begin_s: number;
  readonly end_s: number;
  readonly step_s?: number;
  /**
   * With it vehicles have a place across the road, and motorcycles drive side by side in a lane (`lateral/`): how finely
   * the road's width is looked at. Without it lanes are single files.
   */
  readonly lateral_resolution_m?: number;
  /** Of more vehicles, and in networks of more lanes, what lies where follows the traffic: `lay-out.ts`. */
  readonly fewSeated?: number;
  readonly fewLanes?: number;
  /** False: by the classes, not by what was compiled of them. Nothing comes of it but time. */
  readonly compiled?: boolean;
}

export interface SimulationResult {
  /** Means over the vehicles that were due: docs/reference/simulation.md. */
  readonly delay_s: number;
  readonly waiting_s: number;
  readonly travel_time_s: number;
  readonly stops: number;
  readonly inserted: number;
  readonly never_inserted: number;
  readonly unfinished: number;
  readonly vehicle_updates: number;
  /** Identifiers of the vehicles of a lock, each waiting for the next; empty without one. */
  readonly lock: readonly string[];
  /** By the type's id; only those of which any were due. */
  readonly types: Readonly<Record<string, TypeTotals>>;
}

export class Simulation {
  readonly world: World;
  /** Null where nobody walks. */
  readonly walkers: Walkers | null;
  readonly #options: SimulationOptions;
  #steps = 0;
  readonly #planner: Planner;
  readonly #mover: Mover;
  readonly #lanes: LaneChange | Sideways;
  readonly #insertion: Insertion;
  readonly #locks: LockWatch;
  readonly #layOut: LayOut;
  readonly #signals: SignalPlayer;
  readonly #zipper: Zipper | null;

  constructor(options: SimulationOptions) {
    const { network, begin_s, end_s, seed, step_s = 1 } = options;
    const { types, departures: all, walkers = [] } = drawDemand(options.demand, seed);
    const isDue = ({ depart_s }: Departure | Walker): boolean => depart_s >= begin_s && depart_s < end_s;
    const demand = { types, departures: all.filter(isDue) };
    this.#options = options;
    const single = options.lateral_resolution_m === undefined && (options.compiled ?? true);
    const columns = new Columns(single ? roomFor_bytes(network, demand) : 0);
    this.world = new World({ network, demand, seed, step_s, begin_s, columns });
    Errands.bring(this.world, demand);
    IdmDrivers.bring(this.world, demand);
    const onFoot = walkers.filter(isDue);
    this.walkers = onFoot.length === 0 ? null : this.#peopled(onFoot);
    this.#planner = new Planner(this.world);
    this.#mover = new Mover(this.world);
    this.#lanes = this.#crossways(options.lateral_resolution_m);
    this.#insertion = new Insertion(this.world);
    this.#locks = new LockWatch(this.world);
    this.#layOut = new LayOut(this.world, { fewSeated, fewLanes, ...options });
    this.#zipper = Zipper.isIn(this.world) ? new Zipper(this.world) : null;
    this.#signals = new SignalPlayer(this.world, options.programs ?? []);
    this.#signals.show();
    if (single) this.world.compiled = CompiledStep.of(this.world);
  }

  /** What moves vehicles across the road. */
  #crossways(resolution_m: number | undefined): LaneChange | Sideways {
    const { world } = this;
    if (resolution_m === undefined) return new LaneChange(world);
    const abreast = new Abreast(world, resolution_m);
    world.sideBySide = new MixedTraffic(world, abreast);
    return new Sideways(world, abreast);
  }

  #peopled(onFoot: readonly Walker[]): Walkers {
    const { world } = this;
    const { network } = world;
    const ways = network.footways.get();
    const random = new Random((this.#options.seed ^ apart) >>> 0);
    const people = new People(onFoot, world.demand.types, ways, random);
    world.onFoot = new DriversView(world, people, ways);
    const vehicles = new VehiclesInTheWay(world, ways, (signal) => this.shown(network.signals[signal] as string));
    return new Walkers(world, ways, people, vehicles, random);
  }

  get over(): boolean {
    return this.world.now_s >= this.#options.end_s;
  }

  /** What a signal showed in the last step, or begins with; empty for one without a program. */
  shown(signal: string): string {
    return this.#signals.shown(signal);
  }

  /** From the next step on a signal shows this in place of its program. */
  show(signal: string, state: string): void {
    this.#signals.hold(signal, state);
  }

  step(): void {
    const { world } = this;
    this.#signals.show();
    this.walkers?.all();
    world.errands?.ask();
    world.turnPlans();
    if (world.compiled?.works === false) this.#giveUpCompiled();
    const { compiled } = world;
    if (compiled === null) this.#planner.all();
    else compiled.plan();
    this.#zipper?.all();
    world.following?.all();
    if (compiled === null) this.#mover.all();
    else compiled.move();
    world.errands?.settle();
    if (compiled === null) this.#lanes.all();
    else compiled.change();
    this.#signals.note();
    this.#insertion.all();
    this.#locks.look();
    this.#steps += 1;
    this.#layOut.look(this.#steps);
    // Counted, not added up: tenths of a second do not add up to seconds.
    world.now_s = Math.round((this.#options.begin_s + this.#steps * world.dt) * 1000) / 1000;
  }

  /** The same numbers come of it, later. */
  #giveUpCompiled(): void {
    this.world.compiled = null;
    process.emitWarning(
      `from ${this.world.now_s} s on steps are not compiled and take twice as long: no room is left in their memory`,
    );
  }

  run(): SimulationResult {
    while (!this.over) this.step();
    return this.result();
  }

  result(): SimulationResult {
    const { world } = this;
    const { departures } = world.demand;
    const end_s = this.#options.end_s;
    const types = new TypeSums();
    let [delay, waiting, travel, stops, inserted, unfinished] = [0, 0, 0, 0, 0, 0];
    for (const [number, { depart_s, type }] of departures.entries()) {
      const v = world.seats.of[number] as number;
      const id = world.demand.types[type]?.id ?? "";
      const departed = world.departed_s[v] as number;
      if (Number.isNaN(departed)) {
        delay += end_s - depart_s;
        types.take(id, end_s - depart_s, null);
        continue;
      }
      inserted += 1;
      const arrived = world.arrived_s[v] as number;
      if (Number.isNaN(arrived)) unfinished += 1;
      const lost_s = (world.loss_s[v] as number) + departed - depart_s;
      const driven_s = (Number.isNaN(arrived) ? end_s : arrived) - departed;
      types.take(id, lost_s, driven_s);
      delay += lost_s;
      waiting += world.waiting_s[v] as number;
      travel += driven_s;
      stops += world.stops[v] as number;
    }
    return {
      delay_s: delay / Math.max(1, departures.length),
      waiting_s: waiting / Math.max(1, inserted),
      travel_time_s: travel / Math.max(1, inserted),
      stops: stops / Math.max(1, inserted),
      inserted,
      never_inserted: departures.length - inserted,
      unfinished,
      vehicle_updates: this.#mover.updates,
      lock: this.#locks.ring.map((number) => departures[number]?.id ?? ""),
      types: types.totals,
    };
  }
}
