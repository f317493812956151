/** `speedFactor` of a vehicle type: a number, or a distribution as `normc(mean,deviation,least,most)`. */

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
