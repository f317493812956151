import { describe, expect, it } from "vitest";
import { type CaseStep, openCase, takeStep } from "../../../core/cases/case.ts";
import { dueDeletion, ruleInForce } from "../../../core/keeping/retention.ts";
import { keepingClasses, type RetentionRule, usualRules } from "../../../core/keeping/retention-rules.ts";
import { need } from "../../support/data-folder.ts";

const zone = "Asia/Ho_Chi_Minh";
const start_ms = Date.UTC(2026, 10, 22, 7);
const DAY_MS = 86_400_000;

type Said = CaseStep extends infer S ? (S extends CaseStep ? Omit<S, "at_ms" | "by"> & { by?: string } : never) : never;

/** A case that took these steps, one a day. */
function caseAfter(...steps: readonly Said[]) {
  const opened = openCase({ kind: "detected", by: "greenwave", at_ms: start_ms, rule: "red_light", sampled: false });
  return steps.reduce(
    (now, step, index) =>
      need(takeStep(now, { by: `person-${index}`, ...step, at_ms: start_ms + (index + 1) * DAY_MS } as CaseStep)),
    opened,
  );
}

const screened = { kind: "screened", protected_as: null } as const;
const accepted = { kind: "reviewed", verdict: "accept", reason: "" } as const;
const rejected = { kind: "reviewed", verdict: "reject", reason: "an ambulance was coming" } as const;
const confirmed = { kind: "decided", confirmed: true, reason: "" } as const;
const noticed = { kind: "noticed", reference: "43-17" } as const;
const closed = { kind: "closed", reason: "paid" } as const;

const rule = (from: string, keep_days: number | null, kept: RetentionRule["class"] = "case_files"): RetentionRule => ({
  class: kept,
  from,
  keep_h: keep_days === null ? null : keep_days * 24,
  counted_from: "closed",
  automatic: false,
  source: "a law of that day",
  confirmed: true,
});

describe("the evidence of a case", () => {
  it("is kept while the case is open, however old", () => {
    for (const steps of [[], [screened], [screened, accepted], [screened, accepted, confirmed, noticed]]) {
      expect(dueDeletion(caseAfter(...steps), usualRules, start_ms + 4000 * DAY_MS, zone)).toBeNull();
    }
  });

  it("of a rejected proposal is due 30 days after the rejection, and closing it starts no new time", () => {
    const rejection_ms = start_ms + 2 * DAY_MS;
    for (const steps of [
      [screened, rejected],
      [screened, rejected, closed],
    ]) {
      const ended = caseAfter(...steps);
      expect(dueDeletion(ended, usualRules, rejection_ms + 30 * DAY_MS - 1, zone)).toBeNull();
      const due = dueDeletion(ended, usualRules, rejection_ms + 30 * DAY_MS, zone);
      expect(due).toMatchObject({ class: "rejected_cases", due_ms: rejection_ms + 30 * DAY_MS });
    }
  });

  it("of a case that an officer confirmed is a case file, whatever became of it", () => {
    const rules = [...usualRules, rule("2026-01-01", 365)];
    const cancelled = caseAfter(
      screened,
      accepted,
      confirmed,
      noticed,
      { kind: "cancel_asked", reason: "wrong owner" },
      { kind: "cancel_answered", agreed: true, reason: "indeed" },
    );
    for (const ended of [caseAfter(screened, accepted, confirmed, noticed, closed), cancelled]) {
      const end_ms = ended.steps.at(-1)?.at_ms ?? 0;
      expect(dueDeletion(ended, rules, end_ms + 365 * DAY_MS - 1, zone)).toBeNull();
      expect(dueDeletion(ended, rules, end_ms + 365 * DAY_MS, zone)?.class).toBe("case_files");
    }
  });

  it("of a case file is kept for good until the city states the archive rule", () => {
    const ended = caseAfter(screened, accepted, confirmed, noticed, closed);
    expect(dueDeletion(ended, usualRules, start_ms + 40_000 * DAY_MS, zone)).toBeNull();
  });
});

describe("rules of retention", () => {
  it("are dated: the newest in force holds, one of the future not yet, and of one day the later one", () => {
    const rules = [rule("2027-01-01", 10), rule("2026-01-01", 20), rule("2026-06-01", 30), rule("2026-06-01", 40)];
    const days = (day: string) => (ruleInForce(rules, "case_files", day)?.keep_h ?? 0) / 24;
    expect(["2025-12-31", "2026-01-01", "2026-05-31", "2026-06-01", "2026-12-31", "2027-01-01"].map(days)).toEqual([
      0, 20, 20, 40, 40, 10,
    ]);
  });

  it("are there for every class, with a source, and say that nobody has held them against the law yet", () => {
    for (const kept of keepingClasses) {
      const inForce = ruleInForce(usualRules, kept, "2026-11-22");
      expect(inForce?.source).not.toBe("");
      expect(inForce?.confirmed).toBe(false);
    }
  });

  it("never let the service delete the audit", () => {
    expect(usualRules.filter((each) => each.class === "audit").map(({ keep_h }) => keep_h)).toEqual([null]);
  });
});
