/** What was counted where, and how well a number of vehicles agrees with it. */

/** From the first edge into the second. */
export type Movement = readonly [from: number, to: number];

/** How many drove any of these movements in a span of time. */
export interface MovementCount {
  /** For people: where it was counted. */
  readonly name: string;
  readonly movements: readonly Movement[];
  readonly begin_s: number;
  readonly end_s: number;
  readonly count: number;
}

/**
 * Agreement of a modelled with a counted flow, both per hour: sqrt(2 (m - c)² / (m + c)), by Geoffrey E. Havers. Under 5 is
 * called a good fit (Transport for London, Traffic Modelling Guidelines; FHWA, Traffic Analysis Toolbox III).
 */
export function geh(modelled: number, counted: number): number {
  const sum = modelled + counted;
  return sum === 0 ? 0 : Math.sqrt((2 * (modelled - counted) ** 2) / sum);
}
