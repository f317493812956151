import { describe, expect, it } from "vitest";
import { type Distance, journeysOf } from "../../../core/plates/journeys.ts";
import type { PlatePassage } from "../../../core/ports/passages.ts";

const passage = (plate: string, at_s: number, intersection: string): PlatePassage => ({
  at_ms: at_s * 1000,
  camera: `camera-${intersection}`,
  intersection,
  class: "car",
  plate,
  confidence: 0.9,
});

/** Junctions a, b, c … stand 600 m apart on one road; nobody knows where z is. */
const road: Distance = (from, to) =>
  from === "z" || to === "z" ? null : Math.abs(from.charCodeAt(0) - to.charCodeAt(0)) * 600;

const told = (passages: readonly PlatePassage[]) =>
  journeysOf(passages, road).map(({ plate, began, duration_s, passages: own }) => ({
    way: `${plate} ${own.map(({ intersection }) => intersection).join("")}`,
    began,
    duration_s,
  }));

describe("journeys", () => {
  it("join the passages of each plate in order of time", () => {
    const passages = [
      passage("43A12345", 120, "c"),
      passage("51H32116", 10, "b"),
      passage("43A12345", 0, "a"),
      passage("43A12345", 60, "b"),
    ];
    expect(told(passages)).toEqual([
      { way: "43A12345 abc", began: "first", duration_s: 120 },
      { way: "51H32116 b", began: "first", duration_s: 0 },
    ]);
  });

  it("end where the vehicle was not seen for half an hour", () => {
    expect(told([passage("43A12345", 0, "a"), passage("43A12345", 1900, "a")]).map(({ began }) => began)).toEqual([
      "first",
      "pause",
    ]);
  });

  it("do not go on where no vehicle could have come: 600 m in 15 s is 144 km/h", () => {
    expect(told([passage("43A12345", 0, "a"), passage("43A12345", 15, "b")])).toMatchObject([
      { way: "43A12345 a" },
      { way: "43A12345 b", began: "too_fast" },
    ]);
    expect(told([passage("43A12345", 0, "a"), passage("43A12345", 17, "b")])).toMatchObject([{ way: "43A12345 ab" }]);
  });

  it("go on where two cameras of one junction see the vehicle at once, or nobody knows how far it is", () => {
    expect(told([passage("43A12345", 0, "a"), passage("43A12345", 0, "a")])).toMatchObject([{ way: "43A12345 aa" }]);
    expect(told([passage("43A12345", 0, "a"), passage("43A12345", 1, "z")])).toMatchObject([{ way: "43A12345 az" }]);
  });
});
