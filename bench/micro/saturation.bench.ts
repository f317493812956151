/**
 * What leaves a queue an hour of green, side by side against what was measured in the streets of Vietnam and what manuals
 * reckon with, and against the same queue in single file. `docs/reference/simulation.md` names the sources.
 */
import { discharge, type Kind, type Queue } from "../queues/discharge.ts";

const seeds = [101, 102, 103, 104, 105];
const bike: readonly Kind[] = ["motorbike"];
const sixOfSeven: readonly Kind[] = [...Array.from({ length: 6 }, (): Kind => "motorbike"), "car"];
const lateral_resolution_m = 0.8;

const queues: readonly (readonly [name: string, Omit<Queue, "seed">])[] = [
  ["motorcycles, 1 lane of 3.2 m", { lanes: 1, laneWidth_m: 3.2, kinds: bike, lateral_resolution_m }],
  ["motorcycles, 1 lane of 3.5 m", { lanes: 1, laneWidth_m: 3.5, kinds: bike, lateral_resolution_m }],
  ["motorcycles, 3 lanes of 3.2 m", { lanes: 3, laneWidth_m: 3.2, kinds: bike, lateral_resolution_m }],
  ["motorcycles, 2 lanes of 3.5 m", { lanes: 2, laneWidth_m: 3.5, kinds: bike, lateral_resolution_m }],
  ["motorcycles, 3 lanes of 3.5 m", { lanes: 3, laneWidth_m: 3.5, kinds: bike, lateral_resolution_m }],
  ["motorcycles, 4 lanes of 3.5 m", { lanes: 4, laneWidth_m: 3.5, kinds: bike, lateral_resolution_m }],
  ["86 % motorcycles, 2 lanes of 3.2 m", { lanes: 2, laneWidth_m: 3.2, kinds: sixOfSeven, lateral_resolution_m }],
  ["cars, 1 lane of 3.5 m", { lanes: 1, laneWidth_m: 3.5, kinds: ["car"], lateral_resolution_m }],
  ["cars, 1 lane of 3.2 m", { lanes: 1, laneWidth_m: 3.2, kinds: ["car"], lateral_resolution_m }],
  ["buses, 1 lane of 3.5 m", { lanes: 1, laneWidth_m: 3.5, kinds: ["bus"], lateral_resolution_m }],
  ["motorcycles in single file", { lanes: 1, laneWidth_m: 3.2, kinds: bike }],
  ["cars in single file", { lanes: 1, laneWidth_m: 3.2, kinds: ["car"] }],
];

const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |\n`;
process.stdout.write(line(["queue", "motorcycles/h", "cars/h", "buses/h", "vehicles/h and m", "in the first 10 m"]));
process.stdout.write(line(["---", "---", "---", "---", "---", "---"]));
for (const [name, queue] of queues) {
  const runs = await Promise.all(seeds.map((seed) => discharge({ ...queue, seed })));
  const mean = (of: (run: (typeof runs)[number]) => number): string =>
    (runs.reduce((sum, run) => sum + of(run), 0) / runs.length).toFixed(0);
  process.stdout.write(
    line([
      name,
      mean((run) => run.perHour.motorbike),
      mean((run) => run.perHour.car),
      mean((run) => run.perHour.bus),
      mean((run) => run.perHourAndMetre),
      mean((run) => run.standing),
    ]),
  );
}
