import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type LabelledFile, type Scene, scenesOf } from "../../../detectors/training/scene.ts";

let folder: string;
let files: LabelledFile[];
const colours = ["#ff0000", "#00ff00", "#0000ff", "#ffffff", "#000000"];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "greenwave-scene-"));
  files = await Promise.all(
    colours.map(async (background, i) => {
      const file = join(folder, `${i}.png`);
      await sharp({ create: { width: 160, height: 90, channels: 3, background } }).toFile(file);
      return { file, labels: [{ class: "motorcycle", box: [16, 9, 32, 18] }], unlabelled: [] } as const;
    }),
  );
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function scenes(cells: number): Promise<Scene[]> {
  const all: Scene[] = [];
  for await (const scene of scenesOf(files, cells)) all.push(scene);
  return all;
}

const pixel = ({ picture: { rgb, width } }: Scene, x: number, y: number): number[] => [
  ...rgb.subarray((y * width + x) * 3, (y * width + x) * 3 + 3),
];

describe("scenes to judge a model on", () => {
  it("are the pictures as they are", async () => {
    const all = await scenes(1);
    expect(all.map(({ picture: { width, height } }) => [width, height])).toEqual(colours.map(() => [160, 90]));
    expect(all[2]?.labels).toEqual(files[2]?.labels);
  });

  it("are four pictures on one, each label where its picture went, and the rest on a last one", async () => {
    const [four, rest] = await scenes(2);
    if (four === undefined || rest === undefined) throw new Error("there are no two scenes");
    expect([pixel(four, 300, 200), pixel(four, 900, 200), pixel(four, 300, 500), pixel(four, 900, 500)]).toEqual([
      [255, 0, 0],
      [0, 255, 0],
      [0, 0, 255],
      [255, 255, 255],
    ]);
    expect(four.labels.map(({ box }) => box)).toEqual([
      [64, 36, 128, 72],
      [704, 36, 128, 72],
      [64, 396, 128, 72],
      [704, 396, 128, 72],
    ]);
    expect([pixel(rest, 300, 200), pixel(rest, 900, 500), rest.labels.length]).toEqual([[0, 0, 0], [114, 114, 114], 1]);
  });

  it("say which picture cannot be read", async () => {
    const gone = [{ file: join(folder, "gone.png"), labels: [], unlabelled: [] }];
    await expect(scenesOf(gone, 1).next()).rejects.toMatchObject({ problems: [{ code: "PICTURE_MISSING" }] });
  });
});
