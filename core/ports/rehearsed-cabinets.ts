/** Controllers of a street that is only simulated: the machines of the real ones, in simulated time, spoken to as on a street. */
import type { ActingJunction, ActingRound, Inside } from "../adaptive/acting/acting-junction.ts";
import type { DeviceView } from "../adaptive/acting/device-view.ts";
import type { JunctionSight } from "../adaptive/sight.ts";
import type { Intersection } from "../network/schema.ts";
import type { Result } from "../problems/problem.ts";

export interface RehearsedCabinet {
  /** What its lamps show. Live; phases are bits, bit 0 is phase 1. */
  readonly lamps: { readonly greens: number; readonly yellows: number };
  /** What its conflict monitor has against it; empty while it runs. */
  faults(): readonly string[];
  /** A detector input goes on or off. */
  detector(channel: number, on: boolean): void;
  /** One decision of second-by-second control, through the gate and the device's own protocol. */
  round(): Promise<Result<{ readonly view: DeviceView; readonly acting: ActingRound }>>;
}

export interface RehearsedJunction {
  readonly intersection: Intersection;
  readonly junction: ActingJunction;
  readonly see: (view: DeviceView, dt_s: number) => JunctionSight;
  readonly inside: Inside;
}

export interface RehearsedCabinets {
  /** In the order of the junctions. */
  readonly cabinets: readonly RehearsedCabinet[];
  /** Moves all of them on to this moment of simulated time. */
  stepTo(clock_ds: number): void;
  close(): Promise<void>;
}

/** Rejects with the system's error where they cannot be started. */
export type CabinetMaker = (junctions: readonly RehearsedJunction[]) => Promise<RehearsedCabinets>;
