import { describe, expect, it } from "vitest";
import { bodyWords } from "../../../api/web/src/ledger/body-words.ts";
import { formatFor } from "../../../api/web/src/locales/format.ts";
import { type Language, message } from "../../../api/web/src/locales/message.ts";
import { reasonLines, type Telling } from "../../../api/web/src/plan/reasons.ts";
import { problem, sentence } from "../../../core/problems/problem.ts";
import type { RetimeProposal } from "../../../core/retime/proposal.ts";

const telling = (language: Language): Telling => ({
  language,
  format: formatFor(language, "UTC"),
  t: (key, words) => message(language, key, words),
});

const here = problem("DEMAND_ASSUMED", { intersection: "a", lanes: 2, of: 6 });
const elsewhere = problem("DEMAND_ASSUMED", { intersection: "b", lanes: 1, of: 4 });
const proposal: RetimeProposal = {
  corridor: "avenue",
  cycle_s: 90,
  plans: [],
  intersections: [{ id: "a", critical_flow_ratio: 0.734, lost_time_s: 12, oversaturated: false, phases: [] }],
  lanes: [],
  bands: { outbound_s: 31, inbound_s: 18 },
  predicted_delay_s_per_veh: 24.6,
  notes: [here, elsewhere],
};

describe("why a plan is as it is", () => {
  it("is told from its proposal, for its own intersection, in the reader's language", () => {
    expect(reasonLines(proposal, "a", telling("en"))).toEqual([
      "Critical flow ratio 0.73, lost time 12\u00a0s a cycle.",
      "The corridor runs 90\u00a0s together: green bands of 31\u00a0s outbound and 18\u00a0s inbound.",
      "Predicted mean delay 25\u00a0s per vehicle.",
      sentence(here, "en"),
    ]);
    expect(reasonLines(proposal, "a", telling("vi"))).toContain(sentence(here, "vi"));
  });

  it("is read from plain sentences and problems as well, and nothing is made up", () => {
    expect(reasonLines(["because", { en: "one", vi: "một" }, here], "a", telling("vi"))).toEqual([
      "because",
      "một",
      sentence(here, "vi"),
    ]);
    for (const nothing of [null, undefined, 3, {}, { code: "NO_SUCH_CODE", words: {} }]) {
      expect(reasonLines(nothing, "a", telling("en"))).toEqual([]);
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
