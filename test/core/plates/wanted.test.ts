import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { editDistance } from "../../../core/plates/edit-distance.ts";
import { fitsPattern, namedIn, normalisedPattern, oneOff } from "../../../core/plates/wanted.ts";
import "../../support/property-seed.ts";

const plate = fc.string({ minLength: 1, maxLength: 9, unit: fc.constantFrom(..."0123456789ABĐ") });

describe("plates one character off", () => {
  it("are all those at a distance of one, and the text itself", () => {
    fc.assert(
      fc.property(plate, plate, (wanted, other) => {
        const texts = oneOff(wanted);
        expect(texts.has(other)).toBe(editDistance(wanted, other) <= 1);
        for (const text of texts) expect(editDistance(wanted, text)).toBeLessThanOrEqual(1);
      }),
      { numRuns: 30 },
    );
    expect(oneOff("43A12345").has("43B12345")).toBe(true);
    expect(oneOff("43A12345").has("43A1234")).toBe(true);
    expect(oneOff("43A12345").has("43A123456")).toBe(true);
    expect(oneOff("43A12345").has("43A12354")).toBe(false);
  });
});

describe("a plate of which a part is known", () => {
  it("fits where * stands for any characters and ? for one", () => {
    const fitting = ["43A12345", "43A1234?", "43A*", "*2345", "43*45", "*A*", "********", "*", "????????"];
    const others = ["43A1234", "43A123456", "43A?", "*2344", "?", "43A123456*", "", "*?????????"];
    expect(fitting.filter((pattern) => !fitsPattern(pattern, "43A12345"))).toEqual([]);
    expect(others.filter((pattern) => fitsPattern(pattern, "43A12345"))).toEqual([]);
  });

  it("says the same as a regular expression", () => {
    const pattern = fc.string({ maxLength: 8, unit: fc.constantFrom(..."AB1*?") });
    const text = fc.string({ maxLength: 8, unit: fc.constantFrom(..."AB1") });
    fc.assert(
      fc.property(pattern, text, (wanted, found) => {
        const expression = new RegExp(`^${wanted.replaceAll("*", ".*").replaceAll("?", ".")}$`);
        expect(fitsPattern(wanted, found)).toBe(expression.test(found));
      }),
    );
  });

  it("is written as on the plate, and names some characters", () => {
    expect(normalisedPattern("43a-12?.4*")).toBe("43A12?4*");
    expect(namedIn("43A12?4*")).toBe(6);
  });
});
