import { describe, expect, it } from "vitest";
import { decide, isDecision, isFresh, LONGEST_DECISION_MS } from "../../../controllers/gate/control-decision.ts";
import { crossroads } from "../../support/crossroads.ts";

const words = { intersection: crossroads.id, hold: [2, 6], reason: "platoon", made_ms: 1000, expires_ms: 3000 };
const reasonOf = (change: object): string => {
  const decided = decide(crossroads, { ...words, ...change });
  return decided.ok ? "" : String(decided.problems[0]?.words["reason"]);
};

describe("a decision of real-time control", () => {
  it("is sealed, frozen, and may cause a SET only until it expires", () => {
    const decided = decide(crossroads, words);
    if (!decided.ok) throw new Error("the decision is sound");
    expect([999, 1000, 2999, 3000].map((now_ms) => isFresh(decided.value, now_ms))).toEqual([false, true, true, false]);
    expect(isDecision(structuredClone(decided.value))).toBe(false);
    expect(isFresh({ ...decided.value }, 2000)).toBe(false);
    expect(() => Object.assign(decided.value.words, { expires_ms: 9e12 })).toThrow();
  });

  it("has no word for what central may never command (I8)", () => {
    for (const word of ["omit_red_clear", "stop_time", "flash", "dark"])
      expect(reasonOf({ [word]: [2] })).toContain(word);
  });

  it("is refused where it contradicts itself, the intersection, or outlasts its purpose", () => {
    expect(reasonOf({ hold: [2, 4] })).toContain("conflict");
    expect(reasonOf({ hold: [2], force_off: [2] })).toContain("held and ended");
    expect(reasonOf({ hold: [], omit: [2] })).toContain("coordinated");
    expect(reasonOf({ hold: [12] })).toContain("no phase 12");
    expect(reasonOf({ intersection: "elsewhere" })).toContain("elsewhere");
    expect(reasonOf({ expires_ms: 1000 + LONGEST_DECISION_MS })).toBe("");
    expect(reasonOf({ expires_ms: 1001 + LONGEST_DECISION_MS })).toContain("it lasts");
    expect(reasonOf({ expires_ms: 1000 })).toContain("it lasts");
  });
});
