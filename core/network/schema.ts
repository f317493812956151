/** Intersections, approaches, lanes, corridors, volumes and schedules as the site file states them. */
import { z } from "zod";
import { fillDerived } from "../signal/derive/fill.ts";
import { phaseNumber } from "../signal/phase-number.ts";
import { signalSchema } from "../signal/schema.ts";
import { defaultPcu } from "../traffic/vehicle-class.ts";

/** Ids travel in URLs, topics and file names. */
export const id = z.string().regex(/^[a-z0-9][a-z0-9_-]{0,62}$/, "BAD_ID");

const turn = z.enum(["left", "through", "right", "u_turn"]);

const laneSchema = z.strictObject({
  id,
  /** Phase whose green this lane waits for. */
  phase: phaseNumber,
  turns: z.array(turn).min(1),
  /** Discharge rate of a standing queue. */
  saturation_pcu_h: z.number().min(100).max(4000).default(1800),
  length_m: z.number().min(5).max(2000).default(100),
  /** Numbered on/off source inside the controller; camera-made unless a physical one is wired. */
  detector_channel: z.number().int().min(1).max(255),
  /** From the stop line back to the detector, where vehicles in between go unseen. */
  detector_setback_m: z.number().min(0).max(300).optional(),
});

const approachSchema = z.strictObject({
  id,
  name: z.string().min(1).optional(),
  /** Side of the intersection traffic comes from. */
  from: z.enum(["N", "NE", "E", "SE", "S", "SW", "W", "NW"]),
  speed_kmh: z.number().min(10).max(120).default(50),
  grade_pct: z.number().min(-12).max(12).default(0),
  lanes: z.array(laneSchema).min(1).max(12),
});

/** Reads with every time in place: those not stated are derived from geometry and speed (core/signal/derive). */
export const intersectionSchema = z
  .strictObject({
    id,
    name: z.string().min(1),
    /** WGS 84. */
    latitude: z.number().min(-90).max(90).optional(),
    longitude: z.number().min(-180).max(180).optional(),
    approaches: z.array(approachSchema).min(1).max(8),
    signal: signalSchema,
  })
  .transform((stated, context) => {
    const { signal, missing } = fillDerived(stated);
    for (const path of missing) {
      context.issues.push({ code: "custom", input: undefined, path: ["signal", ...path], message: "NOT_DERIVABLE" });
    }
    return { ...stated, signal };
  });

/** Intersections in order of travel; `outbound` runs down the list, `inbound` back up. */
export const corridorSchema = z.strictObject({
  id,
  name: z.string().min(1),
  intersections: z
    .array(
      z.strictObject({
        id,
        /** Along the corridor from the previous member's stop line; 0 for the first. */
        distance_m: z.number().min(0).max(5000),
        outbound_phase: phaseNumber,
        inbound_phase: phaseNumber,
      }),
    )
    .min(2)
    .max(100),
  progression_speed_kmh: z.number().min(10).max(100).default(40),
  /** Share of the objective given to outbound; the rest is inbound. */
  outbound_weight: z.number().min(0).max(1).default(0.5),
});

/** Demand assumed where nothing is measured. */
export const volumeSchema = z.strictObject({ lane: id, flow_veh_h: z.number().min(0).max(10000) });

const factor = z.number().min(0).max(10);

/** Passenger-car units of one vehicle of each class; Viet Nam's design values where a class is not stated. */
export const pcuSchema = z.strictObject({
  motorcycle: factor.default(defaultPcu.motorcycle),
  bicycle: factor.default(defaultPcu.bicycle),
  car: factor.default(defaultPcu.car),
  bus: factor.default(defaultPcu.bus),
  truck: factor.default(defaultPcu.truck),
  pedestrian: factor.default(defaultPcu.pedestrian),
});

export const weekday = z.enum(["mon", "tue", "wed", "thu", "fri", "sat", "sun"]);
/** `HH:MM`. */
export const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "BAD_TIME");
/** The same, or 24:00. */
export const endTimeOfDay = z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, "BAD_END_TIME");

export const scheduleSchema = z.strictObject({
  id,
  corridor: id,
  days: z.array(weekday).min(1),
  /** Local time of the site's zone, `HH:MM`; `to` is exclusive and may be 24:00. */
  from: timeOfDay,
  to: endTimeOfDay,
  /** `retime`: new plans from measured flow every `every_s`; `hold`: keep the plan in force. */
  action: z.enum(["retime", "hold"]),
  every_s: z.number().int().min(60).max(86400).default(300),
});

export type Lane = Readonly<z.infer<typeof laneSchema>>;
export type Approach = Readonly<z.infer<typeof approachSchema>>;
export type Intersection = Readonly<z.infer<typeof intersectionSchema>>;
export type Corridor = Readonly<z.infer<typeof corridorSchema>>;
export type Volume = Readonly<z.infer<typeof volumeSchema>>;
export type Schedule = Readonly<z.infer<typeof scheduleSchema>>;
