/** What a search asks of a rehearsing child, and what that answers. */
import { z } from "zod";
import { runOrderSchema } from "../runner/run-messages.ts";

const programSchema = z.strictObject({
  signal: z.string(),
  program: z.string(),
  type: z.string(),
  offset_s: z.number(),
  phases: z.array(z.strictObject({ duration_s: z.number(), state: z.string(), min_s: z.number(), max_s: z.number() })),
  parameters: z.record(z.string(), z.string()),
});

export const rehearsalOrderSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("open"), files: runOrderSchema.shape.files, plans: z.array(z.string()) }),
  z.strictObject({
    kind: z.literal("rehearse"),
    id: z.number().int(),
    programs: z.array(programSchema),
    seed: z.number().int(),
    /** So many times the traffic that the demand has. */
    volume: z.number(),
    /** Given up as soon as the delay is sure to be above this, s a vehicle. */
    limit_s: z.number().nullable(),
    /** Given up after so many seconds of the wall clock. */
    most_s: z.number(),
    /** Given up when after the first marks the delay so far is above this, vehicle-seconds at each five minutes. */
    pace: z.array(z.number()).nullable(),
  }),
]);

export type RehearsalOrder = z.infer<typeof rehearsalOrderSchema>;

export const rehearsalSchema = z.strictObject({
  /** The RESCO delay; at least this much where it was given up. */
  delay_s: z.number(),
  stops: z.number(),
  locked: z.boolean(),
  /** Seconds that lanes had green and no room beyond, shared among all vehicles. */
  blocked_s: z.number(),
  givenUp: z.boolean(),
  /** Processor time. */
  cpu_s: z.number(),
  /** Vehicle-seconds of delay after every five minutes. */
  pace: z.array(z.number()),
  /** By signal number: vehicle-seconds stood before it. */
  standing_s: z.array(z.number()),
});

export type Rehearsal = z.infer<typeof rehearsalSchema>;

export const rehearsalAnswerSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("listening") }),
  z.strictObject({ kind: z.literal("rehearsed"), id: z.number().int(), rehearsal: rehearsalSchema }),
  z.strictObject({ kind: z.literal("failed"), problems: z.array(z.unknown()) }),
]);

export type RehearsalAnswer = z.infer<typeof rehearsalAnswerSchema>;
