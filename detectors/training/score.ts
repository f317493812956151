/** How well boxes meet labels: recall and precision at every score. */
import { iou } from "../../core/geometry/box.ts";
import type { VehicleClass } from "../../core/traffic/vehicle-class.ts";
import type { LabelledBox } from "./labels.ts";

export interface ScoredBox extends LabelledBox {
  readonly score: number;
}

export interface MatchRules {
  /** Classes counted as one. */
  readonly classes: readonly VehicleClass[];
  /** Least IoU of a box and the label it finds. */
  readonly iou: number;
}

export interface Matches {
  labels: number;
  /** Score and outcome of each counted box. */
  readonly found: { readonly score: number; readonly right: boolean }[];
}

export const noMatches = (): Matches => ({ labels: 0, found: [] });

/** A box at one that nobody labelled, though it is there, counts neither way. */
const ignoredIou = 0.4;

/**
 * Adds one picture. By falling score, each box takes the free label it overlaps most; a second box on a taken label is
 * wrong, as is one that overlaps none by enough.
 */
export function addMatches(
  into: Matches,
  boxes: readonly ScoredBox[],
  labels: readonly LabelledBox[],
  unlabelled: readonly LabelledBox[],
  rules: MatchRules,
): void {
  const ours = <T extends LabelledBox>(list: readonly T[]): T[] => list.filter((b) => rules.classes.includes(b.class));
  const free = new Set(ours(labels));
  const ignored = ours(unlabelled);
  into.labels += free.size;
  for (const box of ours(boxes).sort((a, b) => b.score - a.score)) {
    const best = bestOf(free, box);
    if (best !== undefined && iou(box.box, 0, best.box, 0) >= rules.iou) {
      free.delete(best);
      into.found.push({ score: box.score, right: true });
    } else if (!ignored.some((each) => iou(box.box, 0, each.box, 0) >= ignoredIou)) {
      into.found.push({ score: box.score, right: false });
    }
  }
}

function bestOf(labels: Iterable<LabelledBox>, { box }: LabelledBox): LabelledBox | undefined {
  let best: LabelledBox | undefined;
  let most = 0;
  for (const label of labels) {
    const overlap = iou(box, 0, label.box, 0);
    if (overlap > most) {
      most = overlap;
      best = label;
    }
  }
  return best;
}

export interface Accuracy {
  readonly recall: number;
  readonly precision: number;
}

/** Of the boxes that reach a score; precision is 1 when there are none. */
export function accuracyAt({ labels, found }: Matches, score: number): Accuracy {
  const kept = found.filter((each) => each.score >= score);
  const right = kept.filter((each) => each.right).length;
  return { recall: labels === 0 ? 0 : right / labels, precision: kept.length === 0 ? 1 : right / kept.length };
}
