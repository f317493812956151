import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { confidenceOf } from "../../../core/plates/confidence.ts";
import { regionsOf } from "../../../core/plates/countries/regions.ts";
import { type FrameReading, votePlate } from "../../../core/plates/vote.ts";
import "../../support/property-seed.ts";

const vietNam = regionsOf("vn") ?? [];
const read = (text: string, confidence = 0.9, chance = 0.95): FrameReading => ({
  text,
  confidence,
  characterChances: [...text].map(() => chance),
});

describe("the vote over the frames of a track", () => {
  it("outvotes a different misreading in each frame", () => {
    const frames = ["60B933994", "60B983994", "60B933934", "50B933994", "60B933994"].map((text) => read(text));
    expect(votePlate(frames, vietNam)).toMatchObject({ text: "60B933994", frames: 5, agreeing: 2 });
  });

  it("finds a text that no frame read whole", () => {
    const frames = ["60B983994", "60B933934", "50B933994"].map((text) => read(text));
    expect(votePlate(frames, vietNam)).toMatchObject({ text: "60B933994", agreeing: 0 });
  });

  it("lines up readings that miss a character or have one too many", () => {
    const frames = ["60B933994", "60B33994", "160B933994", "60B93394", "60B933994"].map((text) => read(text));
    expect(votePlate(frames, vietNam)?.text).toBe("60B933994");
  });

  it("weighs frames by how sure they are", () => {
    const frames = [read("51H32116", 0.95), read("51H32176", 0.3, 0.4), read("51H32176", 0.3, 0.4)];
    expect(votePlate(frames, vietNam)?.text).toBe("51H32116");
  });

  it("does not elect a text that no grammar knows when a reading fits one", () => {
    const frames = [read("43A12345", 0.9), read("43A12345", 0.9), read("4312345", 0.95), read("4312345", 0.95)];
    expect(votePlate(frames, vietNam)?.text).toBe("43A12345");
  });

  it("grows surer with agreeing frames, but less than independent ones would make it", () => {
    const of = (count: number): number =>
      votePlate(
        Array.from({ length: count }, () => read("43A12345", 0.7)),
        vietNam,
      )?.confidence ?? 0;
    expect(of(1)).toBeCloseTo(0.7, 5);
    expect(of(3)).toBeGreaterThan(of(1));
    expect(of(3)).toBeLessThan(1 - 0.3 ** 3);
  });

  it("is not sure of a contested character", () => {
    const frames = ["43A12345", "43A12345", "43A12346", "43A12346"].map((text) => read(text, 0.95));
    expect(votePlate(frames, vietNam)?.confidence).toBeLessThan(0.6);
  });

  it("has nothing to say without readings", () => {
    expect(votePlate([], vietNam)).toBeNull();
    expect(votePlate([read("")], vietNam)).toBeNull();
  });

  it("elects what a majority read, wherever the minority erred", () => {
    const place = fc.integer({ min: 0, max: 7 });
    fc.assert(
      fc.property(fc.array(fc.tuple(place, fc.constantFrom(..."0123456789")), { maxLength: 3 }), (errors) => {
        const right = Array.from({ length: 4 }, () => read("43A12345"));
        const wrong = errors.map(([at, digit]) =>
          read(`${"43A12345".slice(0, at)}${digit}${"43A12345".slice(at + 1)}`),
        );
        expect(votePlate([...wrong, ...right], vietNam)?.text).toBe("43A12345");
      }),
    );
  });
});

describe("the confidence of a reading", () => {
  it("falls with a rival text, with a blurred character, and with a patch that hardly looks like a plate", () => {
    const sure = { share: 0.99, characterChances: [0.99, 0.99], plateScore: 5 };
    const of = (change: Partial<typeof sure>): number => confidenceOf({ ...sure, ...change });
    expect(of({})).toBeGreaterThan(0.9);
    expect(of({ share: 0.6 })).toBeLessThan(of({}));
    expect(of({ characterChances: [0.99, 0.3] })).toBeLessThan(of({}));
    expect(of({ plateScore: -2 })).toBeLessThan(of({}));
  });

  it("is small when the grammar put a character in that nobody saw", () => {
    const evidence = { share: 0.998, characterChances: [0.99, 0.0005, 0.99], plateScore: 3 };
    expect(confidenceOf(evidence)).toBeLessThan(0.5);
  });
});
