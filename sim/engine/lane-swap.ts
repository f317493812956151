/**
 * Two who stand side by side, each in the other's lane, change places: by hand and eye, when they have stood for a minute and
 * both fit. Without that they would wait for ever, as nobody is taken off the road.
 */
import { urgent, wantsLeft, wantsRight } from "./minds.ts";
import { NONE, type World } from "./world.ts";

const patience_s = 60;

export class LaneSwap {
  readonly #w: World;

  constructor(world: World) {
    this.#w = world;
  }

  /** Does `u`, beside `v` on the lane to its right or left, want to come over here, and would both fit? */
  possible(v: number, u: number, right: boolean): boolean {
    const w = this.#w;
    if (u === NONE || (w.standing_s[v] as number) < patience_s || (w.standing_s[u] as number) < patience_s)
      return false;
    const theirs = w.minds.state[u] as number;
    if ((theirs & urgent) === 0 || (theirs & (right ? wantsLeft : wantsRight)) === 0) return false;
    return w.gap_m(v, u) < 0 && this.#fits(v, u) && this.#fits(u, v);
  }

  swap(v: number, u: number): void {
    const w = this.#w;
    w.swaps += 1;
    const [own, theirs] = [w.lane[v] as number, w.lane[u] as number];
    const [before, beforeThem] = [w.ahead[v] as number, w.ahead[u] as number];
    w.leaveLane(v);
    w.leaveLane(u);
    w.enterBehind(v, theirs, beforeThem);
    w.enterBehind(u, own, before);
    w.minds.forget(v);
    w.minds.forget(u);
  }

  /** `v` in the place of `u`, as far along as it is now. */
  #fits(v: number, u: number): boolean {
    const w = this.#w;
    const ahead = w.ahead[u] as number;
    const behind = w.behind[u] as number;
    const free = ahead === NONE || w.rear_m(ahead) >= (w.pos[v] as number);
    return free && (behind === NONE || (w.pos[behind] as number) <= w.rear_m(v));
  }
}
