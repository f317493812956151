import { expect, it } from "vitest";
import { retimedSignals } from "../../../sim/retime/retimed-signals.ts";
import { demandOf, twoJunctions } from "../../support/two-junctions.ts";

it("who departs by chance counts for a plan as everybody else does", async () => {
  const network = await twoJunctions();
  const flow = '<flow id="f" begin="0" end="900" probability="0.2" from="wc" to="de"/>';
  const scenario = { network, demand: await demandOf(network, flow), programs: [], detectors: [], notes: [] };
  const most = Math.max(...retimedSignals(scenario, 0, 900).movements.map(({ counts }) => counts[0] ?? 0));
  expect(most).toBeGreaterThan(0.2 * 900 * 0.7);
  expect(most).toBeLessThan(0.2 * 900 * 1.3);
});
