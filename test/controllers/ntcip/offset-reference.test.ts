/** Devices whose offsets time another instant than plans mean: the street shows the plan's wave all the same. */
import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { CoordinatedWatch } from "../../../controllers/gate/coordinated-watch.ts";
import { prove } from "../../../controllers/gate/prove.ts";
import {
  inDeviceWords,
  inPlanWords,
  type OffsetReferenceName,
  offsetReferences,
} from "../../../controllers/ntcip/offset-reference.ts";
import { noQuirks } from "../../../controllers/ntcip/quirks.ts";
import { crossroads, crossroadsPlan } from "../../support/crossroads.ts";
import { codesOf, type Stand, setUpStand } from "./stand.ts";

const { cycle_s, offset_s } = crossroadsPlan;
const others = offsetReferences.filter((name) => name !== "begin_green_of_coord_phases");
/** Of phases 2 and 6: splits of 35 s, 5 of them yellow and red. */
const GREEN_S = 30;
/** By hand from the splits: the coordinated phases start and end together here. */
const LATER_S: Readonly<Record<string, number>> = {
  begin_green_of_first_coord_phase: 0,
  end_green_of_coord_phases: GREEN_S,
  begin_yellow_of_coord_phases: GREEN_S,
  begin_yellow_of_first_coord_phase: GREEN_S,
  // 3.3 s of yellow, to the nearest second.
  begin_red_of_coord_phases: GREEN_S + 3,
};

let stand: Stand;
afterEach(() => stand.close());

const remembering = (offset_reference: OffsetReferenceName) => ({
  remembered: { quirks: { ...noQuirks, offset_reference }, checksum: null },
});

/** The plan in a device that times `real`, sent by a manager that was told `said`. */
async function running(real: OffsetReferenceName, said: OffsetReferenceName) {
  stand = await setUpStand("v2c", crossroads, { offsetReference: real });
  const manager = stand.another(remembering(said));
  const timing = await manager.readTiming();
  const proved = timing.ok ? prove(crossroads, crossroadsPlan, timing.value) : timing;
  if (!proved.ok) throw new Error(codesOf(proved).join());
  const sent = await manager.download(proved.value);
  if (!sent.ok) throw new Error(codesOf(sent).join());
  const active = await manager.activate(proved.value, new AbortController().signal);
  if (!active.ok) throw new Error(codesOf(active).join());
  return manager;
}

/** Everybody calls, for so many cycles that every correction is over. */
async function inStepAfter(manager: Awaited<ReturnType<typeof running>>): Promise<void> {
  for (let channel = 1; channel <= 8; channel++) stand.device.setDetector(channel, true);
  for (let beat = 0; beat < 12; beat++) {
    await manager.heartbeat();
    stand.clock.pass(cycle_s * 1000);
  }
}

describe("a device whose offsets time another instant", () => {
  it.each(others)(
    "%s: begins its coordinated green where the plan says, and is read back as the plan",
    async (real) => {
      const manager = await running(real, real);
      expect(stand.holds("patternOffsetTime", 1)).toBe((offset_s + (LATER_S[real] ?? Number.NaN)) % cycle_s);
      const timing = await manager.readTiming();
      expect(timing.ok && timing.value.patterns).toEqual([crossroadsPlan]);
      await inStepAfter(manager);
      const begins: number[] = [];
      let green = true;
      for (let ds = 0; ds < 2 * cycle_s * 10; ds++) {
        stand.clock.pass(100);
        const now = (stand.device.controller.device.lamps.greens & 0b10) !== 0;
        if (now && !green) begins.push(stand.clock.nowMs() / 1000);
        green = now;
      }
      expect(begins.length).toBeGreaterThanOrEqual(1);
      // Whole seconds are half a second off at most, and the lamps are looked at ten times a second.
      for (const begin_s of begins) {
        const late_s = (begin_s - offset_s) % cycle_s;
        expect(Math.min(late_s, cycle_s - late_s)).toBeLessThanOrEqual(0.6);
      }
    },
  );

  it.each(others)("%s: tells the time since the plan's local zero", async (real) => {
    const manager = await running(real, real);
    await inStepAfter(manager);
    const status = await manager.status();
    const polled = await manager.device.poll();
    if (!status.ok || !polled.ok) throw new Error("the device must answer");
    const expected_s = (status.value.at_ms / 1000 - offset_s) % cycle_s;
    for (const { local_clock_s } of [status.value, polled.value.status]) {
      const apart_s = Math.abs((local_clock_s ?? Number.NaN) - expected_s);
      expect(Math.min(apart_s, cycle_s - apart_s)).toBeLessThanOrEqual(1.5);
    }
  });

  it("is found out by its lights where the site file says it wrongly", async () => {
    const manager = await running("end_green_of_coord_phases", "begin_green_of_coord_phases");
    await inStepAfter(manager);
    const watch = new CoordinatedWatch(crossroads, crossroadsPlan);
    const rightly = new CoordinatedWatch(crossroads, {
      ...crossroadsPlan,
      offset_s: (offset_s + cycle_s - GREEN_S) % cycle_s,
    });
    for (let s = 0; s < cycle_s; s++) {
      stand.clock.pass(1000);
      const status = await manager.status();
      if (!status.ok) throw new Error(codesOf(status).join());
      watch.look(status.value);
      rightly.look({ ...status.value, local_clock_s: ((status.value.local_clock_s ?? 0) + GREEN_S) % cycle_s });
    }
    expect(watch.problem?.code).toBe("COORDINATION_NOT_SEEN");
    expect(rightly.problem).toBeNull();
  });
});

describe("an offset in a device's words", () => {
  it("comes back as the plan's own, whatever is timed", async () => {
    stand = await setUpStand();
    fc.assert(
      fc.property(
        fc.constantFrom(...offsetReferences),
        fc.integer({ min: 0, max: cycle_s - 1 }),
        fc.integer({ min: -4, max: 4 }),
        (reference, at_s, moved_s) => {
          const splits = crossroadsPlan.splits.map((split) => {
            const sign = split.phase === 2 || split.phase === 6 ? 1 : split.phase === 4 || split.phase === 8 ? -1 : 0;
            return { ...split, split_s: split.split_s + sign * moved_s };
          });
          const plan = { ...crossroadsPlan, offset_s: at_s, splits };
          const told = inDeviceWords(crossroads, plan, reference);
          expect(told).not.toBeNull();
          expect(told?.offset_s).toBeLessThan(cycle_s);
          expect(inPlanWords(crossroads, told ?? plan, reference)).toEqual(plan);
        },
      ),
    );
  });

  it("is none where the splits make no cycle", async () => {
    stand = await setUpStand();
    const broken = { ...crossroadsPlan, splits: crossroadsPlan.splits.map((split) => ({ ...split, split_s: 40 })) };
    expect(inDeviceWords(crossroads, broken, "end_green_of_coord_phases")).toBeNull();
    expect(inPlanWords(crossroads, broken, "end_green_of_coord_phases")).toEqual(broken);
  });
});
