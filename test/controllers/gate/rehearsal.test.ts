import { describe, expect, it } from "vitest";
import { rehearse } from "../../../controllers/gate/rehearsal.ts";
import type { Problem } from "../../../core/problems/problem.ts";
import { createMachine } from "../../../core/signal/machine/machine.ts";
import type { MachineConfig } from "../../../core/signal/machine/types.ts";
import { crossroads, crossroadsPlan } from "../../support/crossroads.ts";

/** The machine, told another intersection than the one that is judged. */
const told = (change: (config: MachineConfig) => MachineConfig) => (config: MachineConfig) =>
  createMachine(change(config));
const phases = (change: Partial<MachineConfig["phases"][number]>, which = 2) =>
  told((config) => ({
    ...config,
    phases: config.phases.map((phase) => (phase.number === which ? { ...phase, ...change } : phase)),
  }));

const faults = (found: readonly Problem[]): readonly string[] =>
  found.map(({ code, words }) =>
    [code, words["what"] ?? "", words["phase"] ?? words["b"]].join(" ").replace(/ +/g, " "),
  );

const before = [null, { ...crossroadsPlan, pattern: 2, offset_s: 40 }];
const withMachine = (make: Parameters<typeof rehearse>[3]): readonly string[] =>
  faults(rehearse(crossroads, crossroadsPlan, before, make));

describe("the rehearsal", () => {
  it("finds nothing on a machine without a fault, from free running and from another offset", () => {
    expect(faults(rehearse(crossroads, crossroadsPlan, before))).toEqual([]);
  });

  it("sees a yellow, a red clearance and a minimum green that are a tenth short", () => {
    expect(withMachine(phases({ yellow_ds: 32 }))).toContain("REHEARSED_CUT yellow 2");
    expect(withMachine(phases({ red_clear_ds: 16 })).some((fault) => fault.startsWith("REHEARSED_CLEARANCE"))).toBe(
      true,
    );
    expect(withMachine(phases({ min_green_ds: 10 }, 4))).toContain("REHEARSED_CUT green 4");
  });

  it("sees people cut short", () => {
    expect(withMachine(phases({ walk_ds: 69 }, 4))).toContain("REHEARSED_CUT walk 4");
    expect(withMachine(phases({ ped_clear_ds: 89 }, 4))).toContain("REHEARSED_CUT pedestrian clearance 4");
  });

  it("sees phases together that must not be", () => {
    const crossed = told((config) => ({
      ...config,
      rings: [
        [
          [1, 4],
          [3, 2],
        ],
        [
          [5, 6],
          [7, 8],
        ],
      ],
      coord_phases: [4, 6],
    }));
    expect(withMachine(crossed).some((fault) => fault.startsWith("REHEARSED_CONFLICT"))).toBe(true);
  });

  it("sees an intergreen that the machine does not know", () => {
    const longer = crossroads.signal.conflicts.map((pair) =>
      pair.a === 2 && pair.b === 3 ? { ...pair, intergreen_ab_s: 7 } : pair,
    );
    const street = { ...crossroads, signal: { ...crossroads.signal, conflicts: longer } };
    const found = rehearse(
      street,
      crossroadsPlan,
      before,
      told((config) => ({ ...config, intergreens: [] })),
    );
    expect(faults(found)).toContain("REHEARSED_CLEARANCE 3");
  });

  it("sees a phase that somebody waits for, and that is not served", () => {
    const starving = (config: MachineConfig) => {
      const machine = createMachine(config);
      const step: typeof machine.step = (input) =>
        machine.step({ ...input, vehicle_calls: input.vehicle_calls & ~4, ped_calls: input.ped_calls & ~4 });
      return { ...machine, lamps: machine.lamps, outputs: () => machine.outputs(), step };
    };
    expect(withMachine(starving)).toEqual(["REHEARSED_WAIT 3"]);
  });
});
