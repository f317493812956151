/**
 * How a vehicle that has to come over, and those who stand in its way, arrange it: it falls back behind the one ahead or
 * passes him, and the one behind brakes or is let by. After Erdmann, "SUMO's Lane-Changing Model" (2015), section 5.
 */
import { brakeGap, safeStopSpeed } from "./krauss.ts";
import type { LaneNeighbours } from "./lane-neighbours.ts";
import type { LaneView } from "./lane-view.ts";
import {
  blocksAsFollower,
  blocksAsLeader,
  followerBlocks,
  leaderBlocks,
  otherWantsLeft,
  otherWantsRight,
  wantsLeft,
  wantsRight,
} from "./minds.ts";
import { NONE, type World } from "./world.ts";

const helpOvertake_m_s = 10 / 3.6;
const leastFallback_m_s2 = 7 / 3.6;
/** Of the time that is left, this share is used. */
const urgency = 2;
/** Room for those whom one cannot see yet, who have more than one lane to go; to the right and to the left. */
const unseenRight_m = 20;
const unseenLeft_m = 40;
const cutInLeft_m_s = 27;
const longRamp_m = 200;
const congested_m_s = 60 / 3.6;
const near_m = 0.1;
const eps = 0.001;

export class LaneHelp {
  readonly #w: World;
  readonly #neighbours: LaneNeighbours;

  constructor(world: World, neighbours: LaneNeighbours) {
    this.#w = world;
    this.#neighbours = neighbours;
  }

  /** Slow vehicles make room for those before them who could not come into their lane. */
  slowForBlocked({ v, firstBlocked, lastBlocked }: LaneView): void {
    if ((this.#w.speed[v] as number) >= (this.#w.decel[v] as number)) return;
    if (lastBlocked !== NONE) this.#slowFor(v, lastBlocked);
    if (firstBlocked !== NONE && firstBlocked !== lastBlocked) this.#slowFor(v, firstBlocked);
  }

  #slowFor(v: number, u: number): void {
    const w = this.#w;
    const gap = w.gap_m(v, u);
    if (gap <= near_m) return;
    const speed = this.#neighbours.followSpeed(v, gap - near_m, w.speed[u] as number, w.decel[u] as number);
    w.minds.advise(v, speed);
  }

  /** For one who must change: `offset` lanes over, and `here_m` from the start of its lane to where that ends for it. */
  arrange(view: LaneView, offset: number, here_m: number, toBest: boolean): void {
    const { v, row, right } = view;
    const w = this.#w;
    const minds = w.minds;
    minds.left_m[v] = here_m - (w.pos[v] as number);
    if (toBest && Math.abs(offset) > 1) this.#reserve(v, right ? unseenRight_m : unseenLeft_m);
    this.#reserveForOthers(view, (w.ways.endAfter[row] as number) > (w.ways.firstAfter[row] as number));
    const lookAhead = Math.max(minds.lookAhead[v] as number, eps);
    const left_s = Math.max(w.dt, (minds.left_m[v] as number) / lookAhead / Math.max(1, Math.abs(offset)) / urgency);
    const planned = this.#tellLeader(view, left_s);
    if (planned >= 0) this.#tellFollower(view, left_s, planned);
  }

  #reserve(v: number, room: number): void {
    const { reserved_m } = this.#w.minds;
    reserved_m[v] = Math.max(room, reserved_m[v] as number);
  }

  /** Two who have to change places: whoever can still stop early enough keeps room for the other at the end of the lane. */
  #reserveForOthers(view: LaneView, goesOn: boolean): void {
    const { v, ahead, firstBlocked } = view;
    const own = this.#keepRoom(view, ahead, goesOn);
    const first = firstBlocked === NONE || firstBlocked === ahead || this.#keepRoom(view, firstBlocked, goesOn);
    if (!own || !first) this.#w.minds.relaxed[v] = goesOn ? 1 : 0;
  }

  /** False where neither can. */
  #keepRoom({ v, right }: LaneView, blocker: number, goesOn: boolean): boolean {
    const w = this.#w;
    const minds = w.minds;
    if (blocker === NONE || ((minds.state[blocker] as number) & (right ? wantsLeft : wantsRight)) === 0) return true;
    const left = minds.left_m[v] as number;
    const theirs = (w.length[blocker] as number) + (w.minGap[blocker] as number);
    if (theirs <= left - this.#braking_m(v, 0)) {
      this.#reserve(v, theirs);
      return true;
    }
    const own = (w.length[v] as number) + (w.minGap[v] as number);
    const theirLeft = minds.left_m[blocker] as number;
    const can = theirLeft - this.#braking_m(blocker, w.dt) >= own || theirLeft > left;
    if (can) this.#reserve(blocker, own);
    else if (!goesOn) this.#reserve(v, theirs);
    return can;
  }

  #braking_m(v: number, headway_s: number): number {
    return brakeGap(this.#w.speed[v] as number, this.#w.decel[v] as number, headway_s, this.#w.dt);
  }

  /** The speed that it means to have next, or -1 when it passes the one ahead. */
  #tellLeader(view: LaneView, left_s: number): number {
    const w = this.#w;
    const { v, ahead } = view;
    const room = (w.minds.left_m[v] as number) - (w.minds.reserved_m[v] as number);
    const speed = w.speed[v] as number;
    const decel = w.decel[v] as number;
    const most = Math.min(speed + (w.accel[v] as number) * w.dt, w.topSpeed[v] as number);
    const stop = Math.min(safeStopSpeed(room, decel, w.dt, w.dt), most);
    const planned = Math.min(speed, stop, w.minds.slowestAdvice(v, speed - decel * w.dt));
    if (ahead === NONE) return planned;
    const theirs = w.speed[ahead] as number;
    const theirNext = theirs - w.dt * Math.max(1, -(w.gained[ahead] as number) / w.dt);
    const nextGap = view.aheadGap_m + w.dt * (theirNext - planned);
    const follow = this.#neighbours.followSpeed(v, nextGap, theirNext, w.decel[ahead] as number);
    const target = Math.max(Math.max(0, speed - decel * w.dt), follow);
    if ((view.blocked & leaderBlocks) === 0) {
      w.minds.advise(v, target);
      return Math.min(target, planned);
    }
    if (this.#passes(view, planned - theirs, left_s)) {
      this.#say(ahead, view, blocksAsLeader, theirs);
      return -1;
    }
    this.#say(ahead, view, blocksAsLeader, Number.POSITIVE_INFINITY);
    if (target >= speed) {
      w.minds.advise(v, target);
      return planned;
    }
    const braking = Math.min(decel, Math.max(leastFallback_m_s2, (speed - target) / left_s));
    const next = Math.min(planned, Math.max(0, speed - w.dt * braking));
    w.minds.advise(v, next);
    return next;
  }

  /** Is it quick enough, with room and time enough, to come over before the one ahead there? */
  #passes({ v, ahead, aheadGap_m, lane, right }: LaneView, faster: number, left_s: number): boolean {
    const w = this.#w;
    if (faster <= 0) return false;
    const limit = w.network.lanes.speed_m_s[lane] as number;
    if (!right && (w.speed[v] as number) >= congested_m_s && limit > congested_m_s + eps) return false;
    const way = this.#overtaking_m(v, ahead, aheadGap_m, w.speed[v] as number, w.speed[ahead] as number);
    const braking = this.#braking_m(v, w.tau[v] as number);
    const room = (w.minds.left_m[v] as number) - (w.minds.reserved_m[v] as number) - braking;
    return room >= way && left_s >= way / faster;
  }

  /** What `u` drives more than `leader` to be safely before it. */
  #overtaking_m(u: number, leader: number, gap: number, speed: number, leaderSpeed: number): number {
    const w = this.#w;
    const secure = this.#neighbours.secureGap_m(leader, leaderSpeed, speed, w.decel[u] as number);
    const bodies = (w.length[leader] as number) + (w.minGap[leader] as number) + (w.length[u] as number);
    return Math.max(0, gap + bodies + secure);
  }

  #say(to: number, { right }: LaneView, what: number, speed: number): void {
    const { minds } = this.#w;
    minds.state[to] = (minds.state[to] as number) | what | (right ? otherWantsRight : otherWantsLeft);
    if (speed !== Number.POSITIVE_INFINITY) minds.advise(to, speed);
  }

  #tellFollower(view: LaneView, left_s: number, planned: number): void {
    const w = this.#w;
    const { v, behind, behindGap_m: gap } = view;
    if (behind === NONE) return;
    const decel = w.decel[v] as number;
    if ((view.blocked & followerBlocks) === 0) {
      if ((view.blocked & leaderBlocks) !== 0) this.#say(behind, view, 0, this.#lettingIn(v, behind, gap, planned, 0));
      return;
    }
    const theirs = w.speed[behind] as number;
    if (planned - theirs >= helpOvertake_m_s) {
      const needed = this.#neighbours.secureGap_m(behind, theirs, planned, decel);
      if ((needed - gap) / left_s < planned - theirs) {
        this.#say(behind, view, blocksAsFollower, planned - helpOvertake_m_s);
        return;
      }
    }
    this.#askFollower(view, left_s, planned);
  }

  /** He brakes as hard as usual for a second where that helps, or at once or in time; else he goes by. */
  #askFollower(view: LaneView, left_s: number, planned: number): void {
    const w = this.#w;
    const { v, behind, behindGap_m: gap, right } = view;
    const theirs = w.speed[behind] as number;
    const help = w.decel[behind] as number;
    const next = Math.max(0, theirs - w.dt * help);
    const after1s = Math.max(0, theirs - help);
    const faster = planned - after1s;
    const opened = gap + faster;
    const secure = this.#neighbours.secureGap_m(behind, after1s, planned, w.decel[v] as number);
    if (opened > 0 && opened >= secure) {
      this.#say(behind, view, blocksAsFollower, this.#lettingIn(v, behind, gap, planned, next));
    } else if (faster > 0 && faster * left_s > secure - opened + near_m) {
      this.#say(behind, view, blocksAsFollower, next);
    } else if (right && !this.#congested(behind)) {
      this.#say(behind, view, blocksAsFollower, Math.max(next, helpOvertake_m_s));
    } else this.#letBy(view, left_s, planned, next, help);
  }

  #congested(v: number): boolean {
    const w = this.#w;
    const limit = w.network.lanes.speed_m_s[w.lane[v] as number] as number;
    return (w.speed[v] as number) < congested_m_s || limit < congested_m_s + eps;
  }

  /** The speed with which `behind` lets `v` in, no slower than `least`; reckoned twice, as it moves meanwhile. */
  #lettingIn(v: number, behind: number, gap: number, planned: number, least: number): number {
    const w = this.#w;
    const decel = w.decel[v] as number;
    const first = Math.max(least, this.#neighbours.followSpeed(behind, gap + w.dt * planned, planned, decel));
    const second = this.#neighbours.followSpeed(behind, gap + w.dt * (planned - first), planned, decel);
    return Math.max(least, second);
  }

  #letBy(view: LaneView, left_s: number, planned: number, next: number, help: number): void {
    const w = this.#w;
    const { v, behind, lane, right } = view;
    const speed = w.speed[v] as number;
    const theirs = w.speed[behind] as number;
    const toCutIn = right || planned > cutInLeft_m_s || (w.network.lanes.length_m[lane] as number) > longRamp_m;
    if (theirs > speed && toCutIn) {
      // He slows down a little, so that somebody after him may be slow enough to help.
      if ((theirs - speed) / help < left_s) {
        this.#say(behind, view, blocksAsFollower, Math.max(next, speed + helpOvertake_m_s));
        return;
      }
    }
    const passing =
      theirs > speed && toCutIn ? Math.max(next, speed + helpOvertake_m_s) : Math.max(theirs, speed + helpOvertake_m_s);
    this.#say(behind, view, blocksAsFollower, passing);
    const way = this.#overtaking_m(behind, v, view.behindGap_m, passing, planned);
    w.minds.advise(v, Math.max(passing - way / left_s, speed - w.dt * (w.decel[v] as number)));
  }
}
