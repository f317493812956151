/** What the world and those who look at it know of drivers who follow otherwise than by Krauss: `idm-drivers.ts` keeps it. */

export interface Following {
  /** After all have planned, before anybody moves. */
  all(): void;
  /** The highest speed behind somebody, no place ahead of him, who drives `theirs`; infinite for whoever follows by Krauss. */
  speedBehind(v: number, gap: number, theirs: number): number;
  /** The highest speed to come to a halt within `gap`, braking no harder than usual; infinite for whoever follows by Krauss. */
  stopSpeed(v: number, gap: number): number;
  /** The highest speed, at most `speed`, to come onto a lane behind somebody. */
  enterSpeed(v: number, lane: number, speed: number, gap: number, theirs: number): number;
  /** Beyond the least gap, for a follower on the road to be left in peace; NaN for whoever follows by Krauss. */
  secureGap_m(v: number, theirs: number): number;
}
