import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { calibrateVerb } from "../../../api/cli/calibrate.ts";
import type { CalibrationReport } from "../../../api/cli/calibration-report.ts";
import { runCommandLine } from "../../../api/cli/run.ts";
import type { CalibrationPoint } from "../../../core/geometry/calibration-points.ts";
import { ordinaryCamera, roadMarks, seenBy, surveyed } from "../../support/street-camera.ts";

async function calibrate(...argv: readonly string[]) {
  const said = { out: "", err: "" };
  const terminal = {
    out: (text: string) => {
      said.out += text;
    },
    err: (text: string) => {
      said.err += text;
    },
  };
  const stop = new AbortController().signal;
  const code = await runCommandLine([calibrateVerb], "1.2.3", ["calibrate", ...argv], terminal, stop);
  return { code, ...said };
}

const shares = (x_m: number, y_m: number): readonly [number, number] => {
  const [x, y] = seenBy(ordinaryCamera, x_m, y_m) ?? [0, 0];
  return [x / ordinaryCamera.width, y / ordinaryCamera.height];
};

describe("calibrate", () => {
  let folder = "";
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "greenwave-calibrate-"));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const line = { id: "stop", from: shares(-4, 18), to: shares(4, 18) };
  const file = async (document: object): Promise<string> => {
    const path = join(folder, "points.yaml");
    await writeFile(path, stringify(document));
    return path;
  };
  const reported = async (document: object): Promise<CalibrationReport> => {
    const { code, out, err } = await calibrate("--points", await file(document), "--json");
    expect([code, err]).toEqual([0, ""]);
    return JSON.parse(out) as CalibrationReport;
  };

  it("tells the matrix, the errors and what a metre is at the line", async () => {
    const points = surveyed(ordinaryCamera, roadMarks, [[1, -2]]);
    const { lines, leave_one_out, matrix, points: told } = await reported({ points, lines: [line] });
    const [x, y] = shares(1, 22);
    const [a = 0, b = 0, w = 1] = matrix.map(([p = 0, q = 0, r = 0]) => p * x + q * y + r);
    expect(Math.hypot(a / w - 1, b / w - 22)).toBeLessThan(0.2);
    expect(told).toHaveLength(roadMarks.length);
    expect(leave_one_out?.max_px).toBeGreaterThan(2);
    expect(lines[0]?.length_m).toBeCloseTo(8, 1);
    expect(lines[0]?.metre_px.most).toBeGreaterThan(lines[0]?.metre_px.least ?? 0);
    expect(lines[0]?.speed_error_pct).toBeGreaterThan(0.1);
    expect(lines[0]?.speed_error_pct).toBeLessThan(5);
  });

  it("reads the lines file of a count as well", async () => {
    const calibration = { points: surveyed(ordinaryCamera, roadMarks.slice(0, 4)) };
    expect(await reported({ lines: [line], calibration })).toMatchObject({ leave_one_out: null, camera: null });
  });

  it("says so of four points, which fit whatever they are", async () => {
    const { out } = await calibrate(
      "--points",
      await file({ points: surveyed(ordinaryCamera, roadMarks.slice(0, 4)) }),
    );
    expect(out).toMatch(/add a fifth/);
  });

  it("refuses what cannot be, at its place in the file", async () => {
    const four = surveyed(ordinaryCamera, roadMarks.slice(0, 4));
    const mirrored = four.map(({ picture, ground_m: [x, y] }): CalibrationPoint => ({ picture, ground_m: [-x, y] }));
    const { code, err } = await calibrate("--points", await file({ points: mirrored }));
    expect(code).toBe(1);
    expect(err).toMatch(/points\.yaml:1:1 {2}points {2}show the ground mirrored/);
  });

  it("refuses a line in the sky", async () => {
    const level = { ...ordinaryCamera, down_deg: 12 };
    const sky = { id: "sky", from: [0.1, 0.01], to: [0.9, 0.02] };
    const { err } = await calibrate("--points", await file({ points: surveyed(level, roadMarks), lines: [sky] }));
    expect(err).toMatch(/reaches above the horizon/);
  });

  it("says that a camera of the site file has none", async () => {
    const { code, err } = await calibrate("--site", "docs/sample-site.yaml");
    expect(code).toBe(1);
    expect(err).toMatch(/camera-nguyen-tri-phuong has no calibration\. Add one; docs\/reference\/calibration\.md/);
    expect((await calibrate("--camera", "nowhere")).err).toMatch(/no camera "nowhere"/);
  });
});
