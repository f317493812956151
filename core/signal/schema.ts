/**
 * The signal part of an intersection as the site file states it. Keys carry their unit, and the same names
 * are used in YAML, JSON, SQL and TypeScript (docs/decisions/0002-units-in-names.md).
 */
import { z } from "zod";
import { phaseNumber } from "./phase-number.ts";
import { monitorSchema } from "./sections/monitor.ts";
import { overlapSchema } from "./sections/overlap.ts";
import { preemptSchema } from "./sections/preempt.ts";
import { dayPlanSchema, patternSchema, planDaySchema } from "./sections/time-plan.ts";

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
  /** Derived from the crossing where only that is stated. */
  ped_clear_s: z.number().int().min(0).max(255).optional(),
  /** Kerb to kerb, or to the refuge where people stop. */
  crossing_m: z.number().min(2).max(60).optional(),
  walking_speed_ms: z.number().min(0.8).max(1.2).optional(),
  recall: recall.default("none"),
});

/** Yellow and red clearance belong to the intersection, never to a plan (I3). Derived where they are not stated. */
const clearanceSchema = z.strictObject({
  phase: phaseNumber,
  yellow_s: z.number().min(3).max(6).multipleOf(0.1).optional(),
  red_clear_s: z.number().min(0).max(6).multipleOf(0.1).optional(),
  /** From the stop line to the far side of the last conflict. */
  conflict_width_m: z.number().min(2).max(100).optional(),
  /** Of a turning phase: the speed at which the turn is entered. */
  entry_speed_kmh: z.number().min(10).max(60).optional(),
});

/** An unordered pair that must never run together; listing it once states both directions. */
const conflictSchema = z.strictObject({
  a: phaseNumber,
  b: phaseNumber,
  /** End of green of `a` to start of green of `b`, when longer than yellow + red clearance of `a`. */
  intergreen_ab_s: z.number().min(0).max(25).optional(),
  intergreen_ba_s: z.number().min(0).max(25).optional(),
  /** From the stop line of each to where their paths cross: both or neither. */
  path_a_m: z.number().min(0).max(100).optional(),
  path_b_m: z.number().min(0).max(100).optional(),
});

/** A ring is a list of barrier groups; a barrier group is the ordered phases this ring runs between two barriers. */
const ringSchema = z.array(z.array(phaseNumber).min(1)).min(1);

/** The same phases between the same barriers, in another order: what a pattern's `sequence` names. */
const sequenceSchema = z.strictObject({
  number: z.number().int().min(2).max(20),
  rings: z.array(ringSchema).min(1).max(4),
});

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
  /** I7: nobody waits longer for a green; 180 s where absent. */
  longest_wait_s: z.number().int().min(60).max(180).optional(),
  /** The same for people who walk; not judged where absent. */
  longest_walk_wait_s: z.number().int().min(60).max(180).optional(),
  sequences: z.array(sequenceSchema).max(19).optional(),
  overlaps: z.array(overlapSchema).max(16).optional(),
  preempts: z.array(preemptSchema).max(16).optional(),
  monitor: monitorSchema.optional(),
  patterns: z.array(patternSchema).max(253).optional(),
  day_plans: z.array(dayPlanSchema).max(255).optional(),
  plan_days: z.array(planDaySchema).max(255).optional(),
});

/** As the file states it; what is derived may be absent. */
export type StatedSignal = z.infer<typeof signalSchema>;
type StatedPhase = StatedSignal["phases"][number];
type StatedClearance = StatedSignal["clearances"][number];

export type Phase = Readonly<Omit<StatedPhase, "ped_clear_s"> & { ped_clear_s: number }>;
export type Clearance = Readonly<
  Omit<StatedClearance, "yellow_s" | "red_clear_s"> & { yellow_s: number; red_clear_s: number }
>;
/** Every number in place. */
export type SignalSpec = Readonly<
  Omit<StatedSignal, "phases" | "clearances"> & { phases: Phase[]; clearances: Clearance[] }
>;
