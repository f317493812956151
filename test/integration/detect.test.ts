import { copyFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { detectImages } from "../../detectors/index.ts";
import { missing, sharedFolder } from "../support/peers.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "greenwave-detect-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const grey = (file: string): Promise<unknown> =>
  sharp({ create: { width: 160, height: 90, channels: 3, background: "#777" } }).toFile(file);

describe("detecting in pictures", () => {
  it("answers in the order asked, and names each picture that cannot be read", async () => {
    const [broken, gone] = [join(folder, "broken.jpg"), join(folder, "gone.png")];
    const [one, two] = [join(folder, "one.png"), join(folder, "two.jpg")];
    await writeFile(broken, "no picture");
    await grey(one);
    await grey(two);
    const { pictures, problems } = await detectImages({ images: [two, broken, one, gone] });
    expect(pictures.map(({ image, detections }) => [image, detections])).toEqual([
      [two, []],
      [one, []],
    ]);
    expect(pictures.every(({ ms }) => ms > 0)).toBe(true);
    expect(problems.map(({ code, words }) => [code, words["file"]])).toEqual([
      ["PICTURE_UNREADABLE", broken],
      ["PICTURE_MISSING", gone],
    ]);
  });

  it("ends the process and says so when it is stopped", async () => {
    const file = join(folder, "street.png");
    await grey(file);
    const { problems } = await detectImages({ images: [file], stop: AbortSignal.abort() });
    expect(problems.map(({ code }) => code)).toEqual(["DETECTION_STOPPED"]);
  });
});

describe.skipIf(missing("shared data"))("detecting in pictures of a street", () => {
  const motorcycles = join(sharedFolder, "data/vision/motorcycles/images");
  const street = join(motorcycles, "tripureshwor_41580.jpg");

  it("sees the same in a picture that its EXIF orientation turns upright", async () => {
    const turned = join(folder, "turned.png");
    const straight = join(folder, "straight.png");
    await sharp(street).png().toFile(straight);
    // Stored lying on its left side, with the note that it is to be turned right: what a phone writes.
    await sharp(street).rotate(270).withMetadata({ orientation: 6 }).png().toFile(turned);
    const { pictures, problems } = await detectImages({ images: [straight, turned] });
    expect(problems).toEqual([]);
    const [first, second] = pictures;
    expect(first?.detections.length).toBeGreaterThan(3);
    expect(second?.detections).toEqual(first?.detections);
  });

  it("gives boxes inside the picture, by falling score, one for a motorcycle and its riders", async () => {
    const copy = join(folder, "copy.jpg");
    await copyFile(street, copy);
    const { pictures } = await detectImages({ images: [copy] });
    const detections = pictures[0]?.detections ?? [];
    expect(detections.map(({ score }) => score)).toEqual(detections.map(({ score }) => score).sort((a, b) => b - a));
    for (const { box } of detections) {
      const [x, y, w, h] = box;
      expect(Math.min(x, y, w, h)).toBeGreaterThanOrEqual(0);
      expect(x + w).toBeLessThanOrEqual(1280.1);
      expect(y + h).toBeLessThanOrEqual(720.1);
    }
    const two = detections.filter((d) => d.class === "motorcycle");
    expect(two.length).toBeGreaterThan(0);
  });
});
