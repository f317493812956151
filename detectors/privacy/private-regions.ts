/** From who is present in a picture to what is erased in it: every head, and every plate but the subject's. */
import { iou, shareInside } from "../../core/geometry/box.ts";
import { groupOfClass, onFoot } from "../track/class-group.ts";
import { type Box, type Present, padded } from "./region.ts";

/** Of a person's or rider's box: from its top, beyond its top for boxes that begin below the hair, and beyond each side. */
interface HeadShare {
  readonly down: number;
  readonly above: number;
  readonly beside: number;
}

/** Measured on 80 heads marked by hand: docs/reference/privacy.md. */
const pedestrianHead: HeadShare = { down: 0.24, above: 0.1, beside: 0.05 };
const riderHead: HeadShare = { down: 0.28, above: 0.1, beside: 0 };

const headShares: Readonly<Partial<Record<Present["kind"], HeadShare>>> = {
  pedestrian: pedestrianHead,
  motorcycle: riderHead,
  bicycle: riderHead,
};

/** `subject`: the vehicle whose plate stays; null: no plate does. */
export function privateRegions(present: readonly Present[], subject: Box | null): Box[] {
  const own = subject === null ? null : groupOfSubject(present, subject);
  return present.flatMap((user) => {
    const { kind, box, plates, slack_px } = user;
    const share = headShares[kind];
    const heads = share === undefined ? [] : [headOf(box, share)];
    const hidden = subject === null ? plates : plates.filter((plate) => !isSubjects(plate, user, subject, own));
    return [...heads, ...hidden].map((region) => padded(region, slack_px));
  });
}

const headOf = ([x, y, w, h]: Box, { down, above, beside }: HeadShare): Box => [
  x - beside * w,
  y - above * h,
  w * (1 + 2 * beside),
  h * (down + above),
];

/** Boxes that overlap by more are of the subject. */
const SUBJECT_IOU = 0.4;
/** A box with more of it in the subject's is a part of the subject, if it is of its kind. */
const PART = 0.8;
/** A plate lies in the subject with so much of it. */
const INSIDE = 0.7;

/** Whether the subject has two wheels or four, by who is where it should be; null when nobody is. */
function groupOfSubject(present: readonly Present[], subject: Box): number | null {
  let group: number | null = null;
  let most: number = SUBJECT_IOU;
  for (const { kind, box } of present) {
    const overlap = iou(box, 0, subject, 0);
    if (overlap <= most || kind === "plate" || groupOfClass(kind) === onFoot) continue;
    group = groupOfClass(kind);
    most = overlap;
  }
  return group;
}

/** In doubt a plate is a bystander's: of a motorcycle before the subject's bonnet the box lies in the subject's as well. */
function isSubjects(plate: Box, { kind, box }: Present, subject: Box, group: number | null): boolean {
  if (shareInside(plate, 0, subject, 0) < INSIDE) return false;
  if (kind === "plate") return true;
  if (groupOfClass(kind) !== group) return false;
  return iou(box, 0, subject, 0) > SUBJECT_IOU || shareInside(box, 0, subject, 0) > PART;
}
