import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ClassNames, classNames } from "../../../detectors/training/site-labels/class-names.ts";
import { cellsOf, csvRow } from "../../../detectors/training/site-labels/csv.ts";
import { readSiteLabels, trainerCsv } from "../../../detectors/training/site-labels/read-labels.ts";

let folder: string;
let images: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "greenwave-labels-"));
  images = join(folder, "images");
  await mkdir(images);
  const canvas = { width: 200, height: 100, channels: 3, background: "#777" } as const;
  for (const name of ["one.jpg", "two.png"]) await sharp({ create: canvas }).toFile(join(images, name));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function namesOf(...said: string[]): ClassNames {
  const names = classNames(said);
  if (!names.ok) throw new Error(JSON.stringify(names.problems));
  return names.value;
}

async function write(name: string, content: string | object): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, typeof content === "string" ? content : JSON.stringify(content));
  return file;
}

async function boxes(labels: string, ...said: string[]) {
  const read = await readSiteLabels({ images, labels }, namesOf(...said));
  if (!read.ok) return read.problems.map(({ code }) => code);
  return [...read.value.pictures].map(([file, each]) => [file.slice(images.length + 1), each]);
}

const motorcycle = { class: "motorcycle", box: [50, 20, 40, 60] };

describe("labels of a site", () => {
  it("are read from a CSV, a COCO file and YOLO texts alike", async () => {
    const csv = await write("boxes.csv", "image,class,x,y,w,h\none.jpg,motorcycle,50,20,40,60\ntwo.png,tree,1,1,5,5\n");
    const coco = await write("boxes.json", {
      images: [
        { id: 7, file_name: "export/train/one.jpg" },
        { id: 8, file_name: "two.png" },
      ],
      annotations: [{ id: 1, image_id: 7, category_id: 3, bbox: [50, 20, 40, 60] }],
      categories: [{ id: 3, name: "Motorbike" }],
    });
    const yolo = join(folder, "yolo");
    await mkdir(yolo);
    await writeFile(join(yolo, "classes.txt"), "tree\nxe máy\n");
    await writeFile(join(yolo, "one.txt"), "1 0.35 0.5 0.2 0.6\n");
    const expected = [
      ["one.jpg", [motorcycle]],
      ["two.png", []],
    ];
    expect(await boxes(csv)).toEqual(expected);
    expect(await boxes(coco)).toEqual(expected);
    expect(await boxes(yolo)).toEqual([
      ["one.jpg", [{ class: "motorcycle", box: [expect.closeTo(50), expect.closeTo(20), 40, 60] }]],
      ["two.png", []],
    ]);
  });

  it("take an outline for the box around it, and names from a data.yaml above the labels", async () => {
    const yolo = join(folder, "outlines", "labels");
    await mkdir(yolo, { recursive: true });
    await writeFile(join(folder, "outlines", "data.yaml"), "names:\n  0: car\n  4: scooter\n");
    await writeFile(join(yolo, "one.txt"), "4 0.25 0.2 0.45 0.3 0.3 0.8\n");
    expect(await boxes(yolo)).toContainEqual(["one.jpg", [motorcycle]]);
  });

  it("go by what is said of a foreign class, before anything that is known", async () => {
    const csv = await write("foreign.csv", "image,class,x,y,w,h\none.jpg,Honda Wave,50,20,40,60\n");
    expect(await boxes(csv, "honda wave=motorcycle")).toEqual([["one.jpg", [motorcycle]]]);
    expect(await boxes(csv)).toEqual(["TRAINING_NOTHING_KNOWN"]);
    expect(classNames(["wave=rocket"])).toMatchObject({ problems: [{ code: "TRAINING_CLASS_UNKNOWN" }] });
  });

  it("tell how many boxes are of classes that nobody counts", async () => {
    const csv = await write("trees.csv", "image,class,x,y,w,h\none.jpg,car,1,1,9,9\none.jpg,tree,1,1,9,9\n");
    const read = await readSiteLabels({ images, labels: csv }, namesOf());
    expect(read.ok && [...read.value.leftOut]).toEqual([["tree", 1]]);
  });

  it.each([
    ["no-column.csv", "image,class,x,y,w\none.jpg,car,1,1,9\n", "TRAINING_LABELS_UNREADABLE"],
    ["no-number.csv", "image,class,x,y,w,h\none.jpg,car,1,1,,9\n", "TRAINING_LABELS_UNREADABLE"],
    ["gone.csv", "image,class,x,y,w,h\ngone.jpg,car,1,1,9,9\n", "TRAINING_PICTURE_MISSING"],
    ["half.json", '{"images": []', "TRAINING_LABELS_UNREADABLE"],
    ["other.json", { images: [], annotations: [] }, "TRAINING_LABELS_UNREADABLE"],
    ["empty.csv", "image,class,x,y,w,h\n", "TRAINING_NOTHING_KNOWN"],
  ])("say what is wrong with %s", async (name, content, code) => {
    expect(await boxes(await write(name, content))).toEqual([code]);
  });

  it("say when YOLO's class numbers have no names, or a line holds no box", async () => {
    const yolo = join(folder, "nameless", "deep", "labels");
    await mkdir(yolo, { recursive: true });
    await writeFile(join(yolo, "one.txt"), "1 0.35 0.5 0.2\n");
    expect(await boxes(yolo)).toEqual(["TRAINING_CLASSES_UNNAMED"]);
    await writeFile(join(yolo, "classes.txt"), "car\nmotorbike\n");
    expect(await boxes(yolo)).toEqual(["TRAINING_LABELS_UNREADABLE"]);
  });

  it("reach the trainer as one CSV, pictures without road users too", async () => {
    const csv = await write("both.csv", "image,class,x,y,w,h\none.jpg,bus,1,2,3.26,4\ntwo.png,tree,1,1,5,5\n");
    const read = await readSiteLabels({ images, labels: csv }, namesOf());
    if (!read.ok) throw new Error(JSON.stringify(read.problems));
    expect(trainerCsv([read.value]).split("\n")).toEqual([
      "image,class,x,y,w,h",
      `${join(images, "one.jpg")},bus,1,2,3.3,4`,
      `${join(images, "two.png")},,0,0,0,0`,
      "",
    ]);
  });

  it("keep commas and quotes in names", () => {
    const text = fc.string({ unit: fc.constantFrom("a", ",", '"', " ", "ệ"), maxLength: 8 });
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 6 }), (cells) => {
        expect(cellsOf(csvRow(cells))).toEqual(cells);
      }),
    );
  });
});
