/** What a site file says of what is kept: its section `keeping`. */
import { z } from "zod";
import { daySchema } from "../../core/evidence/day-root.ts";

const retentionSchema = z.strictObject({
  class: z.enum(["rejected_cases", "case_files"]),
  from: daySchema,
  /** Null: kept for good. */
  keep_days: z.number().int().min(1).max(36_500).nullable(),
  source: z.string().min(1).max(500),
});

export const keepingSchema = z.strictObject({
  retention: z.array(retentionSchema).max(100).default([]),
  roots_folder: z.string().min(1).optional(),
  local_copy_days: z.number().min(0).max(3650).default(30),
  quota_gb: z.number().positive().optional(),
  warn_days: z.number().min(1).max(365).default(14),
});

export type KeepingSettings = Readonly<z.infer<typeof keepingSchema>>;
