import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { machineConfig, machinePattern } from "../../../../core/signal/machine/convert.ts";
import { createMachine } from "../../../../core/signal/machine/machine.ts";
import type { MachinePattern } from "../../../../core/signal/machine/types.ts";
import { followPattern } from "./follow-pattern.ts";
import { anyOrders, withOptions } from "./random-orders.ts";
import { coordMask, habits, type Scene, scene } from "./scenes.ts";
import { makeStreet, type StreetHabits } from "./street.ts";
import { makeWatcher } from "./watcher.ts";

const STEPS = 20_000;
/** Millions of steps under a watcher; slow machines need the room. */
const TIMEOUT_MS = 180_000;

/** Runs a machine with random options under random orders; what the watcher has to say. */
function ordered({ x, plans }: Scene, streetHabits: StreetHabits, seed: number): readonly string[] {
  const numbers = x.signal.phases.map((p) => p.number);
  const street = makeStreet(numbers, seed, streetHabits);
  const machine = createMachine(withOptions(machineConfig(x), street.random));
  const watcher = makeWatcher(x, "at_least");
  const patterns: readonly (MachinePattern | null)[] = [null, ...plans.map(machinePattern)];
  for (let step = 0; step < STEPS / 2 && watcher.faults.length === 0; step++) {
    if (street.random() < 0.0006) {
      street.input.pattern = patterns[Math.floor(street.random() * patterns.length)] ?? null;
    }
    if (street.random() < 0.004) street.input.orders = anyOrders(x, street.random);
    street.next(machine.lamps.greens, machine.lamps.walks);
    machine.step(street.input);
    watcher.look(machine.lamps, step);
  }
  return watcher.faults;
}

describe("the ring-and-barrier machine", () => {
  test(
    "never shows a conflict and never shortens an interval, whatever is called, planned or changed",
    () => {
      fc.assert(
        fc.property(scene, habits, fc.integer(), ({ x, plans }, streetHabits, seed) => {
          const machine = createMachine(machineConfig(x));
          const watcher = makeWatcher(x);
          const street = makeStreet(
            x.signal.phases.map((p) => p.number),
            seed,
            streetHabits,
          );
          const patterns: readonly (MachinePattern | null)[] = [null, ...plans.map(machinePattern)];
          for (let step = 0; step < STEPS; step++) {
            if (street.random() < 0.0004) {
              street.input.pattern = patterns[Math.floor(street.random() * patterns.length)] ?? null;
            }
            street.next(machine.lamps.greens, machine.lamps.walks);
            machine.step(street.input);
            watcher.look(machine.lamps, step);
            if (watcher.faults.length > 0) break;
          }
          expect(watcher.faults).toEqual([]);
        }),
        { numRuns: 120 },
      );
    },
    TIMEOUT_MS,
  );

  test(
    "comes into step within bounded cycles, keeps local zero on the master clock and serves every call",
    () => {
      fc.assert(
        fc.property(scene, habits, fc.integer(), ({ x, plans }, streetHabits, seed) => {
          const machine = createMachine(machineConfig(x));
          const numbers = x.signal.phases.map((p) => p.number);
          const street = makeStreet(numbers, seed, { ...streetHabits, clockJump: 0, forget: 0 });
          for (const plan of plans) {
            const pattern = machinePattern(plan);
            street.input.pattern = pattern;
            const faults = followPattern(machine, street, pattern, coordMask(x), numbers);
            expect(faults).toEqual([]);
          }
        }),
        { numRuns: 60 },
      );
    },
    TIMEOUT_MS,
  );

  test(
    "keeps every interval whatever options its phases have, whatever is ordered, and wherever it is directed",
    () => {
      fc.assert(
        fc.property(scene, habits, fc.integer(), (anyScene, streetHabits, seed) => {
          expect(ordered(anyScene, streetHabits, seed)).toEqual([]);
        }),
        { numRuns: 60 },
      );
    },
    TIMEOUT_MS,
  );
});
