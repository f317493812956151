/** What the parent asks of a simulating child, and what that answers. */
import { z } from "zod";

export const runOrderSchema = z.strictObject({
  files: z.strictObject({
    name: z.string(),
    net: z.string(),
    routes: z.array(z.string()),
    additionals: z.array(z.string()),
    begin_s: z.number(),
    end_s: z.number(),
  }),
  plans: z.array(z.string()),
  seeds: z.array(z.number().int()),
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
  wall_s: z.number(),
});

export type Run = z.infer<typeof runSchema>;

export const runAnswerSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("listening") }),
  z.strictObject({ kind: z.literal("run"), run: runSchema, note: z.string().nullable() }),
  z.strictObject({ kind: z.literal("failed"), problems: z.array(z.unknown()) }),
  z.strictObject({ kind: z.literal("done") }),
]);

export type RunAnswer = z.infer<typeof runAnswerSchema>;
