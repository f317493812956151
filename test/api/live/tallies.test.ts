import { describe, expect, it } from "vitest";
import { Tallies } from "../../../api/live/tallies.ts";
import type { Crossing } from "../../../core/ports/detection-feed.ts";
import { offTheGround } from "../../support/off-the-ground.ts";

const crossing = (
  line: string,
  direction: Crossing["direction"],
  kind: Crossing["class"],
  at_ms: number,
): Crossing => ({
  feed: "camera",
  line,
  lane: "lane",
  at_ms,
  class: kind,
  direction,
  track: at_ms,
  ...offTheGround,
});

describe("crossings of a counting line", () => {
  it("are counted by direction and by class", () => {
    const tallies = new Tallies([{ feed: "camera", line: "a" }]);
    tallies.add(crossing("a", "forward", "car", 1));
    tallies.add(crossing("a", "forward", "motorcycle", 2));
    const last = tallies.add(crossing("a", "backward", "motorcycle", 3));
    expect(last).toEqual({
      feed: "camera",
      line: "a",
      forward: 2,
      backward: 1,
      by_class: { car: 1, motorcycle: 2 },
      last_at_ms: 3,
    });
    expect(tallies.all()).toEqual([last]);
  });

  it("are passed over where the site file states no such line, so the table cannot grow", () => {
    const tallies = new Tallies([{ feed: "camera", line: "a" }]);
    expect(tallies.add(crossing("b", "forward", "car", 1))).toBeNull();
    expect(tallies.all()).toHaveLength(1);
  });
});
