/**
 * Codes of a signal's events in the Indiana enumeration (Sturdevant et al., "Indiana Traffic Signal Hi Resolution Data
 * Logger Enumerations", Purdue 2012). Only codes whose meaning is plain are here; detectors' own are in
 * `core/events/hires.ts`. The comment says what the parameter is.
 */
export const signalCodes = {
  // Phase number.
  phase_on: 0,
  phase_begin_green: 1,
  phase_min_complete: 3,
  phase_gap_out: 4,
  phase_max_out: 5,
  phase_force_off: 6,
  phase_green_termination: 7,
  phase_begin_yellow: 8,
  phase_end_yellow: 9,
  phase_begin_red_clearance: 10,
  phase_end_red_clearance: 11,
  phase_inactive: 12,
  pedestrian_begin_walk: 21,
  pedestrian_begin_clearance: 22,
  pedestrian_begin_dont_walk: 23,
  phase_hold_active: 41,
  phase_hold_released: 42,
  phase_call_registered: 43,
  phase_call_dropped: 44,
  pedestrian_call_registered: 45,
  phase_omit_on: 46,
  phase_omit_off: 47,
  pedestrian_omit_on: 48,
  pedestrian_omit_off: 49,
  // Overlap number.
  overlap_begin_green: 61,
  overlap_begin_trailing_green: 62,
  overlap_begin_yellow: 63,
  overlap_begin_red_clearance: 64,
  overlap_off: 65,
  // Detector channel.
  detector_off: 81,
  detector_on: 82,
  detector_restored: 83,
  detector_fault: 84,
  pedestrian_detector_off: 89,
  pedestrian_detector_on: 90,
  // Preempt number.
  preempt_call_on: 102,
  preempt_call_off: 104,
  preempt_entry_started: 105,
  preempt_begin_track_clearance: 106,
  preempt_begin_dwell: 107,
  preempt_link_active: 108,
  preempt_link_inactive: 109,
  preempt_max_presence: 110,
  preempt_begin_exit: 111,
  // Pattern number; cycle, offset in seconds; a `coordinationState`.
  coordination_pattern_change: 131,
  cycle_length_change: 132,
  offset_length_change: 133,
  coordination_state_change: 150,
  // `unitFlashStatus`, `unitAlarmStatus1` of NTCIP 1202; 1 on, 0 off; seconds forward or back.
  unit_flash_status_change: 173,
  unit_alarm_status_change: 174,
  stop_time: 180,
  clock_updated: 181,
} as const;

export type SignalCode = (typeof signalCodes)[keyof typeof signalCodes];

/** Parameter of `coordination_state_change`: the ones this machine can tell apart. */
export const coordinationState = { free: 0, in_step: 1, local_zero: 5 } as const;

export interface SignalEvent {
  /** Milliseconds since the Unix epoch, a whole tenth of a second. */
  readonly at_ms: number;
  readonly event_id: SignalCode;
  readonly parameter: number;
}
