/** One rule of the site file at work on its camera's road: what it judges by, and who is asked. */
import type { VehicleClass } from "../../core/traffic/vehicle-class.ts";
import type { Fitness } from "../../core/violations/fitness.ts";
import { bearing } from "../../core/violations/ground.ts";
import { LaneClassRule } from "../../core/violations/lane-class.ts";
import { LaneLineRule } from "../../core/violations/lane-line.ts";
import { RedLightRule } from "../../core/violations/red-light.ts";
import type { Ruling } from "../../core/violations/ruling.ts";
import type { Sighting } from "../../core/violations/sighting.ts";
import type { SignalTrace } from "../../core/violations/signal-trace.ts";
import { StopLineRule } from "../../core/violations/stop-line.ts";
import { StoppingRule } from "../../core/violations/stopping.ts";
import { WrongWayRule } from "../../core/violations/wrong-way.ts";
import type { Camera } from "../../detectors/index.ts";
import { inForce } from "./in-force.ts";
import { RuleGround } from "./rule-ground.ts";
import type { SiteRule } from "./schema.ts";

/** Rules that judge what one camera sees; section speed needs two. */
export type CameraRule = Exclude<SiteRule, { kind: "section_speed" }>;

interface Judge {
  observe(sighting: Sighting, fitness: Fitness): Ruling | null;
  ended(track: number, fitness: Fitness): Ruling | null;
}

export interface RuleAtWork {
  readonly rule: CameraRule;
  readonly judge: Judge;
  readonly lane: string | null;
  /** Standard error of places on the road, where the rule looks. */
  readonly error_m: number;
  readonly reading_px: number;
  readonly thresholds: Readonly<Record<string, number>>;
  /** Is whoever is of that class meant, at that time? */
  concerns(vehicleClass: VehicleClass, at_ms: number): boolean;
}

type Corners = readonly (readonly [number, number])[];

/** An area's far corners are coarse however it is drawn: its middle tells what it is like. */
const middle = (corners: Corners): readonly [number, number] => [
  corners.reduce((sum, [x]) => sum + x, 0) / corners.length,
  corners.reduce((sum, [, y]) => sum + y, 0) / corners.length,
];

type Shape = Pick<RuleAtWork, "judge" | "error_m" | "thresholds">;

function shapeOf(rule: CameraRule, ground: RuleGround, traceOf: (phase: number) => SignalTrace): Shape {
  switch (rule.kind) {
    case "red_light": {
      const { grace_s, allowed_turns, phase } = rule;
      const { places, ...stop } = ground.stopLine(rule.line, rule.direction);
      const judge = new RedLightRule({ stop, grace_s, allowed_turns }, traceOf(phase));
      return { judge, error_m: ground.error_m(places), thresholds: { grace_s } };
    }
    case "stop_line": {
      const { over_m, for_s, phase } = rule;
      const { places, ...stop } = ground.stopLine(rule.line, rule.direction);
      const judge = new StopLineRule({ stop, over_m, for_s }, traceOf(phase));
      return { judge, error_m: ground.error_m(places), thresholds: { over_m, for_s } };
    }
    case "lane_line": {
      const { over_m, for_s, solid } = rule;
      const judge = new LaneLineRule({ solid: solid.map((each) => ground.marking(each)), over_m, for_s });
      const places = solid.flatMap(({ from, to }) => [from, to]);
      return { judge, error_m: ground.error_m(places), thresholds: { over_m, for_s } };
    }
    case "lane_class": {
      const { allowed, area, for_m } = rule;
      const judge = new LaneClassRule({ lane: ground.polygon(area), allowed, for_m });
      return { judge, error_m: ground.error_m([middle(area)]), thresholds: { for_m } };
    }
    case "wrong_way": {
      const { against_deg, area, for_m, for_s, towards } = rule;
      const { from, to } = ground.marking(towards);
      const against_rad = (against_deg * Math.PI) / 180;
      const judge = new WrongWayRule({
        zone: ground.polygon(area),
        bearing_rad: bearing(from, to),
        against_rad,
        for_m,
        for_s,
      });
      return { judge, error_m: ground.error_m([middle(area)]), thresholds: { against_deg, for_m, for_s } };
    }
    case "stopping": {
      const { area, for_s } = rule;
      const judge = new StoppingRule({ zone: ground.polygon(area), for_s });
      return { judge, error_m: ground.error_m([middle(area)]), thresholds: { for_s } };
    }
  }
}

/** Throws for what the check of the site file would refuse. */
export function ruleAtWork(
  rule: CameraRule,
  camera: Camera,
  traceOf: (phase: number) => SignalTrace,
  timezone: string,
): RuleAtWork {
  const ground = new RuleGround(camera);
  const ofLine = "line" in rule ? camera.lines.find(({ id }) => id === rule.line)?.lane : undefined;
  return {
    rule,
    ...shapeOf(rule, ground, traceOf),
    reading_px: ground.reading_px,
    lane: rule.lane ?? ofLine ?? null,
    concerns: (vehicleClass, at_ms) =>
      (rule.classes?.includes(vehicleClass) ?? vehicleClass !== "pedestrian") && inForce(rule.hours, at_ms, timezone),
  };
}
