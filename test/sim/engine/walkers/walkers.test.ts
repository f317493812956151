import { describe, expect, it } from "vitest";
import type { Simulation } from "../../../../sim/engine/simulation.ts";
import { NONE } from "../../../../sim/engine/world.ts";
import { type CrossingKind, peopledStreet } from "../../../support/midblock-crossing.ts";

const across = (id: string, depart_s: number): string =>
  `<person id="${id}" depart="${depart_s}" departPos="60"><walk from="wc" to="ec" arrivalPos="20"/></person>`;
const cars = '<flow id="v" from="wc" to="ce" begin="0" end="800" period="4" departSpeed="max"/>';
const crowd = Array.from({ length: 60 }, (_, at) => across(`p${at}`, 10 * at)).join("");

/** The crossing's number among the ways of people. */
const crossingOf = ({ world }: Simulation): number => world.network.footways.get().edge.indexOf(NONE);

/** How many are on the crossing now. */
function onCrossing(simulation: Simulation): number {
  const people = simulation.walkers?.people;
  let count = 0;
  for (let i = people?.first[crossingOf(simulation)] ?? NONE; i !== NONE; i = people?.next[i] ?? NONE) count += 1;
  return count;
}

/** Is anybody on the crossing in the middle of a lane, while a body covers the crossing's whole width there? */
function touched(simulation: Simulation): boolean {
  const { meetings } = simulation.world.network.footways.get();
  return Array.from(meetings.lane).some((_, at) => isCovered(simulation, at) && standsThere(simulation, at));
}

/** Whatever a body passed since the step before; one that leaves part of the crossing free is walked around. */
function isCovered({ world }: Simulation, at: number): boolean {
  const { meetings } = world.network.footways.get();
  const { lanes, links } = world.network;
  const lane = meetings.lane[at] as number;
  const long = lanes.length_m[lane] as number;
  const begins = long - (meetings.behind_m[at] as number);
  const ends = begins + (meetings.size_m[at] as number);
  const beyond = links.next[lanes.firstLink[lane] as number] as number;
  const passed = (v: number, front: number): boolean =>
    front >= ends && front - (world.length[v] as number) - (world.speed[v] as number) * world.dt <= begins;
  for (let v = world.front[lane] as number; v !== NONE; v = world.behind[v] as number)
    if (passed(v, world.pos[v] as number)) return true;
  for (let v = world.front[beyond] as number; v !== NONE; v = world.behind[v] as number)
    if (passed(v, long + (world.pos[v] as number))) return true;
  return false;
}

function standsThere({ world, walkers }: Simulation, at: number): boolean {
  const { meetings } = world.network.footways.get();
  const people = walkers?.people;
  if (people === undefined) return false;
  for (let i = people.first[meetings.way[at] as number] as number; i !== NONE; i = people.next[i] as number)
    if (Math.abs(people.along_m(i) - (meetings.at_m[at] as number)) < 0.9) return true;
  return false;
}

async function driven(kind: CrossingKind, traffic: string, seed = 101): Promise<Simulation> {
  const simulation = await peopledStreet(kind, traffic, seed);
  simulation.run();
  return simulation;
}

describe("somebody on foot", () => {
  it("walks along sidewalks as fast as he likes, but for a tenth that he dawdles away", async () => {
    const { walkers } = await driven(
      "zebra",
      '<person id="p" depart="0"><walk from="wc" to="ce" arrivalPos="98"/></person>',
    );
    const { walks, way_m, duration_s } = walkers?.totals ?? { walks: 0, way_m: 0, duration_s: 1 };
    expect(walks).toBe(1);
    expect(way_m).toBeGreaterThan(198);
    expect(way_m).toBeLessThan(201);
    const share = way_m / duration_s / (walkers?.people.wanted[0] as number);
    expect(share).toBeGreaterThan(0.85);
    expect(share).toBeLessThan(0.95);
  });

  it("goes through all of his walks, one after the other", async () => {
    const walks = '<walk edges="wc ce" arrivalPos="30"/><walk from="ce" to="wc" arrivalPos="50"/>';
    const { walkers } = await driven("zebra", `<person id="p" depart="5">${walks}</person>`);
    expect(walkers?.totals.walks).toBe(2);
    expect(walkers?.running.length).toBe(0);
  });

  it("sets out over a crossing only while it is green", async () => {
    const simulation = await peopledStreet("signal", crowd);
    let before = 0;
    let entered = 0;
    while (!simulation.over) {
      simulation.step();
      const now = onCrossing(simulation);
      if (now > before) {
        entered += now - before;
        expect(simulation.shown("c").charAt(2)).toBe("G");
      }
      before = now;
    }
    expect(entered).toBeGreaterThan(30);
  });

  it("waits for a gap where drivers do not give way, and holds nobody up there", async () => {
    const [gap, zebra] = [await driven("gap", cars + crowd), await driven("zebra", cars + crowd)];
    expect(gap.walkers?.totals.walks).toBeGreaterThan(50);
    const waits = ({ walkers }: Simulation): number => (walkers?.totals.loss_s ?? 0) / (walkers?.totals.walks ?? 1);
    expect(waits(gap)).toBeGreaterThan(waits(zebra) + 1);
    expect(gap.result().delay_s).toBeLessThan(zebra.result().delay_s / 2);
  });

  it("is the same for the same seed, and another for another", async () => {
    const told = async (seed: number): Promise<unknown> => {
      const simulation = await driven("zebra", cars + crowd, seed);
      const { delay_s, waiting_s, travel_time_s } = simulation.result();
      return [delay_s, waiting_s, travel_time_s, simulation.walkers?.totals];
    };
    expect(await told(7)).toEqual(await told(7));
    expect(await told(7)).not.toEqual(await told(8));
  });
});

describe("drivers", () => {
  it("stop for people on a zebra crossing, and lose time by it", async () => {
    const [without, peopled] = [await driven("zebra", cars), await driven("zebra", cars + crowd)];
    expect(peopled.result().stops).toBeGreaterThan(without.result().stops + 0.05);
    expect(peopled.result().delay_s).toBeGreaterThan(without.result().delay_s + 1);
    expect(peopled.result().never_inserted).toBe(0);
  });

  it("would drive over people if they did not see them", async () => {
    const simulation = await peopledStreet("zebra", cars + crowd);
    simulation.world.onFoot = null;
    let touches = 0;
    while (!simulation.over) {
      simulation.step();
      if (touched(simulation)) touches += 1;
    }
    expect(touches).toBeGreaterThan(0);
  });

  it.each([[1], [0.5]])("never drive over anybody, in steps of %d s", async (step_s) => {
    for (const seed of [101, 102, 103]) {
      const simulation = await peopledStreet("zebra", cars + crowd, seed, step_s);
      while (!simulation.over) {
        simulation.step();
        expect(touched(simulation)).toBe(false);
      }
      expect(simulation.walkers?.totals.walks).toBeGreaterThan(50);
    }
  });
});
