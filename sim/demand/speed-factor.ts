/** `speedFactor` of a vehicle type: a number, or a distribution as `normc(mean,deviation,least,most)`. */
import type { Random } from "../engine/random.ts";
import type { VehicleType } from "./demand.ts";

export interface SpeedFactor {
  readonly speedFactor: number;
  readonly speedDev?: number;
  readonly speedFactorLeast?: number;
  readonly speedFactorMost?: number;
}

/** Null for a text that is neither. */
export function parseSpeedFactor(text: string): SpeedFactor | null {
  const list = /^norm(?<cut>c?)\((?<numbers>[^)]*)\)$/.exec(text.trim())?.groups;
  if (list === undefined) {
    const speedFactor = Number(text);
    return Number.isFinite(speedFactor) && speedFactor > 0 ? { speedFactor } : null;
  }
  const [speedFactor = Number.NaN, speedDev = 0, least = 0.2, most = 2] = (list["numbers"] ?? "")
    .split(",")
    .map(Number);
  if (![speedFactor, speedDev, least, most].every(Number.isFinite)) return null;
  return { speedFactor, speedDev, speedFactorLeast: least, speedFactorMost: most };
}

/** How fast somebody of the type goes on any road, with his own factor. */
export const topSpeed_m_s = ({ maxSpeed_m_s, desiredSpeed_m_s }: VehicleType, factor: number): number =>
  Math.min(maxSpeed_m_s, (desiredSpeed_m_s ?? Number.POSITIVE_INFINITY) * factor);

/** How many times the limit one driver of the type likes to drive. */
export function drawSpeedFactor(
  { speedFactor, speedDev, speedFactorLeast, speedFactorMost }: VehicleType,
  random: Random,
): number {
  if (speedDev === 0) return speedFactor;
  for (;;) {
    const drawn = random.normal(speedFactor, speedDev);
    if (drawn >= speedFactorLeast && drawn <= speedFactorMost) return drawn;
  }
}
