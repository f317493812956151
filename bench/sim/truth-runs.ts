/** The same seeds on both engines: what came of each, and what every edge saw. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Run, type RunOrder, type ScenarioFiles, simulateSeeds } from "../../sim/index.ts";
import { driveSeed } from "../../sim/runner/drive.ts";
import { openScenario } from "../../sim/scenario/open-scenario.ts";
import { type ByEdge, readEdgeMeans } from "./edge-means.ts";
import { needed } from "./needed.ts";

export type Controller = "fixed" | "actuated";

export interface Driven {
  readonly run: Run;
  readonly edges: ByEdge;
}

export interface Runs {
  readonly own: readonly Driven[];
  readonly sumo: readonly Driven[];
}

async function onOwn(order: RunOrder, folder: string): Promise<readonly Driven[]> {
  const { begin_s, end_s } = order.files;
  const outputs = { folder, kinds: ["edgedata" as const], format: "xml" as const, period_s: end_s - begin_s };
  const runs = needed(await simulateSeeds({ ...order, record: { outputs, replay: null, several: true } }));
  return Promise.all(
    runs.map(async (run) => ({ run, edges: await readEdgeMeans(join(folder, `seed-${run.seed}`, "edgedata.xml")) })),
  );
}

/** One after the other: the machine has other work. SUMO is asked for its edges by one more additional file. */
async function onSumo(order: RunOrder, folder: string): Promise<readonly Driven[]> {
  const scenario = needed(await openScenario(order.files, []));
  const driven: Driven[] = [];
  for (const seed of order.seeds) {
    const [asks, edges] = [join(folder, `asks-${seed}.add.xml`), join(folder, `sumo-${seed}.xml`)];
    await writeFile(asks, `<additional><edgeData id="all" file="${edges}"/></additional>`);
    const one = { ...order, seeds: [seed], plans: [asks] };
    const { lock, ...result } = needed(await driveSeed(scenario, one, seed, () => Promise.resolve()));
    driven.push({ run: { seed, ...result, locked: lock.length > 0 }, edges: await readEdgeMeans(edges) });
  }
  return driven;
}

export async function runsOf(files: ScenarioFiles, controller: Controller, seeds: readonly number[]): Promise<Runs> {
  const folder = await mkdtemp(join(tmpdir(), "greenwave-truth-"));
  const common = { files, plans: [], seeds, controller, step_s: 1, lateral_resolution_m: null, yellow_s: null };
  try {
    const own = await onOwn({ ...common, engine: "own" }, folder);
    return { own, sumo: await onSumo({ ...common, engine: "sumo" }, folder) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
