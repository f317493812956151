/** Plates on pictures whose plates are known: how much of them is erased, and whether anything can be read afterwards. */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ProblemError } from "../../../core/problems/problem.ts";
import { readPicture } from "../../detect/picture.ts";
import { platesInImages } from "../../plates/plates-in-images.ts";
import { cellsOf } from "../../training/site-labels/csv.ts";
import { PictureEye } from "../picture-eye.ts";
import { regionsIn, writeRedacted } from "../picture-redaction.ts";
import type { Box } from "../region.ts";
import { Cover } from "./cover.ts";
import { type Covered, covered, mean } from "./figures.ts";

export interface PlateFigures {
  readonly pictures: number;
  readonly plates: Covered;
  /** Texts that our own reader reads rightly, before and after. */
  readonly read_before: number;
  readonly read_after: number;
  /** Share of the pictures that is erased, heads included. */
  readonly erased: number;
}

interface Known {
  readonly boxes: Box[];
  readonly texts: string[];
}

/**
 * `folder`: pictures and `ground_truth.csv`, whose rows hold a box (xmin, ymin, xmax, ymax), a text, or both. Where it has no
 * boxes those of the reader stand in, for plates that it reads rightly.
 */
export async function evaluatePlates(folder: string): Promise<PlateFigures> {
  const known = await truthOf(folder);
  const names = [...known.keys()];
  const images = names.map((name) => join(folder, name));
  const before = await readIn(images);
  const work = await mkdtemp(join(tmpdir(), "greenwave-redaction-"));
  const eye = await PictureEye.open();
  try {
    const [shares, erased, copies]: [number[], number[], string[]] = [[], [], []];
    for (const [index, name] of names.entries()) {
      const { boxes, texts } = known.get(name) as Known;
      const read = await readPicture(images[index] as string);
      if (!read.ok) throw new ProblemError(read.problems);
      const regions = await regionsIn(eye, read.value, null);
      const cover = new Cover(read.value.width, read.value.height, regions);
      const found = (before[index] ?? []).filter(({ text }) => texts.includes(text)).map(({ box }) => box);
      for (const box of boxes.length > 0 ? boxes : found) shares.push(cover.of(box));
      erased.push(cover.share);
      const out = join(work, `${index}.png`);
      const written = await writeRedacted(read.value, regions, out);
      if (!written.ok) throw new ProblemError(written.problems);
      copies.push(out);
    }
    const after = await readIn(copies);
    const right = (seen: typeof after): number =>
      names.reduce((sum, name, i) => sum + rightly(known.get(name)?.texts ?? [], seen[i] ?? []), 0);
    return {
      pictures: names.length,
      plates: covered(shares),
      read_before: right(before),
      read_after: right(after),
      erased: mean(erased),
    };
  } finally {
    await eye.close();
    await rm(work, { recursive: true, force: true });
  }
}

type Read = readonly { readonly text: string; readonly box: Box }[];

const rightly = (texts: readonly string[], read: Read): number =>
  texts.filter((text) => read.some((each) => each.text === text)).length;

async function readIn(images: readonly string[]): Promise<Read[]> {
  const { pictures, problems } = await platesInImages({ images });
  if (problems.length > 0) throw new ProblemError(problems);
  return pictures.map(({ plates }) => plates);
}

async function truthOf(folder: string): Promise<Map<string, Known>> {
  const [header = "", ...rows] = (await readFile(join(folder, "ground_truth.csv"), "utf8")).trim().split(/\r?\n/);
  const columns = cellsOf(header);
  const at = (cells: readonly string[], name: string): string => cells[columns.indexOf(name)] ?? "";
  const text = columns.includes("text_normalised") ? "text_normalised" : "text";
  const known = new Map<string, Known>();
  for (const cells of rows.map(cellsOf)) {
    const each = known.get(at(cells, "image")) ?? { boxes: [], texts: [] };
    known.set(at(cells, "image"), each);
    const sides = ["xmin", "ymin", "xmax", "ymax"].map((name) => Number(at(cells, name) || "NaN"));
    const [left, top, right, bottom] = sides as [number, number, number, number];
    if (sides.every(Number.isFinite)) each.boxes.push([left, top, right - left, bottom - top]);
    if (at(cells, text) !== "") each.texts.push(at(cells, text));
  }
  return known;
}
