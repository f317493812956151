/** Shortest greens: people on foot and queues before a detector. Yellow and red clearance are `core/signal/derive`. */

/** Walking speeds: usual design, near schools, hospitals and markets, and of the elderly. */
export const walkingSpeed_ms = { usual: 1.2, slow: 1, elderly: 0.9 } as const;

const WALK_S = 7;
/** MUTCD 2009, 4E.06: walk and clearance together from 1.8 m before the kerb at 0.91 m/s. */
const BUTTON_M = 1.8;
const BUTTON_SPEED_MS = 0.91;

export interface PedestrianService {
  readonly walk_s: number;
  readonly ped_clear_s: number;
}

/** Whole seconds for a crossing: clearance D / S, walk at least 7 s and as long as the check from the button needs. */
export function pedestrianService(crossing_m: number, speed_ms: number = walkingSpeed_ms.slow): PedestrianService {
  const ped_clear_s = Math.ceil(crossing_m / speed_ms - 1e-9);
  const whole_s = Math.ceil((crossing_m + BUTTON_M) / BUTTON_SPEED_MS - 1e-9);
  return { walk_s: Math.max(WALK_S, whole_s - ped_clear_s), ped_clear_s };
}

const CAR_SPACE_M = 7.5;

/** 3 + 2 n, with n the vehicles that fit between stop line and detector (Signal Timing Manual, 2nd ed., ch. 5). */
export function queueClearingGreen_s(detector_m: number): number {
  return 3 + 2 * Math.ceil(detector_m / CAR_SPACE_M - 1e-9);
}
