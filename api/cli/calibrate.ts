/** `greenwave calibrate`: how well the points of a camera tie its picture to the ground. */
import { calibrateGround } from "../../core/geometry/ground-calibration.ts";
import { failed, ok, problem, type Result } from "../../core/problems/problem.ts";
import { defaultSiteFile } from "../service/settings.ts";
import { loadSite } from "../site/load.ts";
import { type CalibrationPoints, loadPoints } from "../site/load-points.ts";
import { calibrationReport, calibrationText } from "./calibration-report.ts";
import type { Verb, VerbArguments } from "./verb.ts";

interface Wanted extends CalibrationPoints {
  readonly camera: string | null;
}

async function ofSite(args: VerbArguments): Promise<Result<Wanted>> {
  const loaded = await loadSite(args.text("site") ?? defaultSiteFile());
  if (!loaded.ok) return loaded;
  const { cameras } = loaded.value.site;
  const id = args.text("camera") ?? cameras[0]?.id ?? "";
  const camera = cameras.find((each) => each.id === id);
  if (camera !== undefined) return ok({ camera: id, calibration: camera.calibration ?? null, lines: camera.lines });
  const known = cameras.map((each) => each.id).join(", ") || "none";
  return failed(problem("NO_SUCH_CAMERA", { camera: id, known }));
}

async function wanted(args: VerbArguments): Promise<Result<Wanted>> {
  const file = args.text("points");
  if (file === undefined) return ofSite(args);
  const points = await loadPoints(file);
  return points.ok ? ok({ camera: null, ...points.value }) : points;
}

export const calibrateVerb: Verb = {
  name: "calibrate",
  summary: "tie a camera's picture to the ground, and say how well",
  positionals: "",
  maxPositionals: 0,
  options: {
    points: {
      type: "string",
      placeholder: "<yaml>",
      help: "points: [{picture: [x, y], ground_m: [x, y]}], or a lines file with a calibration",
    },
    site: { type: "string", placeholder: "<yaml>", help: "a camera of this site file instead" },
    camera: { type: "string", placeholder: "<id>", help: "which camera (the first by default)" },
  },
  more:
    "`picture` is a share of the picture, origin top left; `ground_m` metres on the road, any axes of which y points to\n" +
    "the left of x as seen from above. Four points are needed, six or more are wise (docs/reference/calibration.md).",
  async run(args) {
    const from = await wanted(args);
    if (!from.ok) return from;
    const { calibration, camera, lines } = from.value;
    if (calibration === null) {
      return { ok: false, problems: [problem("NO_CALIBRATION", { camera: camera ?? args.text("points") ?? "" })] };
    }
    const calibrated = calibrateGround(calibration);
    if (!calibrated.ok) return calibrated;
    const document = calibrationReport(camera, calibration, calibrated.value, lines);
    return { ok: true, document, text: calibrationText(document) };
  },
};
