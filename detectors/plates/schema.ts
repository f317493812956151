/** What the site file says about the plates of vehicles that pass a camera. */
import { z } from "zod";
import { placeNames } from "../../core/plates/countries/regions.ts";

export const cameraPlatesSchema = z.strictObject({
  /** Of whom: every vehicle that crosses one of the camera's lines. */
  read: z.literal("passages"),
  /** Whose plates to expect; absent: the site's country. */
  country: z.enum(placeNames).optional(),
  /** Passages older than this are forgotten. */
  keep_h: z.number().min(1).max(720).default(24),
});
