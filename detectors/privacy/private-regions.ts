/** From who and what was found in a picture to what is erased in it. */
import { area, intersectionArea, iou, shareInside } from "../../core/geometry/box.ts";
import type { VehicleClass } from "../../core/traffic/vehicle-class.ts";
import { type Box, grown, type PrivateRegion } from "./region.ts";
import type { StreetUser } from "./street-search.ts";

/** Of a person's or rider's box, from its top; and beyond it, for boxes that begin below the hair. */
interface HeadShare {
  readonly down: number;
  readonly above: number;
  /** Beyond each side. */
  readonly beside: number;
}

const pedestrianHead: HeadShare = { down: 0.25, above: 0.06, beside: 0.05 };
const riderHead: HeadShare = { down: 0.34, above: 0.06, beside: 0.05 };

const headShares: Readonly<Partial<Record<VehicleClass, HeadShare>>> = {
  pedestrian: pedestrianHead,
  motorcycle: riderHead,
  bicycle: riderHead,
};

/** Two boxes of one kind that overlap by more are one road user. */
const SAME = 0.7;

export function headRegions(users: readonly StreetUser[]): PrivateRegion[] {
  const heads: PrivateRegion[] = [];
  for (const { class: kind, box } of apart(users)) {
    const share = headShares[kind];
    if (share === undefined) continue;
    const [x, y, w, h] = box;
    const { down, above, beside } = share;
    heads.push({
      kind: "head",
      anchor: box,
      box: [x - beside * w, y - above * h, w * (1 + 2 * beside), h * (down + above)],
    });
  }
  return heads;
}

/** Without those that say of a road user what a better box says already. */
function apart(users: readonly StreetUser[]): StreetUser[] {
  const kept: StreetUser[] = [];
  for (const user of [...users].sort((a, b) => b.score - a.score)) {
    const again = kept.some((other) => other.class === user.class && iou(other.box, 0, user.box, 0) > SAME);
    if (!again) kept.push(user);
  }
  return kept;
}

const bearers: readonly VehicleClass[] = ["motorcycle", "car", "bus", "truck"];

export const vehicleBoxes = (users: readonly StreetUser[]): Box[] =>
  apart(users)
    .filter(({ class: kind }) => bearers.includes(kind))
    .map(({ box }) => box);

/** A plate is followed with so much of its surroundings, in its own sizes on each side. */
const SURROUNDINGS = { across: 0.75, down: 1.5 } as const;

export function plateRegions(plates: readonly Box[], vehicles: readonly Box[], subject: Box | null): PrivateRegion[] {
  return plates
    .filter((plate) => subject === null || !isSubjects(plate, vehicles, subject))
    .map((box) => ({ kind: "plate", box, anchor: grown(box, SURROUNDINGS.across, SURROUNDINGS.down) }));
}

/** A vehicle with more of its box inside the subject's is the subject, or a part of it. */
const PART_OF_SUBJECT = 0.6;
/** Boxes that overlap by more are both of the subject. */
const SUBJECT_IOU = 0.4;
const INSIDE = 0.7;

/**
 * Inside the subject's box, and in no other vehicle's that hides the subject there: one whose wheels are lower in the
 * picture. In doubt it is a bystander's.
 */
function isSubjects(plate: Box, vehicles: readonly Box[], subject: Box): boolean {
  if (shareInside(plate, 0, subject, 0) < INSIDE) return false;
  const foot = subject[1] + subject[3];
  return !vehicles.some((vehicle) => {
    if (iou(vehicle, 0, subject, 0) > SUBJECT_IOU) return false;
    if (intersectionArea(vehicle, 0, subject, 0) > PART_OF_SUBJECT * area(vehicle, 0)) return false;
    return vehicle[1] + vehicle[3] > foot && shareInside(plate, 0, vehicle, 0) > INSIDE;
  });
}
