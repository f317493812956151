import { expect, it } from "vitest";
import { retimedSignals } from "../../../sim/retime/retimed-signals.ts";
import { demandOf, twoJunctions } from "../../support/two-junctions.ts";

it("who departs by chance counts for a plan as everybody else does", async () => {
  const network = await twoJunctions();
  const flow = '<flow id="f" begin="0" end="900" probability="0.2" from="wc" to="de"/>';
  const scenario = { network, demand: await demandOf(network, flow), programs: [], detectors: [], notes: [] };
  const most = Math.max(
    ...retimedSignals(scenario, { begin_s: 0, end_s: 900 }).movements.map(({ counts }) => counts[0] ?? 0),
  );
  expect(most).toBeGreaterThan(0.2 * 900 * 0.7);
  expect(most).toBeLessThan(0.2 * 900 * 1.3);
});

it("so many times the demand makes so many times the movements", async () => {
  const network = await twoJunctions();
  const demand = await demandOf(network, '<flow id="f" begin="0" end="900" number="400" from="wc" to="de"/>');
  const scenario = { network, demand, programs: [], detectors: [], notes: [] };
  const most = (volume: number): number =>
    Math.max(
      ...retimedSignals(scenario, { begin_s: 0, end_s: 900 }, volume).movements.map(({ counts }) => counts[0] ?? 0),
    );
  for (const volume of [0.5, 1.5, 2]) expect(Math.abs(most(volume) / most(1) - volume)).toBeLessThan(0.12);
});
