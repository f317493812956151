/** The plan document: what retiming proposes, the gate proves, a controller runs and the ledger remembers. */
import { z } from "zod";
import { phaseNumber } from "./phase-number.ts";

const splitSchema = z.strictObject({
  phase: phaseNumber,
  /** Green + yellow + red clearance (the NTCIP meaning). */
  split_s: z.number().int().min(0).max(255),
  mode: z.enum(["none", "min_recall", "max_recall", "ped_recall", "omitted"]).default("none"),
});

export const planSchema = z.strictObject({
  intersection: z.string().min(1),
  /** NTCIP pattern number this plan is written to. The split table row has the same number. */
  pattern: z.number().int().min(1).max(253),
  cycle_s: z.number().int().min(30).max(255),
  /** How long local zero lags the master zero (Unix epoch, 1970-01-01T00:00:00Z); 0 <= offset < cycle. */
  offset_s: z.number().int().min(0).max(254),
  /** The instant that local zero names. */
  offset_reference: z.literal("begin_green_of_coord_phases").default("begin_green_of_coord_phases"),
  /** Row of the sequence table; 1 is the order the site file states. */
  sequence: z.number().int().min(1).max(20).default(1),
  splits: z.array(splitSchema).min(2).max(16),
});

export type Split = Readonly<z.infer<typeof splitSchema>>;
export type Plan = Readonly<z.infer<typeof planSchema>>;
