/** Runs a machine under one pattern and says what is out of step, in sentences. */
import type { Machine } from "../../../../core/signal/machine/machine.ts";
import type { MachinePattern } from "../../../../core/signal/machine/types.ts";
import type { makeStreet } from "./street.ts";

const modulo = (n: number, cycle: number): number => ((n % cycle) + cycle) % cycle;

/** Longest cycle a controller knows: the pattern before may have to finish it. */
const LONGEST_CYCLE_DS = 2550;
/** Lengthening by 20 % of a cycle reaches any offset in six; a pick-up and a change at local zero take one each. */
const CYCLES_TO_STEP = 8;
const CYCLES_WATCHED = 4;

export function followPattern(
  machine: Machine,
  street: ReturnType<typeof makeStreet>,
  pattern: MachinePattern,
  coord: number,
  numbers: readonly number[],
): readonly string[] {
  const faults = new Set<string>();
  const cycle = pattern.cycle_ds;
  const waits = new Map<number, number>();
  const zeros: number[] = [];
  const advance = (): void => {
    street.next(machine.lamps.greens, machine.lamps.walks);
    machine.step(street.input);
  };
  const checkTime = (): void => {
    const { clock_ds } = street.input;
    const { inTransition, pattern: running, local_ds } = machine.coordination();
    if (inTransition || running !== pattern.number) faults.add("out of step");
    if (local_ds !== modulo(clock_ds - pattern.offset_ds, cycle)) faults.add("local zero is off the master clock");
    if (local_ds !== 0) return;
    if ((machine.lamps.greens & coord) === 0) faults.add("no coordinated green at local zero");
    zeros.push(clock_ds);
  };
  const checkWaits = (): void => {
    const waiting = street.input.vehicle_calls & ~machine.lamps.greens;
    for (const number of numbers) {
      const wait = (waiting & (1 << (number - 1))) === 0 ? 0 : (waits.get(number) ?? 0) + 1;
      waits.set(number, wait);
      if (wait > 2 * cycle) faults.add(`phase ${number} waits longer than two cycles`);
    }
  };
  for (let i = 0; i < LONGEST_CYCLE_DS + CYCLES_TO_STEP * cycle; i++) advance();
  for (let i = 0; i < CYCLES_WATCHED * cycle; i++) {
    advance();
    checkTime();
    checkWaits();
  }
  for (const [i, zero] of zeros.entries()) {
    const before = zeros[i - 1];
    if (before !== undefined && zero - before !== cycle) faults.add(`a cycle of ${zero - before} ds`);
  }
  if (zeros.length !== CYCLES_WATCHED) faults.add(`${zeros.length} local zeros`);
  return [...faults];
}
