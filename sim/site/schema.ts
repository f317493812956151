/** What of a site file is driven through: it comes checked, from whoever read the file. */
import { z } from "zod";
import { corridorSchema, intersectionSchema, volumeSchema } from "../../core/network/schema.ts";
import { planSchema } from "../../core/signal/plan.ts";

export const siteStreetsSchema = z.strictObject({
  intersections: z.array(intersectionSchema).min(1),
  corridors: z.array(corridorSchema),
  volumes: z.array(volumeSchema),
  /** One for an intersection at most; the others run free. */
  plans: z.array(planSchema),
});

export type SiteStreets = Readonly<z.infer<typeof siteStreetsSchema>>;
