/** Ten minutes of a crossroads with eight phases, led second by second over UDP: what drivers see is what the device shows. */
import { expect, it } from "vitest";
import { eightPhases, rehearseCabinets } from "../../controllers/index.ts";
import type { RehearsedCabinet } from "../../core/ports/rehearsed-cabinets.ts";
import { siteFiles } from "../../sim/index.ts";
import { driveSeed } from "../../sim/runner/drive.ts";
import { type RunOrder, runOrderSchema } from "../../sim/runner/run-messages.ts";
import { openScenario } from "../../sim/scenario/open-scenario.ts";

const intersection = eightPhases("crossing");
const volumes = intersection.approaches.flatMap(({ lanes }) =>
  lanes.map(({ id, turns }) => ({ lane: id, flow_veh_h: turns.includes("left") ? 120 : 450 })),
);
const files = siteFiles("crossing", { intersections: [intersection], corridors: [], volumes, plans: [] });
const SEED = 101;

type Driven = Extract<Awaited<ReturnType<typeof driveSeed>>, { readonly ok: true }>["value"];

async function driven(
  order: Pick<RunOrder, "controller" | "through">,
  cabinets: RehearsedCabinet[] = [],
): Promise<Driven> {
  const scenario = await openScenario({ ...files, end_s: 600 }, []);
  if (!scenario.ok) throw new Error(JSON.stringify(scenario.problems));
  const rest = { plans: [], seeds: [SEED], engine: "own", step_s: 1, lateral_resolution_m: 0, yellow_s: null };
  const asked = runOrderSchema.parse({ files: { ...files, end_s: 600 }, ...rest, ...order });
  const told = () => Promise.resolve();
  const done = await driveSeed(scenario.value, asked, SEED, told, {
    makeCabinets: async (junctions) => {
      const made = await rehearseCabinets(junctions);
      cabinets.push(...made.cabinets);
      return made;
    },
  });
  if (!done.ok) throw new Error(JSON.stringify(done.problems));
  return done.value;
}

it("brings more through than the device by itself, and its conflict monitor has nothing against it", async () => {
  const cabinets: RehearsedCabinet[] = [];
  const led = await driven({ controller: "adaptive", through: "ntcip" }, cabinets);
  const alone = await driven({ controller: "actuated" });
  expect(cabinets.map((each) => each.faults())).toEqual([[]]);
  expect(led.inserted).toBe(alone.inserted);
  expect(led.delay_s).toBeLessThan(alone.delay_s);
});
