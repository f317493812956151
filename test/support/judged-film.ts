/** What rules of the site file say of everybody that one camera saw, from its sightings to rulings. */
import { CameraJudge } from "../../api/enforcement/camera-judge.ts";
import { type CameraRule, ruleAtWork } from "../../api/enforcement/rule-at-work.ts";
import { ruleSchema, type SiteRule } from "../../api/enforcement/schema.ts";
import type { Sightings } from "../../core/ports/detection-feed.ts";
import type { Fitness } from "../../core/violations/fitness.ts";
import type { SignalTrace } from "../../core/violations/signal-trace.ts";
import type { Camera } from "../../detectors/index.ts";

export interface JudgedBy {
  readonly camera: Camera;
  /** As the site file states them; id and camera may be left out. */
  readonly rules: readonly Record<string, unknown>[];
  readonly trace: SignalTrace;
  readonly fitness: Pick<Fitness, "clock_offset_ms" | "delay_uncertainty_ms">;
}

export interface Ruling {
  readonly kind: SiteRule["kind"];
  readonly track: number;
  readonly at_ms: number;
}

export interface Rulings {
  readonly told: readonly Ruling[];
  /** Codes of refusals, one for each. */
  readonly refused: readonly string[];
}

export function judgeFilm(film: readonly Sightings[], { camera, rules, trace, fitness }: JudgedBy): Rulings {
  const stated = rules.map((rule) => ruleSchema.parse({ id: "staged", camera: camera.id, ...rule }) as CameraRule);
  const told: Ruling[] = [];
  const judge = new CameraJudge({
    rules: stated.map((rule) => ruleAtWork(rule, camera, () => trace, "Asia/Ho_Chi_Minh")),
    latency_ms: 0,
    fitness: ({ error_m }) => ({ camera: camera.id, reprojection_error_m: error_m, ...fitness }),
    violated: ({ rule }, { track, at_ms }) => told.push({ kind: rule.kind, track, at_ms }),
  });
  for (const sightings of film) judge.judge(sightings);
  const last = film.at(-1);
  if (last !== undefined) judge.judge({ ...last, at_ms: last.at_ms + 5000, tracks: [] });
  const refusals = judge.rules.flatMap(({ tally }) => tally.report("en").refusals);
  return { told, refused: refusals.flatMap(({ code, count }) => Array.from({ length: count }, () => code)) };
}
