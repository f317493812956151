/** What the counting process and its parent say to each other. */
import { z } from "zod";
import { vehicleClasses } from "../../core/traffic/vehicle-class.ts";
import { lineSchema, movementSchema } from "../lane/schema.ts";
import { problemSchema } from "../problem-schema.ts";
import { eyeSchema } from "../schema.ts";

const direction = z.enum(["forward", "backward"]);

const crossingSchema = z.strictObject({
  line: z.string(),
  /** Since the first picture. */
  t_s: z.number(),
  class: z.enum(vehicleClasses),
  direction,
  track: z.number().int(),
  /** With a calibration; null where the track was too short to tell. */
  speed_kmh: z.number().nullable().optional(),
  speed_error_kmh: z.number().nullable().optional(),
  distance_m: z.number().nullable().optional(),
});

const movementDone = z.strictObject({
  movement: z.string(),
  t_entry_s: z.number(),
  t_exit_s: z.number(),
  class: z.enum(vehicleClasses),
  track: z.number().int(),
  /** With a calibration. */
  distance_m: z.number().optional(),
});

const lostWay = z.strictObject({ line: z.string(), class: z.enum(vehicleClasses) });

export const toCounter = z.strictObject({
  source: z.string(),
  lines: z.array(lineSchema).min(1),
  movements: z.array(movementSchema),
  duration_s: z.number().positive().nullable(),
  eye: eyeSchema,
});

export const fromCounter = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("listening") }),
  z.strictObject({
    kind: z.literal("counted"),
    frames: z.number().int(),
    duration_s: z.number(),
    crossings: z.array(crossingSchema),
    movements: z.array(movementDone),
    unfinished: z.array(lostWay),
    unentered: z.array(lostWay),
  }),
  z.strictObject({
    kind: z.literal("problem"),
    ...problemSchema.shape,
  }),
]);

export type CountOrder = z.infer<typeof toCounter>;
export type CounterAnswer = z.infer<typeof fromCounter>;
export type CountedCrossing = z.infer<typeof crossingSchema>;
export type CountedMovement = z.infer<typeof movementDone>;
export type LostWay = z.infer<typeof lostWay>;
