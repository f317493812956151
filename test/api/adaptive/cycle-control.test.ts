import { expect, it } from "vitest";
import { CycleControl } from "../../../api/adaptive/cycle-control.ts";
import { parseSite } from "../../../api/site/load.ts";
import type { StoredPlan } from "../../../core/ports/storage.ts";
import { listed, ok } from "../../../core/problems/problem.ts";
import { changeProblems } from "../../../core/signal/change-rate.ts";
import { type Plan, planSchema } from "../../../core/signal/plan.ts";
import { validatePlan } from "../../../core/signal/validate.ts";
import type { FlowInterval } from "../../../core/traffic/flow-interval.ts";
import { ledSample } from "../../support/led-street.ts";
import { memoryPlans } from "../../support/memory-storage.ts";
import { streetClock } from "../../support/street-clock.ts";

const START_MS = 1_800_000_000_000;

function site() {
  const read = parseSite(ledSample(), "sample-adaptive.yaml");
  if (!read.ok) throw new Error(listed(read.problems));
  return read.value;
}

/** An hour in which the side street carries what the main street is planned for. */
function hour(lane: string, veh_h: number): readonly FlowInterval[] {
  return Array.from({ length: 60 }, (_, minute) => ({
    intersection: "crossing",
    lane,
    feed: "simulated",
    origin: "simulated" as const,
    start_ms: START_MS - (60 - minute) * 60_000,
    length_s: 60,
    total: Math.round(veh_h / 60),
    by_class: { car: Math.round(veh_h / 60) },
    occupancy: null,
    mean_headway_s: null,
    quality: "valid" as const,
    frames_seen: 60,
    gap_s: 0,
  }));
}

it("follows what was measured in steps that machines may take, none sooner than it may", async () => {
  const street = site();
  const [intersection] = street.intersections;
  if (intersection === undefined) throw new Error("the sample has an intersection");
  const [own] = intersection.signal.patterns ?? [];
  const first = planSchema.parse({
    intersection: "crossing",
    pattern: 1,
    cycle_s: 100,
    offset_s: 0,
    splits: own?.splits,
  });
  const clock = streetClock(START_MS, () => undefined);
  const plans = memoryPlans();
  /** Makes it the one in force, as the gate does. */
  const put = async (plan: Plan): Promise<void> => {
    const before = await plans.inForce();
    await plans.setState(await plans.add(plan, null, clock.nowMs()), "active", clock.nowMs());
    for (const { id } of before) await plans.setState(id, "superseded", clock.nowMs());
  };
  const active = async (): Promise<StoredPlan> => (await plans.inForce())[0] as StoredPlan;
  await put(first);
  const lanes = intersection.approaches.flatMap((approach) => approach.lanes.map(({ id }) => id));
  const flows = lanes.flatMap((lane) => hour(lane, lane.startsWith("s-t") || lane.startsWith("n-t") ? 900 : 240));
  const gone: { readonly from: Plan; readonly to: Plan; readonly ago_s: number }[] = [];
  const control = new CycleControl({
    site: street,
    intersections: () => [intersection],
    signals: () => new Map([["crossing", { pattern: 1 } as never]]),
    flows: {
      append: () => Promise.resolve(),
      recent: ({ lane }) => Promise.resolve(flows.filter((each) => each.lane === lane)),
    },
    plans,
    offer: async (plan) => {
      const { plan: from, at_ms } = await active();
      gone.push({ from, to: plan, ago_s: (clock.nowMs() - at_ms) / 1000 });
      await put(plan);
      return ok({ active: true });
    },
    clock,
    log: { info: () => undefined, warn: () => undefined },
  });
  for (let second = 0; second < 2400; second += 5) {
    clock.pass(5000);
    await control.round();
  }
  expect(gone.length).toBeGreaterThan(1);
  for (const { from, to, ago_s } of gone) {
    expect(changeProblems({ from, ago_s }, to)).toEqual([]);
    expect(validatePlan(intersection, to)).toEqual([]);
  }
  const split = (plan: Plan, phase: number) => plan.splits.find((each) => each.phase === phase)?.split_s ?? 0;
  const share = (plan: Plan) => split(plan, 8) / split(plan, 6);
  expect(share((await active()).plan)).toBeGreaterThan(1.2 * share(first));
});
