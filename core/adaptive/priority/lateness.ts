/** What a bus counts for: as much as another vehicle while it is in time, and more the later it is. */

export interface LatenessSettings {
  /** Who is less late than this counts as everybody, s. */
  readonly from_s: number;
  /** Vehicles more for each second later. */
  readonly perSecond: number;
  /** Never more: about as many people as are in it, in cars' loads. */
  readonly most: number;
}

export const usualLateness: LatenessSettings = { from_s: 10, perSecond: 0.25, most: 20 };

export function weightOfLate(late_s: number, { from_s, perSecond, most }: LatenessSettings = usualLateness): number {
  return late_s <= from_s ? 1 : Math.min(most, 1 + (late_s - from_s) * perSecond);
}
