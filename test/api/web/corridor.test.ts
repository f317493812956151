import { describe, expect, it } from "vitest";
import { layOut, shortNames, wrapped } from "../../../api/web/src/corridor/geometry.ts";
import { sampleSite } from "../../support/front-door.ts";

const site = sampleSite();
const [corridor] = site.corridors;
if (corridor === undefined) throw new Error("the sample site has no corridor");
const nodes = layOut(corridor, site.intersections, 1200, 100, 150);

describe("a corridor drawn left to right", () => {
  it("has every intersection in order, farther apart where the street is longer", () => {
    expect(nodes.map(({ intersection }) => intersection.id)).toEqual(corridor.intersections.map(({ id }) => id));
    const gaps = nodes.slice(1).map((node, index) => node.x - (nodes[index]?.x ?? 0));
    const distances = nodes.slice(1).map(({ distance_m }) => distance_m);
    const byGap = distances.toSorted((a, b) => (gaps[distances.indexOf(a)] ?? 0) - (gaps[distances.indexOf(b)] ?? 0));
    expect(byGap).toEqual(distances.toSorted((a, b) => a - b));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(150);
    expect([nodes[0]?.x, nodes.at(-1)?.x]).toEqual([100, 1100]);
  });

  it("puts each side's heads on the driver's side of the road", () => {
    const corners = Object.fromEntries(nodes[0]?.heads.map(({ approach, corner }) => [approach.from, corner]) ?? []);
    expect(corners).toEqual({ W: "bottom-left", N: "top-left", E: "top-right", S: "bottom-right" });
  });

  it("turns a street that runs north, so that outbound still runs to the right", () => {
    const turned = site.intersections.map((intersection) => ({
      ...intersection,
      approaches: intersection.approaches.map((approach) => ({
        ...approach,
        from: ({ W: "S", S: "E", E: "N", N: "W" } as const)[approach.from as "N"] ?? approach.from,
      })),
    }));
    const [first] = layOut(corridor, turned, 1200, 100, 150);
    expect(first?.heads.find(({ approach }) => approach.from === "S")?.corner).toBe("bottom-left");
    expect(first?.arms.toSorted((a, b) => a - b)).toEqual([0, 90, 180, 270]);
  });
});

describe("names along one avenue", () => {
  it("leave out the avenue they all begin with", () => {
    expect(shortNames(["A – B", "A – C – D"])).toEqual(["B", "C – D"]);
    expect(shortNames(["A – B", "E – C"])).toEqual(["A – B", "E – C"]);
    expect(shortNames(["A – B"])).toEqual(["A – B"]);
  });

  it("break between words and never grow past their lines", () => {
    expect(wrapped("Hàm Nghi – Lê Đình Lý", 12, 3)).toEqual(["Hàm Nghi –", "Lê Đình Lý"]);
    expect(wrapped("one two three four", 3, 2)).toEqual(["one", "two three four"]);
  });
});
