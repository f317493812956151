import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { regionsOf } from "../../../core/plates/countries/regions.ts";
import { editDistance } from "../../../core/plates/edit-distance.ts";
import { type SeenPlate, vehiclePlate } from "../../../core/plates/vehicle-plate.ts";
import "../../support/property-seed.ts";

const vietNam = regionsOf("vn") ?? [];
const plate = (text: string, more: Partial<SeenPlate> = {}): SeenPlate => ({
  text,
  confidence: 0.9,
  characterChances: [...text].map(() => 0.95),
  country: "vn",
  at: [0.5, 0.7],
  height_px: 20,
  ...more,
});

describe("the plate of one vehicle", () => {
  it("is what most of its pictures say, shown by the clearest that says so", () => {
    const frames = [
      [plate("60B983994", { height_px: 30 })],
      [plate("60B933994")],
      [],
      [plate("60B933994", { height_px: 26 })],
    ];
    const found = vehiclePlate(frames, vietNam);
    expect(found?.plate).toMatchObject({ text: "60B933994", country: "vn", frames: 4, agreeing: 2 });
    expect(found?.plate.votes.map(({ symbol }) => symbol).join("")).toBe("60B933994");
    expect(found?.best).toEqual({ frame: 3, seen: 0 });
  });

  it("is not that of a neighbour at the side of its box", () => {
    const frames = [1, 2, 3].map(() => [plate("43A12345", { at: [0.05, 0.8], confidence: 0.99 }), plate("60B933994")]);
    expect(vehiclePlate(frames, vietNam)?.plate.text).toBe("60B933994");
    expect(vehiclePlate([[plate("43A12345", { at: [1.1, 0.8] })]], vietNam)).toBeNull();
  });

  it("is unreadable when two vehicles' plates have the same claim to it", () => {
    const frames = [1, 2, 3].map(() => [plate("43A12345", { at: [0.4, 0.8] }), plate("60B933994", { at: [0.6, 0.8] })]);
    expect(vehiclePlate(frames, vietNam)?.plate).toMatchObject({ text: null, agreeing: 0, votes: [] });
  });

  it("is unreadable when every picture says something else, unsurely", () => {
    const frames = ["60B933994", "60B983934", "50B933904"].map((text) => [plate(text, { confidence: 0.3 })]);
    const found = vehiclePlate(frames, vietNam);
    expect(found?.plate.text).toBeNull();
    expect(found?.plate.confidence).toBeLessThan(0.5);
  });

  it("is nothing when no picture shows a plate", () => {
    expect(vehiclePlate([[], []], vietNam)).toBeNull();
  });
});

describe("the distance of two texts", () => {
  const text = fc.string({ maxLength: 10, unit: fc.constantFrom(..."AB12") });

  it("is a metric that no longer text exceeds", () => {
    fc.assert(
      fc.property(text, text, text, (a, b, c) => {
        expect(editDistance(a, a)).toBe(0);
        expect(editDistance(a, b)).toBe(editDistance(b, a));
        expect(editDistance(a, c)).toBeLessThanOrEqual(editDistance(a, b) + editDistance(b, c));
        expect(editDistance(a, b)).toBeGreaterThanOrEqual(Math.abs(a.length - b.length));
        expect(editDistance(a, b)).toBeLessThanOrEqual(Math.max(a.length, b.length));
      }),
    );
  });

  it("counts one for a character that changed, went or came", () => {
    for (const other of ["43A1234", "43A12346", "43A123456", "3A12345"])
      expect(editDistance("43A12345", other)).toBe(1);
  });
});
