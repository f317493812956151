import { describe, expect, it } from "vitest";
import type { Corridor, Intersection } from "../../../core/network/schema.ts";
import type { DetectorEvent } from "../../../core/ports/detection-feed.ts";
import { pivotCorridor } from "../../../core/retime/pivot-corridor.ts";
import type { Plan } from "../../../core/signal/plan.ts";
import { timeline } from "../../../core/signal/timeline.ts";
import { fourLegs, fourLegsPlan } from "../signal/four-legs.ts";

const [speed_kmh, setback_m, drive_s] = [36, 40, 30];

/** Detectors of through lanes lie before the line. */
const named = (id: string): Intersection => ({
  ...fourLegs,
  id,
  approaches: fourLegs.approaches.map((approach) => ({
    ...approach,
    speed_kmh,
    lanes: approach.lanes.map((lane) => ({
      ...lane,
      id: `${id}-${lane.phase}`,
      ...(lane.turns.includes("through") ? { detector_setback_m: setback_m } : {}),
    })),
  })),
});

const members = [named("a"), named("b")];
const plans: readonly Plan[] = members.map(({ id }, at) => ({ ...fourLegsPlan, intersection: id, offset_s: 65 * at }));
const corridor: Corridor = {
  id: "c",
  name: "c",
  intersections: members.map(({ id }, at) => ({ id, distance_m: 300 * at, outbound_phase: 2, inbound_phase: 6 })),
  progression_speed_kmh: speed_kmh,
  outbound_weight: 0.5,
};

function greenOf(at: number, phase: number) {
  const laidOut = timeline(members[at] as Intersection, plans[at] as Plan);
  if (!laidOut.ok) throw new Error("the plan can be laid out");
  const span = laidOut.value.phases.find((each) => each.phase === phase)?.green;
  if (span === undefined) throw new Error("the phase is green");
  return { from_s: (plans[at] as Plan).offset_s + span.from_s, length_s: span.to_s - span.from_s };
}

/** Twenty cycles in which eight vehicles a green, two seconds apart, come over the detector of the other end. */
function platoons(from: number, to: number, phase: number): DetectorEvent[] {
  const { from_s } = greenOf(from, phase);
  return Array.from({ length: 160 }, (_, number) => {
    const left_s = 90 * 1000 + 90 * Math.floor(number / 8) + from_s + 2 * (number % 8);
    const at_ms = 1000 * (left_s + drive_s - setback_m / (speed_kmh / 3.6));
    return { intersection: members[to]?.id ?? "", channel: phase, at_ms, on: true, origin: "camera" as const };
  });
}

const off = (event: DetectorEvent): DetectorEvent => ({ ...event, at_ms: event.at_ms + 400, on: false });

describe("offsets of a corridor from its record", () => {
  it("let a platoon through that was recorded as it came, as it left the signal before", () => {
    const events = platoons(0, 1, 2).flatMap((event) => [event, off(event)]);
    const made = pivotCorridor({ corridor, intersections: members, plans, events });
    if (!made.ok) throw new Error(JSON.stringify(made.problems));
    const [link] = made.value.links;
    expect(link).toMatchObject({ from: "a", to: "b", arrivals: 160, on_green_after: 1 });
    expect(link?.on_green_before).toBeLessThan(0.8);
    const moved = made.value.plans[1]?.offset_s ?? 0;
    const green = greenOf(1, 2);
    const first_s = greenOf(0, 2).from_s + drive_s;
    // From the first to the last of them the far light is green under its new offset.
    const into_s = (((first_s - (green.from_s - 65 + moved)) % 90) + 180) % 90;
    expect(into_s).toBeLessThanOrEqual(green.length_s - 14);
  });

  it("cannot be told of departures, of too few, or without plans of one cycle, and it says so", () => {
    const codes = (request: Partial<Parameters<typeof pivotCorridor>[0]>): readonly string[] => {
      const made = pivotCorridor({ corridor, intersections: members, plans, events: [], ...request });
      return made.ok ? [] : made.problems.map(({ code }) => code);
    };
    const atTheLine = members.map((member) => ({
      ...member,
      approaches: fourLegs.approaches,
    }));
    expect(new Set(codes({ intersections: atTheLine }))).toEqual(new Set(["PIVOT_DETECTORS"]));
    expect(codes({ events: platoons(0, 1, 2).slice(0, 20) })).toEqual(["PIVOT_FEW"]);
    expect(codes({ plans: plans.slice(1) })).toEqual(["PIVOT_PLANS"]);
    expect(codes({ plans: plans.map((plan, at) => ({ ...plan, cycle_s: 90 + at })) })).toEqual(["PIVOT_PLANS"]);
  });
});
