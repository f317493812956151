import { describe, expect, it } from "vitest";
import { withPlates } from "../../../detectors/privacy/picture-eye.ts";
import { privateRegions } from "../../../detectors/privacy/private-regions.ts";
import type { Box, Present } from "../../../detectors/privacy/region.ts";
import { leastScore, type StreetUser } from "../../../detectors/privacy/street-search.ts";
import { subjectAt } from "../../../detectors/privacy/subject-path.ts";

const present = (kind: Present["kind"], box: Box, plates: readonly Box[] = []): Present => ({
  kind,
  box,
  plates,
  slack_px: 0,
});

const car: Box = [400, 300, 200, 150];
const carPlate: Box = [470, 410, 60, 16];

describe("what is private in a picture", () => {
  it("is the upper part of every person and rider, with some room above", () => {
    const [head] = privateRegions([present("pedestrian", [100, 100, 40, 100])], null) as [Box];
    expect(head[1]).toBeLessThan(100);
    expect(head[1] + head[3]).toBeCloseTo(124);
    expect(head[0]).toBeLessThan(100);
    expect(head[0] + head[2]).toBeGreaterThan(140);
    const [rider] = privateRegions([present("motorcycle", [100, 100, 60, 100])], null) as [Box];
    expect(rider[1] + rider[3]).toBeCloseTo(128);
  });

  it("is nobody's head in a car, and every plate", () => {
    expect(privateRegions([present("car", car, [carPlate])], null)).toEqual([carPlate]);
  });

  it("is all of that in a wider place where it is not sure where somebody is", () => {
    const unsure = { ...present("car", car, [carPlate]), slack_px: 5 };
    expect(privateRegions([unsure], null)).toEqual([[465, 405, 70, 26]]);
  });

  it("is not the subject's plate, but the subject's head", () => {
    const rider: Box = [100, 100, 60, 120];
    const plate: Box = [120, 190, 20, 14];
    const regions = privateRegions([present("motorcycle", rider, [plate])], [102, 104, 58, 118]);
    expect(regions).toHaveLength(1);
    expect(regions[0]?.[1]).toBeLessThan(100);
  });

  it("is the plate of whoever stands before the subject or beside it", () => {
    const before = present("motorcycle", [480, 330, 50, 110], [[495, 405, 20, 14]]);
    const beside = present("car", [580, 300, 180, 150], [[640, 410, 60, 16]]);
    const regions = privateRegions([present("car", car, [carPlate]), before, beside], car);
    expect(regions).toContainEqual([495, 405, 20, 14]);
    expect(regions).toContainEqual([640, 410, 60, 16]);
    expect(regions).not.toContainEqual(carPlate);
  });

  it("is a plate in the subject's place when nobody was found there who carries it", () => {
    expect(privateRegions([present("motorcycle", [440, 380, 50, 70], [carPlate])], car)).toContainEqual(carPlate);
  });
});

describe("whose plate it is", () => {
  const user = (kind: StreetUser["class"], box: Box): StreetUser => ({ class: kind, score: 0.5, box });

  it("is the smallest vehicle's around it, never a pedestrian's", () => {
    const users = [user("car", car), user("motorcycle", [450, 350, 90, 100]), user("pedestrian", [480, 380, 40, 70])];
    expect(withPlates(users, [carPlate]).map(({ plates }) => plates?.length)).toEqual([0, 1, 0]);
  });

  it("is no vehicle's that is hardly larger than itself: drawn on as that one nears it would hide the street", () => {
    const users = [user("car", [480, 380, 40, 30])];
    expect(withPlates(users, [carPlate]).map(({ kind }) => kind)).toEqual(["car", "plate"]);
  });

  it("is followed by itself when no vehicle is around it", () => {
    const [, alone] = withPlates([user("car", car)], [[20, 20, 60, 16]]);
    expect(alone?.kind).toBe("plate");
    expect(alone?.plates).toEqual([[20, 20, 60, 16]]);
    expect(alone?.box[0]).toBeLessThan(20);
  });
});

describe("who is believed to be there", () => {
  const needed = (kind: StreetUser["class"], w: number, h: number) =>
    leastScore({ class: kind, box: [0, 0, w, h] }, 1000);

  it("is whoever is small on a weak score, and large on a sure one", () => {
    expect(needed("motorcycle", 20, 40)).toBeLessThan(needed("motorcycle", 120, 200));
    expect(needed("motorcycle", 120, 200)).toBeLessThan(needed("motorcycle", 300, 500));
  });

  it("is no person wider than high, unless that is seen surely", () => {
    expect(needed("pedestrian", 60, 60)).toBe(needed("pedestrian", 200, 500));
    expect(needed("pedestrian", 30, 60)).toBeLessThan(needed("pedestrian", 60, 60));
  });
});

describe("the subject's place", () => {
  const points = [
    { pts_s: 1, box: [0.1, 0.2, 0.1, 0.1] as Box },
    { pts_s: 2, box: [0.3, 0.2, 0.1, 0.2] as Box },
  ];

  it("lies between the points before and after", () => {
    const box = subjectAt(points, 1.25) as Box;
    expect(box[0]).toBeCloseTo(0.15);
    expect(box[3]).toBeCloseTo(0.125);
    expect(subjectAt(points, 2)).toEqual(points[1]?.box);
  });

  it("is known a moment beyond the ends, and nowhere else", () => {
    expect(subjectAt(points, 2.1)).toEqual(points[1]?.box);
    expect(subjectAt(points, 0.9)).toEqual(points[0]?.box);
    expect(subjectAt(points, 0.5)).toBeNull();
    expect(subjectAt(points, 3)).toBeNull();
    expect(subjectAt([], 1)).toBeNull();
  });
});
