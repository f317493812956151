/** What the parent asks of a simulating child, and what that answers. */
import { z } from "zod";
import { recordOrderSchema } from "../outputs/recorder.ts";
import { scenarioFilesSchema } from "../scenario/find-scenario.ts";
import { controllerNames, detectionNames, throughNames } from "../street/controllers.ts";
import { controlOrderShape, controlRunShape } from "./control-messages.ts";

export const runOrderSchema = z.strictObject({
  files: scenarioFilesSchema,
  /** Additional files with signal programs, on top of the scenario's. */
  plans: z.array(z.string()).readonly(),
  seeds: z.array(z.number().int()).readonly(),
  engine: z.enum(["own", "sumo"]),
  controller: z.enum(controllerNames),
  /** What a controller that decides sees; everything unless said. */
  detection: z.enum(detectionNames).optional(),
  /** How a policy's decisions reach a site's signals: at once unless said; `ntcip`: over SNMP to devices in their cabinets. */
  through: z.enum(throughNames).optional(),
  step_s: z.number(),
  /** 0: everybody keeps to the middle of a lane; null: 0.8 where motorcycles drive, 0 elsewhere. */
  lateral_resolution_m: z.number().nullable(),
  /** Of signals under a controller: null for each program's own yellow and all-red, or this yellow and no all-red. */
  yellow_s: z.number().nullable(),
  /** Outputs and replay; on our own engine only. */
  record: recordOrderSchema.optional(),
  ...controlOrderShape,
});

export type RunOrder = z.infer<typeof runOrderSchema>;

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
  ...controlRunShape,
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
