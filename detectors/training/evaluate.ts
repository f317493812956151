/** Measures a model on labelled pictures the way it is run: one or two looks, suppression, two-wheelers with their riders. Dark pictures are shown as they are. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type VehicleClass, vehicleClasses } from "../../core/traffic/vehicle-class.ts";
import type { Detections, Detector } from "../inference/detector.ts";
import { openDetector } from "../inference/open-detector.ts";
import { mostPixelsOf } from "../inference/road-users.ts";
import { loadTwoLooks } from "../inference/two-looks.ts";
import { createTwoWheelerFusion, witnessShare } from "../inference/two-wheelers.ts";
import { modelSchema } from "../schema.ts";
import { type LabelledBox, type Part, partOf, readLabels } from "./labels.ts";
import { scenesOf } from "./scene.ts";
import { type Accuracy, accuracyAt, addMatches, type Matches, noMatches, type ScoredBox } from "./score.ts";

export interface EvaluationOptions {
  readonly modelFile: string;
  /** Folder of pictures and their labels (CSV). */
  readonly images: string;
  readonly labels: string;
  /** Labels of what is there but not in `labels` (CSV): boxes on it count neither as right nor as wrong. */
  readonly unlabelled?: string;
  readonly part: Part;
  /** So many pictures beside and below each other are judged as one: the street from farther away; absent: one. */
  readonly mosaic?: number;
  /** Of the network's input; absent: the model's usual one. */
  readonly longSide_px?: number;
  /** Of the second look at large vehicles; absent: one look alone. */
  readonly farSide_px?: number;
  readonly thresholds: readonly number[];
  /** Least IoU of a box and the label it finds. */
  readonly iou: number;
  readonly threads: number;
}

export interface Evaluation {
  readonly pictures: number;
  /** Labels of each group. */
  readonly labels: Readonly<Record<string, number>>;
  readonly at: readonly ({ readonly score: number } & Readonly<Record<string, Accuracy | number>>)[];
}

/** Classes that are judged as one. */
const groups: Readonly<Record<string, readonly VehicleClass[]>> = {
  two_wheelers: ["motorcycle", "bicycle"],
  cars: ["car", "bus", "truck"],
  pedestrians: ["pedestrian"],
};

interface Seen {
  readonly found: Detections;
  readonly labels: readonly LabelledBox[];
  readonly unlabelled: readonly LabelledBox[];
}

const copied = ({ count, boxes, scores, classes }: Detections): Detections => ({
  count,
  boxes: boxes.slice(0, count * 4),
  scores: scores.slice(0, count),
  classes: classes.slice(0, count),
});

function scoredBoxes({ count, boxes, scores, classes }: Detections): ScoredBox[] {
  return Array.from({ length: count }, (_, i) => ({
    class: vehicleClasses[classes[i] as number] as VehicleClass,
    score: scores[i] as number,
    box: [...boxes.subarray(i * 4, i * 4 + 4)] as unknown as LabelledBox["box"],
  }));
}

function load({ modelFile, threads, longSide_px, farSide_px, thresholds }: EvaluationOptions): Promise<Detector> {
  const least = Math.min(...thresholds);
  if (farSide_px === undefined || longSide_px === undefined) {
    // A network of fixed size says so itself.
    const model = modelSchema.parse({
      file: modelFile,
      ...(longSide_px === undefined ? {} : { input_px: longSide_px }),
    });
    return openDetector({ model, threads, scoreThreshold: witnessShare * least });
  }
  return loadTwoLooks({
    modelFile,
    threads,
    closeSide_px: longSide_px,
    farSide_px,
    mostPixels: mostPixelsOf(longSide_px),
    closeThreshold: witnessShare * least,
    farThreshold: least,
  });
}

/** Rejects with a `ProblemError` when the model or a picture cannot be read. */
async function look(options: EvaluationOptions): Promise<Seen[]> {
  const { images, unlabelled } = options;
  const labels = readLabels(await readFile(options.labels, "utf8"));
  const more = readLabels(unlabelled === undefined ? "image,class,x,y,w,h" : await readFile(unlabelled, "utf8"));
  const files = partOf([...labels.keys()], options.part).map((name) => ({
    file: join(images, name),
    labels: labels.get(name) ?? [],
    unlabelled: more.get(name) ?? [],
  }));
  const detector = await load(options);
  const seen: Seen[] = [];
  for await (const { picture, labels: known, unlabelled: others } of scenesOf(files, options.mosaic ?? 1)) {
    const { rgb, width, height } = picture;
    seen.push({ found: copied(await detector.detect(rgb, width, height)), labels: known, unlabelled: others });
  }
  await detector.close();
  return seen;
}

/** Fusion depends on the threshold, so each threshold is fused and matched by itself. */
function matchesAt(seen: readonly Seen[], score: number, iou: number): Record<string, Matches> {
  const matches = Object.fromEntries(Object.keys(groups).map((name) => [name, noMatches()]));
  for (const { found, labels, unlabelled } of seen) {
    const boxes = scoredBoxes(createTwoWheelerFusion(found.count, { scoreThreshold: score }).fuse(found));
    for (const [name, classes] of Object.entries(groups)) {
      addMatches(matches[name] as Matches, boxes, labels, unlabelled, { classes, iou });
    }
  }
  return matches;
}

export async function evaluate(options: EvaluationOptions): Promise<Evaluation> {
  const seen = await look(options);
  const rows = options.thresholds.map((score) => ({ score, matches: matchesAt(seen, score, options.iou) }));
  return {
    pictures: seen.length,
    labels: Object.fromEntries(Object.entries(rows[0]?.matches ?? {}).map(([name, m]) => [name, m.labels])),
    at: rows.map(({ score, matches }) => ({
      score,
      ...Object.fromEntries(Object.entries(matches).map(([name, m]) => [name, accuracyAt(m, 0)])),
    })),
  };
}
