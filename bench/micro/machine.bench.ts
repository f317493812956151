/** Steps per second of the ring-and-barrier machine under a pattern, with calls coming and going. Goal: a million. */
import Benchmark from "benchmark";
import { createMachine } from "../../core/signal/machine/machine.ts";
import type { MachineConfig, MachinePattern } from "../../core/signal/machine/types.ts";

const numbers = [1, 2, 3, 4, 5, 6, 7, 8];

const config: MachineConfig = {
  phases: numbers.map((number) => ({
    number,
    min_green_ds: 50,
    max_green_ds: 300,
    passage_ds: 20,
    walk_ds: number % 4 === 0 ? 70 : 0,
    ped_clear_ds: number % 4 === 0 ? 90 : 0,
    yellow_ds: 35,
    red_clear_ds: 15,
    recall: "none",
  })),
  rings: [
    [
      [1, 2],
      [3, 4],
    ],
    [
      [5, 6],
      [7, 8],
    ],
  ],
  coord_phases: [2, 6],
  intergreens: [{ from: 4, to: 1, ds: 80 }],
};

const pattern: MachinePattern = {
  number: 1,
  cycle_ds: 1000,
  offset_ds: 370,
  splits: [200, 400, 150, 250, 200, 400, 150, 250].map((split_ds, i) => ({ phase: i + 1, split_ds, mode: "none" })),
};

const STEPS = 100_000;

/** One run: 10,000 simulated seconds with a fixed, cheap pseudo-random street. */
function drive(): number {
  const machine = createMachine(config);
  const input = { clock_ds: 0, pattern, vehicle_calls: 0, ped_calls: 0, occupied: 0 };
  let chance = 12_345;
  for (let i = 0; i < STEPS; i++) {
    input.clock_ds += 1;
    if ((i & 31) === 0) {
      chance = (Math.imul(chance, 1_103_515_245) + 12_345) & 0x7fffffff;
      input.vehicle_calls |= 1 << ((chance >> 8) & 7);
      input.ped_calls |= 1 << ((chance >> 12) & 7);
      input.occupied = (chance >> 16) & 255;
    }
    machine.step(input);
    input.vehicle_calls &= ~machine.lamps.greens;
    input.ped_calls &= ~machine.lamps.walks;
  }
  return machine.lamps.greens;
}

new Benchmark.Suite()
  .add("machine: 100,000 steps", drive)
  .on("cycle", (event: Benchmark.Event) => {
    const { hz = 0, stats } = event.target;
    if (stats === undefined) return;
    const rate = ((hz * STEPS) / 1e6).toFixed(2);
    process.stdout.write(`machine: ${rate} M steps/s (±${stats.rme.toFixed(1)} %, ${stats.sample.length} samples)\n`);
  })
  .run();
