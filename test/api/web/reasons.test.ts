import { describe, expect, it } from "vitest";
import { bodyWords } from "../../../api/web/src/ledger/body-words.ts";
import { formatFor } from "../../../api/web/src/locales/format.ts";
import { type Language, message } from "../../../api/web/src/locales/message.ts";
import { type PlanReasons, reasonLines, type Telling } from "../../../api/web/src/plan/reasons.ts";
import { problem, sentence } from "../../../core/problems/problem.ts";

const telling = (language: Language): Telling => ({
  language,
  format: formatFor(language, "UTC"),
  t: (key, words) => message(language, key, words),
});

const here = problem("DEMAND_ASSUMED", { intersection: "a", lanes: 2, of: 6 });
const lane = (origin: "measured" | "assumed", simulated: boolean) => ({
  lane: "l",
  flow_pcu_h: 300,
  origin,
  simulated,
  saturated: false,
});
const reasons: PlanReasons = {
  corridor: "avenue",
  cycle_s: 90,
  bands: { outbound_s: 31, inbound_s: 18 },
  intersection: { id: "a", critical_flow_ratio: 0.734, lost_time_s: 12, oversaturated: false, phases: [] },
  lanes: [lane("measured", false), lane("measured", false), lane("measured", true), lane("assumed", false)],
};

describe("why a plan is as it is", () => {
  it("is told in the reader's language: how full, how coordinated, and on what evidence", () => {
    expect(reasonLines(reasons, telling("en"))).toEqual([
      "Critical flow ratio 0.73, lost time 12\u00a0s a cycle.",
      "The corridor runs 90\u00a0s together: green bands of 31\u00a0s outbound and 18\u00a0s inbound.",
      "Demand by lane: 2 measured, 1 simulated, 1 assumed.",
    ]);
    expect(reasonLines(reasons, telling("vi"))[0]).toContain("0,73");
  });

  it("says when demand is above capacity, and nothing of bands where there is no corridor", () => {
    const full = { ...reasons, bands: null, intersection: { ...reasons.intersection, oversaturated: true } };
    expect(reasonLines(full, telling("en"))[1]).toContain("above capacity");
    expect(reasonLines(full, telling("en")).join()).not.toContain("bands");
  });

  it("is read from plain sentences and problems as well, and nothing is made up", () => {
    const mixed = ["because", { en: "one", vi: "một" }, here, { from: "command line" }];
    const told = ["because", "một", sentence(here, "vi"), "Lệnh từ: command line."];
    expect(reasonLines(mixed, telling("vi"))).toEqual(told);
    for (const nothing of [
      null,
      undefined,
      3,
      {},
      { code: "NO_SUCH_CODE", words: {} },
      { code: "toString", words: {} },
    ]) {
      expect(reasonLines(nothing, telling("en"))).toEqual([]);
    }
  });
});

describe("a ledger entry in one line", () => {
  const nameOf = (id: string): string => (id === "a" ? "A street" : id);

  it("says where, which pattern, who asked and what went wrong", () => {
    const body = {
      plan_id: 4,
      intersection: "a",
      pattern: 2,
      actor: "retime",
      problems: [here],
      digest: "f".repeat(64),
    };
    expect(bodyWords(body, telling("en"), nameOf)).toBe(
      `A street · pattern 2 · asked by retime · ${sentence(here, "en")}`,
    );
  });

  it("gives the plain values of any other document", () => {
    expect(bodyWords({ camera: "c", seconds: 20, nested: {} }, telling("en"), nameOf)).toBe("camera c · seconds 20");
    expect(bodyWords("text", telling("en"), nameOf)).toBe("text");
  });
});
