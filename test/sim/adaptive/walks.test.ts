import { readFile } from "node:fs/promises";
import { beforeAll, describe, expect, it } from "vitest";
import type { RoadNetwork } from "../../../sim/network/road-network.ts";
import { type ControllerName, decidingController } from "../../../sim/street/controllers.ts";
import { GuardedStreet } from "../../../sim/street/guarded-street.ts";
import { OwnStreet } from "../../../sim/street/own-street.ts";
import { isGreen } from "../../../sim/street/signal-rules.ts";
import { readNet } from "../../../sim/sumo/read-net.ts";
import { driveToEnd } from "../../support/driven-street.ts";
import { demandOf } from "../../support/two-junctions.ts";

const file = new URL("../../fixtures/crossings-for-people.net.xml", import.meta.url);
let network: RoadNetwork;

beforeAll(async () => {
  const read = await readNet("crossings-for-people.net.xml", [await readFile(file, "utf8")]);
  if (!read.ok) throw new Error(read.problems.map(({ code }) => code).join());
  network = read.value;
});

/** Nearly all traffic goes one way, so that the other walks are in nobody's interest. */
async function shownStates(controller: ControllerName): Promise<string[]> {
  const vehicles = Array.from({ length: 220 }, (_, at) => {
    const [from, to] = at % 12 === 0 ? ["top0A0", "A0bottom0"] : ["left0A0", "A0right0"];
    return `<trip id="v${at}" depart="${at * 4}" from="${from}" to="${to}" departSpeed="max"/>`;
  });
  const demand = await demandOf(network, vehicles.join("\n"));
  const street = new OwnStreet({ network, demand, programs: [], seed: 101, begin_s: 0, end_s: 900 });
  const guarded = new GuardedStreet(street, null);
  const control = decidingController(controller, (policy) => policy, null);
  const states: string[] = [];
  await driveToEnd(guarded, control, () => states.push(guarded.shown(0)));
  return states;
}

/** Lengths of the runs of seconds in which a link does, and does not, have green; without those cut off at the ends. */
function runs(states: readonly string[], link: number): { readonly green: number[]; readonly red: number[] } {
  const lengths: { readonly green: number[]; readonly red: number[] } = { green: [], red: [] };
  let since = 0;
  for (let s = 1; s < states.length; s += 1) {
    const was = isGreen(states[s - 1]?.[link]);
    if (was === isGreen(states[s]?.[link])) continue;
    if (since > 0) lengths[was ? "green" : "red"].push(s - since);
    since = s;
  }
  return lengths;
}

describe("the guard of a signal with crossings for people", () => {
  it("refuses green across a crossing before the last of those on it is over", async () => {
    const demand = await demandOf(network, "");
    const street = new GuardedStreet(
      new OwnStreet({ network, demand, programs: [], seed: 101, begin_s: 0, end_s: 100 }),
      null,
    );
    const [walk, cleared, yellow, next] = (network.programs[0]?.phases ?? []).map(({ state }) => state) as string[];
    const show = async (state: string | undefined, for_s: number): Promise<void> => {
      for (let s = 0; s < for_s; s += 1) {
        street.show(0, state as string);
        await street.step();
      }
    };
    await show(walk, 10);
    await show(cleared, 2);
    await show(yellow, 3);
    // The walk ended five seconds ago; the crossings are 6.4 m and more.
    await expect(show(next, 1)).rejects.toThrow("s after the walk of link");
  });
});

describe("crossings for people", () => {
  it("are read with the place in the signal's state, and their length", () => {
    expect(network.crossings.map(({ signal }) => signal)).toEqual([0, 0, 0, 0]);
    for (const { length_m } of network.crossings) expect(length_m).toBeGreaterThan(5);
  });

  it.each(["adaptive", "index", "max-pressure"] as const)(
    "have their walk within 90 s and for 7 s, and nobody across before who stepped off last is over (%s)",
    async (controller) => {
      const states = await shownStates(controller);
      for (const { index, length_m } of network.crossings) {
        const { green, red } = runs(states, index);
        expect(green.length).toBeGreaterThan(5);
        expect(Math.min(...green)).toBeGreaterThanOrEqual(7);
        expect(Math.max(...red)).toBeLessThanOrEqual(90);
        // Links that the program never lets go with that walk.
        const phases = network.programs[0]?.phases ?? [];
        const apart = [...(states[0] as string)].flatMap((_, link) =>
          phases.some(({ state }) => isGreen(state[index]) && isGreen(state[link])) ? [] : [link],
        );
        const clear_s = Math.floor(length_m / 1.2);
        for (let s = clear_s; s < states.length; s += 1) {
          if (!apart.some((link) => isGreen(states[s]?.[link]))) continue;
          for (let ago = 0; ago < clear_s; ago += 1) expect(isGreen(states[s - ago]?.[index])).toBe(false);
        }
      }
    },
  );
});
