import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { DeviceActing } from "../../../controllers/acting/device-acting.ts";
import type { NtcipController } from "../../../controllers/ntcip/ntcip-controller.ts";
import { controlStatus } from "../../../controllers/ntcip/oids.ts";
import { ActingJunction, type ActingRound } from "../../../core/adaptive/acting/acting-junction.ts";
import type { DeviceView } from "../../../core/adaptive/acting/device-view.ts";
import { maskOf, phasesIn, ringStages } from "../../../core/adaptive/acting/ring-stages.ts";
import { siteJunction } from "../../../core/adaptive/acting/site-junction.ts";
import type { Junction } from "../../../core/adaptive/junction.ts";
import type { Decision, Policy } from "../../../core/adaptive/policy.ts";
import { JunctionSight } from "../../../core/adaptive/sight.ts";
import type { Intersection } from "../../../core/network/schema.ts";
import { crossroads } from "../../support/crossroads.ts";
import { codesOf, type Stand, setUpStand } from "../ntcip/stand.ts";

const BACKUP_S = 60;
/** Nobody is recalled: a stage may be kept without anybody else becoming overdue. */
const { signal } = crossroads;
const quiet: Intersection = {
  ...crossroads,
  signal: { ...signal, phases: signal.phases.map((phase) => ({ ...phase, recall: "none" as const })) },
};
const junction = siteJunction(quiet, 30);
/** Of phase 4: the second phase with people beside it. */
const BUTTON = 2;

/** Wants what it is told to want. */
class Told implements Policy {
  wanted = maskOf([2, 6]);
  readonly #stages: readonly number[];

  constructor(stages: readonly number[]) {
    this.#stages = stages;
  }

  look(): void {
    // Nothing is learned.
  }

  decide(_sight: JunctionSight, stage: number): Decision {
    const found = this.#stages.indexOf(this.wanted);
    const costs = { keep_veh_s: Number.NaN, change_veh_s: Number.NaN, alternative: found };
    return { stage: found, reason: found === stage ? "kept" : "changed", ...costs };
  }
}

let stand: Stand;
let told: Told;
let acting: DeviceActing;

function actingAt(controller: NtcipController, own: Junction = junction): DeviceActing {
  const led = new ActingJunction(quiet, own, {
    look: () => told.look(),
    decide: (sight, stage) => told.decide(sight, stage),
  });
  told = new Told(led.stages.map(({ mask }) => mask));
  const sight = new JunctionSight(own);
  return new DeviceActing({ controller, intersection: quiet, junction: led, see: () => sight, clock: stand.clock });
}

beforeEach(async () => {
  stand = await setUpStand("v2c", quiet);
  stand.edit(BACKUP_S, "unitBackupTime");
  acting = actingAt(stand.manager);
});
afterEach(() => stand.close());

interface Second {
  readonly view: DeviceView;
  readonly acting: ActingRound;
}

/** At most so many seconds; fewer where it `is` so before. */
async function rounds(seconds: number, each: (second: Second) => void = () => undefined, is = () => false) {
  for (let second = 0; second < seconds && !is(); second += 1) {
    stand.clock.pass(1000);
    const round = await acting.round();
    expect(codesOf(round)).toEqual([]);
    if (round.ok) each(round.value);
  }
}

const greens = (): readonly number[] => phasesIn(stand.device.controller.device.lamps.greens);

describe("a policy at a virtual controller over SNMP", () => {
  it("brings every stage of the rings on, from every other one, and keeps it for as long as it wants", async () => {
    await rounds(20);
    const stages = ringStages(quiet.signal);
    // From each to each other one: 0 1 0 2 … 0 7 0 1 2 1 3 … comes over every pair.
    const path = stages.flatMap((from, i) => [from, ...stages.slice(i + 1).flatMap((to) => [to, from])]);
    for (const { mask, phases } of path) {
      told.wanted = mask;
      await rounds(
        20,
        () => undefined,
        () => stand.device.controller.device.lamps.greens === mask,
      );
      expect(greens()).toEqual(phases);
      // No green is ended before its minimum.
      await rounds(8);
    }
    // Longer than any maximum green, with others calling.
    stand.device.setDetector(2, true);
    await rounds(70);
    expect(greens()).toEqual(path.at(-1)?.phases);
    expect(stand.device.trips).toEqual([]);
    expect(acting.tally).toMatchObject({ stale: 0, refused: 0, failed: 0 });
  });

  it("serves whoever calls before the limit of the intersection, whatever the policy wants", async () => {
    await rounds(20);
    told.wanted = maskOf([2, 6]);
    stand.device.setDetector(3, true);
    const served: string[] = [];
    await rounds(175, ({ acting: round, view }) => {
      if (round.reason === "called") served.push("called");
      if ((view.greens & maskOf([3])) !== 0) stand.device.setDetector(3, false);
    });
    expect(served).not.toEqual([]);
    const { device } = stand.device.controller;
    expect(device.calls.vehicle & maskOf([3])).toBe(0);
    await rounds(60);
    expect(greens()).toEqual([2, 6]);
  });

  it("lets people finish whom the device lets walk", async () => {
    await rounds(20);
    stand.device.controller.device.buttons.set(BUTTON, true);
    told.wanted = maskOf([4, 8]);
    let walked = false;
    await rounds(12, ({ view }) => {
      walked ||= (view.walks & maskOf([4])) !== 0;
    });
    stand.device.controller.device.buttons.set(BUTTON, false);
    expect(walked).toBe(true);
    told.wanted = maskOf([2, 6]);
    await rounds(60);
    expect(greens()).toEqual([2, 6]);
    expect(stand.device.trips).toEqual([]);
  });

  it("gives the device back at once, and no bit stays", async () => {
    await rounds(20);
    expect(codesOf(await acting.end())).toEqual([]);
    expect(stand.holds("systemPatternControl")).toBe(0);
    expect(stand.holds("phaseControlGroupHold", 1)).toBe(0);
  });

  it("loses the device to its own plan within the backup time when its loop freezes", async () => {
    await rounds(20);
    for (let second = 0; second <= BACKUP_S; second += 1) {
      stand.clock.pass(1000);
      await stand.manager.heartbeat();
    }
    expect(stand.holds("unitControlStatus")).toBe(controlStatus.backupMode);
    expect(stand.holds("phaseControlGroupHold", 1)).toBe(0);
    // And takes it up again where it is.
    await rounds(20);
    expect(stand.holds("unitControlStatus")).toBe(controlStatus.systemControl);
  });

  it("takes no device that would hold a green for long with the line cut", async () => {
    stand.edit(300, "unitBackupTime");
    expect(codesOf(await acting.round())).toEqual(["BACKUP_TIME_LONG"]);
    expect(acting.tally).toMatchObject({ sent: 0, failed: 1 });
  });
});
