/** What a rule says of the vehicles of the staged junction under a scripted signal. */
import { parseSite } from "../../api/site/load.ts";
import type { Sightings } from "../../core/ports/detection-feed.ts";
import type { SignalTrace } from "../../core/violations/signal-trace.ts";
import { judgeFilm, type Rulings } from "./judged-film.ts";
import { stagedSite } from "./staged-junction.ts";

export function judgeJunction(rule: Record<string, unknown>, film: readonly Sightings[], trace: SignalTrace): Rulings {
  const site = parseSite(stagedSite(), "staged");
  const camera = site.ok ? site.value.cameras[0] : undefined;
  if (camera === undefined) throw new Error("the staged site has a mistake");
  const fitness = { clock_offset_ms: 5, delay_uncertainty_ms: 0 };
  return judgeFilm(film, { camera, rules: [rule], trace, fitness });
}
