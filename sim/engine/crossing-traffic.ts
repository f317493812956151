/**
 * Others inside a junction on lanes that touch one's own: how fast one may drive not to meet them. Who stands or drives in the
 * way is followed to where the lanes touch; else whoever came first goes first. After SUMO's link leaders (Erdmann and
 * Krajzewicz, "SUMO's Road Intersection Model", 2014).
 */
import { brakeGap, halting_m_s, safeFollowSpeed, safeStopSpeed } from "./krauss.ts";
import { hasPriority, isGreen, isRed, isYellow } from "./light.ts";
import { NONE, type World } from "./world.ts";

const near_m = 0.1;
/** Whoever stood in the way for so long is waited for outside. */
const blockage_s = 5;
/** Bodies count as so much longer in curves, and curves wider than this as none. */
const slack_m = 2;
const straight_m = 1e6;
const stuck_s = 10;
const hopeless_s = 30;
const everywhere = Number.NEGATIVE_INFINITY;
/** A gap to somebody who is no matter. */
const noMatter = Number.POSITIVE_INFINITY;

export class CrossingTraffic {
  readonly #w: World;
  /** By lane inside a junction: the lane that leads into it. */
  readonly #before: Int32Array;
  // The vehicle that looks, its place before the end of the lane inside, and what it may drive.
  #v = NONE;
  #lane = NONE;
  #seen = 0;
  // The other that is looked at: in the way already; and the way to the place itself, where one may drive up to it, or below
  // zero where one stops as soon as one can.
  #inTheWay = false;
  toPlace = 0;
  #sticksOut_m = 0;
  /** After a look: the speed that is safe behind all whom one heeds; infinite where there is nobody. */
  safe = Number.POSITIVE_INFINITY;
  /** After a look: the way out of the junction is not asked for, as somebody stands in it. */
  blocks = false;
  /** And not entered either. */
  blocksEntry = false;

  constructor(world: World) {
    this.#w = world;
    const { lanes, links } = world.network;
    this.#before = world.columns.name("CrossingTraffic.#before", world.columns.whole(lanes.ids.length));
    for (const [link, next] of links.next.entries())
      if (world.isInside(next)) this.#before[next] = links.from[link] as number;
  }

  /** What `v` may drive on `lane`, inside a junction and `seen` from its end, not to meet others; at least `least`. */
  limit(v: number, lane: number, seen: number, wanted: number, least: number): number {
    const w = this.#w;
    const { conflicts, lanes } = w.network;
    this.#v = v;
    this.#lane = lane;
    this.#seen = seen;
    this.blocks = false;
    this.blocksEntry = false;
    this.safe = Number.POSITIVE_INFINITY;
    this.#bend((w.length[v] as number) + slack_m, lanes.radius_m[lane] as number);
    let speed = wanted;
    const end = lanes.firstConflict[lane + 1] as number;
    for (let c = lanes.firstConflict[lane] as number; c < end; c += 1) {
      const foe = conflicts.foe[c] as number;
      if (w.count[foe] !== 0) {
        for (let u = w.front[foe] as number; u !== NONE; u = w.behind[u] as number) {
          speed = this.#against(u, c, w.rear_m(u), true, speed, least);
        }
      }
      const beyond = w.rearBeyond_m(foe);
      if (beyond < 0) {
        const rear = (lanes.length_m[foe] as number) + beyond;
        speed = this.#against(w.lastOut[foe] as number, c, rear, false, speed, least);
      }
    }
    return speed;
  }

  /** How far a body of that length sticks out of a curve; of one too tight for it, not a number: others are never past. */
  #bend(long: number, radius: number): void {
    this.#sticksOut_m = radius < straight_m ? radius - Math.sqrt(radius * radius - 0.25 * long * long) : 0;
  }

  /** One other, with its rear so far along its lane; `here`: its front is there too. */
  #against(u: number, c: number, rear: number, here: boolean, speed: number, least: number): number {
    if (u === this.#v || this.#squeezesPast(u)) return speed;
    const gap = this.#gap(u, c, rear, here);
    if (gap === noMatter || !(this.#inTheWay || this.#goesFirst(u, c, gap))) return speed;
    const safe = this.approach(u, gap);
    if (safe < this.safe) this.safe = safe;
    const slower = Math.max(least, Math.min(speed, safe));
    if (slower < halting_m_s) this.#giveUp(u);
    return slower;
  }

  /**
   * Side by side, those who have stood in each other's way inside for long let one of them wriggle out, in the end everybody:
   * the first to come in; of two who have both given up their turn, the faster, then the greater number.
   */
  #squeezesPast(u: number): boolean {
    const w = this.#w;
    const v = this.#v;
    if (w.sideBySide === null || (w.standing_s[v] as number) < stuck_s || (w.standing_s[u] as number) < stuck_s)
      return false;
    const [own, theirs] = [w.lane[v] as number, w.lane[u] as number];
    if (theirs === NONE || !w.isInside(own) || !w.isInside(theirs)) return false;
    if ((w.standing_s[v] as number) >= hopeless_s) return true;
    return !this.#earlier(u, w.entered_s[v] as number, w.entered_s[u] as number);
  }

  /** What is free before the other, with the place where the lanes touch as their common point. */
  #gap(u: number, c: number, rear: number, here: boolean): number {
    const w = this.#w;
    const { conflicts, lanes } = w.network;
    const foe = conflicts.foe[c] as number;
    const sameEnd = conflicts.sameEnd[c] === 1;
    const sameStart = conflicts.sameStart[c] === 1;
    const waits = conflicts.foeWaits[c] === 1;
    const toPlace = this.#seen - (conflicts.behind_m[c] as number);
    if (toPlace + (conflicts.size_m[c] as number) < 0 && !sameEnd) return noMatter;
    const size = conflicts.foeSize_m[c] as number;
    const rearTo = (lanes.length_m[foe] as number) - (conflicts.foeBehind_m[c] as number) - rear;
    const past = rearTo + size + this.#sticksOut_m < 0;
    const long = w.length[u] as number;
    const before = (!past && toPlace > 0) || (sameEnd && toPlace > rearTo - long);
    this.#inTheWay = before && rearTo < long && !this.#leadsInside(foe);
    if (!this.#inTheWay && this.#noMatter(u, c, rear, toPlace, here)) return noMatter;
    const noStop = (here && waits) || sameEnd || sameStart;
    this.toPlace = noStop ? -1 : toPlace;
    if (waits && !sameStart) return everywhere;
    if (past && !sameEnd) return noMatter;
    return toPlace - (w.minGap[this.#v] as number) - this.#shifted(rearTo, c) - size;
  }

  /** Where both run together the one whose lane is longer from there on counts as farther back. */
  #shifted(rearTo: number, c: number): number {
    const { conflicts } = this.#w.network;
    const longer = (conflicts.foeBehind_m[c] as number) - (conflicts.behind_m[c] as number);
    return conflicts.sameEnd[c] === 1 && rearTo < 0 && longer > 0 ? rearTo + longer : rearTo;
  }

  #leadsInside(lane: number): boolean {
    const { lanes, links } = this.#w.network;
    return this.#w.isInside(links.next[lanes.firstLink[lane] as number] as number);
  }

  /** Somebody who is not in the way: waits for green to end, or is passed already, or will not come. */
  #noMatter(u: number, c: number, rear: number, toPlace: number, here: boolean): boolean {
    const w = this.#w;
    const { conflicts, lanes } = w.network;
    const v = this.#v;
    const foe = conflicts.foe[c] as number;
    const waits = conflicts.foeWaits[c] === 1;
    if (waits && this.#bothGreen(foe)) return true;
    if (toPlace < -near_m) return true;
    const sameStart = conflicts.sameStart[c] === 1;
    const sameEdge = lanes.edge[w.lane[v] as number] === lanes.edge[this.#lane];
    if (sameStart && sameEdge && rear + (w.length[u] as number) < w.rear_m(v)) return true;
    const sameEnd = conflicts.sameEnd[c] === 1;
    if ((waits || sameStart) && !sameEnd) return false;
    const asks = w.planBefore.asks(u, lanes.firstLink[foe] as number, sameEnd);
    return here && !asks;
  }

  #bothGreen(foe: number): boolean {
    const { lanes, links } = this.#w.network;
    const own = lanes.entry[this.#lane] as number;
    const other = lanes.entry[foe] as number;
    const { state } = this.#w;
    return isGreen(state[own] as number) && isGreen(state[other] as number) && links.from[own] !== links.from[other];
  }

  /** Is the other, inside too, before `v` by right or by time? */
  #goesFirst(u: number, c: number, gap: number): boolean {
    const w = this.#w;
    const { lanes, conflicts } = w.network;
    const v = this.#v;
    const own = w.lane[v] as number;
    const entry = lanes.entry[this.#lane] as number;
    // Not yet in this junction: everybody in it goes first; and whoever has left it but for its rear.
    if (!w.isInside(own) || !this.#sameJunction(own)) return true;
    const theirLane = w.lane[u] as number;
    const foe = conflicts.foe[c] as number;
    if (theirLane === NONE || !w.isInside(theirLane) || !this.#sameJunction(theirLane)) return true;
    const foeEntry = lanes.entry[foe] as number;
    if (w.network.links.from[entry] === w.network.links.from[foeEntry]) {
      return this.#earlier(u, w.enteredFirst_s[v] as number, w.enteredFirst_s[u] as number);
    }
    this.#compareRights(u, c, entry, foeEntry, gap);
    if (!this.#yields) return this.#earlier(u, w.entered_s[v] as number, w.crossed_s[u] as number);
    if (this.#theyYield) return this.#earlier(u, w.crossed_s[v] as number, w.crossed_s[u] as number);
    return this.#earlier(u, w.crossed_s[v] as number, w.entered_s[u] as number);
  }

  #sameJunction(lane: number): boolean {
    return this.#w.network.lanes.junction[lane] === this.#w.network.lanes.junction[this.#lane];
  }

  /** Does the other come first? Of two at the same time the slower waits, then whoever has the smaller number. */
  #earlier(u: number, mine_s: number, theirs_s: number): boolean {
    const w = this.#w;
    const v = this.#v;
    if (mine_s !== theirs_s) return mine_s > theirs_s;
    if (w.speed[v] !== w.speed[u]) return (w.speed[v] as number) < (w.speed[u] as number);
    const { number } = w.seats;
    return (number[v] as number) < (number[u] as number);
  }

  #yields = false;
  #theyYield = false;

  /** Who gives way to whom, by the lights by which both came in, else by the junction's table. */
  #compareRights(u: number, c: number, entry: number, foeEntry: number, gap: number): void {
    const w = this.#w;
    const { conflicts } = w.network;
    const [mine, theirs] = [w.state[entry] as number, w.state[foeEntry] as number];
    if (isRed(mine) || isRed(theirs)) {
      const theirSpeed = w.speed[u] as number;
      if (!isRed(theirs) && theirSpeed > halting_m_s && gap < 0) {
        const braking = brakeGap(theirSpeed, w.decel[u] as number, w.tau[u] as number, w.dt);
        this.#yields = -gap - (w.length[u] as number) < braking;
        this.#theyYield = !this.#yields;
      } else {
        this.#yields = isRed(theirs);
        this.#theyYield = isRed(mine);
      }
    } else if (hasPriority(mine) !== hasPriority(theirs)) {
      this.#yields = !hasPriority(mine);
      this.#theyYield = !hasPriority(theirs);
    } else if (isYellow(mine) && isYellow(theirs)) {
      this.#yields = (w.speed[u] as number) >= (w.speed[this.#v] as number);
      this.#theyYield = (w.speed[this.#v] as number) >= (w.speed[u] as number);
    } else {
      this.#yields = conflicts.yields[c] === 1;
      this.#theyYield = conflicts.foeYields[c] === 1;
    }
  }

  /** Behind the other where there is room, else up to the place if one may, or to the lane's beginning. */
  approach(u: number, gap: number): number {
    const w = this.#w;
    const v = this.#v;
    const decel = w.decel[v] as number;
    const toLane = this.#seen - (w.network.lanes.length_m[this.#lane] as number) - near_m;
    const behind =
      gap >= 0
        ? safeFollowSpeed(gap, w.speed[u] as number, w.decel[u] as number, decel, w.tau[v] as number, w.dt)
        : safeStopSpeed(toLane, decel, w.dt, w.dt);
    const toPlace = this.toPlace;
    if (toPlace < 0) return behind;
    const short = toPlace - (w.minGap[v] as number);
    const stop = safeStopSpeed(short, decel, w.dt, w.dt);
    if (gap === everywhere) return Math.max(behind, stop);
    // To be there when the other has gone.
    const speed = w.speed[v] as number;
    const gone_s = (toPlace - gap) / Math.max(w.speed[u] as number, halting_m_s);
    const final = Math.max(speed, (2 * short) / gone_s - speed);
    const steady = speed + (w.dt * (final - speed)) / gone_s;
    return Math.max(behind, Math.min(steady, stop));
  }

  #giveUp(u: number): void {
    const w = this.#w;
    const own = w.lane[this.#v] as number;
    const before = this.#before[w.lane[u] as number] as number;
    const behindMe = before === own;
    const beside = before !== NONE && before === this.#before[own];
    if (beside || behindMe || (w.standing_s[u] as number) > blockage_s) {
      this.blocks = true;
      if (behindMe) this.blocksEntry = true;
    }
  }
}
