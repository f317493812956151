import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dead, PlateAutomaton } from "../../../core/plates/automaton.ts";
import {
  digits,
  fitsFormat,
  letters,
  logChance,
  type PlateFormat,
  type Slot,
  shape,
  word,
} from "../../../core/plates/format.ts";
import { symbolIndex } from "../../../core/plates/symbols.ts";
import "../../support/property-seed.ts";

const format = (slots: readonly Slot[], more: Partial<PlateFormat> = {}): PlateFormat => ({
  id: "test",
  slots,
  layouts: ["one-line", "two-line"],
  share: 1,
  ...more,
});

const few = (least: number, most: number): Slot => ({ kind: "run", symbols: "AB1", least, most });

/** Every text of A, B and 1 up to a length. */
function texts(longest: number): string[] {
  let last = [""];
  const all = [""];
  for (let length = 1; length <= longest; length++) {
    last = last.flatMap((text) => ["A", "B", "1"].map((symbol) => text + symbol));
    all.push(...last);
  }
  return all;
}

const slot: fc.Arbitrary<Slot> = fc.oneof(
  fc
    .tuple(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 2 }))
    .map(([least, more]) => few(least, least + more)),
  fc.uniqueArray(fc.constantFrom("A", "AB", "B1", "1"), { minLength: 1 }).map((list) => word(...list)),
);

describe("a plate format", () => {
  it("is written as a short form", () => {
    const brazil = format(shape("AAA#A##"));
    expect(fitsFormat(brazil, "BRA2E19")).toBe(true);
    expect(fitsFormat(brazil, "BRA2019")).toBe(false);
    expect(fitsFormat(format(shape("1AAA###")), "1ABC234")).toBe(true);
    expect(fitsFormat(format(shape("1AAA###")), "2ABC234")).toBe(false);
  });

  it("gives its texts chances that sum to one", () => {
    const one = format([few(1, 3), word("A", "B1")], { layouts: ["one-line"] });
    const sum = texts(5).reduce((total, text) => total + Math.exp(logChance(one, text)), 0);
    // Texts that can be cut up in two ways count by their likelier one: the sum may only be a little less.
    expect(sum).toBeLessThanOrEqual(1 + 1e-9);
    expect(sum).toBeGreaterThan(0.8);
  });

  it("breaks its lines only where it says", () => {
    const motorcycle = format([digits(2), letters(1), digits(1), digits(4, 5)], {
      layouts: ["two-line"],
      breaksAfter: [3],
    });
    expect(logChance(motorcycle, "43B112345", 4)).toBeGreaterThan(Number.NEGATIVE_INFINITY);
    expect(logChance(motorcycle, "43B112345", 3)).toBe(Number.NEGATIVE_INFINITY);
    expect(logChance(motorcycle, "43B112345")).toBe(Number.NEGATIVE_INFINITY);
  });

  it("accepts step by step what it accepts as a whole, on either layout", () => {
    const any = fc.array(slot, { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(any, fc.constantFrom(...texts(5)), fc.integer({ min: 0, max: 5 }), (slots, text, at) => {
        const one = format(slots);
        const automaton = new PlateAutomaton([one]);
        const first = at > 0 && at < text.length ? at : undefined;
        let state = automaton.start;
        [...text].forEach((symbol, i) => {
          if (i === first && state !== dead) state = automaton.afterBreak(state);
          if (state !== dead) state = automaton.after(state, symbolIndex(symbol));
        });
        expect(state !== dead && automaton.accepts(state)).toBe(Number.isFinite(logChance(one, text, first)));
      }),
      { numRuns: 400 },
    );
  });
});
