import { beforeEach, describe, expect, it } from "vitest";
import { PRIORITY, RED } from "../../../core/adaptive/junction.ts";
import { JunctionSight, type LaneSight } from "../../../core/adaptive/sight.ts";
import { SightHealth, usualHealth } from "../../../core/adaptive/sight-health.ts";
import { crossing } from "./crossing.ts";

/** A crossing with traffic: a vehicle every eight seconds on each lane, which drives up, and leaves at green. */
class Traffic {
  readonly sight = new JunctionSight(crossing);
  readonly told_s = new Float64Array(4);
  readonly health = new SightHealth(crossing);
  now_s = 0;
  /** What is made of the sight before it is judged. */
  spoil: (traffic: Traffic) => void = () => undefined;
  readonly #queues: number[][] = [[], [], [], []];

  run(seconds: number): void {
    for (let s = 0; s < seconds; s += 1) this.#second();
  }

  /** Greens of 20 s: lanes 0 and 1, then lanes 2 and 3. */
  get given(): Uint8Array {
    const first = Math.floor(this.now_s / 20) % 2 === 0;
    return Uint8Array.from([0, 1, 2, 3], (lane) => (lane < 2 === first ? PRIORITY : RED));
  }

  #second(): void {
    this.now_s += 1;
    for (const [at, queue] of this.#queues.entries()) {
      const lane = this.sight.lanes[at] as LaneSight;
      lane.clear();
      lane.entered = (this.now_s + 2 * at) % 8 === 0 ? 1 : 0;
      if (lane.entered === 1) queue.push(80);
      drive(queue, this.given[at] === PRIORITY, lane);
    }
    this.told_s.fill(this.now_s - 0.3);
    this.spoil(this);
    this.health.look(this.sight, this.told_s, this.given, this.now_s, 1);
  }

  get faults(): readonly (string | null)[] {
    return [0, 1, 2, 3].map((lane) => this.health.fault(lane));
  }
}

/** By ten metres a second, up to whoever stands before. */
function drive(queue: number[], green: boolean, lane: LaneSight): void {
  for (const [i, distance_m] of queue.entries()) {
    const stop_m = i > 0 ? (queue[i - 1] as number) + 7.5 : green ? -20 : 1;
    queue[i] = Math.max(stop_m, distance_m - 10);
    if ((queue[i] as number) > 0) lane.add(queue[i] as number, distance_m - (queue[i] as number));
  }
  if ((queue[0] as number) > 0 || queue.length === 0) return;
  queue.shift();
  lane.left = 1;
}

const well = [null, null, null, null];
let traffic: Traffic;

beforeEach(() => {
  traffic = new Traffic();
});

describe("what is told of an intersection", () => {
  it("is believed as long as it can be true", () => {
    for (let minute = 0; minute < 120; minute += 1) {
      traffic.run(60);
      expect(traffic.faults).toEqual(well);
    }
  });

  it("is not believed without new pictures, and again some time after they come", () => {
    traffic.run(100);
    traffic.spoil = ({ told_s }) => told_s.fill(100, 2, 3);
    traffic.run(usualHealth.dark_s - 1);
    expect(traffic.faults).toEqual(well);
    traffic.run(2);
    expect(traffic.faults).toEqual([null, null, "dark", null]);
    traffic.spoil = () => undefined;
    traffic.run(usualHealth.well_s - 1);
    expect(traffic.faults[2]).toBe("dark");
    traffic.run(1);
    expect(traffic.faults).toEqual(well);
  });

  it("is not believed when it is old", () => {
    traffic.run(100);
    traffic.spoil = ({ told_s, now_s }) => told_s.fill(now_s - 5, 1, 2);
    traffic.run(1);
    expect(traffic.faults).toEqual([null, "late", null, null]);
  });

  it("is not believed where somebody drives and stays where he is", () => {
    traffic.run(100);
    const still = ({ sight }: Traffic): void => {
      const lane = sight.lanes[0] as LaneSight;
      lane.clear();
      lane.add(40, 9);
    };
    traffic.spoil = still;
    traffic.run(usualHealth.repeats + 1);
    expect(traffic.faults).toEqual(["repeated", null, null, null]);
  });

  it("is not believed where somebody stands whom no green moves, while others leave past him", () => {
    traffic.spoil = ({ sight }) => sight.lanes[3]?.add(0.5, 0);
    traffic.run(600);
    expect(traffic.faults).toEqual([null, null, null, "stuck"]);
  });

  it("is believed of a jam: nobody leaves, and others come up behind", () => {
    traffic.spoil = ({ sight, now_s }) => {
      const lane = sight.lanes[3] as LaneSight;
      lane.clear();
      for (let i = 0; i < Math.min(10, 1 + now_s / 30); i += 1) lane.add(1 + 7.5 * i, 0);
    };
    traffic.run(900);
    expect(traffic.faults).toEqual(well);
  });

  it("is not believed of a busy lane on which nobody comes any more, though they do elsewhere", () => {
    traffic.run(1200);
    const empty = ({ sight }: Traffic): void => sight.lanes[1]?.clear();
    traffic.spoil = empty;
    traffic.run(usualHealth.silent_s - 60);
    expect(traffic.faults).toEqual(well);
    traffic.run(240);
    expect(traffic.faults).toEqual([null, "silent", null, null]);
  });

  it("is believed when traffic ceases everywhere", () => {
    traffic.run(1200);
    traffic.spoil = ({ sight }) => {
      for (const lane of sight.lanes) lane.clear();
    };
    traffic.run(3600);
    expect(traffic.faults).toEqual(well);
  });
});
