import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalJson } from "../../../core/evidence/canonical-json.ts";

/** JSON values without lone surrogates, which have no UTF-8 form. */
const json = fc.jsonValue({ stringUnit: "binary" });

describe("canonical JSON", () => {
  it("writes keys in code unit order at every depth, without white space", () => {
    expect(canonicalJson({ b: [1, { d: null, c: true }], a: "x", "\u20ac": 1, "\r": 2 })).toBe(
      '{"\\r":2,"a":"x","b":[1,{"c":true,"d":null}],"€":1}',
    );
  });

  it("writes the numbers of RFC 8785, appendix B", () => {
    expect(canonicalJson([0, -0, 5e-324, 1.7976931348623157e308, 9007199254740992, 1e21, 1e-7])).toBe(
      "[0,0,5e-324,1.7976931348623157e+308,9007199254740992,1e+21,1e-7]",
    );
  });

  it("gives back every JSON value when read again", () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it("does not depend on the order in which keys were added", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.integer()), (object) => {
        const turned = Object.fromEntries(Object.entries(object).reverse());
        expect(canonicalJson(turned)).toBe(canonicalJson(object));
      }),
    );
  });

  it.each([
    ["undefined", { a: undefined }, "$.a: a undefined"],
    ["a function", [() => 1], "$[0]: a function"],
    ["a hole in an array", new Array(1), "$[0]: a undefined"],
    ["not a number", { a: { b: Number.NaN } }, "$.a.b: NaN"],
    ["infinity", [Number.POSITIVE_INFINITY], "$[0]: Infinity"],
    ["a big integer", { n: 1n }, "$.n: a bigint"],
    ["a date", { at: new Date(0) }, "$.at: not a plain object"],
    ["a map", new Map(), "$: not a plain object"],
    ["a lone surrogate", ["\ud800"], "$[0]: not well-formed"],
  ])("refuses %s and says where", (_name, value, message) => {
    expect(() => canonicalJson(value)).toThrow(message);
  });

  it("refuses a value that holds itself, and takes one that is held twice", () => {
    const shared = { x: 1 };
    expect(canonicalJson([shared, shared])).toBe('[{"x":1},{"x":1}]');
    const loop: Record<string, unknown> = {};
    loop["self"] = loop;
    expect(() => canonicalJson(loop)).toThrow("$.self: refers back");
  });
});
