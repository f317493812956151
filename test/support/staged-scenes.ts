/** Scenes of a staged street for every rule that one camera judges: acts, none, and what is just not one. */
import type { SiteRule } from "../../api/enforcement/schema.ts";
import type { SignalTrace } from "../../core/violations/signal-trace.ts";
import { drives, type Pose, type Script, signal, stopsAt } from "../core/violations/staged.ts";
import { inPicture, type Way } from "./staged-street.ts";

export interface StagedScene {
  readonly title: string;
  /** Which act it is about: the one that must be told, where one is. */
  readonly kind: SiteRule["kind"];
  readonly way: Way;
  /** As the site file states it. */
  readonly rule: Record<string, unknown>;
  readonly scripts: readonly Script[];
  /** When each script's act was, in seconds; null for one that does nothing wrong. */
  readonly acts: readonly (number | null)[];
}

/** Green, yellow from 10 s, red from 13 s, green again from 40 s. */
export const stagedCycle: SignalTrace = signal([
  [0, "green"],
  [10, "yellow"],
  [13, "red"],
  [40, "green"],
]);

const ways: readonly Way[] = ["oncoming", "receding"];

const script = (pose: Script["pose"], from_s: number, to_s: number, more: Partial<Script> = {}): Script => ({
  track: 1,
  from_s,
  to_s,
  pose,
  ...more,
});

const crosses = (at_s: number, speed_mps = 8, more: Partial<Script> = {}): Script =>
  script(drives(0, at_s, speed_mps), at_s - 3, at_s + 4, more);

/** Corners of a piece of street, from the driver's right behind. */
const area = (way: Way, from_m: number, to_m: number, half_m = 1.9): [number, number][] => [
  inPicture(way, from_m, -half_m),
  inPicture(way, to_m, -half_m),
  inPicture(way, to_m, half_m),
  inPicture(way, from_m, half_m),
];

type Staged = Omit<StagedScene, "way" | "kind">;

const one = (title: string, rule: StagedScene["rule"], each: Script, act: number | null): Staged => ({
  title: `${String(rule["kind"])}: ${title}`,
  rule,
  scripts: [each],
  acts: [act],
});

function redLight(): readonly Staged[] {
  const rule = { kind: "red_light", line: "stop-line", phase: 2 };
  /** Straight on to the line, then a quarter of a circle of 8 m. */
  const turns =
    (hand: 1 | -1): Script["pose"] =>
    (t_s) => {
      const s = (t_s - 20) * 6;
      if (s < 0) return { x_m: s, y_m: 0, heading_rad: 0 };
      const angle = Math.min(s / 8, Math.PI / 2);
      const beyond = Math.max(0, s - 4 * Math.PI);
      return { x_m: 8 * Math.sin(angle), y_m: hand * (8 - 8 * Math.cos(angle) + beyond), heading_rad: hand * angle };
    };
  const rightFree = { ...rule, allowed_turns: ["right"] };
  return [
    one("a car on red", rule, crosses(20), 20),
    one("a motorcycle on red", rule, crosses(20, 10, { class: "motorcycle", length_m: 1.9 }), 20),
    one("a slow car on red", rule, crosses(25, 4), 25),
    one("a fast car on red", rule, crosses(25, 12), 25),
    one("just after the grace time", rule, crosses(13.75), 13.75),
    one("within the grace time", rule, crosses(13.4), null),
    one("on yellow", rule, crosses(12), null),
    one("on green", rule, crosses(5), null),
    one("stops behind the line", rule, script(stopsAt(-1, 18, 8, 41), 12, 44), null),
    one("stops past it, and goes on while red shows", rule, script(stopsAt(1.5, 18, 8, 30), 12, 36), 18 - 1),
    one("turns right where a sign allows it", rightFree, script(turns(-1), 17, 25), null),
    one("turns right where none does", rule, script(turns(-1), 17, 25), 20),
    {
      title: "red_light: the second of two, the first on green",
      rule,
      scripts: [crosses(9), crosses(20)],
      acts: [null, 20],
    },
  ];
}

function stopLine(): readonly Staged[] {
  const rule = { kind: "stop_line", line: "stop-line", phase: 2 };
  const waits = (x_m: number, at_s: number, until_s = 41) => script(stopsAt(x_m, at_s, 8, until_s), 12, 46);
  return [
    one("waits past the line", rule, waits(1.5, 18), 18),
    one("waits 0.7 m past it", rule, waits(0.7, 18), 18),
    one("waits on it", rule, waits(0.05, 18), null),
    one("waits behind it", rule, waits(-0.5, 18), null),
    one("waits past it for less than the time", rule, waits(1.5, 38.5), null),
    one("was caught by a queue on green", rule, script(stopsAt(1.5, 9, 8, 41), 4, 46), null),
  ];
}

function laneLine(way: Way): readonly Staged[] {
  const solid = [{ from: inPicture(way, -18, 1.75), to: inPicture(way, 18, 1.75) }];
  const rule = { kind: "lane_line", solid };
  const half_m = 2.2;
  /** `y_m` is the way of the middle, which faces as it goes. */
  const at = (y_m: (t_s: number) => number, more: Partial<Script> = {}): Script => {
    const pose = (t_s: number): Pose => {
      const heading_rad = Math.atan2((y_m(t_s + 0.001) - y_m(t_s - 0.001)) / 0.002, 8);
      const [ahead_m, aside_m] = [half_m * Math.cos(heading_rad), half_m * Math.sin(heading_rad)];
      return { x_m: -20.2 + t_s * 8 + ahead_m, y_m: y_m(t_s) + aside_m, heading_rad };
    };
    return script(pose, 0, 4.2, more);
  };
  /** From the middle of the lane towards the line, 1.6 m in `for_s` from `from_s` on, softly at both ends. */
  const swerves =
    (from_s: number, for_s: number) =>
    (t_s: number): number =>
      0.8 - 0.8 * Math.cos(Math.PI * Math.min(1, Math.max(0, (t_s - from_s) / for_s)));
  /** When the body of a car is over the line by what is allowed: its left corner in front. */
  const overAt = (pose: Script["pose"]): number => {
    const over = (t_s: number): boolean => {
      const { y_m = 0, heading_rad = 0 } = pose(t_s) ?? {};
      return y_m + 0.9 * Math.cos(heading_rad) > 1.75 + 0.3;
    };
    let t_s = 0;
    while (!over(t_s)) t_s += 0.001;
    return t_s;
  };
  const acts = (title: string, from_s: number, for_s: number): Staged => {
    const each = at(swerves(from_s, for_s));
    return one(title, rule, each, overAt(each.pose));
  };
  return [
    acts("swerves over the line and stays there", 1.2, 1.6),
    acts("drifts over the line", 0.4, 3),
    one(
      "keeps its lane",
      rule,
      at(() => 0),
      null,
    ),
    one(
      "touches the line",
      rule,
      at(() => 0.95),
      null,
    ),
    one(
      "a motorcycle beside it",
      rule,
      at(() => 1.1, { class: "motorcycle", length_m: 1.9 }),
      null,
    ),
  ];
}

function laneClass(way: Way): readonly Staged[] {
  const rule = { kind: "lane_class", area: area(way, -18, 18), allowed: ["motorcycle", "bicycle"], for_m: 20 };
  const runs = (more: Partial<Script> = {}): Script => script(drives(0, 3, 8), 0, 6, more);
  const crossesLane: Script["pose"] = (t_s): Pose => ({ x_m: 0, y_m: -12 + t_s * 5, heading_rad: Math.PI / 2 });
  return [
    one("a car in the motorcycles' lane", rule, runs(), 3 - 15.8 / 8),
    one("a motorcycle in its lane", rule, runs({ class: "motorcycle", length_m: 1.9 }), null),
    one("a car that crosses it", rule, script(crossesLane, 0, 5), null),
    one("a car that leaves it early", { ...rule, for_m: 45 }, runs(), null),
  ];
}

function wrongWay(way: Way): readonly Staged[] {
  const rule = {
    kind: "wrong_way",
    area: area(way, -18, 18),
    towards: { from: inPicture(way, -10, 0), to: inPicture(way, 10, 0) },
  };
  /** Drives forward to x = 12, waits, and rolls back 17 m facing forward. */
  const reverses: Script["pose"] = (t_s) => {
    const forward = Math.min(12, -12 + t_s * 6);
    return { x_m: forward - Math.max(0, t_s - 6) * 2.2, y_m: 0, heading_rad: 0 };
  };
  return [
    one("a car against the traffic", rule, script(drives(0, 3, -7), 0, 6), 3 - 15.8 / 7),
    one(
      "a motorcycle against it",
      rule,
      script(drives(0, 3, -6), 0, 6, { class: "motorcycle", length_m: 1.9 }),
      3 - 17.05 / 6,
    ),
    one("a car with the traffic", rule, script(drives(0, 3, 7), 0, 6), null),
    one("a car that reverses", rule, script(reverses, 0, 13.5), null),
    one("against it for too short a way", { ...rule, area: area(way, -6, 6) }, script(drives(0, 3, -7), 0, 6), null),
  ];
}

function stopping(way: Way): readonly Staged[] {
  const rule = { kind: "stopping", area: area(way, -15, 15), for_s: 20 };
  const stands = (x_m: number, until_s: number): Script["pose"] => stopsAt(x_m, 5, 8, until_s);
  const queue = {
    title: "stopping: waits in a queue",
    rule,
    scripts: [script(stands(9, 99), 1, 40), script(stands(2, 99), 1, 40, { track: 2 })],
    acts: [5, null],
  };
  return [
    one("stands for longer than allowed", rule, script(stands(3, 99), 1, 40), 5),
    one("stands for less", rule, script(stands(3, 22), 1, 26), null),
    one("stands beside the zone", rule, script(stopsAt(3, 5, 8, 99, 5), 1, 40), null),
    queue,
  ];
}

export const stagedScenes: readonly StagedScene[] = ways.flatMap((way) =>
  [redLight(), stopLine(), laneLine(way), laneClass(way), wrongWay(way), stopping(way)]
    .flat()
    .map((scene) => ({ ...scene, kind: scene.rule["kind"] as SiteRule["kind"], way })),
);
