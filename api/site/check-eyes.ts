/** What a camera is told about its picture: the ground it shows, and the ways through the junction. */
import { calibrateGround, type GroundCalibration } from "../../core/geometry/ground-calibration.ts";
import { GroundPlane } from "../../core/geometry/ground-plane.ts";
import { type Problem, problem } from "../../core/problems/problem.ts";
import type { Calibration, CountingLine, MovementRule } from "../../detectors/index.ts";
import { known } from "./check-references.ts";
import type { Draft } from "./draft.ts";

/** A camera of the site file, or the lines file of `greenwave count`. */
export interface View {
  readonly lines: readonly (CountingLine & { readonly direction?: string })[];
  readonly movements?: readonly MovementRule[] | undefined;
  readonly calibration?: Calibration | undefined;
}

const join = (...parts: readonly string[]): string => parts.filter((part) => part !== "").join(".");

/** `path` is that of the camera; empty for a file that is all view. */
export function checkView(view: View, path: string, { lineOf }: Pick<Draft, "lineOf">): readonly Problem[] {
  return [...checkCalibration(view, path), ...checkMovements(view, path, lineOf)];
}

export const checkEyes = (draft: Draft): readonly Problem[] =>
  draft.cameras.flatMap(({ path, value }) => checkView(value, path, draft));

function checkCalibration({ calibration, lines }: View, path: string): readonly Problem[] {
  if (calibration === undefined) return [];
  const calibrated = calibrateGround(calibration);
  if (calibrated.ok) return linesInTheSky(calibrated.value, lines, join(path, "lines"));
  return calibrated.problems.map(({ code, words, at }) =>
    problem(code, words, { path: join(path, "calibration", at?.path ?? "") }),
  );
}

function linesInTheSky(
  calibration: GroundCalibration,
  lines: readonly CountingLine[],
  path: string,
): readonly Problem[] {
  const plane = new GroundPlane(calibration, 1, 1);
  return lines.flatMap(({ from, to }, index) => {
    const key = plane.isGround(...from) ? "to" : "from";
    return plane.isGround(...from) && plane.isGround(...to)
      ? []
      : [problem("LINE_ABOVE_HORIZON", {}, { path: `${path}.${index}.${key}` })];
  });
}

function checkMovements({ lines, movements = [] }: View, path: string, lineOf: Draft["lineOf"]): readonly Problem[] {
  const ids = lines.map(({ id }) => id);
  const at = (index: number, key: string): string => join(path, `movements.${index}.${key}`);
  const unknown = movements.flatMap((movement, index) =>
    (["entry", "exit"] as const)
      .filter((key) => !ids.includes(movement[key]))
      .map((key) => {
        const words = { id: movement[key], known: known(movement[key], ids) };
        return problem("UNKNOWN_LINE", words, { path: at(index, key) });
      }),
  );
  const circles = movements.flatMap((movement, index) =>
    movement.entry === movement.exit && !turnsBack(movement)
      ? [problem("MOVEMENT_TURNS_ON_ITSELF", {}, { path: at(index, "exit") })]
      : [],
  );
  const repeated = movements.flatMap((movement, index) => {
    const first = movements.findIndex((each) => sameWay(each, movement));
    if (first === index) return [];
    return [problem("MOVEMENT_TWICE", { line: lineOf(at(first, "id")) }, { path: at(index, "id") })];
  });
  return [...unknown, ...circles, ...repeated];
}

const turnsBack = ({ entry_direction: entry, exit_direction: exit }: MovementRule): boolean =>
  (entry === "forward" && exit === "backward") || (entry === "backward" && exit === "forward");

const sameWay = (a: MovementRule, b: MovementRule): boolean =>
  a.entry === b.entry &&
  a.exit === b.exit &&
  (a.entry_direction ?? "both") === (b.entry_direction ?? "both") &&
  (a.exit_direction ?? "both") === (b.exit_direction ?? "both");
