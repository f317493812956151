/** What the ring-and-barrier machine reports, as hi-res codes. */
import type { MachineEvent } from "../machine/types.ts";
import { signalCodes as codes, type SignalCode } from "./signal-codes.ts";

const NONE: readonly SignalCode[] = [];

const codesOf: Readonly<Record<MachineEvent["kind"], readonly SignalCode[]>> = {
  phase_on: [codes.phase_on],
  begin_green: [codes.phase_begin_green],
  min_green_over: [codes.phase_min_complete],
  gap_out: [codes.phase_gap_out],
  max_out: [codes.phase_max_out],
  force_off: [codes.phase_force_off],
  begin_yellow: [codes.phase_green_termination, codes.phase_begin_yellow],
  end_yellow: [codes.phase_end_yellow, codes.phase_begin_red_clearance],
  end_red_clear: [codes.phase_end_red_clearance, codes.phase_inactive],
  begin_walk: [codes.pedestrian_begin_walk],
  begin_ped_clear: [codes.pedestrian_begin_clearance],
  begin_dont_walk: [codes.pedestrian_begin_dont_walk],
  /** No code says that a phase was passed over. */
  skip: NONE,
  overlap_green: [codes.overlap_begin_green],
  overlap_trail_green: [codes.overlap_begin_trailing_green],
  overlap_yellow: [codes.overlap_begin_yellow],
  overlap_red_clear: [codes.overlap_begin_red_clearance],
  overlap_off: [codes.overlap_off],
};

/** In the order in which they are logged; the parameter of each is the event's phase, which may be an overlap's number. */
export const codesOfMachine = ({ kind }: MachineEvent): readonly SignalCode[] => codesOf[kind];
