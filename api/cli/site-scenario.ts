/** A site file as a scenario: its streets, and a plan for each intersection. */
import { ok, type Result } from "../../core/problems/problem.ts";
import type { Plan } from "../../core/signal/plan.ts";
import { type ScenarioFiles, siteFiles } from "../../sim/index.ts";
import { propose, proposeAlone } from "../control/propose.ts";
import { loadSite } from "../site/load.ts";
import type { Site } from "../site/schema.ts";
import { readPlans } from "./plan-file.ts";

export const isSiteFile = (path: string): boolean => /\.ya?ml$/.test(path);

const nothingKnown = { intervals: [], plans: [] };

/** What `retime` would write from the site's own volumes; intersections for which no plan is safe run free. */
function proposed(site: Site): readonly Plan[] {
  const plans = new Map<string, Plan>();
  const add = (made: Result<{ readonly plans: readonly Plan[] }>): void => {
    if (made.ok) for (const plan of made.value.plans) plans.set(plan.intersection, plan);
  };
  for (const corridor of site.corridors) add(propose(site, corridor, nothingKnown, 0));
  for (const intersection of site.intersections) {
    if (plans.has(intersection.id)) continue;
    add(proposeAlone(site, intersection, nothingKnown, 0));
  }
  return [...plans.values()];
}

/** `planFile`: plans as `retime` writes them, in place of those that it would write. */
export async function siteScenario(file: string, planFile: string | undefined): Promise<Result<ScenarioFiles>> {
  const loaded = await loadSite(file);
  if (!loaded.ok) return loaded;
  const { site } = loaded.value;
  const given = planFile === undefined ? null : await readPlans(planFile);
  if (given !== null && !given.ok) return given;
  const { intersections, corridors, volumes } = site;
  const plans = given?.value ?? proposed(site);
  return ok(siteFiles(site.site.id, { intersections, corridors, volumes, plans: [...plans] }));
}
