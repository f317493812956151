/**
 * The signal part of an intersection as the site file states it. Keys carry their unit, and the same names
 * are used in YAML, JSON, SQL and TypeScript (docs/decisions/0002-units-in-names.md).
 */
import { z } from "zod";

export const phaseNumber = z.number().int().min(1).max(16);

/** A recall is a standing call: the phase is served every cycle without a detector asking for it. */
const recall = z.enum(["none", "min", "max", "ped"]);

const phaseSchema = z.strictObject({
  number: phaseNumber,
  name: z.string().min(1).optional(),
  min_green_s: z.number().int().min(1).max(255),
  max_green_s: z.number().int().min(1).max(255),
  /** Green is extended by this after each actuation. */
  passage_s: z.number().min(0).max(25.5).default(2),
  /** Both 0 where no pedestrians walk with this phase. */
  walk_s: z.number().int().min(0).max(255).default(0),
  ped_clear_s: z.number().int().min(0).max(255).default(0),
  recall: recall.default("none"),
});

/** Yellow and red clearance belong to the intersection, never to a plan (I3). */
const clearanceSchema = z.strictObject({
  phase: phaseNumber,
  yellow_s: z.number().min(3).max(6).multipleOf(0.1),
  red_clear_s: z.number().min(0).max(6).multipleOf(0.1),
});

/** An unordered pair that must never run together; listing it once states both directions. */
const conflictSchema = z.strictObject({
  a: phaseNumber,
  b: phaseNumber,
  /** End of green of `a` to start of green of `b`, when longer than yellow + red clearance of `a`. */
  intergreen_ab_s: z.number().min(0).max(25).optional(),
  intergreen_ba_s: z.number().min(0).max(25).optional(),
});

/** A ring is a list of barrier groups; a barrier group is the ordered phases this ring runs between two barriers. */
const ringSchema = z.array(z.array(phaseNumber).min(1)).min(1);

export const signalSchema = z.strictObject({
  phases: z.array(phaseSchema).min(2).max(16),
  /** `rings[r][g]`: phases of ring r in barrier group g, in order. All rings have the same number of groups. */
  rings: z.array(ringSchema).min(1).max(4),
  clearances: z.array(clearanceSchema).min(2),
  conflicts: z.array(conflictSchema).min(1),
  /** Pairs that may run together although paths cross, because one yields. Listed, never inferred. */
  permissive: z.array(z.tuple([phaseNumber, phaseNumber])).default([]),
  /** One per ring, all in the same barrier group. */
  coord_phases: z.array(phaseNumber).min(1).max(4),
  cycle_min_s: z.number().int().min(30).max(255).default(40),
  cycle_max_s: z.number().int().min(30).max(255).default(150),
});

export type Phase = Readonly<z.infer<typeof phaseSchema>>;
export type Clearance = Readonly<z.infer<typeof clearanceSchema>>;
export type SignalSpec = Readonly<z.infer<typeof signalSchema>>;
