/**
 * Labels as YOLO's text files, one beside each picture or in a folder of their own: a line for each box with the class
 * number and the box's middle and size as shares of the picture, or with the corners of an outline.
 */
import { existsSync, readdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, dirname, extname, join } from "node:path";
import sharp from "sharp";
import { parse } from "yaml";
import { z } from "zod";
import type { NamedBox, NamedLabels } from "./named-box.ts";

const pictureEndings = [".jpg", ".jpeg", ".png", ".webp", ".bmp"];

const listOfNames = z.object({ names: z.union([z.array(z.string()), z.record(z.string(), z.string())]) });

/** Names by class number, from the files that the usual tools leave beside the labels; undefined when there is none. */
export async function yoloNames(labels: string): Promise<Map<number, string> | undefined> {
  for (const folder of [labels, dirname(labels), dirname(dirname(labels))]) {
    for (const file of ["classes.txt", "obj.names"].map((name) => join(folder, name))) {
      if (!existsSync(file)) continue;
      const lines = (await readFile(file, "utf8")).trim().split(/\r?\n/);
      return new Map(lines.map((name, number) => [number, name.trim()]));
    }
    for (const file of ["data.yaml", "dataset.yaml"].map((name) => join(folder, name))) {
      if (!existsSync(file)) continue;
      const { names } = listOfNames.parse(parse(await readFile(file, "utf8")));
      return new Map(Object.entries(names).map(([number, name]) => [Number(number), name]));
    }
  }
  return undefined;
}

/** Throws with the reason when a line is none of a box. Pictures without a text file are ones without road users. */
export async function readYolo(
  labels: string,
  images: string,
  names: ReadonlyMap<number, string>,
): Promise<NamedLabels> {
  const read: NamedLabels = new Map();
  for (const picture of readdirSync(images).sort()) {
    if (!pictureEndings.includes(extname(picture).toLowerCase())) continue;
    const text = join(labels, `${basename(picture, extname(picture))}.txt`);
    const file = join(images, picture);
    const lines = existsSync(text)
      ? (await readFile(text, "utf8")).split(/\r?\n/).filter((line) => line.trim() !== "")
      : [];
    if (lines.length === 0) {
      read.set(file, []);
      continue;
    }
    const { width, height } = (await sharp(file).metadata()).autoOrient;
    read.set(
      file,
      lines.map((line) => boxOf(line, text, names, width, height)),
    );
  }
  return read;
}

function boxOf(
  line: string,
  file: string,
  names: ReadonlyMap<number, string>,
  width: number,
  height: number,
): NamedBox {
  const [number = Number.NaN, ...shares] = line.trim().split(/\s+/).map(Number);
  const isBox = shares.length === 4 || shares.length === 5;
  if (![number, ...shares].every(Number.isFinite) || (!isBox && (shares.length < 6 || shares.length % 2 === 1))) {
    throw new Error(`${basename(file)} has the line "${line}", which is no box`);
  }
  const name = names.get(number) ?? `${number}`;
  if (isBox) {
    const [x, y, w, h] = shares as [number, number, number, number];
    return { name, box: [(x - w / 2) * width, (y - h / 2) * height, w * width, h * height] };
  }
  const xs = shares.filter((_, i) => i % 2 === 0).map((share) => share * width);
  const ys = shares.filter((_, i) => i % 2 === 1).map((share) => share * height);
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  return { name, box: [left, top, Math.max(...xs) - left, Math.max(...ys) - top] };
}
