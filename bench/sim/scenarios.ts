/** The scenarios that both engines drive, and where they lie. */
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { findScenario, type ScenarioFiles } from "../../sim/index.ts";

/** Every scenario of the shared data that both engines can read; none where that is not here. */
export async function sharedScenarios(root: string, only: readonly string[]): Promise<readonly ScenarioFiles[]> {
  const folder = join(root, "..", "shared", "data", "signal", "sumo");
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder, { withFileTypes: true }).filter((each) => each.isDirectory());
  const wanted = names.map(({ name }) => name).filter((name) => only.length === 0 || only.includes(name));
  const found = await Promise.all(wanted.toSorted().map((name) => findScenario(join(folder, name))));
  return found.flatMap((each) => (each.ok ? [each.value] : []));
}
