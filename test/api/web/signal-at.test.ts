import { describe, expect, it } from "vitest";
import type { CaseSignal } from "../../../api/web/src/review/case-document.ts";
import { coloursBetween, signalAt } from "../../../api/web/src/review/signal-at.ts";

/** Asked four times a second: yellow from 1 s, red from 4 s, and nothing after 6 s. */
const signal: CaseSignal = {
  phase: 2,
  red_since_ms: 4100,
  samples: Array.from({ length: 25 }, (_, index) => {
    const at_ms = index * 250;
    return { at_ms, state: at_ms < 1000 ? "green" : at_ms < 4000 ? "yellow" : "red" };
  }),
};

describe("the signal of a moment", () => {
  it("is what the newest sample until then said", () => {
    expect([999, 1000, 3999, 4000].map((at_ms) => signalAt(signal, at_ms).colour)).toEqual([
      "green",
      "yellow",
      "yellow",
      "red",
    ]);
  });

  it("is unknown before the first sample and a second after the last", () => {
    expect([-1, 7000, 7001].map((at_ms) => signalAt(signal, at_ms).colour)).toEqual(["unknown", "red", "unknown"]);
  });

  it("counts down to the red of the act, and up from it", () => {
    expect([3100, 4100, 5520].map((at_ms) => signalAt(signal, at_ms).red_for_s)).toEqual([-1, 0, 1.42]);
    expect(signalAt({ ...signal, red_since_ms: null }, 5000).red_for_s).toBeNull();
  });
});

describe("the signal of a clip", () => {
  it("covers it from end to end without a gap", () => {
    const spans = coloursBetween(signal, -500, 8000);
    expect(spans.map(({ colour }) => colour)).toEqual(["unknown", "green", "yellow", "red", "unknown"]);
    expect(spans[0]?.from_ms).toBe(-500);
    expect(spans.at(-1)?.to_ms).toBe(8000);
    for (const [index, span] of spans.entries()) expect(span.from_ms).toBe(spans[index - 1]?.to_ms ?? -500);
  });

  it("turns where the samples say so", () => {
    expect(coloursBetween(signal, 0, 5000).map(({ to_ms }) => to_ms)).toEqual([1000, 4000, 5000]);
  });
});
