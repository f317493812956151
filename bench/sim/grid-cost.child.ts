/** What a vehicle costs in a step on a grid of so many streets a side: in a process of its own, as memory counts. */
import { Simulation } from "../../sim/engine/simulation.ts";
import { inlineMore } from "../../sim/runner/inline-more.ts";
import { gridDemand, gridNetwork } from "./grid.ts";

const fill_s = 40;
const measured_s = 60;
const vehiclesPerEdge = 6.25;
/** Small grids are driven again and again, so that what is measured takes long enough. */
const leastUpdates = 1e6;
const warmUps = 4;

export interface GridCost {
  /** On the road at once, on average over what was measured. */
  readonly vehicles: number;
  /** Of processor time. */
  readonly ns: number;
}

interface Window {
  readonly updates: number;
  /** Processor time, which other work on the machine disturbs least. */
  readonly cpu_ms: number;
}

function drive(network: Awaited<ReturnType<typeof gridNetwork>>, seed: number): Window {
  const count = Math.round(vehiclesPerEdge * network.edges.inside.filter((inside) => inside === 0).length);
  const demand = gridDemand(network, count, seed);
  const simulation = new Simulation({ network, demand, seed, begin_s: 0, end_s: fill_s + measured_s });
  while (simulation.world.now_s < fill_s) simulation.step();
  const before = simulation.result().vehicle_updates;
  const began = process.cpuUsage();
  while (!simulation.over) simulation.step();
  const { user, system } = process.cpuUsage(began);
  return { cpu_ms: (user + system) / 1000, updates: simulation.result().vehicle_updates - before };
}

async function cost(side: number): Promise<GridCost> {
  const small = await gridNetwork(5);
  for (let seed = 1; seed <= warmUps; seed += 1) drive(small, seed);
  const network = await gridNetwork(side);
  let [updates, cpu_ms, runs] = [0, 0, 0];
  while (updates < leastUpdates) {
    runs += 1;
    const window = drive(network, 100 + runs);
    updates += window.updates;
    cpu_ms += window.cpu_ms;
  }
  return { vehicles: Math.round(updates / runs / measured_s), ns: (1e6 * cpu_ms) / updates };
}

inlineMore();
process.once("message", (side) => {
  void cost(Number(side)).then((found) => process.send?.(found, () => process.disconnect()));
});
process.on("disconnect", () => process.exit(0));
