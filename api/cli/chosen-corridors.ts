/** The corridors of a site that `--corridor` names. */
import type { Corridor } from "../../core/network/schema.ts";
import { failed, ok, problem, type Result } from "../../core/problems/problem.ts";
import type { Site } from "../site/schema.ts";

/** All of them without an id. Fails with `NO_SUCH_CORRIDOR`; at least one otherwise. */
export function chosenCorridors(site: Site, id: string | undefined): Result<readonly Corridor[]> {
  const chosen = id === undefined ? site.corridors : site.corridors.filter((one) => one.id === id);
  if (chosen.length > 0) return ok(chosen);
  const known = site.corridors.map((one) => one.id).join(", ") || "none";
  return failed(problem("NO_SUCH_CORRIDOR", { corridor: id ?? "", known }));
}
