/** What a rule names is there, its camera can measure, and the signal that it needs can be asked. */
import { calibrateGround } from "../../core/geometry/ground-calibration.ts";
import { GroundPlane } from "../../core/geometry/ground-plane.ts";
import { type Problem, problem } from "../../core/problems/problem.ts";
import { minuteOf } from "../../core/signal/schedule/time-of-day.ts";
import type { Camera } from "../../detectors/index.ts";
import type { SignalRule, SiteRule } from "../enforcement/schema.ts";
import { known } from "./check-references.ts";
import type { Draft, Item } from "./draft.ts";

type Checked = Item<SiteRule>;

export const checkRules = (draft: Draft): readonly Problem[] => [
  ...draft.rules.flatMap((rule) => checkRule(draft, rule)),
  ...checkClock(draft),
];

function unknownCamera(draft: Draft, camera: string, path: string): readonly Problem[] {
  const { cameras } = draft.declared;
  return cameras.has(camera)
    ? []
    : [problem("UNKNOWN_CAMERA", { id: camera, known: known(camera, cameras) }, { path })];
}

function checkRule(draft: Draft, { path, value }: Checked): readonly Problem[] {
  const camera = draft.cameras.find((each) => each.value.id === value.camera)?.value;
  // Its own mistakes are told where it stands.
  if (camera === undefined) return unknownCamera(draft, value.camera, `${path}.camera`);
  const lane = [...checkLane(draft, value, camera, path), ...checkHours(value, path)];
  if (value.kind === "section_speed") return [...lane, ...checkSection(draft, value, path)];
  if (camera.calibration === undefined) {
    return [...lane, problem("RULE_CAMERA_UNCALIBRATED", { camera: camera.id }, { path: `${path}.camera` })];
  }
  if ("line" in value) return [...lane, ...checkStopLine(draft, value, camera, path)];
  return [...lane, ...inTheSky(value, camera, path)];
}

function checkLane(draft: Draft, { lane }: SiteRule, { intersection }: Camera, path: string): readonly Problem[] {
  const isThere = lane === undefined || draft.declared.lanes.get(lane) === intersection;
  return isThere ? [] : [problem("RULE_LANE_ELSEWHERE", { lane, intersection }, { path: `${path}.lane` })];
}

function checkHours({ hours = [] }: SiteRule, path: string): readonly Problem[] {
  return hours.flatMap(({ from, to }, index) =>
    minuteOf(to) > minuteOf(from)
      ? []
      : [problem("RULE_HOURS_BACKWARD", { from }, { path: `${path}.hours.${index}.to` })],
  );
}

function checkSection(
  draft: Draft,
  { camera, exit_camera }: Extract<SiteRule, { kind: "section_speed" }>,
  path: string,
): readonly Problem[] {
  const at = `${path}.exit_camera`;
  const same = camera === exit_camera ? [problem("RULE_SECTION_SAME_CAMERA", {}, { path: at })] : [];
  return [...same, ...unknownCamera(draft, exit_camera, at)];
}

function checkStopLine(draft: Draft, rule: SignalRule, camera: Camera, path: string): readonly Problem[] {
  const { intersection: id } = camera;
  const line = camera.lines.find((each) => each.id === rule.line);
  const lines = camera.lines.map((each) => each.id);
  const unknown =
    line === undefined
      ? [problem("UNKNOWN_LINE", { id: rule.line, known: known(rule.line, lines) }, { path: `${path}.line` })]
      : [];
  const undirected =
    line?.direction === "both" && rule.direction === undefined
      ? [problem("RULE_NEEDS_DIRECTION", { line: line.id }, { path: `${path}.direction` })]
      : [];
  const uncontrolled =
    draft.declared.intersections.has(id) && !draft.declared.controlled.has(id)
      ? [problem("RULE_WITHOUT_CONTROLLER", { intersection: id }, { path: `${path}.phase` })]
      : [];
  return [...unknown, ...undirected, ...uncontrolled, ...checkPhase(draft, rule, id, path)];
}

function checkPhase(draft: Draft, { phase }: SignalRule, intersection: string, path: string): readonly Problem[] {
  const found = draft.intersections.find(({ value }) => value.id === intersection)?.value;
  const numbers = found?.signal.phases.map(({ number }) => number);
  if (numbers === undefined || numbers.includes(phase)) return [];
  const words = { intersection, phase, known: numbers.join(", ") };
  return [problem("UNKNOWN_PHASE", words, { path: `${path}.phase` })];
}

type Place = readonly [path: string, point: readonly [number, number]];

const ends = (path: string, { from, to }: { from: Place[1]; to: Place[1] }): readonly Place[] => [
  [`${path}.from`, from],
  [`${path}.to`, to],
];

function placesOf(rule: SiteRule): readonly Place[] {
  const corners = "area" in rule ? rule.area.map((point, at): Place => [`area.${at}`, point]) : [];
  const solid = "solid" in rule ? rule.solid.flatMap((marking, at) => ends(`solid.${at}`, marking)) : [];
  return [...corners, ...solid, ...("towards" in rule ? ends("towards", rule.towards) : [])];
}

/** Stop lines are lines of the camera, which are looked at there. */
function inTheSky(rule: SiteRule, { calibration }: Camera, path: string): readonly Problem[] {
  const calibrated = calibration === undefined ? null : calibrateGround(calibration);
  if (calibrated === null || !calibrated.ok) return [];
  const plane = new GroundPlane(calibrated.value, 1, 1);
  const lost = placesOf(rule).find(([, point]) => !plane.isGround(...point));
  return lost === undefined ? [] : [problem("RULE_IN_THE_SKY", {}, { path: `${path}.${lost[0]}` })];
}

function checkClock(draft: Draft): readonly Problem[] {
  const cameras = draft.clock?.cameras ?? [];
  const at = (index: number): string => `clock.cameras.${index}.camera`;
  return cameras.flatMap(({ camera }, index) => {
    const first = cameras.findIndex((each) => each.camera === camera);
    if (first === index) return unknownCamera(draft, camera, at(index));
    return [problem("CLOCK_CAMERA_TWICE", { camera, line: draft.lineOf(at(first)) }, { path: at(index) })];
  });
}
