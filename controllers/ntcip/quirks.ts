/**
 * What is particular about one device, as data: found out by asking, remembered, and stated by hand where asking cannot
 * tell. Nothing here is a secret.
 */
import { z } from "zod";
import { offsetReferences, PLAN_REFERENCE } from "./offset-reference.ts";

export const quirksSchema = z.strictObject({
  /** Objects the device lacks: a whole column (`phaseRedRevert`) or one instance (`patternCycleTime.49`). */
  absent: z.array(z.string().regex(/^[a-zA-Z0-9]+(\.\d+)*$/)).default([]),
  /** What the device calls "not done" in `dbVerifyStatus`: 0 in 1201 v01, 1 in later texts; null until it has shown it. */
  verify_base: z
    .union([z.literal(0), z.literal(1)])
    .nullable()
    .default(null),
  /** What its offsets time, stated by hand: 1202 v02 leaves it to the vendor. */
  offset_reference: z.enum(offsetReferences).default(PLAN_REFERENCE),
  /** Most variables in one request. */
  max_varbinds: z.number().int().min(1).max(64).default(20),
  /** Most octets of one message; null: 484 over v1 and v2c, which every SNMP device must take, and 1400 over v3. */
  max_octets: z.number().int().min(200).max(65_507).nullable().default(null),
});

export type Quirks = Readonly<z.infer<typeof quirksSchema>>;

export const noQuirks: Quirks = quirksSchema.parse({});
