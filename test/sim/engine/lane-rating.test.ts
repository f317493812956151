import { beforeAll, describe, expect, it } from "vitest";
import { rateLanes } from "../../../sim/engine/lane-rating.ts";
import { classBit, type RoadNetwork } from "../../../sim/network/road-network.ts";
import { twoJunctions } from "../../support/two-junctions.ts";

let network: RoadNetwork;
const driving = { allowed: classBit("passenger"), sight_m: 460 };

beforeAll(async () => {
  network = await twoJunctions();
});

const edges = (...ids: readonly string[]): number[] => ids.map((id) => network.edges.byId.get(id) as number);

describe("the rating of lanes", () => {
  it("prefers none where the way ends", () => {
    expect(rateLanes(network, driving, edges("dc")).map(({ offset }) => offset)).toEqual([0, 0]);
  });

  it("sends those who turn to the lane from which one turns, and tells how many lanes that is", () => {
    const right = rateLanes(network, driving, edges("dc", "cn"));
    expect(right.map(({ offset }) => offset)).toEqual([0, -1]);
    expect(right[0]?.length_m).toBeGreaterThan(right[1]?.length_m as number);
    const left = rateLanes(network, driving, edges("dc", "cs"));
    expect(left.map(({ offset }) => offset)).toEqual([1, 0]);
    expect(left[0]?.link).toBe(-1);
  });

  it("counts what follows on the way, lane by lane", () => {
    const [first] = rateLanes(network, driving, edges("dc", "cn"));
    const after = network.edges.firstLane[network.edges.byId.get("cn") as number] as number;
    expect(first?.after).toEqual([after]);
  });

  it("sends those who turn at the next junction but one to their lane before the first", () => {
    expect(rateLanes(network, driving, edges("ed", "dc", "cs")).map(({ offset }) => offset)).toEqual([1, 0]);
    expect(rateLanes(network, driving, edges("ed", "dc", "cw")).map(({ offset }) => offset)).toEqual([0, 0]);
  });

  it("rates a lane that the vehicle may not use as leading nowhere", () => {
    const people = rateLanes(network, { ...driving, allowed: 0 }, edges("dc", "cn"));
    expect(people.every(({ length_m, link }) => length_m === 0 && link === -1)).toBe(true);
  });
});
