import { describe, expect, it } from "vitest";
import { PhaseTally } from "../../../controllers/gate/phase-tally.ts";
import { shadowRun } from "../../../controllers/gate/shadow-run.ts";
import type { DetectorEvent } from "../../../core/ports/detection-feed.ts";
import { crossroads, crossroadsPlan } from "../../support/crossroads.ts";

const from_ms = 1_800_000_000_000;
const to_ms = from_ms + 8 * 60_000;
const inForce = { ...crossroadsPlan, pattern: 2, offset_s: (crossroadsPlan.offset_s + 20) % crossroadsPlan.cycle_s };

const event = (channel: number, at_s: number, on: boolean): DetectorEvent => ({
  intersection: crossroads.id,
  channel,
  at_ms: from_ms + at_s * 1000,
  on,
  origin: "camera",
});

const passing = (channel: number, every_s: number): readonly DetectorEvent[] =>
  Array.from({ length: Math.floor(480 / every_s) }, (_, i) => [
    event(channel, i * every_s, true),
    event(channel, i * every_s + 1, false),
  ]).flat();

describe("the shadow run of a proposed plan", () => {
  it("tells what plan and plan in force did under the calls that the street recorded", async () => {
    const events = [...passing(4, 17), ...passing(2, 9)];
    const report = await shadowRun({ intersection: crossroads, plan: crossroadsPlan, inForce, from_ms, to_ms, events });
    expect(report).toMatchObject({ passed: true, calls: "recorded" });
    expect(report.recorded_calls).toBe(events.length / 2);
    expect(report.proposed.trips).toEqual([]);
    const phase = (number: number) => report.proposed.phases.find((each) => each.phase === number);
    expect(phase(4)?.greens).toBeGreaterThan(2);
    expect(phase(4)?.longest_wait_s).toBeLessThanOrEqual(2 * crossroadsPlan.cycle_s);
    // Nobody called the left turns of the side street, and so they were skipped.
    expect(phase(3)).toMatchObject({ greens: 0, calls: 0, longest_wait_s: null });
    expect(report.in_force.in_step_after_s).toBe(0);
    expect(report.proposed.in_step_after_s).toBeGreaterThan(0);
  });

  it("has everybody call where nothing was recorded", async () => {
    const events = [{ ...event(4, 10, true), intersection: "elsewhere" }];
    const report = await shadowRun({
      intersection: crossroads,
      plan: crossroadsPlan,
      inForce: null,
      from_ms,
      to_ms,
      events,
    });
    expect(report).toMatchObject({ passed: true, calls: "standing", recorded_calls: 0 });
    for (const phase of report.proposed.phases) expect(phase.greens).toBeGreaterThan(0);
  });
});

describe("greens and waits", () => {
  it("are counted from lamps and calls alone, and a call that nobody served waits to the end", () => {
    const tally = new PhaseTally([1, 2]);
    tally.look(0, 0);
    tally.called(1, 5);
    tally.called(1, 9);
    tally.called(2, 10);
    tally.look(25, 0b01);
    tally.called(1, 30);
    tally.look(75, 0);
    tally.look(100, 0);
    expect(tally.phases()).toEqual([
      { phase: 1, greens: 1, mean_green_s: 5, longest_green_s: 5, calls: 1, mean_wait_s: 2, longest_wait_s: 2 },
      { phase: 2, greens: 0, mean_green_s: null, longest_green_s: null, calls: 1, mean_wait_s: 9, longest_wait_s: 9 },
    ]);
  });
});
