/** Overlaps: a lamp of its own that is green with any of several phases, and between two of them. */
import { z } from "zod";
import { phaseNumber } from "../phase-number.ts";

export const overlapSchema = z.strictObject({
  number: z.number().int().min(1).max(16),
  name: z.string().min(1).optional(),
  /** `minus_green_yellow`: dark while a modifier phase is green or yellow. */
  type: z.enum(["normal", "minus_green_yellow"]).default("normal"),
  /** Green with any of these. */
  phases: z.array(phaseNumber).min(1).max(16),
  modifier_phases: z.array(phaseNumber).max(16).default([]),
  /** Phases whose traffic crosses it: listed, never inferred. */
  conflicts: z.array(phaseNumber).max(16).default([]),
  /** Its own end, after the last of its phases; 0 of green means that it ends with the phase, by the phase's times. */
  trail_green_s: z.number().int().min(0).max(255).default(0),
  trail_yellow_s: z.number().min(0).max(6).multipleOf(0.1).default(0),
  trail_red_s: z.number().min(0).max(6).multipleOf(0.1).default(0),
});

export type Overlap = Readonly<z.infer<typeof overlapSchema>>;
