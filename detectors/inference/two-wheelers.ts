/**
 * Two-wheelers and their riders as one road user. The network sees a rider and the motorcycle below as two bodies, a
 * whole motorcycle and its wheel as two motorcycles, and a small rider often as a person alone: three passes over the
 * suppressed boxes, by falling score, make one box of each.
 */
import { area, intersectionArea, iou, shareInside } from "../../core/geometry/box.ts";
import { vehicleClasses } from "../../core/traffic/vehicle-class.ts";
import type { Detections } from "./detector.ts";

export interface TwoWheelerSettings {
  /** Boxes below are dropped at the end; the input may hold weaker ones, which only bear witness to riders. */
  readonly scoreThreshold: number;
  /** The same for two-wheelers and riders; absent: `scoreThreshold`. */
  readonly twoWheelerThreshold?: number;
  /** Where a lone person is a rider whatever the shape: foot of the box in frame pixels. Absent: nowhere. */
  readonly onCarriageway?: (x: number, y: number) => boolean;
}

const pedestrian = vehicleClasses.indexOf("pedestrian");
const motorcycle = vehicleClasses.indexOf("motorcycle");
const isTwoWheeler = Uint8Array.from(vehicleClasses, (name) => Number(name === "motorcycle" || name === "bicycle"));

/** A two-wheeler of which this share lies in a better one, or the other way round, is part of it. */
const containedShare = 0.6;
/** A person sits on a two-wheeler with this share of the box in it, the middle between its sides. */
const seatedShare = 0.5;
/** With this share in it the two-wheeler's box holds its rider already; the rest may be of somebody else in the crowd. */
const enclosedShare = 0.8;
/** The rider's box, whose wheels are unseen: wider on each side, and longer below. */
const riderMargin = { side: 0.1, below: 0.3 } as const;
/** What bears witness overlaps the rider's box by this IoU. */
const witnessIou = 0.4;
/** A lone person of at most this height per width, with a weak two-wheeler at the same place, rides. */
const tallestRider = 2.15;
/**
 * A two-wheeler weaker than this share of the threshold bears no witness. On the shared pictures those above make riders of
 * 8 lone persons, 5 rightly and none a walker; those from 0.1 up to here would make 10 more, 2 rightly and 2 walkers.
 */
export const witnessShare = 0.7;

type Rules = Required<Omit<TwoWheelerSettings, "onCarriageway">> & Pick<TwoWheelerSettings, "onCarriageway">;

export interface TwoWheelerFusion {
  /** The answer's arrays are reused by the next call. `found` is by falling score and stays as it is. */
  fuse(found: Detections): Detections;
}

export function createTwoWheelerFusion(room: number, settings: TwoWheelerSettings): TwoWheelerFusion {
  const { scoreThreshold, twoWheelerThreshold = scoreThreshold } = settings;
  const rules: Rules = { ...settings, twoWheelerThreshold };
  const least = Math.min(scoreThreshold, twoWheelerThreshold);
  const out: Detections = {
    count: 0,
    boxes: new Float32Array(room * 4),
    scores: new Float32Array(room),
    classes: new Uint8Array(room),
  };
  const rider = new Float32Array(4);
  return {
    fuse(found) {
      out.count = 0;
      for (let i = 0; i < found.count && (found.scores[i] as number) >= least; i++) {
        keepVehicle(found, i, out, rules);
      }
      for (let i = 0; i < found.count && (found.scores[i] as number) >= least; i++) {
        if (found.classes[i] === pedestrian) seatOrKeep(found, i, out, rider, rules);
      }
      sortByScore(out);
      return out;
    },
  };
}

function keepVehicle(found: Detections, i: number, out: Detections, rules: Rules): void {
  const kind = found.classes[i] as number;
  const score = found.scores[i] as number;
  if (isTwoWheeler[kind] === 1) {
    if (score >= rules.twoWheelerThreshold) keepUnlessContained(found, i, out);
  } else if (kind !== pedestrian && score >= rules.scoreThreshold) append(found, i, out);
}

function append(from: Detections, i: number, out: Detections): void {
  out.boxes.set(from.boxes.subarray(i * 4, i * 4 + 4), out.count * 4);
  out.scores[out.count] = from.scores[i] as number;
  out.classes[out.count] = from.classes[i] as number;
  out.count++;
}

function keepUnlessContained(found: Detections, i: number, out: Detections): void {
  const whole = area(found.boxes, i * 4);
  for (let k = 0; k < out.count; k++) {
    if (isTwoWheeler[out.classes[k] as number] === 0) continue;
    const smaller = Math.min(whole, area(out.boxes, k * 4));
    if (intersectionArea(found.boxes, i * 4, out.boxes, k * 4) > containedShare * smaller) return;
  }
  append(found, i, out);
}

function seatOrKeep(found: Detections, i: number, out: Detections, rider: Float32Array, rules: Rules): void {
  const score = found.scores[i] as number;
  const seat = seatOf(found, i, out);
  if (seat >= 0) {
    join(found, i, out, seat);
    return;
  }
  if (score < rules.twoWheelerThreshold || !rides(found, i, rider, rules)) {
    if (score >= rules.scoreThreshold) append(found, i, out);
    return;
  }
  out.boxes.set(rider, out.count * 4);
  out.scores[out.count] = score;
  out.classes[out.count] = motorcycle;
  out.count++;
}

/** The kept two-wheeler that holds most of the person's box with the person's middle above it, or -1. */
function seatOf(found: Detections, i: number, out: Detections): number {
  const middle = (found.boxes[i * 4] as number) + (found.boxes[i * 4 + 2] as number) / 2;
  let best = -1;
  let bestShare = seatedShare;
  for (let k = 0; k < out.count; k++) {
    if (isTwoWheeler[out.classes[k] as number] === 0) continue;
    const left = out.boxes[k * 4] as number;
    if (middle < left || middle > left + (out.boxes[k * 4 + 2] as number)) continue;
    const share = shareInside(found.boxes, i * 4, out.boxes, k * 4);
    if (share > bestShare) {
      best = k;
      bestShare = share;
    }
  }
  return best;
}

/** The two-wheeler's box grows over a rider who is not in it yet. */
function join(found: Detections, i: number, out: Detections, seat: number): void {
  const [a, b] = [i * 4, seat * 4];
  if (shareInside(found.boxes, a, out.boxes, b) >= enclosedShare) return;
  const boxes = out.boxes;
  const left = Math.min(found.boxes[a] as number, boxes[b] as number);
  const top = Math.min(found.boxes[a + 1] as number, boxes[b + 1] as number);
  const right = Math.max(
    (found.boxes[a] as number) + (found.boxes[a + 2] as number),
    (boxes[b] as number) + (boxes[b + 2] as number),
  );
  const bottom = Math.max(
    (found.boxes[a + 1] as number) + (found.boxes[a + 3] as number),
    (boxes[b + 1] as number) + (boxes[b + 3] as number),
  );
  boxes[b] = left;
  boxes[b + 1] = top;
  boxes[b + 2] = right - left;
  boxes[b + 3] = bottom - top;
}

/** Does this lone person ride? If so, `rider` is the box of the person and the unseen two-wheeler. */
function rides(found: Detections, i: number, rider: Float32Array, rules: Rules): boolean {
  const [x, y, w, h] = [
    found.boxes[i * 4] as number,
    found.boxes[i * 4 + 1] as number,
    found.boxes[i * 4 + 2] as number,
    found.boxes[i * 4 + 3] as number,
  ];
  rider[0] = x - riderMargin.side * w;
  rider[1] = y;
  rider[2] = w * (1 + 2 * riderMargin.side);
  rider[3] = h * (1 + riderMargin.below);
  if (rules.onCarriageway?.(x + w / 2, y + h) === true) return true;
  return h <= tallestRider * w && hasWitness(found, i, rider, witnessShare * rules.twoWheelerThreshold);
}

/** Is there a two-wheeler of the least score at the place of a person or of the rider the person would be? */
function hasWitness(found: Detections, person: number, rider: Float32Array, least: number): boolean {
  for (let k = 0; k < found.count && (found.scores[k] as number) >= least; k++) {
    if (isTwoWheeler[found.classes[k] as number] === 0) continue;
    const overlap = Math.max(iou(found.boxes, k * 4, rider, 0), iou(found.boxes, k * 4, found.boxes, person * 4));
    if (overlap > witnessIou) return true;
  }
  return false;
}

/** Insertion sort by falling score: all but the riders at the end are in order, and nothing is allocated. */
function sortByScore({ count, boxes, scores, classes }: Detections): void {
  for (let i = 1; i < count; i++) {
    for (let k = i; k > 0 && (scores[k] as number) > (scores[k - 1] as number); k--) {
      swap(scores, k);
      swap(classes, k);
      for (let side = 0; side < 4; side++) {
        const kept = boxes[k * 4 + side] as number;
        boxes[k * 4 + side] = boxes[(k - 1) * 4 + side] as number;
        boxes[(k - 1) * 4 + side] = kept;
      }
    }
  }
}

function swap(values: Float32Array | Uint8Array, k: number): void {
  const kept = values[k] as number;
  values[k] = values[k - 1] as number;
  values[k - 1] = kept;
}
