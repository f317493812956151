import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Case, type CaseStep, openCase, takeStep, type Verdict } from "../../../core/cases/case.ts";
import { problem } from "../../../core/problems/problem.ts";

let now_ms = 1000;
const tick = (): number => {
  now_ms += 1;
  return now_ms;
};
const detected = (rule = "red_light", sampled = false): Case =>
  openCase({ kind: "detected", by: "service", at_ms: tick(), rule, sampled });
const screened = { kind: "screened", by: "service", protected_as: null } as const;
const review = (by: string, verdict: Verdict, reason = "seen") => ({ kind: "reviewed", by, verdict, reason }) as const;
const decide = (by: string, confirmed: boolean, reason = "as reviewed") =>
  ({ kind: "decided", by, confirmed, reason }) as const;
const noticed = { kind: "noticed", by: "officer-1", reference: "N-1" } as const;

type Untimed = CaseStep extends infer S ? (S extends CaseStep ? Omit<S, "at_ms"> : never) : never;

function caseAfter(begin: Case, ...steps: readonly Untimed[]): Case {
  return steps.reduce<Case>((so, step) => {
    const next = takeStep(so, { ...step, at_ms: tick() } as CaseStep);
    if (!next.ok) throw new Error(`${step.kind}: ${next.problems[0]?.code}`);
    return next.value;
  }, begin);
}
const why = (begin: Case, step: Untimed): string | undefined => {
  const next = takeStep(begin, { ...step, at_ms: tick() } as CaseStep);
  return next.ok ? undefined : next.problems[0]?.code;
};

describe("a case", () => {
  test("goes from its detection to its end, and remembers each step", () => {
    const done = caseAfter(detected(), screened, review("an", "accept"), decide("officer-1", true), noticed, {
      kind: "closed",
      by: "officer-1",
      reason: "paid",
    });
    expect(done.state).toBe("closed");
    expect(done.steps.map(({ kind }) => kind)).toEqual([
      "detected",
      "screened",
      "reviewed",
      "decided",
      "noticed",
      "closed",
    ]);
  });

  test("that a reviewer rejects is over, with the reason", () => {
    expect(caseAfter(detected(), screened, review("an", "reject")).state).toBe("rejected");
    expect(why(caseAfter(detected(), screened), review("an", "reject", " "))).toBe("CASE_REASON_MISSING");
  });

  test.each([
    ["unsure", "red_light", false],
    ["accept", "section_speed", false],
    ["reject", "red_light", true],
  ] as const)(
    "that the first reviewer finds %s (%s, sampled: %s) is seen by another person",
    (verdict, rule, sampled) => {
      const first = caseAfter(detected(rule, sampled), screened, review("an", verdict));
      expect(first.state).toBe("second_review");
      expect(why(first, review("an", "accept"))).toBe("CASE_SAME_PERSON");
      expect(caseAfter(first, review("binh", "accept")).state).toBe("decision");
    },
  );

  test("of a protected plate is seen by two people, and an officer says why it goes on", () => {
    const first = caseAfter(detected(), { ...screened, protected_as: "diplomatic" }, review("an", "accept"));
    expect(first.state).toBe("second_review");
    const both = caseAfter(first, review("binh", "accept"));
    expect(why(both, decide("officer-1", true, ""))).toBe("CASE_REASON_MISSING");
    expect(caseAfter(both, decide("officer-1", true, "the embassy was asked")).state).toBe("decided");
  });

  test("that two reject is over; where they differ an officer decides", () => {
    const first = caseAfter(detected("red_light", true), screened, review("an", "reject"));
    expect(caseAfter(first, review("binh", "reject")).state).toBe("rejected");
    expect(caseAfter(first, review("binh", "accept")).state).toBe("decision");
    expect(caseAfter(first, review("binh", "unsure")).state).toBe("decision");
  });

  test("is never decided by whoever reviewed it", () => {
    expect(why(caseAfter(detected(), screened, review("an", "accept")), decide("an", true))).toBe("CASE_SAME_PERSON");
  });

  test("after its notice is cancelled only by two officers", () => {
    const sent = caseAfter(detected(), screened, review("an", "accept"), decide("officer-1", true), noticed);
    const asked = caseAfter(sent, { kind: "cancel_asked", by: "officer-1", reason: "wrong plate" });
    const answer = (by: string, agreed: boolean) =>
      ({ kind: "cancel_answered", by, agreed, reason: "checked" }) as const;
    expect(why(asked, answer("officer-1", true))).toBe("CASE_SAME_PERSON");
    expect(caseAfter(asked, answer("officer-2", true)).state).toBe("closed");
    expect(caseAfter(asked, answer("officer-2", false)).state).toBe("noticed");
  });

  test("takes back a review while nobody went on from it, and only for whoever made it", () => {
    const first = caseAfter(detected("red_light", true), screened, review("an", "accept"));
    const undo = (by: string) => ({ kind: "review_undone", by }) as const;
    expect(why(first, undo("binh"))).toBe("CASE_NOT_YOURS");
    expect(caseAfter(first, undo("an")).state).toBe("screened");
    const second = caseAfter(first, review("binh", "accept"));
    expect(why(second, undo("an"))).toBe("CASE_NOT_YOURS");
    expect(caseAfter(second, undo("binh")).state).toBe("second_review");
    expect(why(caseAfter(second, decide("officer-1", true)), undo("binh"))).toBe("CASE_STEP_OUT_OF_TURN");
  });

  test("takes no step by a clock that was set back", () => {
    const begun = caseAfter(detected(), screened);
    const next = takeStep(begun, { ...review("an", "accept"), at_ms: 0 });
    expect(next.ok ? null : next.problems[0]?.code).toBe("CASE_CLOCK_BACK");
  });

  const people = fc.constantFrom("an", "binh", "officer-1", "officer-2");
  const words = fc.constantFrom("", "seen");
  const anyStep: fc.Arbitrary<Untimed> = fc.oneof(
    fc.constant(screened),
    fc.record({
      kind: fc.constant("screened_out" as const),
      by: people,
      reason: fc.constant(problem("CASE_TOLD_TWICE")),
    }),
    fc.record({
      kind: fc.constant("reviewed" as const),
      by: people,
      verdict: fc.constantFrom("accept" as const, "reject" as const, "unsure" as const),
      reason: words,
    }),
    fc.record({ kind: fc.constant("review_undone" as const), by: people }),
    fc.record({ kind: fc.constant("decided" as const), by: people, confirmed: fc.boolean(), reason: words }),
    fc.constant(noticed),
    fc.record({ kind: fc.constant("cancel_asked" as const), by: people, reason: words }),
    fc.record({ kind: fc.constant("cancel_answered" as const), by: people, agreed: fc.boolean(), reason: words }),
    fc.record({ kind: fc.constant("closed" as const), by: people, reason: words }),
  );

  test("whatever is tried: no notice without a review and a decision by different people, and steps only grow", () => {
    let noticedOnes = 0;
    fc.assert(
      fc.property(fc.array(anyStep, { minLength: 20, maxLength: 60 }), (tries) => {
        let so = caseAfter(detected(), screened);
        for (const step of tries) {
          const next = takeStep(so, { ...step, at_ms: tick() } as CaseStep);
          if (!next.ok) continue;
          expect(next.value.steps.slice(0, -1)).toEqual(so.steps);
          so = next.value;
          if (so.state !== "noticed") continue;
          noticedOnes += 1;
          const decider = so.steps.findLast((each) => each.kind === "decided")?.by;
          expect(so.reviews.length).toBeGreaterThan(0);
          expect(so.reviews.map(({ by }) => by)).not.toContain(decider);
        }
      }),
      { numRuns: 3000 },
    );
    expect(noticedOnes).toBeGreaterThan(20);
  });
});
