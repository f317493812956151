/** Lets the vehicles of every edge change lanes, from the foremost to the last: `lane-wish.ts` says who wants to. */
import { brakeGapAtMost } from "./krauss.ts";
import { LaneHelp } from "./lane-help.ts";
import { LaneNeighbours } from "./lane-neighbours.ts";
import { LaneSwap } from "./lane-swap.ts";
import { LaneView } from "./lane-view.ts";
import { LaneWish } from "./lane-wish.ts";
import { blocked, followerBlocks, leaderBlocks, saidByOthers, stays, urgent, wantsChange } from "./minds.ts";
import { NONE, type World } from "./world.ts";

const mostLanes = 16;

export class LaneChange {
  readonly #w: World;
  readonly #neighbours: LaneNeighbours;
  readonly #wish: LaneWish;
  readonly #swap: LaneSwap;
  readonly #view = new LaneView();
  readonly #edgeDone: Int32Array;
  readonly #order: Int32Array;
  /** How many steps. */
  readonly #step: Int32Array;
  // The edge that is being worked through: by lane, who comes next, who passed last, what all who passed take, and who
  // wanted to come into it and could not.
  readonly #next: Int32Array;
  readonly #passed: Int32Array;
  readonly #dense_m: Float64Array;
  readonly #firstBlocked: Int32Array;
  readonly #lastBlocked: Int32Array;
  #count = 0;
  #first = 0;
  /** Is it known already whom the vehicle in hand follows? */
  #lookedAhead = false;
  /** With whom it changes places. */
  #partner = NONE;

  constructor(world: World) {
    this.#w = world;
    this.#neighbours = new LaneNeighbours(world);
    this.#wish = new LaneWish(world, this.#view, this.#neighbours, new LaneHelp(world, this.#neighbours));
    this.#swap = new LaneSwap(world);
    const { columns } = world;
    this.#edgeDone = columns.name("LaneChange.#edgeDone", columns.whole(world.network.edges.ids.length));
    this.#order = columns.name("LaneChange.#order", columns.whole(world.active.length));
    this.#step = columns.name("LaneChange.#step", columns.whole(1, 0));
    this.#next = columns.name("LaneChange.#next", columns.whole(mostLanes));
    this.#passed = columns.name("LaneChange.#passed", columns.whole(mostLanes));
    this.#dense_m = columns.name("LaneChange.#dense_m", columns.floats(mostLanes));
    this.#firstBlocked = columns.name("LaneChange.#firstBlocked", columns.whole(mostLanes));
    this.#lastBlocked = columns.name("LaneChange.#lastBlocked", columns.whole(mostLanes));
  }

  all(): void {
    const w = this.#w;
    const { edges, lanes } = w.network;
    const step = (this.#step[0] as number) + 1;
    this.#step[0] = step;
    const count = w.activeCount;
    for (let i = 0; i < count; i += 1) this.#order[i] = w.active[i] as number;
    for (let i = 0; i < count; i += 1) {
      const edge = lanes.edge[this.#order[i] as number] as number;
      if (this.#edgeDone[edge] === step || edges.inside[edge] === 1) continue;
      this.#edgeDone[edge] = step;
      this.#first = edges.firstLane[edge] as number;
      this.#count = Math.min(mostLanes, (edges.firstLane[edge + 1] as number) - this.#first);
      if (this.#count > 1) this.#edge();
    }
  }

  #edge(): void {
    const w = this.#w;
    for (let i = 0; i < this.#count; i += 1) {
      this.#next[i] = w.front[this.#first + i] as number;
      this.#passed[i] = NONE;
      this.#dense_m[i] = 0;
      this.#firstBlocked[i] = NONE;
      this.#lastBlocked[i] = NONE;
    }
    for (let index = this.#foremost(); index !== NONE; index = this.#foremost()) {
      const v = this.#next[index] as number;
      this.#next[index] = w.behind[v] as number;
      this.#partner = NONE;
      const chosen = this.#choose(v, index);
      if (this.#partner !== NONE) {
        this.#swap.swap(v, this.#partner);
        this.#passed[index] = this.#partner;
      } else if (chosen !== index) {
        w.leaveLane(v);
        w.enterBehind(v, this.#first + chosen, this.#passed[chosen] as number);
        w.minds.forget(v);
      }
      this.#passed[chosen] = v;
      this.#dense_m[chosen] = (this.#dense_m[chosen] as number) + (w.length[v] as number) + (w.minGap[v] as number);
    }
  }

  /** The lane on which the foremost of those to come is. */
  #foremost(): number {
    const { pos } = this.#w;
    let index = NONE;
    let foremost = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < this.#count; i += 1) {
      const v = this.#next[i] as number;
      if (v === NONE || (pos[v] as number) <= foremost) continue;
      foremost = pos[v] as number;
      index = i;
    }
    return index;
  }

  #choose(v: number, index: number): number {
    const w = this.#w;
    const view = this.#view;
    const way = w.way[v] as number;
    view.v = v;
    view.way = way;
    view.index = index;
    view.lane = this.#first + index;
    view.first = w.row[v] as number;
    view.row = w.ways.rowBeside(view.first, index);
    view.firstBlocked = this.#firstBlocked[index] as number;
    view.lastBlocked = this.#lastBlocked[index] as number;
    this.#lookedAhead = false;
    view.behindLeader = Number.NaN;
    const right = this.#look(index - 1);
    if ((right & wantsChange) !== 0 && ((right & blocked) === 0 || this.#partner !== NONE)) return index - 1;
    let left = this.#look(index + 1);
    if ((left & wantsChange) !== 0 && ((left & blocked) === 0 || this.#partner !== NONE)) return index + 1;
    if ((right & urgent) !== 0 && (left & urgent) !== 0) left = 0;
    w.minds.state[v] = ((w.minds.state[v] as number) & saidByOthers) | right | left;
    return index;
  }

  /** What the vehicle in view wants of a lane beside, and who blocks it. */
  #look(beside: number): number {
    const view = this.#view;
    if (beside < 0 || beside >= this.#count) return 0;
    const row = this.#w.ways.rowBeside(view.first, beside);
    if (this.#w.ways.reach_m(row) === 0) return 0;
    view.besideRow = row;
    view.beside = beside;
    view.besideLane = this.#first + beside;
    const wish = this.#wish.begin(this.#dense_m);
    if ((wish & stays) !== 0) return wish;
    this.#findBeside();
    const state = view.blocked | this.#wish.end(wish);
    if ((state & wantsChange) !== 0 && (state & urgent) !== 0 && (state & blocked) !== 0) {
      this.#lastBlocked[beside] = view.v;
      if (this.#firstBlocked[beside] === NONE) this.#firstBlocked[beside] = view.v;
      const beforehand = this.#passed[beside] as number;
      if (this.#swap.possible(view.v, beforehand, beside < view.index)) this.#partner = beforehand;
    }
    return state;
  }

  #findBeside(): void {
    const view = this.#view;
    const { v, beside, besideLane } = view;
    if (!this.#lookedAhead) {
      this.#lookedAhead = true;
      this.#neighbours.leader(v, view.lane, this.#w.ahead[v] as number);
      view.leader = this.#neighbours.found;
      view.leaderGap_m = this.#neighbours.gap_m;
    }
    this.#neighbours.leader(v, besideLane, this.#passed[beside] as number);
    view.ahead = this.#neighbours.found;
    view.aheadGap_m = this.#neighbours.gap_m;
    this.#neighbours.follower(v, besideLane, this.#next[beside] as number);
    view.behind = this.#neighbours.found;
    view.behindGap_m = this.#neighbours.gap_m;
    if (view.behind === view.ahead) view.behind = NONE;
    view.blocked = 0;
    if (view.ahead !== NONE && this.#unsafe(v, view.ahead, view.aheadGap_m)) view.blocked |= leaderBlocks;
    if (view.behind !== NONE && this.#unsafe(view.behind, v, view.behindGap_m)) view.blocked |= followerBlocks;
  }

  /** Would `u`, so far behind `leader`, have to brake harder than usual? Speeds are those after a driver's reaction. */
  #unsafe(u: number, leader: number, gap: number): boolean {
    const w = this.#w;
    if (gap < 0) return true;
    const late_s = Math.max(0, (w.tau[u] as number) - w.dt);
    const speed = (w.speed[u] as number) + Math.max(0, (late_s * (w.gained[u] as number)) / w.dt);
    const theirs = (w.speed[leader] as number) + Math.min(0, (late_s * (w.gained[leader] as number)) / w.dt);
    // Far enough whatever the leader does: most are.
    if (gap >= brakeGapAtMost(speed, w.decel[u] as number, w.tau[u] as number)) return false;
    return gap < this.#neighbours.secureGap_m(u, speed, theirs, w.decel[leader] as number);
  }
}
