/** What the parent asks of a simulating child, and what that answers. */
import { z } from "zod";
import { recordOrderSchema } from "../outputs/recorder.ts";
import { scenarioFilesSchema } from "../scenario/find-scenario.ts";
import { controllerNames, detectionNames } from "../street/controllers.ts";

export const runOrderSchema = z.strictObject({
  files: scenarioFilesSchema,
  /** Additional files with signal programs, on top of the scenario's. */
  plans: z.array(z.string()).readonly(),
  seeds: z.array(z.number().int()).readonly(),
  engine: z.enum(["own", "sumo"]),
  controller: z.enum(controllerNames),
  /** What a controller that decides sees; everything unless said. */
  detection: z.enum(detectionNames).optional(),
  step_s: z.number(),
  /** 0: everybody keeps to the middle of a lane; null: 0.8 where motorcycles drive, 0 elsewhere. */
  lateral_resolution_m: z.number().nullable(),
  /** Of signals under a controller: null for each program's own yellow and all-red, or this yellow and no all-red. */
  yellow_s: z.number().nullable(),
  /** Also measured: what people lose, the longest wait, queues, and how long decisions take. SUMO is driven over TraCI then. */
  measures: z.boolean().optional(),
  /** Outputs and replay; on our own engine only. */
  record: recordOrderSchema.optional(),
});

export type RunOrder = z.infer<typeof runOrderSchema>;

export const measuresSchema = z.strictObject({
  person_delay_s: z.number(),
  /** That a vehicle stood in one go, and that the first of a lane did, whoever it was. */
  longest_wait_s: z.number(),
  longest_lane_wait_s: z.number(),
  /** Vehicles that stand at once on all of the network. */
  mean_queue: z.number(),
  longest_queue: z.number(),
  decisions: z.number().int(),
  /** Looking and deciding of one intersection; null where nobody decides. */
  decision_p50_ms: z.number().nullable(),
  decision_p99_ms: z.number().nullable(),
});

export type Measures = z.infer<typeof measuresSchema>;

export const runSchema = z.strictObject({
  seed: z.number().int(),
  /** Over all that were due: time lost on the road, waiting to be let in, and for the never inserted until the end. */
  delay_s: z.number(),
  /** Over those inserted. */
  waiting_s: z.number(),
  travel_time_s: z.number(),
  stops: z.number(),
  inserted: z.number().int(),
  never_inserted: z.number().int(),
  unfinished: z.number().int(),
  locked: z.boolean(),
  vehicle_updates: z.number().int(),
  /** Of stepping alone: without the start of processes, reading and writing of files. */
  wall_s: z.number(),
  measures: measuresSchema.optional(),
});

export type Run = z.infer<typeof runSchema>;

export const runAnswerSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("listening") }),
  /** What of the scenario was read and nothing came of. */
  z.strictObject({ kind: z.literal("notes"), problems: z.array(z.unknown()) }),
  /** How much of a seed is driven, 0 to 1. */
  z.strictObject({ kind: z.literal("progress"), seed: z.number().int(), share: z.number() }),
  z.strictObject({ kind: z.literal("run"), run: runSchema, note: z.string().nullable() }),
  z.strictObject({ kind: z.literal("failed"), problems: z.array(z.unknown()) }),
  z.strictObject({ kind: z.literal("done") }),
]);

export type RunAnswer = z.infer<typeof runAnswerSchema>;
