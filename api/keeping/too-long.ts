/** Where a site keeps more than the rules in force allow. Told and not refused: a hold may be the reason for it. */
import { ruleInForce } from "../../core/keeping/retention.ts";
import type { KeepingClass, RetentionRule } from "../../core/keeping/retention-rules.ts";
import { type Problem, problem } from "../../core/problems/problem.ts";
import type { Site } from "../site/schema.ts";

interface Kept {
  readonly class: KeepingClass;
  /** The key that says so. */
  readonly key: string;
  readonly keep_h: number;
}

function keptBy({ recording, cameras }: Pick<Site, "recording" | "cameras">): readonly Kept[] {
  return [
    { class: "raw_video", key: "recording.keep_h", keep_h: recording.keep_h },
    ...cameras.flatMap(({ id, recording: own, plates }): readonly Kept[] => [
      ...(own?.keep_h === undefined
        ? []
        : [{ class: "raw_video" as const, key: `recording.keep_h of ${id}`, keep_h: own.keep_h }]),
      ...(plates === undefined
        ? []
        : [{ class: "plate_passages" as const, key: `plates.keep_h of ${id}`, keep_h: plates.keep_h }]),
    ]),
  ];
}

/** `day`: today, in the site's time zone. */
export function keptTooLong(
  site: Pick<Site, "recording" | "cameras">,
  rules: readonly RetentionRule[],
  day: string,
): readonly Problem[] {
  return keptBy(site).flatMap(({ class: kept, key, keep_h }) => {
    const most_h = ruleInForce(rules, kept, day)?.keep_h ?? null;
    return most_h === null || keep_h <= most_h ? [] : [problem("KEPT_TOO_LONG", { key, keep_h, most_h, class: kept })];
  });
}
