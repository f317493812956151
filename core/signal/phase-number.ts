import { z } from "zod";

/** NEMA phase number: a device has 16 at most. */
export const phaseNumber = z.number().int().min(1).max(16);
