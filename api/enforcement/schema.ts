/** What the site file says about rules: which act, where in which camera's picture, from when on; and about the clock. */
import { z } from "zod";
import { endTimeOfDay, id, timeOfDay, weekday } from "../../core/network/schema.ts";
import { phaseNumber } from "../../core/signal/phase-number.ts";
import { vehicleClasses } from "../../core/traffic/vehicle-class.ts";
import { picturePoint } from "../../detectors/index.ts";

const classes = z.array(z.enum(vehicleClasses)).min(1);
const area = z.array(picturePoint).min(3).max(30);
const marking = z.strictObject({ from: picturePoint, to: picturePoint });
const direction = z.enum(["forward", "backward"]);

/** Of the street's own clock; `to` is exclusive and may be 24:00. */
const hours = z.strictObject({
  days: z.array(weekday).min(1).optional(),
  from: timeOfDay,
  to: endTimeOfDay,
});

const common = {
  id,
  name: z.string().min(1).optional(),
  camera: id,
  /** The lane it is about, where that is one lane. */
  lane: id.optional(),
  /** Whom it concerns; absent: everybody who drives or rides. */
  classes: classes.optional(),
  /** When the sign holds; absent: always. */
  hours: z.array(hours).min(1).max(50).optional(),
};

/** The stop line is a line of the camera, drawn on the marking's near edge. */
const stopLine = { line: id, direction: direction.optional(), phase: phaseNumber };

const redLight = z.strictObject({
  ...common,
  kind: z.literal("red_light"),
  ...stopLine,
  grace_s: z.number().min(0.1).max(10).default(0.5),
  allowed_turns: z.array(z.enum(["left", "right"])).default([]),
});

const stopLineRule = z.strictObject({
  ...common,
  kind: z.literal("stop_line"),
  ...stopLine,
  over_m: z.number().min(0.1).max(5).default(0.3),
  for_s: z.number().min(1).max(60).default(2),
});

const laneLine = z.strictObject({
  ...common,
  kind: z.literal("lane_line"),
  solid: z.array(marking).min(1).max(30),
  over_m: z.number().min(0.1).max(5).default(0.3),
  for_s: z.number().min(0.2).max(60).default(0.5),
});

const laneClass = z.strictObject({
  ...common,
  kind: z.literal("lane_class"),
  area,
  allowed: classes,
  for_m: z.number().min(5).max(1000).default(30),
});

const wrongWay = z.strictObject({
  ...common,
  kind: z.literal("wrong_way"),
  area,
  /** An arrow along the lane's direction. */
  towards: marking,
  against_deg: z.number().min(90).max(179).default(135),
  for_m: z.number().min(2).max(1000).default(15),
  for_s: z.number().min(0.5).max(60).default(2),
});

const stopping = z.strictObject({
  ...common,
  kind: z.literal("stopping"),
  area,
  for_s: z.number().min(5).max(7200).default(60),
});

const sectionSpeed = z.strictObject({
  ...common,
  kind: z.literal("section_speed"),
  exit_camera: id,
  /** Along the road, from line to line. */
  length_m: z.number().min(50).max(100_000),
  length_uncertainty_m: z.number().min(0.01).max(1000),
  limit_kmh: z.number().min(10).max(150),
  tolerance_kmh: z.number().min(0).max(50).default(5),
});

export const ruleSchema = z.discriminatedUnion("kind", [
  redLight,
  stopLineRule,
  laneLine,
  laneClass,
  wrongWay,
  stopping,
  sectionSpeed,
]);

/** What is known of time: of this machine's clock, and of what cameras take to send a picture. */
export const clockSchema = z.strictObject({
  /** Who keeps it right, stated where nothing can be asked. */
  source: z.string().min(1).optional(),
  uncertainty_ms: z.number().min(0).max(10_000).optional(),
  cameras: z
    .array(
      z.strictObject({
        camera: id,
        /** From the light on the sensor to the picture's arrival, at its quickest. */
        latency_ms: z.number().min(0).max(5000),
        latency_uncertainty_ms: z.number().min(0).max(5000),
      }),
    )
    .default([]),
});

export type SiteRule = Readonly<z.infer<typeof ruleSchema>>;
export type SignalRule = Extract<SiteRule, { kind: "red_light" | "stop_line" }>;
export type RuleHours = Readonly<z.infer<typeof hours>>;
export type SiteClock = Readonly<z.infer<typeof clockSchema>>;
