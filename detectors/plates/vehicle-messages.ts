/** What the process that reads vehicles' plates and its parent say to each other. */
import { z } from "zod";
import { answersOf } from "../pictures/messages.ts";

const number = z.number();
const box = z.tuple([number, number, number, number]);

const seenPlateSchema = z.strictObject({
  /** Without separators; whether to act on it is decided over all pictures. */
  text: z.string(),
  confidence: number,
  characterChances: z.array(number),
  country: z.string(),
  /** Middle, in shares of the vehicle's box. */
  at: z.tuple([number, number]),
  height_px: number,
  /** x, y, w, h of the whole plate in pixels of the picture. */
  box,
});

const frameSchema = z.strictObject({
  path: z.string(),
  /** Where the vehicle is: x, y, w, h in shares of the picture. */
  box: box.readonly(),
});

export const toChild = z.strictObject({
  vehicles: z.array(z.strictObject({ country: z.string(), frames: z.array(frameSchema).readonly() })).readonly(),
});

const seenVehicleSchema = z.strictObject({
  /** Number in the order. */
  vehicle: z.int(),
  /** One list for each picture. */
  frames: z.array(z.array(seenPlateSchema)),
});

export const fromChild = answersOf(seenVehicleSchema);

export type VehicleFrame = Readonly<z.infer<typeof frameSchema>>;
export type VehiclesOrder = z.infer<typeof toChild>;
export type BoxedPlate = z.infer<typeof seenPlateSchema>;
export type SeenVehicle = z.infer<typeof seenVehicleSchema>;
