import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PlateAutomaton } from "../../../core/plates/automaton.ts";
import { searchTexts } from "../../../core/plates/beam-search.ts";
import { type PlateFormat, shape } from "../../../core/plates/format.ts";
import { latticeWidth, peaksOf } from "../../../core/plates/lattice.ts";
import { characterChances, logLikelihood } from "../../../core/plates/likelihood.ts";
import { plateSymbols } from "../../../core/plates/symbols.ts";
import { seen } from "./drawn-lattice.ts";
import "../../support/property-seed.ts";

const plate = (form: string): PlateFormat => ({
  id: form,
  slots: shape(form),
  layouts: ["one-line", "two-line"],
  share: 1,
});
const written = (text: string): string => text.replaceAll(/[A-Z]/g, "A").replaceAll(/\d/g, "#");
const plateText = fc
  .array(fc.constantFrom(..."ABCDXZ0123589"), { minLength: 1, maxLength: 9 })
  .map((signs) => signs.join(""));

/** Any two steps: rows of chances that each sum to one. */
const twoSteps = fc
  .array(fc.array(fc.integer({ min: 1, max: 50 }), { minLength: latticeWidth, maxLength: latticeWidth }), {
    minLength: 2,
    maxLength: 2,
  })
  .map((rows) => {
    const chances = rows.flatMap((row) => {
      const all = row.reduce((sum, value) => sum + value, 0);
      return row.map((value) => value / all);
    });
    return { steps: 2, chances: Float64Array.from(chances) };
  });

describe("the chance of a text", () => {
  it("sums to one over all texts that two steps can show", () => {
    const signs = [...plateSymbols];
    fc.assert(
      fc.property(twoSteps, (lattice) => {
        const texts = ["", ...signs, ...signs.flatMap((a) => signs.map((b) => a + b))];
        const sum = texts.reduce((total, text) => total + Math.exp(logLikelihood(lattice, text)), 0);
        expect(sum).toBeCloseTo(1, 9);
      }),
      { numRuns: 5 },
    );
  });

  it("is nothing for a text that is longer than the line", () => {
    expect(logLikelihood(seen("AB"), "ABCDEFG")).toBe(Number.NEGATIVE_INFINITY);
  });

  it("needs a gap between equal characters", () => {
    const lattice = seen("11");
    expect(logLikelihood(lattice, "11")).toBeGreaterThan(logLikelihood(lattice, "1") + 2);
  });

  it("tells the chance of each character", () => {
    expect(characterChances(seen("4[B8]A"), "4BA").map((chance) => Number(chance.toFixed(1)))).toEqual([1, 0.6, 1]);
  });
});

describe("what was seen, read freely", () => {
  it("is the text", () => {
    fc.assert(
      fc.property(plateText, (text) => {
        expect(
          peaksOf(seen(text))
            .map(({ symbol }) => symbol)
            .join(""),
        ).toBe(text);
      }),
    );
  });
});

describe("the search", () => {
  it("finds the text of any format that was clearly seen", () => {
    fc.assert(
      fc.property(plateText, (text) => {
        const [best] = searchTexts(new PlateAutomaton([plate(written(text))]), [seen(text)]);
        expect(best?.lines).toEqual([text]);
        expect(best?.logChance).toBeCloseTo(logLikelihood(seen(text), text), 1);
      }),
    );
  });

  it("lets the position decide between lookalikes", () => {
    const automaton = new PlateAutomaton([plate("##A####")]);
    expect(searchTexts(automaton, [seen("4[B8][8B]1[O0]3[Z2]")])[0]?.lines).toEqual(["48B1032"]);
  });

  it("finds the best text that there is, as trying them all does", () => {
    const either = fc.constantFrom("[B8]", "[8B]", "[O0]", "[0O]", "[I1]", "[S5]", "7", "A");
    const automaton = new PlateAutomaton([plate("AA#"), plate("A##")]);
    const letters = [..."BOISA"];
    const digits = [..."85017"];
    const every = letters.flatMap((a) => [...letters, ...digits].flatMap((b) => digits.map((c) => a + b + c)));
    fc.assert(
      fc.property(fc.tuple(either, either, either), (signs) => {
        const lattice = seen(signs.join(""));
        const found = searchTexts(automaton, [lattice])[0];
        const best = Math.max(...every.map((text) => logLikelihood(lattice, text)));
        const reached = found === undefined ? Number.NEGATIVE_INFINITY : logLikelihood(lattice, found.lines.join(""));
        // Characters that nobody saw are not tried, so nothing may be found where all texts are far-fetched.
        expect(best < -12 ? best : reached).toBeCloseTo(best, 3);
      }),
    );
  });

  it("keeps the rows of a two-line plate apart", () => {
    const moto: PlateFormat = { ...plate("##A#####"), slots: shape("##A").concat(shape("#####")), breaksAfter: [2] };
    const automaton = new PlateAutomaton([moto]);
    expect(searchTexts(automaton, [seen("43A"), seen("12345")])[0]?.lines).toEqual(["43A", "12345"]);
    expect(searchTexts(automaton, [seen("43A1"), seen("2345")])).toEqual([]);
  });

  it("finds nothing where no format fits", () => {
    expect(searchTexts(new PlateAutomaton([plate("AAA####")]), [seen("HONDA")])).toEqual([]);
  });
});
