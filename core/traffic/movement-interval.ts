/** Which ways through the junction one camera's vehicles took over a fixed window, and how far to trust it. */
import { z } from "zod";
import { vehicleClasses } from "./vehicle-class.ts";

export const turns = ["left", "through", "right", "u_turn"] as const;
export type Turn = (typeof turns)[number];

const counted = {
  total: z.number().int().min(0),
  by_class: z.partialRecord(z.enum(vehicleClasses), z.number().int().min(0)),
};

export const movementIntervalSchema = z.strictObject({
  intersection: z.string(),
  /** Camera id. */
  feed: z.string(),
  origin: z.enum(["camera", "simulated"]),
  start_ms: z.number().int(),
  length_s: z.number().positive(),
  /** Every movement of the camera, also those that nobody made, by when their vehicles left. */
  movements: z.array(
    z.strictObject({
      movement: z.string(),
      entry: z.string(),
      exit: z.string(),
      turn: z.enum(turns).nullable(),
      ...counted,
      /** From entry to exit; null when nobody made it. */
      mean_time_s: z.number().min(0).nullable(),
    }),
  ),
  /** Lost between entry and exit, or gone another way, by entry: not guessed at. */
  unfinished: z.array(z.strictObject({ entry: z.string(), ...counted })),
  /** Seen to leave and not to come, by exit. */
  unentered: z.array(z.strictObject({ exit: z.string(), ...counted })),
  quality: z.enum(["valid", "partial", "missing"]),
  frames_seen: z.number().int().min(0),
  gap_s: z.number().min(0),
});

export type MovementInterval = Readonly<z.infer<typeof movementIntervalSchema>>;
