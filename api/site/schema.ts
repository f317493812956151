/** The whole site file: each section's schema belongs to the folder that acts on it; this only joins them. */
import { z } from "zod";
import { controllerSchema, rsmpListenerSchema } from "../../controllers/index.ts";
import {
  corridorSchema,
  id,
  intersectionSchema,
  pcuSchema,
  scheduleSchema,
  volumeSchema,
} from "../../core/network/schema.ts";
import { cameraSchema, modelSchema, recordingSchema } from "../../detectors/index.ts";
import { casesSchema } from "../cases/schema.ts";
import { clockSchema, ruleSchema } from "../enforcement/schema.ts";
import { keepingSchema } from "../keeping/schema.ts";

export const siteSchema = z.strictObject({
  version: z.literal(1),
  site: z.strictObject({
    id,
    name: z.string().min(1),
    /** IANA zone of the street, such as Asia/Ho_Chi_Minh. */
    timezone: z.string().min(1),
    /** Whose plates are expected: ISO 3166-1 alpha-2, lower case. */
    country: z
      .string()
      .regex(/^[a-z]{2}$/)
      .default("vn"),
    /** For a demonstration: lanes that no camera sees get made-up traffic, labelled "simulated" wherever it shows. */
    simulate_unmeasured_lanes: z.boolean().default(false),
  }),
  intersections: z.array(intersectionSchema).min(1).max(1000),
  corridors: z.array(corridorSchema).default([]),
  volumes: z.array(volumeSchema).default([]),
  pcu: pcuSchema.prefault({}),
  /** What cameras see with, unless they say themselves. */
  model: modelSchema.prefault({}),
  /** What is kept of their pictures, unless they say themselves. */
  recording: recordingSchema.prefault({}),
  cameras: z.array(cameraSchema).default([]),
  controllers: z.array(controllerSchema).default([]),
  /** Where controllers of `kind: rsmp` dial in. */
  rsmp: rsmpListenerSchema.optional(),
  schedules: z.array(scheduleSchema).default([]),
  /** Acts that cameras watch for. */
  rules: z.array(ruleSchema).max(1000).default([]),
  /** How exact times are. */
  clock: clockSchema.prefault({}),
  /** How long, and where, what is remembered is kept. */
  keeping: keepingSchema.prefault({}),
  /** What becomes of the acts that they saw. */
  cases: casesSchema.prefault({}),
});

export type Site = Readonly<z.infer<typeof siteSchema>>;
