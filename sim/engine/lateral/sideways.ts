/**
 * Once a step, after all have moved: edge by edge, from the foremost to the last, each finds its place across the road and
 * then learns how fast it may drive behind those ahead. Inside junctions everybody keeps the place it came with.
 */
import { brakeGap } from "../krauss.ts";
import { NONE, type World } from "../world.ts";
import type { Abreast } from "./abreast.ts";
import { apart_m, Beside } from "./beside.ts";
import { LaneWishes } from "./lane-wishes.ts";
import { Outlook } from "./outlook.ts";
import { Places } from "./places.ts";
import { TradingPlaces } from "./trading-places.ts";

/** Sideways speed: standing, by the speed ahead, and at most. */
const standing_m_s = 0.5;
const perSpeed = 0.4;
const most_m_s = 1.2;
/** So far from where its lane leads elsewhere one asks the others for room. */
const asking_m = 80;
/** An edge is short for whoever has no more than this left of it with all of its body on it. */
const short_m = 5;
const mostLanes = 64;

export class Sideways {
  readonly #w: World;
  readonly #abreast: Abreast;
  readonly #places: Places;
  readonly #wishes: LaneWishes;
  readonly #beside: Beside;
  readonly #trading: TradingPlaces;
  /** Edges that were swept in the last step, and in which step each was. */
  readonly #swept: Int32Array;
  #sweptCount = 0;
  readonly #sweptIn: Int32Array;
  #step = 0;
  // The edge in hand: its vehicles from the foremost to the last.
  readonly order: Int32Array;
  count = 0;
  readonly #next = new Int32Array(mostLanes);
  #first = 0;

  constructor(world: World, abreast: Abreast) {
    const outlook = new Outlook(world, abreast);
    this.#w = world;
    this.#abreast = abreast;
    this.#places = new Places(world, abreast, outlook);
    this.#wishes = new LaneWishes(world, abreast, outlook);
    this.#beside = new Beside(world, abreast);
    this.#trading = new TradingPlaces(world, abreast);
    this.#swept = new Int32Array(world.network.edges.ids.length);
    this.#sweptIn = new Int32Array(world.network.edges.ids.length).fill(NONE);
    this.order = new Int32Array(world.lane.length);
  }

  all(): void {
    const w = this.#w;
    const { cells, overhang } = this.#abreast;
    for (let i = 0; i < this.#sweptCount; i += 1) cells.clear(this.#swept[i] as number);
    this.#sweptCount = 0;
    this.#step += 1;
    for (let i = 0; i < w.activeCount; i += 1) this.#sort(w.active[i] as number);
    overhang.find();
    for (let i = 0; i < overhang.laneCount; i += 1) this.#note(overhang.lanes[i] as number);
    for (let i = 0; i < w.activeCount; i += 1) this.#note(w.active[i] as number);
    for (let i = 0; i < this.#sweptCount; i += 1) this.#edge(this.#swept[i] as number);
  }

  /** Others may have been passed by within the lane. */
  #sort(lane: number): void {
    const w = this.#w;
    let v = w.front[lane] as number;
    while (v !== NONE) {
      const next = w.behind[v] as number;
      let leader = w.ahead[v] as number;
      if (leader !== NONE && (w.pos[leader] as number) < (w.pos[v] as number)) {
        while (leader !== NONE && (w.pos[leader] as number) < (w.pos[v] as number)) leader = w.ahead[leader] as number;
        w.leaveLane(v);
        w.enterBehind(v, lane, leader);
      }
      v = next;
    }
  }

  #note(lane: number): void {
    const edge = this.#abreast.edgeOf(lane);
    if (this.#sweptIn[edge] === this.#step) return;
    this.#sweptIn[edge] = this.#step;
    this.#swept[this.#sweptCount] = edge;
    this.#sweptCount += 1;
  }

  #edge(edge: number): void {
    const { edges } = this.#w.network;
    this.#first = edges.firstLane[edge] as number;
    const lanes = Math.min(mostLanes, (edges.firstLane[edge + 1] as number) - this.#first);
    for (let lane = this.#first; lane < this.#first + lanes; lane += 1) this.#markOverhang(lane);
    this.#merge(lanes);
    for (let at = 0; at < this.count; at += 1) {
      const v = this.order[at] as number;
      if (edges.inside[edge] === 0) this.#choose(v, at);
      this.#settle(v);
    }
  }

  #markOverhang(lane: number): void {
    const abreast = this.#abreast;
    const { first, next, vehicle, rear_m } = abreast.overhang;
    for (let entry = first[lane] as number; entry !== NONE; entry = next[entry] as number) {
      const u = vehicle[entry] as number;
      abreast.cells.mark(abreast.begin(u, lane), abreast.end(u, lane), u, rear_m[entry] as number);
    }
  }

  #merge(lanes: number): void {
    const w = this.#w;
    for (let i = 0; i < lanes; i += 1) this.#next[i] = w.front[this.#first + i] as number;
    this.count = 0;
    for (;;) {
      let index = NONE;
      let foremost = Number.NEGATIVE_INFINITY;
      for (let i = 0; i < lanes; i += 1) {
        const v = this.#next[i] as number;
        if (v !== NONE && (w.pos[v] as number) > foremost) {
          foremost = w.pos[v] as number;
          index = i;
        }
      }
      if (index === NONE) return;
      const v = this.#next[index] as number;
      this.#next[index] = w.behind[v] as number;
      this.order[this.count] = v;
      this.count += 1;
    }
  }

  /** How fast it may drive in the next step behind those on its edge, and takes its cells. */
  #settle(v: number): void {
    const w = this.#w;
    const abreast = this.#abreast;
    const lane = w.lane[v] as number;
    const pos = w.pos[v] as number;
    const [begin, end] = [abreast.begin(v, lane), abreast.end(v, lane)];
    const behind = abreast.speedBehind(v, begin, end, pos);
    const past = abreast.speedPast(v, begin, end, pos);
    w.courtesy[v] = Math.min(w.courtesy[v] as number, behind, past, this.#trading.speed(v));
    abreast.cells.mark(begin, end, v, w.rear_m(v));
  }

  #choose(v: number, at: number): void {
    // With the rear still inside the junction one drives straight on, unless the edge is too short for anything else.
    if (this.#w.rear_m(v) < 0 && !this.#isShort(v)) return;
    if (this.#abreast.narrow[v] === 0) {
      const side = this.#wishes.wish(v);
      if (side !== 0 && !this.#isLate(v) && this.#changeLanes(v, side, at)) return;
    }
    if (this.#looksElsewhere(v)) return;
    const wish = this.#places.wish(v);
    if (wish !== 0) this.#moveOver(v, wish, at);
  }

  /** Whoever stands looks about for a better place every other second. */
  #looksElsewhere(v: number): boolean {
    const w = this.#w;
    return (w.standing_s[v] as number) > 1 && (Math.floor(w.now_s) + v) % 2 === 1;
  }

  /** Whoever cannot stop any more at the end of the road goes on in its lane. */
  #isLate(v: number): boolean {
    const w = this.#w;
    const left = (w.network.lanes.length_m[w.lane[v] as number] as number) - (w.pos[v] as number);
    return left < brakeGap(w.speed[v] as number, w.decel[v] as number, 0, w.dt);
  }

  #isShort(v: number): boolean {
    const w = this.#w;
    return (w.network.lanes.length_m[w.lane[v] as number] as number) < (w.length[v] as number) + short_m;
  }

  #changeLanes(v: number, side: number, at: number): boolean {
    const w = this.#w;
    const lane = w.lane[v] as number;
    const [begin, end] = this.#abreast.span(v, lane + side, 0);
    const from = Math.min(begin, this.#abreast.begin(v, lane));
    const to = Math.max(end, this.#abreast.end(v, lane));
    if (this.#beside.free(v, from, to, at, this)) {
      this.#take(v, lane + side, 0);
      w.minds.gain[v] = 0;
      return true;
    }
    if (!this.#wishes.urgent) return false;
    return this.#agree(v, side);
  }

  /** The way leads over there, and somebody is in the way: one of both changes places with `v`, or makes room. */
  #agree(v: number, side: number): boolean {
    const partner = this.#trading.partner(v, side);
    if (partner === NONE) this.#askForRoom(v);
    else this.#trade(v, partner);
    return partner !== NONE;
  }

  #trade(v: number, u: number): void {
    const w = this.#w;
    const abreast = this.#abreast;
    const [own, theirs] = [w.lane[v] as number, w.lane[u] as number];
    const [mine, yours] = [this.#trading.offset_m(v, u), this.#trading.offset_m(u, v)];
    this.#take(v, theirs, mine);
    this.#take(u, own, yours);
    if ((w.pos[u] as number) < (w.pos[v] as number)) return;
    // It has been dealt with in this step, and does not know yet whom it follows now.
    abreast.cells.mark(abreast.begin(u, own), abreast.end(u, own), u, w.rear_m(u));
    w.courtesy[u] = 0;
  }

  /** Who was in the way falls back: the one behind, or oneself behind the one ahead or alongside. */
  #askForRoom(v: number): void {
    const { follower, leader } = this.#beside;
    if (follower !== NONE) this.#fallBack(follower, v);
    if (leader !== NONE) this.#fallBack(v, leader);
  }

  #fallBack(u: number, leader: number): void {
    const w = this.#w;
    const distance = w.rear_m(leader) - (w.pos[u] as number);
    // Whoever is beside already cannot make room by standing: both would wait for ever.
    if (distance < apart_m) return;
    const gentle = Math.max(0, (w.speed[u] as number) - (w.decel[u] as number) * w.dt);
    const safe = this.#abreast.followSpeed(u, leader, distance);
    w.courtesy[u] = Math.min(w.courtesy[u] as number, Math.max(gentle, safe));
  }

  #moveOver(v: number, wish: number, at: number): void {
    const w = this.#w;
    const abreast = this.#abreast;
    const { cell_m } = abreast.cells;
    const lane = w.lane[v] as number;
    const rate = Math.min(most_m_s, standing_m_s + perSpeed * (w.speed[v] as number)) / cell_m;
    const most = Math.floor((w.now_s + w.dt) * rate) - Math.floor(w.now_s * rate);
    const [begin, end] = [abreast.begin(v, lane), abreast.end(v, lane)];
    for (let step = Math.min(most, Math.abs(wish)); step > 0; step >>= 1) {
      const by = Math.sign(wish) * step;
      const free = this.#beside.free(v, Math.min(begin, begin + by), Math.max(end, end + by), at, this);
      if (!free) continue;
      this.#shift(v, by * cell_m);
      return;
    }
    if (this.#hasToCome(v, Math.sign(wish))) this.#agree(v, Math.sign(wish));
  }

  /** The way leads over there, and soon. */
  #hasToCome(v: number, side: number): boolean {
    const w = this.#w;
    const row = w.rowOf(w.lane[v] as number, w.way[v] as number);
    const left = w.ways.reach_m(row) - (w.pos[v] as number);
    return Math.sign(w.ways.offset[row] as number) === side && left < asking_m;
  }

  #shift(v: number, by_m: number): void {
    const w = this.#w;
    const { cells, offset_m } = this.#abreast;
    const from = w.lane[v] as number;
    const middle = (cells.middle_m[from] as number) + (offset_m[v] as number) + by_m;
    let lane = from;
    const last = w.network.edges.firstLane[this.#abreast.edgeOf(from) + 1] as number;
    while (lane + 1 < last && middle > (cells.right_m[lane + 1] as number)) lane += 1;
    while (lane > this.#first && middle < (cells.right_m[lane] as number)) lane -= 1;
    if (lane !== from && this.#isLate(v)) return;
    this.#take(v, lane, middle - (cells.middle_m[lane] as number));
  }

  #take(v: number, lane: number, offset_m: number): void {
    const w = this.#w;
    this.#abreast.offset_m[v] = offset_m;
    if (lane === w.lane[v]) return;
    w.leaveLane(v);
    w.enterBehind(v, lane, w.leaderAt(lane, w.pos[v] as number));
  }
}
