/** A SUMO scenario of a test's own under its fixed plan, in steps of a second, lanes being single files. */
import { type Run, simulateSeeds } from "../../sim/index.ts";

type Order = Parameters<typeof simulateSeeds>[0];

export interface OwnScenario {
  readonly name: string;
  readonly net: string;
  readonly routes: string;
  readonly end_s: number;
}

export async function drivenScenario(
  engine: "own" | "sumo",
  { name, net, routes, end_s }: OwnScenario,
  seeds: readonly number[],
  record: Pick<Order, "record"> = {},
): Promise<readonly Run[]> {
  const runs = await simulateSeeds({
    files: { kind: "sumo", name, net, routes: [routes], additionals: [], begin_s: 0, end_s },
    plans: [],
    seeds,
    engine,
    controller: "fixed",
    step_s: 1,
    lateral_resolution_m: 0,
    yellow_s: null,
    ...record,
  });
  if (!runs.ok) throw new Error(runs.problems.map(({ code }) => code).join());
  return runs.value;
}
