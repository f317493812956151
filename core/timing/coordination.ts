/** Small sums of coordination (Roess, Prassas and McShane, Traffic Engineering, chapter on signal coordination). */

export interface OffsetInput {
  readonly length_m: number;
  readonly speed_ms: number;
  /** Vehicles a lane that wait downstream when the platoon comes. */
  readonly queue_veh?: number;
  readonly headway_s?: number;
  readonly startup_lost_s?: number;
}

/** L/S - (Q h + l): the light ahead turns green early enough for its queue to be gone. Negative: before this one. */
export function idealOffset_s(input: OffsetInput): number {
  const { length_m, speed_ms, queue_veh = 0, headway_s = 2, startup_lost_s = 0 } = input;
  return length_m / speed_ms - (queue_veh > 0 ? queue_veh * headway_s + startup_lost_s : 0);
}

/** What a band of one direction carries. */
export function bandValue(band_s: number, cycle_s: number, headway_s: number) {
  const vehicles_per_cycle_per_lane = band_s / headway_s;
  return {
    efficiency: band_s / cycle_s,
    vehicles_per_cycle_per_lane,
    capacity_veh_h_per_lane: (vehicles_per_cycle_per_lane * 3600) / cycle_s,
  };
}
