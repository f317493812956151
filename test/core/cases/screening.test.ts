import { describe, expect, it } from "vitest";
import { type CaseStep, openCase, takeStep } from "../../../core/cases/case.ts";
import { type ScreeningRules, screen } from "../../../core/cases/screening.ts";
import type { CaseEvidence, CasePlate, CaseRecord } from "../../../core/ports/cases.ts";
import { problem, sentence } from "../../../core/problems/problem.ts";
import { act_ms, detection } from "../../support/detections.ts";

const rules: ScreeningRules = { country: "vn", moving_s: 120, standing_s: 3600, priority: ["43A-115.15"] };
const now_ms = act_ms + 60_000;
const ready: CaseEvidence = { state: "ready", manifest_sha256: "0".repeat(64), edition: 1, bytes: 1 };

const plateOf = (text: string | null, country: string | null = "vn"): CasePlate => ({
  text,
  confidence: 0.9,
  country,
  frames: 4,
  agreeing: 4,
  votes: [],
});

let made = 0;
function record(change: Parameters<typeof detection>[0], rest: Partial<CaseRecord> = {}): CaseRecord {
  made += 1;
  const about = detection({ track: made, ...change });
  const begun = openCase({ kind: "detected", by: "s", at_ms: act_ms, rule: about.rule.id, sampled: false });
  return { id: `c-${made}`, detection: about, case: begun, evidence: ready, plate: plateOf("43A12345"), ...rest };
}

function gone(before: CaseRecord, ...steps: readonly CaseStep[]): CaseRecord {
  const now = steps.reduce((so, step) => {
    const next = takeStep(so, step);
    if (!next.ok) throw new Error(next.problems[0]?.code);
    return next.value;
  }, before.case);
  return { ...before, case: now };
}

const screened = { kind: "screened", by: "s", at_ms: act_ms, protected_as: null } as const;
const rejected = { kind: "reviewed", by: "an", at_ms: act_ms, verdict: "reject", reason: "police" } as const;
const outcome = (one: CaseRecord, others: readonly CaseRecord[] = []) => screen(one, others, rules, now_ms);

describe("screening", () => {
  it("waits for the evidence, and lets a case through that has it", () => {
    const pending: CaseEvidence = { state: "pending", attempts: 2, trouble: null };
    expect(outcome(record({}, { evidence: pending }))).toBeNull();
    expect(outcome(record({}))).toEqual({ kind: "screened", by: "(service)", at_ms: now_ms, protected_as: null });
  });

  it("takes out a case whose evidence cannot be made, and says why", () => {
    const trouble = problem("FILE_GONE", { name: "clip.mp4" });
    const out = outcome(record({}, { evidence: { state: "failed", trouble } }));
    if (out?.kind !== "screened_out") throw new Error("it went through");
    expect(sentence(out.reason)).toContain(sentence(trouble));
  });

  const again = { kind: "screened_out", reason: { code: "CASE_TOLD_TWICE" } };

  it.each([
    ["the same plate within the window", { at_ms: act_ms + 120_000 }, {}, true],
    ["the same plate after the window", { at_ms: act_ms + 120_001 }, {}, false],
    ["another plate", { at_ms: act_ms + 1 }, { plate: plateOf("43A12346") }, false],
    ["a plate that nobody could read", { at_ms: act_ms + 1 }, { plate: plateOf(null) }, false],
    ["the same plate elsewhere", { at_ms: act_ms + 1, intersection: "dien-bien-phu" }, {}, false],
    ["the same plate from another camera of the place", { at_ms: act_ms + 1, camera: "cam-2" }, {}, true],
    ["a staged scene with the same plate", { at_ms: act_ms + 1, staged: true }, {}, false],
  ] as const)("of two acts, the second being %s", (_what, change, rest, isDuplicate) => {
    const first = record({ at_ms: act_ms });
    const second = record(change, rest);
    expect(outcome(second, [first, second])).toMatchObject(isDuplicate ? again : { kind: "screened" });
    expect(outcome(first, [first, second])).toMatchObject({ kind: "screened" });
  });

  it("knows one track of one connection against one rule for one act, plate or none", () => {
    const nobody = { plate: null };
    const first = record({ at_ms: act_ms, track: 900 }, nobody);
    expect(outcome(record({ at_ms: act_ms + 1, track: 900 }, nobody), [first])).toMatchObject(again);
    expect(outcome(record({ at_ms: act_ms + 1, track: 901 }, nobody), [first])).toMatchObject({ kind: "screened" });
    const rule = { ...detection().rule, id: "wrong_way" } as const;
    expect(outcome(record({ at_ms: act_ms + 1, track: 900, rule }, nobody), [first])).toMatchObject({
      kind: "screened",
    });
  });

  it("takes a vehicle that stands for the same one for longer", () => {
    const rule = { ...detection().rule, id: "stopping" } as const;
    const first = record({ rule, at_ms: act_ms });
    expect(outcome(record({ rule, at_ms: act_ms + 3_600_000 }), [first])).toMatchObject(again);
  });

  it("keeps the one that is already before people, even when the earlier act comes later", () => {
    const earlier = record({ at_ms: act_ms });
    const later = gone(record({ at_ms: act_ms + 5000 }), screened);
    expect(outcome(earlier, [later])).toMatchObject({ ...again, reason: { words: { case: later.id } } });
  });

  it("lets the second act through when people found the first to be none", () => {
    const first = gone(record({ at_ms: act_ms }), screened, rejected);
    const done = gone(first, { kind: "closed", by: "an", at_ms: act_ms, reason: "over" });
    expect(outcome(record({ at_ms: act_ms + 1 }), [first, done])).toMatchObject({ kind: "screened" });
  });

  it.each([
    ["80011NG01", "vn", "diplomatic"],
    ["80-011-QT-001", "vn", "diplomatic"],
    ["43391NN01", "vn", null],
    ["TM1234", "vn", "military"],
    ["TM1234", "free", "military"],
    ["43KT12345", "vn", "military"],
    ["43CD00123", "vn", "police"],
    ["43LD12345", "vn", null],
    ["43A11515", "vn", "priority"],
    ["43A12345", "vn", null],
    ["CD123101", "ro", "diplomatic"],
    ["B123ABC", "ro", null],
    ["Y123456", "de", "military"],
    ["BP15123", "de", "police"],
    ["BN1234", "de", null],
  ])("of %s (%s): protected as %s", (text, country, as) => {
    const plate = plateOf(text, country);
    const home = country === "free" ? "vn" : country;
    const step = screen(record({}, { plate }), [], { ...rules, country: home }, now_ms);
    expect(step).toMatchObject({ kind: "screened", protected_as: as });
  });

  it("takes a German plate in a German site for no military one of Viet Nam", () => {
    const plate = plateOf("BN1234", "de");
    expect(screen(record({}, { plate }), [], { ...rules, country: "vn" }, now_ms)).toMatchObject({
      protected_as: "military",
    });
    expect(screen(record({}, { plate }), [], { ...rules, country: "de" }, now_ms)).toMatchObject({
      protected_as: null,
    });
  });
});
