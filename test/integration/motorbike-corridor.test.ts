import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { Simulation } from "../../sim/engine/simulation.ts";
import { findScenario } from "../../sim/scenario/find-scenario.ts";
import { openScenario } from "../../sim/scenario/open-scenario.ts";
import { missing, sharedFolder } from "../support/peers.ts";

const folder = join(sharedFolder, "data/signal/sumo/corridor5_motorbike");
const plans = { fixed: [], actuated: [join(folder, "plans/actuated.add.xml")] };
/** What SUMO's sublane model gives with a resolution of 0.8 m in the seeds that do not lock: median of seeds 101 to 110, s. */
const sumo = { fixed: 62.1, actuated: 21.3 };

describe.skipIf(missing("shared data"))("a corridor where six of seven ride motorcycles", () => {
  it.each(["fixed", "actuated"] as const)(
    "never locks under its %s plan, and delays people as SUMO has it",
    async (plan) => {
      const files = await findScenario(folder);
      if (!files.ok) throw new Error(JSON.stringify(files.problems));
      const scenario = await openScenario(files.value, plans[plan]);
      if (!scenario.ok) throw new Error(JSON.stringify(scenario.problems));
      const { begin_s, end_s } = files.value;
      const options = { ...scenario.value, begin_s, end_s, seed: 101, lateral_resolution_m: 0.8 };
      const { delay_s, lock, never_inserted } = new Simulation(options).run();
      expect({ lock, never_inserted }).toEqual({ lock: [], never_inserted: 0 });
      expect(Math.abs(delay_s / sumo[plan] - 1)).toBeLessThan(0.2);
    },
  );
});
