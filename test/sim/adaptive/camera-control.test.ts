import { beforeAll, describe, expect, it } from "vitest";
import { RollingSearch } from "../../../core/adaptive/rolling-search.ts";
import { AdaptiveControl } from "../../../sim/adaptive/adaptive-control.ts";
import { cycleOf_s, phaseAt } from "../../../sim/engine/signal-phase.ts";
import type { RoadNetwork, SignalProgram } from "../../../sim/network/road-network.ts";
import { standardErrors } from "../../../sim/sensors/camera-errors.ts";
import { type CameraFault, randomFaults } from "../../../sim/sensors/camera-faults.ts";
import { CameraStreet } from "../../../sim/sensors/camera-street.ts";
import { GuardedStreet } from "../../../sim/street/guarded-street.ts";
import { OwnStreet } from "../../../sim/street/own-street.ts";
import { driveToEnd } from "../../support/driven-street.ts";
import { demandOf, trips, twoJunctions } from "../../support/two-junctions.ts";

let network: RoadNetwork;
let program: SignalProgram;

beforeAll(async () => {
  network = await twoJunctions();
  program = network.programs[0] as SignalProgram;
});

/** The guard throws at every step in the signal: green without yellow, too short a green, what the program never shows. */
async function drive(seed: number, faults: readonly CameraFault[], end_s = 900) {
  const demand = await demandOf(
    network,
    trips(end_s / 3, 3, (at) => (at * 7919) % 1009),
  );
  const street = new OwnStreet({ network, demand, programs: [], seed, begin_s: 0, end_s });
  const seen = new CameraStreet(new GuardedStreet(street, null), seed, standardErrors, faults);
  const control = new AdaptiveControl((junction) => new RollingSearch(junction));
  const shown: string[] = [];
  await driveToEnd(seen, control, () => shown.push(seen.shown(0)));
  return { troubles: control.troubles, shown, result: await seen.result() };
}

const planned = (now_s: number): string =>
  program.phases[phaseAt(program, cycleOf_s(program), now_s).phase]?.state as string;
/** Seconds between two moments in which the signal showed what its program shows then. */
const inStep = (shown: readonly string[], from_s: number, to_s: number): number =>
  shown.slice(from_s, to_s).filter((state, at) => state === planned(from_s + at)).length;

describe("adaptive control by cameras", () => {
  it("believes them as long as nothing is wrong with them", async () => {
    for (const seed of [101, 102, 103]) {
      const { troubles, result } = await drive(seed, []);
      expect(troubles).toEqual([]);
      expect(result.lock).toEqual([]);
    }
  });

  it("follows the signal's plan in its own time while a camera is dark, and comes back", async () => {
    const { troubles, shown } = await drive(101, [{ lane: "wc_0", kind: "dark", from_s: 300, to_s: 600 }]);
    expect(troubles.map(({ lane, fault }) => [lane, fault])).toEqual([
      ["wc_0", "dark"],
      ["wc_1", "dark"],
    ]);
    for (const { signal, from_s, to_s } of troubles) {
      expect(signal).toBe("c");
      expect(from_s - 300).toBeLessThan(6);
      expect((to_s as number) - 600).toBeLessThan(30);
    }
    const cycle_s = cycleOf_s(program);
    // A cycle to fall in with it.
    expect(inStep(shown, 310 + cycle_s, 600)).toBe(290 - cycle_s);
    expect(inStep(shown, 0, 300)).toBeLessThan(200);
    expect(inStep(shown, 640, 900)).toBeLessThan(200);
  });

  it("shows nothing that the program would not, whatever breaks and whenever", async () => {
    const lanes = ["wc_0", "wc_1", "dc_0", "dc_1", "nc_0", "sc_0"];
    for (const seed of [101, 102, 103, 104]) {
      const faults = randomFaults(lanes, 6, seed, { begin_s: 0, end_s: 900 });
      const { troubles, result } = await drive(seed, faults);
      expect(result.lock).toEqual([]);
      expect(troubles.length).toBeGreaterThan(0);
      // Whatever was not believed was broken, then or shortly before.
      for (const { lane, from_s } of troubles) {
        const edge = lane.slice(0, 2);
        const broken = faults.some(
          (each) => each.lane.startsWith(edge) && each.from_s <= from_s && from_s <= each.to_s + 30,
        );
        expect(broken).toBe(true);
      }
    }
  });
});
