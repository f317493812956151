/** What a lines file says about seeing reaches the child process that counts. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { countVideo, linesFileSchema } from "../../detectors/index.ts";
import { missing, sharedFolder } from "../support/peers.ts";

const videos = `${sharedFolder}data/vision/videos/`;

async function count(file: string, linesFile: unknown) {
  const { lines, ...eye } = linesFileSchema.parse(linesFile);
  const { model, regions, calibration } = eye;
  const counted = await countVideo({ source: `${videos}${file}`, lines, eye: { model, regions, calibration } });
  if (!counted.ok) throw new Error(JSON.stringify(counted.problems));
  return counted.value;
}

function truthOf(file: string) {
  const { videos: truths } = JSON.parse(readFileSync(`${videos}ground_truth.json`, "utf8"));
  const { width, height, line, counts, times_s } = truths.find((each: { file: string }) => each.file === file);
  const from = [line.x1 / width, line.y1 / height];
  const to = [line.x2 / width, line.y2 / height];
  return { lines: [{ id: "line", from, to }], counts, times_s };
}

describe.skipIf(missing("ffmpeg", "shared data"))("a lines file", () => {
  test("has a car park from straight above counted by what differs from the empty ground: two down, two up", async () => {
    const { lines, counts, times_s } = truthOf("topdown-carpark.mp4");
    const report = await count("topdown-carpark.mp4", { lines, model: { use: "background" } });
    const line = report.lines["line"];
    expect(line?.by_direction).toEqual({ forward: counts.down, backward: counts.up });
    for (const [direction, times] of [
      ["forward", times_s.down],
      ["backward", times_s.up],
    ] as const) {
      const counted = (line?.crossings ?? []).filter((each) => each.direction === direction).map(({ t_s }) => t_s);
      // By hand they were timed by the vehicle's body, of which the picture's edge cuts some at the line.
      for (const [i, t_s] of times.entries()) expect(Math.abs((counted[i] ?? 0) - t_s)).toBeLessThan(1.1);
    }
  });

  test("has only those counted who stand in a watched region", async () => {
    const { lines, counts } = truthOf("junction-a.mp4");
    const carriageway = [
      [0.05, 0.45],
      [0.45, 0.42],
      [0.75, 1],
      [0.05, 1],
    ];
    const kept = await count("junction-a.mp4", { lines, regions: [{ kind: "watch", area: carriageway }] });
    expect(Math.abs((kept.lines["line"]?.by_direction.forward ?? 0) - counts.down)).toBeLessThanOrEqual(1);
    const dropped = await count("junction-a.mp4", { lines, regions: [{ kind: "ignore", area: carriageway }] });
    expect(dropped.lines["line"]?.total).toBe(0);
  });
});
