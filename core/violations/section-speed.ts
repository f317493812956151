/** Mean speed between two cameras, and whether it may be said to be too fast. */

export interface Passage {
  readonly at_ms: number;
  /** One standard deviation. */
  readonly uncertainty_ms: number;
}

export interface Section {
  readonly length_m: number;
  readonly length_uncertainty_m: number;
  readonly limit_kmh: number;
  readonly tolerance_kmh: number;
}

export interface SectionSpeed {
  readonly speed_kmh: number;
  /** One standard deviation. */
  readonly uncertainty_kmh: number;
  /** Too fast even at two standard deviations below what was measured. */
  readonly too_fast: boolean;
}

/**
 * v = L / (t2 - t1), and for independent errors (u_v / v)^2 = (u_L / L)^2 + (u_t1^2 + u_t2^2) / (t2 - t1)^2 (GUM,
 * JCGM 100:2008, 5.1.2). Null when the second passage is not after the first.
 */
export function sectionSpeed(first: Passage, second: Passage, section: Section): SectionSpeed | null {
  const passed_ms = second.at_ms - first.at_ms;
  if (passed_ms <= 0) return null;
  const speed_kmh = (section.length_m / (passed_ms / 1000)) * 3.6;
  const relative = Math.hypot(
    section.length_uncertainty_m / section.length_m,
    Math.hypot(first.uncertainty_ms, second.uncertainty_ms) / passed_ms,
  );
  const uncertainty_kmh = speed_kmh * relative;
  const too_fast = speed_kmh - 2 * uncertainty_kmh > section.limit_kmh + section.tolerance_kmh;
  return { speed_kmh, uncertainty_kmh, too_fast };
}
