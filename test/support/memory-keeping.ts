/** Keeping in memory: holds are held, and nothing is closed, proposed or measured. */
import type { KeepingDeps } from "../../api/http/keeping.ts";
import type { Hold } from "../../api/keeping/holds.ts";
import { usualRules } from "../../core/keeping/retention-rules.ts";
import { failed, ok, problem } from "../../core/problems/problem.ts";

export function memoryKeeping(): KeepingDeps["keeping"] {
  const held = new Map<string, Hold>();
  return {
    timezone: "Asia/Ho_Chi_Minh",
    rules: usualRules,
    keeper: {
      room: async () => ({ kinds: [], days_left: null, free_bytes: 0 }),
      carryOut: async () => undefined,
    },
    stores: {
      roots: { recent: async () => [] },
      deletions: {
        list: async () => [],
        confirm: async (id) => failed(problem("DELETION_UNKNOWN", { deletion: id })),
      },
      holds: {
        all: async () => [...held.values()],
        hold: async (case_id, by, reason, since_ms) => {
          const hold = { case_id, by, reason, since_ms };
          held.set(case_id, hold);
          return ok(hold);
        },
        release: async (caseId) =>
          held.delete(caseId) ? ok(undefined) : failed(problem("CASE_NOT_HELD", { case: caseId })),
      },
    },
  };
}
