/** What a rule says of the vehicles of the staged junction under a scripted signal. */
import { CameraJudge } from "../../api/enforcement/camera-judge.ts";
import { type CameraRule, ruleAtWork } from "../../api/enforcement/rule-at-work.ts";
import { ruleSchema } from "../../api/enforcement/schema.ts";
import { parseSite } from "../../api/site/load.ts";
import type { Sightings } from "../../core/ports/detection-feed.ts";
import type { SignalTrace } from "../../core/violations/signal-trace.ts";
import { stagedSite } from "./staged-junction.ts";

interface Told {
  readonly track: number;
  readonly at_ms: number;
}

export function judgeJunction(
  rule: Record<string, unknown>,
  film: readonly Sightings[],
  trace: SignalTrace,
): { readonly told: readonly Told[]; readonly refused: readonly string[] } {
  const site = parseSite(stagedSite(), "staged");
  const camera = site.ok ? site.value.cameras[0] : undefined;
  if (camera === undefined) throw new Error("the staged site has a mistake");
  const stated = ruleSchema.parse({ id: "staged", camera: camera.id, ...rule }) as CameraRule;
  const told: Told[] = [];
  const judge = new CameraJudge({
    rules: [ruleAtWork(stated, camera, () => trace, "Asia/Ho_Chi_Minh")],
    latency_ms: 0,
    fitness: ({ error_m }) => ({
      camera: camera.id,
      reprojection_error_m: error_m,
      clock_offset_ms: 5,
      delay_uncertainty_ms: 0,
    }),
    violated: (_, { track, at_ms }) => told.push({ track, at_ms }),
  });
  for (const sightings of film) judge.judge(sightings);
  const last = film.at(-1);
  if (last !== undefined) judge.judge({ ...last, at_ms: last.at_ms + 5000, tracks: [] });
  const refusals = judge.rules.flatMap(({ tally }) => tally.report("en").refusals);
  return { told, refused: refusals.flatMap(({ code, count }) => Array.from({ length: count }, () => code)) };
}
