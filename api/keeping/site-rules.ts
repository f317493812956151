/** The retention rules of a site: the usual ones, and what its file says besides. */
import { type RetentionRule, usualRules } from "../../core/keeping/retention-rules.ts";
import type { KeepingSettings } from "./schema.ts";

const DAY_H = 24;

export function siteRules({ retention }: Pick<KeepingSettings, "retention">): readonly RetentionRule[] {
  const own = retention.map(
    ({ class: kept, from, keep_days, source }): RetentionRule => ({
      class: kept,
      from,
      keep_h: keep_days === null ? null : keep_days * DAY_H,
      counted_from: kept === "case_files" ? "closed" : "rejected",
      automatic: false,
      source,
      // Whoever writes it into the site file answers for it.
      confirmed: true,
    }),
  );
  return [...usualRules, ...own];
}
