/**
 * Streets that nobody tuned for: the hand-counted videos as another camera, codec or hand would have given them, all with
 * one setting. Two in the normal suite, all as a campaign, which prints the errors.
 */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { countVideo, modelSchema } from "../../detectors/index.ts";
import { missing, sharedFolder } from "../support/peers.ts";
import { asFilmed, film, type Segment, type Variant, variants } from "../support/video-variants.ts";

const full = process.env["GREENWAVE_CAMPAIGN"] === "full";
const quick = new Set(["darker"]);
const chosen = [asFilmed, ...variants.filter(({ name }) => full || quick.has(name))];
const videos = `${sharedFolder}data/vision/videos/`;

interface Truth {
  readonly file: string;
  readonly width: number;
  readonly height: number;
  readonly line: { readonly x1: number; readonly y1: number; readonly x2: number; readonly y2: number };
  readonly counts: Readonly<Record<string, number>>;
  readonly optional?: Readonly<Record<string, number>>;
}

/** How many may cross, at least and at most. */
type Range = readonly [least: number, most: number];

interface Scene {
  readonly name: string;
  readonly file: string;
  readonly line: Segment;
  readonly forward: Range;
  readonly backward: Range;
  /** How far off the original may be. */
  readonly allowed: number;
  readonly eye: NonNullable<Parameters<typeof countVideo>[0]["eye"]>;
}

function scene(file: string, forward: string, backward: string, more: Partial<Scene> = {}): Scene {
  const truths: readonly Truth[] = JSON.parse(readFileSync(`${videos}ground_truth.json`, "utf8")).videos;
  const truth = truths.find((each) => each.file === file);
  if (truth === undefined) throw new Error(`no truth for ${file}`);
  const { width, height, line, counts } = truth;
  const range = (name: string): Range => {
    const optionals = Object.entries(truth.optional ?? {}).filter(([each]) => each.startsWith(name));
    const least = counts[name] ?? 0;
    return [least, optionals.reduce((sum, [, count]) => sum + count, least)];
  };
  return {
    name: file.replace(".mp4", ""),
    file,
    line: [
      [line.x1 / width, line.y1 / height],
      [line.x2 / width, line.y2 / height],
    ],
    forward: range(forward),
    backward: range(backward),
    allowed: 1,
    eye: {},
    ...more,
  };
}

const scenes = (): readonly Scene[] => [
  scene("junction-a.mp4", "down", "up"),
  scene("multilane-highangle.mp4", "right_to_left", "left_to_right"),
  scene("topdown-carpark.mp4", "down", "up", { allowed: 0 }),
  scene("topdown-carpark.mp4", "down", "up", {
    name: "background",
    allowed: 0,
    eye: { model: modelSchema.parse({ use: "background" }) },
  }),
];

const off = (counted: number, [least, most]: Range): number => Math.max(0, least - counted, counted - most);

const folder = full || !missing("ffmpeg", "shared data") ? mkdtempSync(join(tmpdir(), "greenwave-variants-")) : "";
afterAll(() => {
  if (folder !== "") rmSync(folder, { recursive: true });
});

interface Count {
  readonly forward: number;
  readonly backward: number;
  /** The larger error of the two directions. */
  readonly error: number;
}

async function count(street: Scene, variant: Variant): Promise<Count> {
  const made = variant.filter !== null || variant.crf !== undefined;
  const source = made ? join(folder, street.file) : `${videos}${street.file}`;
  if (made) film(variant, `${videos}${street.file}`, source);
  const [from, to] = variant.line?.(street.line) ?? street.line;
  const counted = await countVideo({ source, lines: [{ id: "line", from: [...from], to: [...to] }], eye: street.eye });
  if (!counted.ok) throw new Error(JSON.stringify(counted.problems));
  const { forward = 0, backward = 0 } = counted.value.lines["line"]?.by_direction ?? {};
  const [onward, back] = variant.turned === true ? [backward, forward] : [forward, backward];
  return {
    forward: onward,
    backward: back,
    error: Math.max(off(onward, street.forward), off(back, street.backward)),
  };
}

describe.skipIf(missing("ffmpeg", "shared data"))("counting as another camera would have filmed it", () => {
  const errors: { readonly variant: Variant; readonly counts: readonly Count[] }[] = [];

  test("counts the videos as filmed", async () => {
    const counts: Count[] = [];
    for (const street of scenes()) counts.push(await count(street, asFilmed));
    errors.push({ variant: asFilmed, counts });
    for (const [i, { allowed }] of scenes().entries()) expect(counts[i]?.error).toBeLessThanOrEqual(allowed);
  });

  test.each(chosen.slice(1))("counts them $name", { timeout: 900_000 }, async (variant) => {
    const counts: Count[] = [];
    for (const street of scenes()) counts.push(await count(street, variant));
    errors.push({ variant, counts });
    if (!full) for (const { error } of counts) expect(error).toBeLessThanOrEqual(3);
  });

  test("is off by little on average", () => {
    const all = errors.flatMap(({ counts }) => counts.map(({ error }) => error));
    const rows = errors.map(({ variant, counts }) => {
      const cells = counts.map(({ forward, backward, error }) =>
        `${forward}/${backward}${error > 0 ? ` (${error})` : ""}`.padEnd(12),
      );
      return `${variant.name.padEnd(44)} ${cells.join(" ")}`;
    });
    const mean = all.reduce((sum, error) => sum + error, 0) / all.length;
    const within = all.filter((error) => error <= 1).length;
    const heading = `${"forward/backward (error)".padEnd(44)} ${scenes()
      .map(({ name }) => name.slice(0, 12).padEnd(12))
      .join(" ")}`;
    const sum = `mean error ${mean.toFixed(2)}; ${within} of ${all.length} within 1`;
    process.stdout.write(`${[heading, ...rows, sum].join("\n")}\n`);
    expect(mean).toBeLessThan(1);
  });
});
