import { describe, expect, it } from "vitest";
import { DetectorSight } from "../../../../core/adaptive/acting/detector-sight.ts";
import { LaneWatch } from "../../../../core/adaptive/acting/lane-watch.ts";
import { siteJunction } from "../../../../core/adaptive/acting/site-junction.ts";
import { crossroads } from "../../../support/crossroads.ts";

const junction = siteJunction(crossroads, 15);
const bits = crossroads.approaches.flatMap(({ lanes }) => lanes.map(({ phase }) => 1 << (phase - 1)));
const own = bits[0] ?? 0;

describe("what detectors at stop lines tell", () => {
  it("is nobody where nobody stands, whoever usually comes", () => {
    const eyes = new DetectorSight(junction, bits);
    for (let second = 0; second < 60; second += 1) eyes.look(0, 1);
    expect(eyes.sight.lanes.map(({ count }) => count)).toEqual(bits.map(() => 0));
  });

  it("is a queue that grows at red as fast as vehicles usually come, and goes as they cross", () => {
    const eyes = new DetectorSight(junction, bits);
    // One every five seconds of green, for a while.
    for (let second = 0; second < 900; second += 1) {
      if (second % 5 === 0) eyes.crossed(0);
      eyes.look(own, 1);
    }
    eyes.present(0, true);
    for (let second = 0; second < 50; second += 1) eyes.look(0, 1);
    const queued = eyes.sight.lanes[0]?.count ?? 0;
    expect(queued).toBeGreaterThan(7);
    expect(queued).toBeLessThan(13);
    for (let second = 0; second < 4; second += 1) {
      eyes.crossed(0);
      eyes.look(own, 1);
    }
    expect(eyes.sight.lanes[0]?.count).toBeLessThan(queued);
    eyes.present(0, false);
    for (let second = 0; second < 4; second += 1) eyes.look(own, 1);
    expect(eyes.sight.lanes[0]?.count).toBe(0);
  });

  it("counts for how long the first has stood", () => {
    const eyes = new DetectorSight(junction, bits);
    eyes.present(0, true);
    for (let second = 0; second < 30; second += 1) eyes.look(0, 1);
    expect(eyes.sight.lanes[0]?.waited_s).toBe(30);
    eyes.crossed(0);
    eyes.look(own, 1);
    expect(eyes.sight.lanes[0]?.waited_s).toBe(0);
  });
});

describe("whether a lane may be believed", () => {
  it("is not before somebody was heard of it, nor while he is blind or quiet", () => {
    const lane = new LaneWatch();
    expect(lane.trouble(0)).toBe("unwatched");
    lane.heard(10, true);
    expect(lane.trouble(20)).toBeNull();
    lane.heard(30, false);
    expect(lane.trouble(30)).toBe("blind");
    lane.heard(40, true);
    expect(lane.trouble(200)).toBe("quiet");
  });

  it("is not while its detector stays on through green after green, until somebody moves", () => {
    const lane = new LaneWatch();
    lane.heard(0, true);
    lane.present(true);
    for (let second = 0; second < 200; second += 1) lane.look(second % 60 > 40, 1);
    expect(lane.trouble(100)).toBe("stuck");
    lane.crossed();
    expect(lane.trouble(100)).toBeNull();
  });
});
