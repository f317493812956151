/** Passages of one plate joined to journeys, as far as one vehicle could have made them. */
import type { PlatePassage } from "../ports/passages.ts";

export interface Journey {
  readonly plate: string;
  /**
   * Why it is not the one before going on: it is the first, the vehicle stood somewhere, or no vehicle gets here so
   * fast, so that one of both was misread or two bear this plate.
   */
  readonly began: "first" | "pause" | "too_fast";
  /** In order of time. */
  readonly passages: readonly PlatePassage[];
  /** From the first to the last passage. */
  readonly duration_s: number;
}

/** Straight between two intersections, metres; null where the site file does not say where they are. */
export type Distance = (from: string, to: string) => number | null;

/** Whoever was not seen for so long had somewhere to be. */
const PAUSE_S = 30 * 60;
/** Faster than anybody drives through a city, straight through its houses. */
const FASTEST_KMH = 130;
/** Two cameras at one intersection may see the same vehicle at once, and their clocks differ a little. */
const SAME_PLACE_M = 60;

/** `far_m`: straight between the two places. */
export const isTooFast = (far_m: number, passed_s: number): boolean => (far_m / passed_s) * 3.6 > FASTEST_KMH;

/** Plates in the order of their first passage, the journeys of each in order of time. */
export function journeysOf(passages: readonly PlatePassage[], distance: Distance): Journey[] {
  const byPlate = new Map<string, PlatePassage[]>();
  for (const passage of passages.toSorted((a, b) => a.at_ms - b.at_ms)) {
    const own = byPlate.get(passage.plate);
    if (own === undefined) byPlate.set(passage.plate, [passage]);
    else own.push(passage);
  }
  return [...byPlate].flatMap(([plate, own]) => splitUp(plate, own, distance));
}

function splitUp(plate: string, passages: readonly PlatePassage[], distance: Distance): Journey[] {
  const parts: { began: Journey["began"]; passages: PlatePassage[] }[] = [];
  let last: PlatePassage | null = null;
  for (const passage of passages) {
    const began: Journey["began"] | null = last === null ? "first" : breakBetween(last, passage, distance);
    if (began === null) parts.at(-1)?.passages.push(passage);
    else parts.push({ began, passages: [passage] });
    last = passage;
  }
  return parts.map((part) => ({ plate, ...part, duration_s: lengthOf(part.passages) }));
}

function breakBetween(from: PlatePassage, to: PlatePassage, distance: Distance): "pause" | "too_fast" | null {
  const passed_s = (to.at_ms - from.at_ms) / 1000;
  if (passed_s > PAUSE_S) return "pause";
  const far_m = from.intersection === to.intersection ? 0 : distance(from.intersection, to.intersection);
  if (far_m === null || far_m <= SAME_PLACE_M) return null;
  return isTooFast(far_m, passed_s) ? "too_fast" : null;
}

const lengthOf = (passages: readonly PlatePassage[]): number =>
  ((passages.at(-1)?.at_ms ?? 0) - (passages[0]?.at_ms ?? 0)) / 1000;
