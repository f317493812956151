import { describe, expect, it } from "vitest";
import { ServiceWatch } from "../../../controllers/virtual/device/service-watch.ts";
import { machineConfig } from "../../../core/signal/machine/convert.ts";
import { crossroads } from "../../support/crossroads.ts";

const CYCLE_DS = 600;
const PHASE_4 = 1 << 3;
const config = machineConfig(crossroads);

/** What a device would tell after each of these spells: how long, whether phase 4 waits, and whether it is coordinated. */
function told(...spells: readonly (readonly [steps: number, waits: boolean, coordinated?: boolean])[]) {
  const watch = new ServiceWatch();
  return spells.map(([steps, waits, coordinated = true]) => {
    for (let step = 0; step < steps; step += 1) watch.step(config, waits ? PHASE_4 : 0, coordinated ? CYCLE_DS : null);
    const { coordFail, coordFault, cycleFail, cycleFault } = watch;
    return Object.entries({ coordFail, coordFault, cycleFail, cycleFault }).flatMap(([name, on]) => (on ? [name] : []));
  });
}

describe("a coordinated device that does not serve a call", () => {
  it("has a cycle fault after two cycles, and a coordination fault when the call is served within two more", () => {
    expect(told([2 * CYCLE_DS, true], [1, true], [1, false], [2 * CYCLE_DS, false], [1, false])).toEqual([
      [],
      ["cycleFault"],
      ["coordFault"],
      ["coordFault"],
      [],
    ]);
  });

  it("has none when nobody serves the call in that time", () => {
    expect(told([4 * CYCLE_DS + 1, true], [1, false]).at(-1)).toEqual([]);
  });

  it("has failed when it happens again within two cycles, until coordination ends", () => {
    const fault = [2 * CYCLE_DS + 1, true] as const;
    const again = told(fault, [1, false], fault, [1, false], [10 * CYCLE_DS, false], [1, false, false], [1, false]);
    expect(again).toEqual([
      ["cycleFault"],
      ["coordFault"],
      ["coordFail", "cycleFault"],
      ["coordFail"],
      ["coordFail"],
      [],
      [],
    ]);
    expect(told(fault, [1, false], [100, false], fault).at(-1)).toEqual(["cycleFault"]);
  });
});
