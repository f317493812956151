/** What the site file says about cases. */
import { z } from "zod";

const window_s = z.number().min(0).max(86_400);

export const casesSchema = z.strictObject({
  /** Two acts of one plate against one rule at one intersection, no further apart than this, are one case. */
  duplicate_window_s: window_s.default(120),
  /** The same for vehicles that stand. */
  standing_window_s: window_s.default(3600),
  /** Of all cases so many are seen by two people, whatever the first says. */
  second_review_share: z.number().min(0).max(1).default(0.05),
  /** Of the city's own ambulances, fire engines and police cars. */
  priority_plates: z.array(z.string().min(2).max(20)).max(10_000).default([]),
});
