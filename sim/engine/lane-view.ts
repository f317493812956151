/** One look of a vehicle at a lane beside it: made once, filled anew for each. */
import { NONE } from "./world.ts";

export class LaneView {
  v = NONE;
  way = NONE;
  /** What it tells of the rightmost lane. */
  first = NONE;
  /** What its way tells of its lane, and of the one beside. */
  row = NONE;
  besideRow = NONE;
  /** Lanes of the edge by index, counted from the right. */
  index = 0;
  beside = 0;
  lane = NONE;
  besideLane = NONE;
  /** Who drives before `v` on its lane; before and behind it on the other; and the gaps to them. */
  leader = NONE;
  leaderGap_m = 0;
  /** What `v` could drive behind him on its lane; NaN before anybody asked. */
  behindLeader = Number.NaN;
  ahead = NONE;
  aheadGap_m = 0;
  behind = NONE;
  behindGap_m = 0;
  /** Who wanted to come into the own lane and could not, of those ahead: the first and the last; the first also there. */
  firstBlocked = NONE;
  lastBlocked = NONE;
  /** Whether those on the other lane are in the way: bits of `minds.ts`. */
  blocked = 0;

  get right(): boolean {
    return this.beside < this.index;
  }
}
