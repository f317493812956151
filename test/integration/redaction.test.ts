import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { copyFile, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { redactClip, redactPictures } from "../../detectors/index.ts";
import { evaluateHeads } from "../../detectors/privacy/evaluation/evaluate-heads.ts";
import { evaluatePlates } from "../../detectors/privacy/evaluation/evaluate-plates.ts";
import { missing, sharedFolder } from "../support/peers.ts";

type Box = readonly [number, number, number, number];

const [width, height] = [1280, 720] as const;
/** The street goes by, so many pixels from one picture to the next. */
const step_px = 3;
const pictures = 15;

/**
 * Half a street with a rider in front, half a road with a car in front, by hand: in pixels of the first picture. The
 * rider's head and the car's plate; a wall and the asphalt, where nobody is.
 */
const rider: Box = [49, 219, 148, 327];
const head: Box = [100, 222, 52, 52];
const car: Box = [790, 380, 330, 290];
const plate: Box = [869, 590, 182, 44];
const nobody: readonly Box[] = [
  [300, 560, 200, 100],
  [700, 20, 400, 120],
];

let folder: string;
let street: string;
let clip: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "greenwave-redaction-"));
  street = join(folder, "street.png");
  clip = join(folder, "clip.mp4");
  if (missing("shared data", "ffmpeg")) return;
  const vision = join(sharedFolder, "data/vision");
  const half = (file: string, left: number): Promise<Buffer> =>
    sharp(join(vision, file))
      .extract({ left, top: 0, width: width / 2, height })
      .toBuffer();
  const left = await half("motorcycles/images/tripureshwor_03276.jpg", 350);
  const right = await half("plates-ro/ro_00.png", 300);
  await sharp({ create: { width, height, channels: 3, background: "black" } })
    .composite([
      { input: left, left: 0, top: 0 },
      { input: right, left: width / 2, top: 0 },
    ])
    .png()
    .toFile(street);
  // The whole scene slides to the left.
  const slide = `pad=${width + step_px * pictures}:${height},crop=${width}:${height}:'${step_px}*n':0`;
  execFileSync("ffmpeg", [
    ...["-v", "error", "-loop", "1", "-framerate", "15", "-i", street, "-frames:v", `${pictures}`, "-vf", slide],
    ...["-c:v", "libx264", "-preset", "veryfast", "-crf", "12", "-pix_fmt", "yuv420p", clip],
  ]);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const sha256 = async (file: string): Promise<string> =>
  createHash("sha256")
    .update(await readFile(file))
    .digest("hex");

/** Light of all pictures of a file. */
function light(file: string): Buffer {
  const raw = ["-f", "rawvideo", "-pix_fmt", "gray", "-s", `${width}x${height}`, "-"];
  return execFileSync("ffmpeg", ["-v", "error", "-i", file, "-fps_mode", "passthrough", ...raw], {
    maxBuffer: 1 << 28,
  });
}

/** Mean of the steps from pixel to pixel, across: what is sharp has large ones. */
function detail(picture: Uint8Array, [x, y, w, h]: Box): number {
  let sum = 0;
  for (let row = y; row < y + h; row++)
    for (let column = x + 1; column < x + w; column++) {
      const at = row * width + column;
      sum += Math.abs((picture[at] ?? 0) - (picture[at - 1] ?? 0));
    }
  return sum / (w * h);
}

function difference(a: Uint8Array, b: Uint8Array, [x, y, w, h]: Box): number {
  let sum = 0;
  for (let row = y; row < y + h; row++)
    for (let at = row * width + x; at < row * width + x + w; at++) sum += Math.abs((a[at] ?? 0) - (b[at] ?? 0));
  return sum / (w * h);
}

const moved = ([x, y, w, h]: Box, picture: number): Box => [x - step_px * picture, y, w, h];

describe.skipIf(missing("shared data", "ffmpeg"))("redacted copies", () => {
  it("of a clip show no head and no plate in any picture, and all the rest as it was", async () => {
    const before = await sha256(clip);
    const out = join(folder, "view.mp4");
    const heard: number[] = [];
    const redacted = await redactClip({ clip, out, subject: [], onProgress: (share) => heard.push(share) });
    expect(redacted).toMatchObject({ ok: true, value: { pictures } });
    expect(await sha256(clip)).toBe(before);
    const [shown, original] = [light(out), light(clip)];
    expect(shown.length).toBe(original.length);
    for (let i = 0; i < pictures; i++) {
      const of = (all: Buffer): Uint8Array => all.subarray(i * width * height, (i + 1) * width * height);
      for (const hidden of [head, plate]) {
        const place = moved(hidden, i);
        expect(detail(of(original), place)).toBeGreaterThan(3);
        expect(detail(of(shown), place)).toBeLessThan(detail(of(original), place) / 3);
      }
      for (const open of nobody) expect(difference(of(shown), of(original), moved(open, i))).toBeLessThan(3);
    }
    expect(heard.at(-1)).toBe(1);
    expect(heard).toEqual([...heard].sort((a, b) => a - b));
  });

  it("of pictures keep the plate of the subject alone, and nobody's head; without metadata", async () => {
    const shares = ([x, y, w, h]: Box): Box => [x / width, y / height, w / width, h / height];
    const named = join(folder, "named.jpg");
    await sharp(street)
      .withExif({ IFD0: { Artist: "camera 7" } })
      .jpeg({ quality: 95 })
      .toFile(named);
    const of_car = join(folder, "car.jpg");
    const redacted = await redactPictures({ pictures: [{ in: named, out: of_car, subject: shares(car) }] });
    expect(redacted).toMatchObject({ ok: true, value: { pictures: 1 } });
    const [original, shown] = [light(named), light(of_car)];
    expect(difference(shown, original, plate)).toBeLessThan(3);
    expect(detail(shown, head)).toBeLessThan(detail(original, head) / 3);
    expect((await sharp(of_car).metadata()).exif).toBeUndefined();
  });
});

describe.skipIf(missing("shared data"))("figures of redaction", () => {
  it("count the heads and plates that are hidden, and the texts that can still be read", async () => {
    const images = await mkdtemp(join(folder, "labelled-"));
    await copyFile(street, join(images, "street.png"));
    const [labels, marks] = [join(images, "labels.csv"), join(images, "marks.csv")];
    const [header, name] = ["image,class,x,y,w,h", "street.png,motorcycle"];
    await writeFile(labels, [header, `${name},${rider}`].join("\n"));
    await writeFile(marks, [header, `${name},${head}`].join("\n"));
    const [x, y, w, h] = plate;
    const truth = ["image,xmin,ymin,xmax,ymax,text", `street.png,${[x, y, x + w, y + h]},B21GSB`];
    await writeFile(join(images, "ground_truth.csv"), truth.join("\n"));
    const heads = await evaluateHeads({ images, labels, marks }, 1);
    expect(heads).toMatchObject({ pictures: 1, marked: { riders: { count: 1, hidden: 1 }, on_foot: { count: 0 } } });
    expect(heads.erased).toBeGreaterThan(heads.erased_at_nobody);
    const plates = await evaluatePlates(images);
    expect(plates).toMatchObject({ pictures: 1, plates: { count: 1, hidden: 1 }, read_before: 1, read_after: 0 });
  });
});

describe("redaction that fails", () => {
  it("leaves no copy behind, whole or not, and says why", async () => {
    const [text, work] = [join(folder, "no-clip.mp4"), await mkdtemp(join(folder, "failed-"))];
    await writeFile(text, "no video");
    const out = join(work, "out.mp4");
    const codes = async (redacted: ReturnType<typeof redactClip>): Promise<unknown> => {
      const result = await redacted;
      return result.ok ? [] : result.problems.map(({ code }) => code);
    };
    expect(await codes(redactClip({ clip: text, out, subject: [] }))).toEqual(["VIDEO_UNREADABLE"]);
    expect(await codes(redactClip({ clip: text, out, subject: [] }, AbortSignal.abort()))).toEqual([
      "REDACTION_STOPPED",
    ]);
    const gone = { in: join(folder, "gone.jpg"), out: join(work, "out.jpg"), subject: null };
    expect(await codes(redactPictures({ pictures: [gone] }))).toEqual(["PICTURE_MISSING"]);
    expect(await readdir(work)).toEqual([]);
    expect(existsSync(out)).toBe(false);
  });
});
