/** A seeded street for the machine: calls, people, occupied detectors, and changes of plan. */
import type { MachineInput, MachinePattern } from "../../../../core/signal/machine/types.ts";

/** mulberry32: small, seeded, good enough to shake a state machine. */
function seededRandom(seed: number): () => number {
  let a = seed | 0;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export interface StreetHabits {
  /** Chance per step of a new vehicle call, a new pedestrian call, and of a detector changing. */
  readonly vehicle: number;
  readonly pedestrian: number;
  readonly toggle: number;
  /** Chance per step that the master clock is set, or that a call is taken back. */
  readonly clockJump: number;
  readonly forget: number;
}

export type MutableInput = { -readonly [K in keyof MachineInput]: MachineInput[K] };

export function makeStreet(numbers: readonly number[], seed: number, habits: StreetHabits) {
  const random = seededRandom(seed);
  const anyBit = (): number => 1 << ((numbers[Math.floor(random() * numbers.length)] ?? 1) - 1);
  const input: MutableInput = {
    clock_ds: 17_000_000_000 + Math.floor(random() * 100_000),
    pattern: null as MachinePattern | null,
    vehicle_calls: 0,
    ped_calls: 0,
    occupied: 0,
  };
  return {
    input,
    random,
    /** Next tenth of a second; returns true when the clock was set. */
    next(greens: number, walks: number): boolean {
      input.vehicle_calls &= ~greens;
      input.ped_calls &= ~walks;
      if (random() < habits.vehicle) input.vehicle_calls |= anyBit();
      if (random() < habits.pedestrian) input.ped_calls |= anyBit();
      if (random() < habits.toggle) input.occupied ^= anyBit();
      if (random() < habits.forget) input.vehicle_calls &= ~anyBit();
      const jump = random() < habits.clockJump;
      input.clock_ds += jump ? Math.floor(random() * 101) - 50 : 1;
      return jump;
    },
  };
}
