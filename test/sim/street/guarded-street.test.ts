import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import type { RoadNetwork } from "../../../sim/network/road-network.ts";
import { GuardedStreet, minGreen_s } from "../../../sim/street/guarded-street.ts";
import { MaxWave } from "../../../sim/street/max-wave.ts";
import { OwnStreet } from "../../../sim/street/own-street.ts";
import type { StreetController } from "../../../sim/street/running-street.ts";
import { StageSignal } from "../../../sim/street/stage-signal.ts";
import { demandOf, trips, twoJunctions } from "../../support/two-junctions.ts";

let network: RoadNetwork;

beforeAll(async () => {
  network = await twoJunctions();
});

async function street(yellow_s: number | null = null, allRed_s = 0): Promise<GuardedStreet> {
  const demand = await demandOf(
    network,
    trips(120, 2, (at) => (at * 7919) % 1009),
  );
  const [own] = network.programs;
  if (own === undefined) throw new Error("the fixture has a signal");
  const dark = { duration_s: allRed_s, state: "r".repeat(14), min_s: allRed_s, max_s: allRed_s };
  const programs = allRed_s === 0 ? [] : [{ ...own, phases: own.phases.flatMap((each) => [each, dark]) }];
  return new GuardedStreet(new OwnStreet({ network, demand, programs, seed: 7, begin_s: 0, end_s: 300 }), yellow_s);
}

const [north, west] = ["rrrGGGgrrrGGGg", "GGgrrrrGGgrrrr"];
const [northEnds, dark] = ["rrryyyyrrryyyy", "rrrrrrrrrrrrrr"];

/** Shows each state from its second on. */
async function shows(
  guarded: GuardedStreet,
  plan: readonly (readonly [from_s: number, state: string])[],
): Promise<void> {
  for (const [from_s, state] of plan) {
    while (guarded.now_s < from_s) await guarded.step();
    guarded.show(0, state);
  }
}

describe("the guard before a signal", () => {
  it("lets the program's own states through, one after the other", async () => {
    const guarded = await street();
    await shows(guarded, [
      [0, north],
      [5, northEnds],
      [8, west],
    ]);
    await guarded.step();
    expect(guarded.shown(0)).toBe(west);
  });

  it.each([
    [
      "a green shorter than five seconds",
      [
        [0, north],
        [4, northEnds],
      ],
      "ends green",
    ],
    [
      "red without yellow",
      [
        [0, north],
        [10, dark],
      ],
      "without yellow",
    ],
    [
      "a yellow shorter than the program's",
      [
        [0, north],
        [10, northEnds],
        [12, dark],
      ],
      "ends yellow",
    ],
    [
      "greens that the program never shows together",
      [
        [0, north],
        [10, "GrrGGGgrrrGGGg"],
      ],
      "never shows together",
    ],
    [
      "priority where the program gives none",
      [
        [0, north],
        [10, "rrrGGGGrrrGGGg"],
      ],
      "never shows together",
    ],
    [
      "green while the others still have yellow",
      [
        [0, north],
        [10, northEnds],
        [11, "GGgyyyyGGgyyyy"],
      ],
      "together",
    ],
    ["a state that is too short", [[0, "rrrGGG"]], "no state of this signal"],
    ["letters that drivers do not know", [[0, "rrrGGGgrrrGGGx"]], "no state of this signal"],
  ] as const)("refuses %s", async (_, plan, why) => {
    const guarded = await street();
    await expect(shows(guarded, plan)).rejects.toThrow(why);
  });

  it("wants the all-red that the program has, and none under published clearances", async () => {
    const plan = [
      [0, north],
      [10, northEnds],
      [13, dark],
      [14, west],
    ] as const;
    await expect(shows(await street(null, 2), plan)).rejects.toThrow("after the yellow");
    await expect(shows(await street(3, 2), plan)).resolves.toBeUndefined();
  });
});

/** Goes from stage to stage whenever that is possible and the dice say so. */
class Dice implements StreetController {
  readonly #throws: readonly number[];
  #signals: readonly StageSignal[] = [];
  #thrown = 0;
  changes = 0;

  constructor(throws: readonly number[]) {
    this.#throws = throws;
  }

  begin(guarded: GuardedStreet): void {
    this.#signals = guarded.rules.flatMap((rules, at) =>
      rules === null ? [] : [new StageSignal(at, rules, guarded, minGreen_s)],
    );
  }

  decide(guarded: GuardedStreet): void {
    for (const signal of this.#signals) {
      const dice = this.#throws[this.#thrown % this.#throws.length] as number;
      this.#thrown += 1;
      if (signal.ready(guarded.now_s) && dice % 3 === 0) {
        signal.choose(dice % signal.rules.stages.length, guarded.now_s);
        this.changes += 1;
      }
      signal.tick(guarded);
    }
  }
}

describe("a signal led from stage to stage", () => {
  it("never shows what the guard refuses, whatever is chosen and when it begins", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(1000), { minLength: 5, maxLength: 60 }),
        fc.constantFrom(null, 2, 3, 5),
        fc.constantFrom(0, 1, 2.5),
        fc.nat(100),
        async (dice, yellow_s, allRed_s, before) => {
          const guarded = await street(yellow_s, allRed_s);
          for (let step = 0; step < before; step += 1) await guarded.step();
          const controller = new Dice(dice);
          controller.begin(guarded);
          for (let step = 0; step < 150; step += 1) {
            controller.decide(guarded);
            await guarded.step();
          }
        },
      ),
      { numRuns: 30 },
    );
  });
});

describe("max-wave", () => {
  it("gives green where most vehicles are", async () => {
    const guarded = await street(3);
    const controller = new MaxWave();
    controller.begin(guarded);
    const seen = new Set<string>();
    while (guarded.now_s < guarded.end_s) {
      controller.decide(guarded);
      await guarded.step();
      seen.add(guarded.shown(0));
    }
    expect(seen).toContain(north);
    expect(seen).toContain(west);
    expect((await guarded.result()).inserted).toBe(120);
  });
});

describe("what is seen of a lane", () => {
  it("is empty before the first step, then foremost first, and of watched lanes only", async () => {
    const guarded = await street();
    const all = network.lanes.ids.map((_, lane) => lane);
    expect(() => guarded.lane(0)).toThrow("not watched");
    guarded.watch(all);
    expect(all.every((lane) => guarded.lane(lane).count === 0)).toBe(true);
    let most = 0;
    for (let step = 0; step < 120; step += 1) {
      await guarded.step();
      for (const lane of all) {
        const { count, position_m, length_m, vehicle } = guarded.lane(lane);
        most = Math.max(most, count);
        for (let at = 0; at < count; at += 1) {
          expect(position_m[at]).toBeLessThanOrEqual(length_m);
          expect(guarded.vehicles[vehicle[at] as number]).toMatch(/^v\d+$/);
          if (at > 0) expect(position_m[at]).toBeLessThan(position_m[at - 1] as number);
        }
      }
    }
    expect(most).toBeGreaterThan(3);
  });
});
