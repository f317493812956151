/** The plate of one vehicle, from what was read in several pictures of it; other vehicles' plates may be among that. */
import type { CasePlate } from "../ports/cases.ts";
import { freeForm, type Region } from "./countries/regions.ts";
import { editDistance } from "./edit-distance.ts";
import { type FrameReading, votePlate } from "./vote.ts";

/** A plate in one picture of the vehicle. */
export interface SeenPlate extends FrameReading {
  /** ISO code, region, or `free`. */
  readonly country: string;
  /** Middle of the plate in shares of the vehicle's box, from its top left corner. */
  readonly at: readonly [number, number];
  readonly height_px: number;
}

export interface VehiclePlate {
  readonly plate: CasePlate;
  /** The best view of it: number of the picture, and of the plate in it. */
  readonly best: { readonly frame: number; readonly seen: number };
}

interface Sighting {
  readonly frame: number;
  readonly seen: number;
  readonly reading: SeenPlate;
  readonly weight: number;
}

/** Readings of one plate differ by at most this share of its characters. */
const SAME_PLATE = 0.34;
/** From here on a voted text is given: lower than for one picture, as another vehicle's plate in the box takes its share off. */
const votedFrom = 0.65;
/** A plate that is seen needs some weight, however unreadable, so that the largest of several is found. */
const LEAST_WEIGHT = 0.02;

/**
 * `frames`: for each picture the plates in it. Null when there are none. The text is null when it is not sure, or when
 * another vehicle's plate stands in the boxes as often.
 */
export function vehiclePlate(
  frames: readonly (readonly SeenPlate[])[],
  regions: readonly Region[],
): VehiclePlate | null {
  const sightings = frames.flatMap((plates, frame) =>
    plates.map((reading, seen) => ({ frame, seen, reading, weight: weightOf(reading) })),
  );
  const groups = groupsOf(sightings.filter(({ weight }) => weight > 0));
  const [own] = groups;
  if (own === undefined) return null;
  const vote = votePlate(
    own.map(({ reading }) => reading),
    regions,
  );
  if (vote === null) return null;
  const others = groups.slice(1).reduce((most, group) => Math.max(most, sum(group)), 0);
  const confidence = (vote.confidence * sum(own)) / (sum(own) + others);
  const readable = confidence >= votedFrom;
  const agreeing = own.filter(({ reading }) => reading.text === vote.text);
  const best = clearest(readable && agreeing.length > 0 ? agreeing : own);
  return {
    plate: {
      text: readable ? vote.text : null,
      confidence,
      country: readable ? countryOf(best.reading) : null,
      frames: frames.length,
      agreeing: readable ? vote.agreeing : 0,
      votes: readable ? vote.characters : [],
    },
    best: { frame: best.frame, seen: best.seen },
  };
}

/**
 * How much a plate counts for this vehicle: a vehicle's own is in the middle of its box rather than at its sides, and
 * below its windows.
 */
function weightOf({ confidence, at: [x, y] }: SeenPlate): number {
  if (x < 0 || x > 1 || y < 0 || y > 1.1) return 0;
  const beside = 1 - 0.75 * (2 * x - 1) ** 2;
  const height = y < 0.25 ? 0.4 : 1;
  return Math.max(LEAST_WEIGHT, confidence) * beside * height;
}

const sum = (group: readonly Sighting[]): number => group.reduce((total, { weight }) => total + weight, 0);

/** Readings that are about the same text, the weightiest group first. Of a picture each group takes one. */
function groupsOf(sightings: readonly Sighting[]): Sighting[][] {
  const groups: Sighting[][] = [];
  for (const each of sightings.toSorted((a, b) => b.weight - a.weight)) {
    const home = groups.find((group) => isSamePlate(group[0] as Sighting, each) && !hasFrame(group, each.frame));
    if (home === undefined) groups.push([each]);
    else home.push(each);
  }
  return groups.toSorted((a, b) => sum(b) - sum(a));
}

const hasFrame = (group: readonly Sighting[], frame: number): boolean => group.some((each) => each.frame === frame);

function isSamePlate({ reading: a }: Sighting, { reading: b }: Sighting): boolean {
  return editDistance(a.text, b.text) <= SAME_PLATE * Math.max(a.text.length, b.text.length);
}

/** Where a person would look: a sure reading of a large plate. */
function clearest(group: readonly Sighting[]): Sighting {
  const clarity = ({ reading }: Sighting): number => reading.confidence * Math.min(reading.height_px, 40);
  return group.reduce((best, each) => (clarity(each) > clarity(best) ? each : best));
}

const countryOf = ({ country }: SeenPlate): string | null => (country === freeForm ? null : country);
