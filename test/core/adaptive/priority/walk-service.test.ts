import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { surelyCleared_s } from "../../../../core/adaptive/held-inside.ts";
import { type Junction, PRIORITY, type Walk } from "../../../../core/adaptive/junction.ts";
import type { Decision, Policy } from "../../../../core/adaptive/policy.ts";
import { leastWalk_s, WalkRound } from "../../../../core/adaptive/priority/walk-round.ts";
import { WalkService } from "../../../../core/adaptive/priority/walk-service.ts";
import { JunctionSight } from "../../../../core/adaptive/sight.ts";

interface Drawn {
  readonly change_s: readonly (readonly number[])[];
  /** By walk: the stages that give it. */
  readonly walks: readonly (readonly number[])[];
  readonly longestWait_s: readonly number[];
}

function junctionOf({ change_s, walks, longestWait_s }: Drawn): Junction {
  return {
    lanes: [{ speed_m_s: 13.9, seen_m: 200, movements: [0] }],
    movements: [{ lane: 0, exit: 0, yieldsTo: [] }],
    exits: 1,
    stages: change_s.map(() => Uint8Array.of(PRIORITY)),
    change_s: change_s.map((row, from) => Float64Array.from(row, (each, to) => (from === to ? 0 : each))),
    minGreen_s: 5,
    walks: walks.map((stages, at) => ({
      stages: Uint8Array.from(change_s, (_, stage) => (stages.includes(stage) ? 1 : 0)),
      longestWait_s: longestWait_s[at] as number,
    })),
  };
}

/** Wants whatever `next` says, cost or no cost. */
const wilful = (next: () => number): Policy => ({
  look: () => undefined,
  decide: (): Decision => ({ stage: next(), reason: "changed", keep_veh_s: 0, change_veh_s: 0, alternative: 0 }),
});

/** A number below `below`, from one seed. */
function chance(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** A signal that is late by chance wherever it may be: a stage is held, and everybody stays at red for who is inside. */
class LateSignal {
  stage = 0;
  readonly #junction: Junction;
  readonly #draw: (below: number) => number;
  #before = 0;
  #green_s = 0;
  #least_s = 5;
  #askBy_s = Number.POSITIVE_INFINITY;
  #cleared_s = 0;

  constructor(junction: Junction, draw: (below: number) => number) {
    this.#junction = junction;
    this.#draw = draw;
  }

  step(now_s: number, decide: (shown_s: number) => Decision): void {
    const isHeld = this.#draw(3) === 0 && now_s + 1 <= this.#askBy_s;
    if (now_s >= this.#green_s + this.#least_s && !isHeld) this.#choose(now_s, decide(now_s - this.#green_s));
    const inTime = now_s + 1 + this.#least_s <= this.#askBy_s && this.#cleared_s < 20;
    if (now_s !== this.#green_s || now_s === 0 || this.#draw(4) === 0) return;
    if (this.#cleared_s >= surelyCleared_s && !inTime) return;
    this.#green_s = now_s + 1;
    this.#cleared_s += 1;
  }

  gives({ stages }: Walk, now_s: number): boolean {
    return stages[this.stage] === 1 && (now_s >= this.#green_s || stages[this.#before] === 1);
  }

  #choose(now_s: number, { stage, askAgain_s = Number.POSITIVE_INFINITY }: Decision): void {
    this.#before = this.stage;
    this.#askBy_s = now_s + askAgain_s;
    if (stage === this.stage) return;
    const { change_s, walks = [] } = this.#junction;
    this.stage = stage;
    this.#green_s = now_s + (change_s[this.#before]?.[stage] as number);
    const begins = walks.some(({ stages }) => stages[stage] === 1 && stages[this.#before] === 0);
    this.#least_s = begins ? leastWalk_s : 5;
    this.#cleared_s = 0;
  }
}

/** The longest that each walk was red. */
function longestReds(junction: Junction, draw: (below: number) => number, for_s: number): readonly number[] {
  const { stages, walks = [] } = junction;
  const service = new WalkService(
    wilful(() => draw(stages.length)),
    junction,
  );
  const signal = new LateSignal(junction, draw);
  const sight = new JunctionSight(junction);
  const [red_s, longest_s] = [walks.map(() => 0), walks.map(() => 0)];
  for (let now_s = 0; now_s < for_s; now_s += 1) {
    service.look(sight, signal.stage, 1);
    signal.step(now_s, (shown_s) => service.decide(sight, signal.stage, shown_s));
    for (const [at, walk] of walks.entries()) {
      red_s[at] = signal.gives(walk, now_s) ? 0 : (red_s[at] as number) + 1;
      longest_s[at] = Math.max(longest_s[at] as number, red_s[at] as number);
    }
  }
  return longest_s;
}

const drawn: fc.Arbitrary<Drawn> = fc.integer({ min: 2, max: 6 }).chain((stages) => {
  const stage = fc.integer({ min: 0, max: stages - 1 });
  return fc.integer({ min: 1, max: 5 }).chain((count) =>
    fc.record({
      change_s: fc.array(fc.array(fc.integer({ min: 2, max: 14 }), { minLength: stages, maxLength: stages }), {
        minLength: stages,
        maxLength: stages,
      }),
      walks: fc.array(fc.uniqueArray(stage, { minLength: 1, maxLength: stages }), {
        minLength: count,
        maxLength: count,
      }),
      longestWait_s: fc.array(fc.integer({ min: 30, max: 150 }), { minLength: count, maxLength: count }),
    }),
  );
});

describe("walks in time", () => {
  it("come within the longest wait, or one round where that is longer, whatever the policy wants and whoever is inside", () => {
    fc.assert(
      fc.property(drawn, fc.integer({ min: 1, max: 2 ** 31 }), (each, seed) => {
        const junction = junctionOf(each);
        const longest_s = longestReds(junction, chance(seed), 900);
        for (const [at, limit_s] of new WalkRound(junction).longestWait_s.entries()) {
          expect(longest_s[at]).toBeLessThanOrEqual(limit_s);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("need one stage each where none gives two, and no more time than these take", () => {
    const junction = junctionOf({
      change_s: [
        [0, 4, 6],
        [5, 0, 4],
        [4, 8, 0],
      ],
      walks: [[0], [1], [1, 2]],
      longestWait_s: [20, 90, 90],
    });
    // Two stages: into the first 5 s at most, into the second 8 s, each with those inside, and a walk of 7 s each.
    expect(new WalkRound(junction).longestWait_s).toEqual([5 + 8 + 2 * (surelyCleared_s + leastWalk_s), 90, 90]);
  });

  it("leave the policy alone while there is time", () => {
    const junction = junctionOf({
      change_s: [
        [0, 4],
        [4, 0],
      ],
      walks: [[0]],
      longestWait_s: [60],
    });
    const service = new WalkService(
      wilful(() => 1),
      junction,
    );
    const sight = new JunctionSight(junction);
    const reasons: string[] = [];
    for (let now_s = 0; now_s < 60 && reasons.at(-1) !== "walk"; now_s += 1) {
      service.look(sight, 1, 1);
      reasons.push(service.decide(sight, 1, now_s).reason);
    }
    // The change takes 4 s, those inside may take 5 s, and a second later it would be too late.
    expect(reasons).toHaveLength(60 - 4 - surelyCleared_s);
  });
});
