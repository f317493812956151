/** What a device says of itself, once a second: what it is taken to show is what it says, not what it was told. */

/** Why a device does not follow whoever controls it. */
export type Hindrance = "preempt" | "flash" | "manual";

/** Phases are bits: bit 0 is phase 1. */
export interface DeviceView {
  readonly at_ms: number;
  readonly greens: number;
  readonly yellows: number;
  /** Green, yellow or red clearance. */
  readonly ons: number;
  readonly walks: number;
  readonly pedClears: number;
  /** Who waits, as the device's own detectors and buttons say. */
  readonly vehicleCalls: number;
  readonly pedCalls: number;
  /** No pattern's timetable binds it. */
  readonly free: boolean;
  /** Its commands come from a centre, and have not expired. */
  readonly commanded: boolean;
  readonly hindrance: Hindrance | null;
}
