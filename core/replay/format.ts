/**
 * A replay file: who was where, second by second (docs/reference/outputs.md has the format byte by byte). Its coordinates are
 * the network's metres; a vehicle's place is its lane, how far its front is along it, and how far left of the lane's middle it drives.
 */
import { z } from "zod";

export const replayMagic = "GWREPLAY";
export const replayVersion = 1;

/** Quanta in which places travel. */
export const placeQuantum_m = 0.1;
export const speedQuantum_m_s = 0.1;
export const lateralQuantum_m = 0.01;
export const shapeQuantum_m = 0.01;

/** Tokens of a vehicle in a frame: see `docs/reference/outputs.md`. */
export const tokens = { bent: 252, elsewhere: 253, standing: 254 } as const;
/** Changes of speed, in quanta, that fit into one byte: -31 to 31; and of place against what speed foretells: -1 to 2. */
export const mostGain = 31;
export const leastSlip = -1;
export const slips = 4;

export const replayHeaderSchema = z.strictObject({
  scenario: z.string(),
  seed: z.number().int(),
  begin_s: z.number(),
  /** From one frame to the next. */
  frame_s: z.number().positive(),
  types: z.array(
    z.strictObject({
      id: z.string(),
      class: z.string(),
      length_m: z.number().positive(),
      width_m: z.number().positive(),
    }),
  ),
  /** By vehicle. */
  vehicles: z.strictObject({ ids: z.array(z.string()), types: z.array(z.number().int().nonnegative()) }),
  /** A signal's links: the lane that each leads from, in the order of the letters of what it shows. */
  signals: z.array(z.strictObject({ id: z.string(), lanes: z.array(z.number().int().nonnegative()) })),
});

export type ReplayHeader = z.infer<typeof replayHeaderSchema>;

export interface ReplayLane {
  readonly id: string;
  /** As driven; the shape may be a little longer or shorter. */
  readonly length_m: number;
  readonly width_m: number;
  /** Inside a junction. */
  readonly inside: boolean;
  /** Corner points x, y, x, y … in metres, y to the north. */
  readonly shape: Float64Array;
}

/** Vehicles in the order of their numbers; only the first `count` of each array mean anything. */
export interface ReplayFrame {
  readonly count: number;
  readonly vehicle: Int32Array;
  readonly lane: Int32Array;
  readonly position_m: Float32Array;
  readonly lateral_m: Float32Array;
  readonly speed_m_s: Float32Array;
  /** What each signal shows: a letter for each of its links. */
  readonly shown: readonly string[];
}
