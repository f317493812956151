/**
 * Whether a vehicle wants to be on the lane beside, and why: because its way leads there (strategic), to help whoever comes
 * over (cooperative), because it is quicker there (speed gain), or because the right is to be kept. After Erdmann, "SUMO's
 * Lane-Changing Model" (2015): LC2013 with its default parameters.
 */
import { brakeGap, followSpeedUpTo, halting_m_s, stopSpeedUpTo } from "./krauss.ts";
import type { LaneHelp } from "./lane-help.ts";
import type { LaneNeighbours } from "./lane-neighbours.ts";
import type { LaneView } from "./lane-view.ts";
import {
  blocksAsFollower,
  cooperative,
  otherWantsLeft,
  otherWantsRight,
  saidByOthers,
  stays,
  strategic,
  urgent,
  wantsLeft,
  wantsRight,
} from "./minds.ts";
import { RoundaboutBonus } from "./roundabout-bonus.ts";
import { NONE, type World } from "./world.ts";

/** How many seconds ahead a lane that ends is left, and how much earlier to the left. */
const lookForward_s = 10;
const leftEarlier = 2;
const memory = 0.9;
const leftThreshold = 0.2;
const rightThreshold = 2;
const keepRightTime_s = 5;
const leastSeconds = 20;
/** Gains are shares of the speed, or of this at least, m/s. */
const slowest_m_s = 10;
const rightAnyway_m_s = 5 / 3.6;
const acceptance_s = 7;
/** What is left of a wish after a second in which the other lane was worse, or as good. */
const worse = 0.5;
const equal = 0.8;
/** A lane that leads elsewhere within this is a turning lane, which others stay out of. */
const turnLane_m = 200;
/** Above this nobody strays onto lanes that end, and whoever is faster than the other does not overtake on the right. */
const highway_m_s = 80 / 3.6;
const congested_m_s = 60 / 3.6;
const helpOvertake_m_s = 10 / 3.6;
const overtakeAhead_s = 8;
const eps = 0.001;

export class LaneWish {
  readonly #w: World;
  readonly #neighbours: LaneNeighbours;
  readonly #help: LaneHelp;
  /** Shares that are left after a step where the other lane was worse, and as good. */
  readonly #kept: Float64Array;
  readonly #view: LaneView;
  /** By how many lanes the best is away, and whether the lane beside is on the way to it. */
  #offset = 0;
  #toBest = false;
  #said = 0;
  #here_m = 0;
  #there_m = 0;
  #ahead_m = 0;
  /** Speeds that this lane and the other promise. */
  #here = 0;
  #there = 0;
  #gain = 0;
  #overtakesLeft = false;
  /** In networks with roundabouts; and by how much ways count as longer for the vehicle in view. */
  readonly #roundabouts: RoundaboutBonus | null;
  #round_m = 0;

  constructor(world: World, view: LaneView, neighbours: LaneNeighbours, help: LaneHelp) {
    this.#w = world;
    this.#view = view;
    this.#neighbours = neighbours;
    this.#help = help;
    world.columns.name("LaneWish.#roundabouts?", world.columns.bytes(1)).fill(RoundaboutBonus.isIn(world) ? 1 : 0);
    this.#roundabouts = RoundaboutBonus.isIn(world) ? new RoundaboutBonus(world) : null;
    this.#kept = world.columns.name("LaneWish.#kept", world.columns.floats(2));
    this.#kept.set([worse ** world.dt, equal ** world.dt]);
  }

  /**
   * What the way asks for, before anybody beside is looked for: bits of `minds.ts`. With `stays` nothing more is to be asked.
   * `dense_m`: by lane of the edge, what the vehicles ahead take.
   */
  begin(dense_m: Float64Array): number {
    const view = this.#view;
    this.#said = (this.#w.minds.state[view.v] as number) & saidByOthers;
    this.#help.slowForBlocked(view);
    this.#measure();
    return this.#said | this.#strategic(dense_m);
  }

  /** What is wanted in the end, by who drives beside. */
  end(wish: number): number {
    if ((wish & urgent) !== 0) {
      this.#help.arrange(this.#view, this.#offset, this.#here_m, this.#toBest);
      return wish;
    }
    return wish | this.#tactical(this.#said);
  }

  #measure(): void {
    const w = this.#w;
    const { v, index, beside, right, row, besideRow } = this.#view;
    const { ways } = w;
    const speed = w.speed[v] as number;
    const minds = w.minds;
    const looked = minds.lookAhead[v] as number;
    const kept = 1 - (1 - memory) * w.dt;
    minds.lookAhead[v] = speed > looked ? speed : kept * looked + (1 - kept) * speed;
    const looking_s = lookForward_s * (right ? 1 : leftEarlier);
    this.#ahead_m =
      (minds.lookAhead[v] as number) * looking_s + 2 * ((w.length[v] as number) + (w.minGap[v] as number));
    const own = ways.offset[row] as number;
    this.#offset = own === 0 && ways.offset[besideRow] === 0 ? beside - index : own;
    this.#toBest = right ? this.#offset < 0 : this.#offset > 0;
    this.#here_m = ways.reach_m(row);
    this.#there_m = ways.reach_m(besideRow);
    if (this.#roundabouts !== null) {
      this.#round_m = this.#roundabouts.of_m(this.#view, this.#offset);
      this.#here_m += this.#round_m;
      this.#there_m += this.#round_m;
    }
    this.#here = w.limit(v, this.#view.lane);
    this.#overtakesLeft = false;
  }

  /** What stands on a lane ahead, and on those that follow it on the way. */
  #taken_m(index: number, dense_m: Float64Array): number {
    const { taken_m, ways } = this.#w;
    const row = ways.rowBeside(this.#view.first, index);
    const end = ways.endAfter[row] as number;
    let sum = 0;
    for (let at = ways.firstAfter[row] as number; at < end; at += 1) sum += taken_m[ways.after[at] as number] as number;
    return (dense_m[index] as number) + sum;
  }

  /** Must it go over now, or may it not? */
  #strategic(dense_m: Float64Array): number {
    const { index, beside, row, right } = this.#view;
    const pos = this.#w.pos[this.#view.v] as number;
    if (this.#toBest) {
      const mayWait = this.#offset !== this.#w.ways.offset[row];
      const lanes = Math.abs(this.#offset);
      if (mayWait || !this.#isShort(this.#here_m - pos, lanes, index + this.#offset, dense_m)) return 0;
      return (right ? wantsRight : wantsLeft) | strategic | urgent;
    }
    const backAndForth = Math.abs(this.#offset) + 2;
    const left_m = this.#there_m - pos;
    if (this.#isShort(left_m, backAndForth, beside, dense_m) || this.#isShort(left_m, backAndForth, index, dense_m)) {
      return stays | strategic;
    }
    return this.#offset === 0 && this.#round_m === 0 && this.#there_m < turnLane_m && this.#leadsOn()
      ? stays | strategic
      : 0;
  }

  /** Of so much that is left for so many lanes, less what stands on one: is it too little? */
  #isShort(left_m: number, lanes: number, index: number, dense_m: Float64Array): boolean {
    if (left_m / lanes < this.#ahead_m) return true;
    return (left_m - this.#taken_m(index, dense_m)) / lanes < this.#ahead_m;
  }

  /** Has the last lane of those that follow the one beside any way on? */
  #leadsOn(): boolean {
    const { ways, network } = this.#w;
    const { besideRow, besideLane } = this.#view;
    const { firstLink } = network.lanes;
    const end = ways.endAfter[besideRow] as number;
    const last = end > (ways.firstAfter[besideRow] as number) ? (ways.after[end - 1] as number) : besideLane;
    return (firstLink[last] as number) < (firstLink[last + 1] as number);
  }

  /** On fast roads nobody passes on the right of somebody slower, but goes to the left of him. */
  #avoidPassingRight(): void {
    const w = this.#w;
    const { v, ahead, aheadGap_m, besideLane } = this.#view;
    if (ahead === NONE) return;
    const speed = w.speed[v] as number;
    const theirs = w.speed[ahead] as number;
    const faster = Math.max(this.#here - w.limit(ahead, besideLane), speed - theirs);
    if (faster <= 0) return;
    const decel = w.decel[ahead] as number;
    const slowest = Math.max(0, speed - (w.decel[v] as number) * w.dt);
    const follow = this.#neighbours.followSpeed(v, aheadGap_m, theirs, decel);
    let safe = follow >= slowest ? follow : Math.max(slowest, theirs - helpOvertake_m_s);
    if ((w.minds.gain[v] as number) < leftThreshold) safe = Math.max(safe, theirs);
    this.#here = Math.min(this.#here, safe);
    w.minds.advise(v, safe);
    if (this.#neighbours.followSpeed(v, aheadGap_m - faster * overtakeAhead_s, theirs, decel) < safe) {
      w.minds.gain[v] =
        (w.minds.gain[v] as number) + (w.dt * faster) / Math.max(w.limit(v, this.#view.lane), slowest_m_s);
      this.#overtakesLeft = true;
    }
  }

  #hurries(): boolean {
    const w = this.#w;
    const limit = w.network.lanes.speed_m_s[this.#view.lane] as number;
    return (w.speed[this.#view.v] as number) >= congested_m_s && limit > congested_m_s + eps;
  }

  #tactical(said: number): number {
    if (!this.#view.right && this.#hurries()) this.#avoidPassingRight();
    const w = this.#w;
    const { v, lane, right } = this.#view;
    this.#promise();
    if (this.#round_m > 0) return cooperative | (right ? stays : wantsLeft);
    const fast = (w.network.lanes.speed_m_s[lane] as number) > highway_m_s;
    if (right && this.#offset === 0 && fast && (w.minds.lookAhead[v] as number) > halting_m_s) return stays | strategic;
    const side = right ? wantsRight : wantsLeft;
    if (this.#helps(said)) return side | cooperative | urgent;
    this.#gain = (this.#there - this.#here) / Math.max(this.#there, slowest_m_s);
    if (right ? this.#toTheRight() : this.#toTheLeft()) return side;
    return this.#harmless() ? side | strategic : 0;
  }

  /** Is it asked to make room for whoever it blocks, and has the way to do so? */
  #helps(said: number): boolean {
    const asked = this.#view.right ? otherWantsRight : otherWantsLeft;
    if ((said & blocksAsFollower) === 0 || (said & asked) === 0) return false;
    return this.#toBest || this.#there_m / (Math.abs(this.#offset) + 1) > this.#ahead_m;
  }

  /** On the way to the best lane, and quicker or as quick. */
  #harmless(): boolean {
    const { v, row, right } = this.#view;
    const wished = this.#w.minds.gain[v] as number;
    const own = this.#w.ways.offset[row] as number;
    return this.#toBest && this.#offset === own && this.#gain >= 0 && (right ? wished < 0 : wished > 0);
  }

  /** What both lanes let one drive, by who is ahead there. */
  #promise(): void {
    const w = this.#w;
    const view = this.#view;
    const { v, leader, ahead } = view;
    let there = w.limit(v, view.besideLane);
    if (Number.isNaN(view.behindLeader)) {
      view.behindLeader = this.#speedBehind(v, leader, view.leaderGap_m, w.limit(v, view.lane), this.#here_m);
    }
    let here = view.behindLeader;
    if (this.#starts(leader) || this.#starts(ahead)) {
      const reached = Math.min((w.speed[v] as number) + (w.accel[v] as number), w.topSpeed[v] as number);
      there = Math.min(there, reached);
      here = Math.min(here, reached);
    }
    this.#there = this.#speedBehind(v, ahead, view.aheadGap_m, there, this.#there_m);
    this.#here = Math.min(this.#here, here);
  }

  #starts(v: number): boolean {
    return v !== NONE && (this.#w.gained[v] as number) > 0;
  }

  /** At most `most`. */
  #speedBehind(v: number, leader: number, gap: number, most: number, way_m: number): number {
    const w = this.#w;
    const decel = w.decel[v] as number;
    const tau = w.tau[v] as number;
    if (leader === NONE) return stopSpeedUpTo(most, way_m, decel, tau, w.dt);
    return followSpeedUpTo(most, gap, w.speed[leader] as number, w.decel[leader] as number, decel, tau, w.dt);
  }

  #lasts(): boolean {
    const w = this.#w;
    return this.#there_m / Math.max(0.1, w.speed[this.#view.v] as number) > leastSeconds;
  }

  #toTheLeft(): boolean {
    const { minds, dt } = this.#w;
    const v = this.#view.v;
    const before = minds.gain[v] as number;
    if (this.#here < this.#there) minds.gain[v] = before + dt * this.#gain;
    else if (before > 0) minds.gain[v] = before * (this.#kept[this.#here > this.#there ? 0 : 1] as number);
    const now = minds.gain[v] as number;
    return now > leftThreshold && (this.#gain > eps || this.#overtakesLeft) && this.#lasts();
  }

  #toTheRight(): boolean {
    const { minds, dt } = this.#w;
    const v = this.#view.v;
    const before = minds.gain[v] as number;
    if (this.#here - rightAnyway_m_s > this.#there) {
      if (before < 0) minds.gain[v] = before * (this.#kept[0] as number);
    } else {
      if (before < 0 || this.#gain > 0) minds.gain[v] = before - dt * this.#gain;
      if (this.#keepsRight()) return true;
    }
    return (minds.gain[v] as number) < -rightThreshold && this.#lasts();
  }

  /** The longer one could drive freely on the right, the sooner one does. */
  #keepsRight(): boolean {
    const w = this.#w;
    const { v, ahead, aheadGap_m, lane, leader } = this.#view;
    const most = w.limit(v, lane);
    const factor = most / (w.network.lanes.speed_m_s[lane] as number);
    const accepted = acceptance_s * factor * Math.max(1, w.speed[v] as number);
    const braking = brakeGap(most, w.decel[v] as number, w.tau[v] as number, w.dt);
    let free_m = Math.max(0, this.#there_m - braking);
    let free_s = Math.min(accepted, free_m / most);
    const theirs = ahead === NONE ? 0 : (w.speed[ahead] as number);
    if (ahead !== NONE && theirs < most) {
      const secure = this.#neighbours.secureGap_m(v, most, theirs, w.decel[ahead] as number);
      free_m = Math.max(0, Math.min(free_m, aheadGap_m - secure));
      free_s = Math.min(free_s, free_m / (most - theirs));
    }
    if (leader !== NONE && this.#hurries() && w.limit(leader, lane) < most) {
      free_s = Math.min(free_s, Math.min(free_m, this.#view.leaderGap_m) / (most - (w.speed[leader] as number)));
      w.minds.gain[v] =
        (w.minds.gain[v] as number) + (w.dt * (most - w.limit(leader, lane))) / Math.max(most, slowest_m_s);
    }
    const before = w.minds.keepRight[v] as number;
    w.minds.keepRight[v] = before - (w.dt * rightThreshold * (free_s / accepted)) / keepRightTime_s;
    return (w.minds.keepRight[v] as number) < -rightThreshold;
  }
}
