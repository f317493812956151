/** Labelled pictures of a site, in the form that its labelling tool writes. */
import { existsSync, statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { extname } from "node:path";
import { failed, ok, problem, type Result } from "../../../core/problems/problem.ts";
import { type VehicleClass, vehicleClasses } from "../../../core/traffic/vehicle-class.ts";
import type { ClassNames } from "./class-names.ts";
import { readCoco } from "./coco.ts";
import { csvRow, readCsv } from "./csv.ts";
import type { NamedBox, NamedLabels } from "./named-box.ts";
import { readYolo, yoloNames } from "./yolo.ts";

export interface LabelSource {
  /** Folder of the pictures. */
  readonly images: string;
  /** A CSV file, a COCO JSON file, or a folder of YOLO text files. */
  readonly labels: string;
}

interface KnownBox {
  readonly class: VehicleClass;
  readonly box: NamedBox["box"];
}

export interface SiteLabels {
  /** By file of the picture. */
  readonly pictures: ReadonlyMap<string, readonly KnownBox[]>;
  /** Classes that are none of ours, and how many boxes each has. */
  readonly leftOut: ReadonlyMap<string, number>;
}

/**
 * Fails with TRAINING_LABELS_UNREADABLE, TRAINING_CLASSES_UNNAMED, TRAINING_PICTURE_MISSING or, when no class is one
 * of ours, TRAINING_NOTHING_KNOWN.
 */
export async function readSiteLabels(source: LabelSource, names: ClassNames): Promise<Result<SiteLabels>> {
  const { labels: file } = source;
  const read = await readNamed(source);
  if (!read.ok) return read;
  const missing = [...read.value.keys()].find((picture) => !existsSync(picture));
  if (missing !== undefined) return failed(problem("TRAINING_PICTURE_MISSING", { file, picture: missing }));
  const leftOut = new Map<string, number>();
  const pictures = new Map(
    [...read.value].map(([picture, boxes]) => [picture, boxes.flatMap((box) => knownBox(box, names, leftOut))]),
  );
  if ([...pictures.values()].some((boxes) => boxes.length > 0)) return ok({ pictures, leftOut });
  const found = [...leftOut.keys()].join(", ") || "there are no boxes";
  const example = [...leftOut.keys()][0] ?? "motorbike";
  return failed(problem("TRAINING_NOTHING_KNOWN", { file, found, example, known: vehicleClasses.join(", ") }));
}

function knownBox({ name, box }: NamedBox, names: ClassNames, leftOut: Map<string, number>): KnownBox[] {
  const known = names(name);
  if (known !== undefined) return [{ class: known, box }];
  leftOut.set(name, (leftOut.get(name) ?? 0) + 1);
  return [];
}

async function readNamed({ images, labels }: LabelSource): Promise<Result<NamedLabels>> {
  try {
    if (statSync(labels).isDirectory()) {
      const names = await yoloNames(labels);
      if (names === undefined) return failed(problem("TRAINING_CLASSES_UNNAMED", { file: labels }));
      return ok(await readYolo(labels, images, names));
    }
    const text = await readFile(labels, "utf8");
    return ok(extname(labels).toLowerCase() === ".json" ? readCoco(text, images) : readCsv(text, images));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.replace(/[.\s]+$/, "") : String(cause);
    return failed(problem("TRAINING_LABELS_UNREADABLE", { file: labels, reason }));
  }
}

/** One CSV of all pictures, whatever forms they came in: what the trainer reads. A row without a class names a picture without boxes. */
export function trainerCsv(sources: readonly SiteLabels[]): string {
  const rows = sources.flatMap(({ pictures }) =>
    [...pictures].flatMap(([file, boxes]) =>
      boxes.length === 0
        ? [csvRow([file, "", 0, 0, 0, 0])]
        : boxes.map(({ class: name, box }) => csvRow([file, name, ...box.map((side) => Math.round(side * 10) / 10)])),
    ),
  );
  return ["image,class,x,y,w,h", ...rows, ""].join("\n");
}
