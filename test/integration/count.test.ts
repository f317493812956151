import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { type CountReport, countVideo } from "../../detectors/index.ts";
import { missing, sharedFolder } from "../support/peers.ts";
import { descendants } from "../support/processes.ts";

const videos = `${sharedFolder}data/vision/videos/`;

interface Truth {
  readonly file: string;
  readonly width: number;
  readonly height: number;
  readonly line: { readonly x1: number; readonly y1: number; readonly x2: number; readonly y2: number };
  readonly frames_at_crossing?: readonly number[];
  readonly times_s?: Readonly<Record<string, readonly number[]>>;
}

function truthOf(file: string): Truth {
  const truths: readonly Truth[] = JSON.parse(readFileSync(`${videos}ground_truth.json`, "utf8")).videos;
  const truth = truths.find((each) => each.file === file);
  if (truth === undefined) throw new Error(`no truth for ${file}`);
  return truth;
}

/** The hand-counted line, moved by so many pixels across itself. */
async function count(file: string, moved: readonly [number, number] = [0, 0]): Promise<CountReport> {
  const { width, height, line } = truthOf(file);
  const from: [number, number] = [(line.x1 + moved[0]) / width, (line.y1 + moved[1]) / height];
  const to: [number, number] = [(line.x2 + moved[0]) / width, (line.y2 + moved[1]) / height];
  const counted = await countVideo({ source: `${videos}${file}`, lines: [{ id: "line", from, to }] });
  if (!counted.ok) throw new Error(JSON.stringify(counted.problems));
  return counted.value;
}

const times = (report: CountReport | undefined, direction: "forward" | "backward"): readonly number[] =>
  (report?.lines["line"]?.crossings ?? []).filter((each) => each.direction === direction).map(({ t_s }) => t_s);

/** How many of the true times have a crossing of their own within 0.7 s. */
function found(truth: readonly number[], counted: readonly number[]): number {
  const left = [...counted];
  return truth.filter((time) => {
    const nearest = left.toSorted((a, b) => Math.abs(a - time) - Math.abs(b - time))[0];
    if (nearest === undefined || Math.abs(nearest - time) > 0.7) return false;
    left.splice(left.indexOf(nearest), 1);
    return true;
  }).length;
}

describe.skipIf(missing("ffmpeg", "shared data"))("counting the junction", () => {
  let report: CountReport | undefined;
  beforeAll(async () => {
    report = await count("junction-a.mp4");
  });

  test("finds 12 vehicles down the picture, give or take one, and none up", () => {
    const line = report?.lines["line"];
    expect(Math.abs((line?.by_direction.forward ?? 0) - 12)).toBeLessThanOrEqual(1);
    expect(line?.by_direction.backward).toBe(0);
    expect(line?.total).toBe(line?.crossings.length);
  });

  test("finds them when they were seen to cross", () => {
    const truth = (truthOf("junction-a.mp4").frames_at_crossing ?? []).map((frame) => (frame - 1) / 30);
    expect(found(truth, times(report, "forward"))).toBeGreaterThanOrEqual(11);
  });

  test("looks at every picture", () => {
    expect(report?.frames).toBe(265);
    expect(report?.duration_s).toBeCloseTo(265 / 30, 2);
  });

  test("says the same again, to the letter", async () => {
    expect(JSON.stringify(await count("junction-a.mp4"))).toBe(JSON.stringify(report));
  });

  test.each([-10, 10])("does not hang on where exactly the line is: %d px away", async (dy) => {
    const moved = await count("junction-a.mp4", [0, dy]);
    expect(Math.abs(times(moved, "forward").length - 12)).toBeLessThanOrEqual(1);
  });

  test("tells movements between two lines and the speeds on the ground, and counts as before", async () => {
    // The road before the line as it looks: a carriageway of four lanes, measured on no plan. A figure of sense, not of truth.
    const points = [
      { picture: [0.16, 0.69], ground_m: [0, 0] },
      { picture: [0.69, 0.69], ground_m: [13, 0] },
      { picture: [0.62, 0.4], ground_m: [13, 22] },
      { picture: [0.36, 0.4], ground_m: [0, 22] },
    ] as { picture: [number, number]; ground_m: [number, number] }[];
    const { width, height, line } = truthOf("junction-a.mp4");
    const counted = await countVideo({
      source: `${videos}junction-a.mp4`,
      lines: [
        { id: "line", from: [line.x1 / width, line.y1 / height], to: [line.x2 / width, line.y2 / height] },
        { id: "upper", from: [0.3, 0.5], to: [0.68, 0.5] },
      ],
      movements: [{ id: "ahead", entry: "upper", exit: "line", entry_direction: "forward", exit_direction: "forward" }],
      eye: { calibration: { picture_px: [width, height], points } },
    });
    if (!counted.ok) throw new Error(JSON.stringify(counted.problems));
    const { lines, movements, unfinished } = counted.value;
    const crossings = lines["line"]?.crossings ?? [];
    expect(times(counted.value, "forward")).toEqual(times(report, "forward"));
    const speeds = crossings.flatMap(({ speed_kmh }) => speed_kmh ?? []).toSorted((a, b) => a - b);
    expect(speeds.length).toBeGreaterThanOrEqual(10);
    expect(speeds[speeds.length >> 1]).toBeGreaterThan(15);
    expect(speeds[speeds.length >> 1]).toBeLessThan(40);
    const ahead = movements?.["ahead"];
    expect(ahead?.total).toBeGreaterThanOrEqual(5);
    for (const { t_entry_s, t_exit_s, distance_m } of ahead?.tracks ?? []) {
      expect(t_exit_s).toBeGreaterThan(t_entry_s);
      expect(distance_m).toBeGreaterThan(5);
    }
    const entered = lines["upper"]?.by_direction.forward ?? 0;
    expect((ahead?.total ?? 0) + (unfinished?.["upper"]?.total ?? 0)).toBeLessThanOrEqual(entered);
  });

  test("leaves no process behind", () => {
    expect(descendants(process.pid).filter(({ command }) => /ffmpeg|count\.child/.test(command))).toEqual([]);
  });
});

describe.skipIf(missing("ffmpeg", "shared data"))("counting the wide road from above", () => {
  test("finds 16 to 20 of 18 to the right, and the 6 to the left that are wholly in the picture", async () => {
    const report = await count("multilane-highangle.mp4");
    const { times_s = {} } = truthOf("multilane-highangle.mp4");
    const right = times(report, "backward");
    expect(right.length).toBeGreaterThanOrEqual(16);
    expect(right.length).toBeLessThanOrEqual(20);
    const rightTruth = [...(times_s["left_to_right_far_lane"] ?? []), ...(times_s["left_to_right_near_lane"] ?? [])];
    expect(found(rightTruth, right)).toBeGreaterThanOrEqual(16);
    const left = times(report, "forward");
    expect(found(times_s["right_to_left"] ?? [], left)).toBe(6);
    // Three more are cut by the top edge and may be counted or not.
    expect(left.length).toBeLessThanOrEqual(10);
  });
});

describe.skipIf(missing("ffmpeg"))("a count that cannot be", () => {
  const line = { id: "line", from: [0, 0.5], to: [1, 0.5] } as const;
  const codes = async (
    source: string,
    lines: readonly { id: string; from: [number, number]; to: [number, number] }[],
  ) => {
    const counted = await countVideo({ source, lines });
    return counted.ok ? [] : counted.problems.map(({ code }) => code);
  };
  const straight = { id: line.id, from: [...line.from] as [number, number], to: [...line.to] as [number, number] };

  test("says that the file is missing", async () => {
    expect(await codes("/nowhere/video.mp4", [straight])).toEqual(["VIDEO_MISSING"]);
  });

  test("says that a live stream has no end", async () => {
    expect(await codes("rtsp://user:secret@127.0.0.1:9/1", [straight])).toEqual(["LIVE_NEEDS_DURATION"]);
  });

  test("names lines without length and names used twice, all at once", async () => {
    const point = { id: "line", from: [0.5, 0.5] as [number, number], to: [0.5, 0.5] as [number, number] };
    expect(await codes("/nowhere/video.mp4", [straight, point])).toEqual(["LINE_TOO_SHORT", "LINE_TWICE"]);
  });
});
