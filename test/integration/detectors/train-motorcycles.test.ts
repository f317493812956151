import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readPicture } from "../../../detectors/detect/picture.ts";
import { openDetector } from "../../../detectors/inference/open-detector.ts";
import { projectRoot } from "../../../detectors/project-root.ts";
import { modelSchema } from "../../../detectors/schema.ts";
import { missing } from "../../support/peers.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "greenwave-train-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const [width, height] = [320, 180] as const;

/** A dark box on a light road, and its YOLO text. */
async function street(name: string, x: number): Promise<void> {
  const rider = { create: { width: 40, height: 80, channels: 3, background: "#223" } } as const;
  const road = { create: { width, height, channels: 3, background: "#bbb" } } as const;
  const input = await sharp(rider).png().toBuffer();
  await sharp(road)
    .composite([{ input, left: x, top: 60 }])
    .toFile(join(folder, "images", `${name}.jpg`));
  const shares = [(x + 20) / width, 100 / height, 40 / width, 80 / height];
  await writeFile(join(folder, "labels", `${name}.txt`), `0 ${shares.join(" ")}\n`);
}

describe.skipIf(missing("torch"))("training on a site's own pictures", () => {
  it("makes of a folder of pictures and YOLO labels a model that a site file takes", async () => {
    await mkdir(join(folder, "images"));
    await mkdir(join(folder, "labels"));
    await writeFile(join(folder, "labels", "classes.txt"), "xe máy\n");
    for (const [i, x] of [20, 120, 220].entries()) await street(`frame_${i}`, x);
    const file = join(folder, "site.onnx");
    const pictures = ["--images", join(folder, "images"), "--labels", join(folder, "labels")];
    const course = ["--steps", "2", "--batch", "2", "--threshold", "0.3", "--work", folder];
    execFileSync(process.execPath, ["scripts/train-motorcycles.js", ...pictures, ...course, "--out", file], {
      cwd: projectRoot(),
      stdio: "pipe",
    });
    const manifest = JSON.parse(await readFile(join(folder, "site.json"), "utf8"));
    expect(manifest).toMatchObject({ name: "site", operating: { score_threshold: 0.3 } });
    const log = (await readFile(join(folder, "site", "log.jsonl"), "utf8")).trim().split("\n");
    expect(JSON.parse(log[0] ?? "")).toMatchObject({ pictures: 3, seed: 1, steps: 2 });
    const detector = await openDetector({ model: modelSchema.parse({ file }), threads: 1, scoreThreshold: 0.05 });
    const street_0 = await readPicture(join(folder, "images", "frame_0.jpg"));
    if (!street_0.ok) throw new Error("the picture that was just written cannot be read");
    const { count, scores } = await detector.detect(street_0.value.rgb, width, height);
    expect([...scores.subarray(0, count)].every((score) => score >= 0.05 && score <= 1)).toBe(true);
    await detector.close();
  }, 300_000);
});
