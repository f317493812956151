/** Preempts: what the signal does for a train, a fire engine or a bus. */
import { z } from "zod";
import { phaseNumber } from "../phase-number.ts";

const seconds = z.number().int().min(0).max(255);
const phases = z.array(phaseNumber).max(16).default([]);

export const preemptSchema = z.strictObject({
  number: z.number().int().min(1).max(16),
  name: z.string().min(1).optional(),
  /** Rank: a train before a fire engine, a fire engine before a bus. */
  kind: z.enum(["rail", "emergency", "transit"]),
  delay_s: seconds.default(0),
  min_duration_s: seconds.default(0),
  /** A running green and walk get at least these before they end. */
  min_green_s: seconds.optional(),
  min_walk_s: seconds.optional(),
  enter_ped_clear_s: seconds.optional(),
  /** Of whichever phase ends at entry; the longest of the phases' own where absent. */
  enter_yellow_s: z.number().min(0).max(25.5).multipleOf(0.1).optional(),
  enter_red_clear_s: z.number().min(0).max(25.5).multipleOf(0.1).optional(),
  /** Green first, to empty the track. */
  track_phases: phases,
  track_green_s: seconds.default(0),
  /** Green while it lasts; none where it flashes. */
  dwell_phases: phases,
  /** Flash while it lasts, after the track. */
  dwell_flash: z.boolean().optional(),
  dwell_green_s: z.number().int().min(1).max(255),
  exit_phases: phases,
  /** Given up after this. */
  max_presence_s: z.number().int().min(1).max(65535),
  /** The preempt that follows. */
  link: z.number().int().min(1).max(16).optional(),
  /** Who signed a minimum green, walk or pedestrian clearance at entry below the phase's own, and when. */
  signed_off: z.string().min(1).optional(),
});

export type Preempt = Readonly<z.infer<typeof preemptSchema>>;
