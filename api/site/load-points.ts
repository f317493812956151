/** The points of one camera, from a file that holds nothing else or from the lines file of `greenwave count`. */
import { checkDocument, inOrder } from "../../core/config/parse-document.ts";
import { readSource, type SourceDocument } from "../../core/config/source-document.ts";
import { failed, ok, type Result } from "../../core/problems/problem.ts";
import { type Calibration, type CountingLine, pointsFileSchema } from "../../detectors/index.ts";
import { checkView } from "./check-eyes.ts";
import { placed, readLines } from "./load.ts";
import { readText } from "./read-text.ts";

export interface CalibrationPoints {
  /** Null where a lines file has none. */
  readonly calibration: Calibration | null;
  readonly lines: readonly CountingLine[];
}

export async function loadPoints(file: string): Promise<Result<CalibrationPoints>> {
  const text = await readText(file);
  if (!text.ok) return text;
  const source = readSource(text.value, file);
  if (!source.ok) return source;
  const { data } = source.value;
  const alone = typeof data === "object" && data !== null && Object.hasOwn(data, "points");
  return alone ? readAlone(source.value) : readInLines(source.value);
}

function readAlone(document: SourceDocument): Result<CalibrationPoints> {
  const { value, problems } = checkDocument(pointsFileSchema, document);
  if (value === undefined) return failed(...problems);
  const { lines, ...calibration } = value;
  // The checker knows calibrations inside a section of that name.
  const prefix = "calibration.";
  const wrong = checkView({ lines, calibration }, "", { lineOf: () => 0 }).map((each) => {
    const path = each.at?.path ?? "";
    return { ...each, at: { path: path.startsWith(prefix) ? path.slice(prefix.length) : path } };
  });
  return wrong.length > 0 ? failed(...inOrder(placed(wrong, document))) : ok({ calibration, lines });
}

function readInLines(document: SourceDocument): Result<CalibrationPoints> {
  const read = readLines(document);
  return read.ok ? ok({ calibration: read.value.calibration ?? null, lines: read.value.lines }) : read;
}
