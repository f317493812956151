import { beforeAll, describe, expect, it } from "vitest";
import { actuatedPrograms } from "../../../sim/engine/signal-actuated-programs.ts";
import { isGreenPhase } from "../../../sim/engine/signal-phase.ts";
import { Simulation } from "../../../sim/engine/simulation.ts";
import type { RoadNetwork, SignalProgram } from "../../../sim/network/road-network.ts";
import { demandOf, trips, twoJunctions } from "../../support/two-junctions.ts";

let network: RoadNetwork;
let program: SignalProgram;

beforeAll(async () => {
  network = await twoJunctions();
  const [actuated] = actuatedPrograms(network.programs);
  if (actuated === undefined) throw new Error("the network has a signal");
  program = actuated;
});

interface Shown {
  readonly state: string;
  readonly length_s: number;
}

/** What a signal shows, one after the other, but for the first and the last. */
async function shownIn(vehicles: string, programs: readonly SignalProgram[], end_s = 600): Promise<Shown[]> {
  const demand = await demandOf(network, vehicles);
  const simulation = new Simulation({ network, demand, programs, seed: 101, begin_s: 0, end_s });
  const shown: Shown[] = [];
  let [state, since] = ["", 0];
  while (!simulation.over) {
    const { now_s } = simulation.world;
    simulation.step();
    const now = simulation.shown(program.signal);
    if (now === state) continue;
    if (state !== "") shown.push({ state, length_s: now_s - since });
    [state, since] = [now, now_s];
  }
  return shown.slice(1);
}

const greens = (shown: readonly Shown[]): Shown[] =>
  shown.filter(({ state }) => isGreenPhase({ state, duration_s: 1, min_s: 1, max_s: 1 }));
const crowd = trips(300, 1.2, (at) => (at * 7919) % 1009);

describe("an actuated program", () => {
  it("shows every green for its least time where nobody comes, and other phases for their own", async () => {
    const shown = await shownIn("", [program], 300);
    expect(shown.length).toBeGreaterThan(10);
    for (const { state, length_s } of shown) {
      const phase = program.phases.find((each) => each.state === state);
      expect(length_s).toBe(phase === undefined ? 0 : phase.min_s);
    }
  });

  it("keeps a green between its least and its greatest time while vehicles come, in whole seconds", async () => {
    const lengths = greens(await shownIn(crowd, [program])).map(({ length_s }) => length_s);
    expect(Math.min(...lengths)).toBeGreaterThanOrEqual(5);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(50);
    expect(lengths.some((length_s) => length_s > 5)).toBe(true);
    expect(lengths.every(Number.isInteger)).toBe(true);
  });

  it("goes on only for gaps shorter than max-gap", async () => {
    const lengthWith = async (gap: string): Promise<number> => {
      const parameters = { "max-gap": gap };
      const lengths = greens(await shownIn(crowd, [{ ...program, parameters }])).map(({ length_s }) => length_s);
      return lengths.reduce((sum, each) => sum + each, 0) / lengths.length;
    };
    expect(await lengthWith("6")).toBeGreaterThan(await lengthWith("1"));
  });

  it("has no loop where a lane is told to have none", async () => {
    const none = Object.fromEntries(network.lanes.ids.map((id) => [id, "NO_DETECTOR"]));
    const lengths = greens(await shownIn(crowd, [{ ...program, parameters: none }])).map(({ length_s }) => length_s);
    expect(new Set(lengths)).toEqual(new Set([5]));
  });

  it("goes to the successor for which somebody waits, and to the first where nobody does", async () => {
    const green = program.phases.flatMap((phase, at) => (isGreenPhase(phase) ? [at] : []));
    const [home, other] = [green[0] as number, green.at(-1) as number];
    const last = program.phases.length - 1;
    const phases = program.phases.map((phase, at) => {
      if (at === home) return { ...phase, next: [home, (home + 1) % program.phases.length] };
      return at === last && at !== other ? { ...phase, next: [home] } : phase;
    });
    const quiet = await shownIn("", [{ ...program, phases }], 300);
    expect(quiet).toEqual([]);
    const busy = await shownIn(crowd, [{ ...program, phases }]);
    expect(new Set(busy.map(({ state }) => state)).size).toBeGreaterThan(1);
  });
});
