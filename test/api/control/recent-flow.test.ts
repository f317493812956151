import { describe, expect, it } from "vitest";
import { recentFlow } from "../../../api/control/recent-flow.ts";
import type { FlowInterval } from "../../../core/traffic/flow-interval.ts";
import { crossroads } from "../../support/crossroads.ts";
import { memoryFlows } from "../../support/memory-storage.ts";

const NOW_MS = 1_800_000_000_000;
const DAY_MS = 86_400_000;
const lanes = crossroads.approaches.flatMap((approach) => approach.lanes.map(({ id }) => id));
const [busy = "", silent = "", ...others] = lanes;

/** An hour that ends then, a minute an interval. */
const hour = (lane: string, end_ms: number, quality: FlowInterval["quality"] = "valid"): readonly FlowInterval[] =>
  Array.from({ length: 60 }, (_, minute) => ({
    intersection: crossroads.id,
    lane,
    feed: "camera",
    origin: "camera" as const,
    start_ms: end_ms - (60 - minute) * 60_000,
    length_s: 60,
    total: 5,
    by_class: { car: 5 },
    occupancy: null,
    mean_headway_s: null,
    quality,
    frames_seen: 60,
    gap_s: 0,
  }));

describe("the flow that demand is made from", () => {
  it("is the whole last hour of each lane, however many lanes the rest of the city has", async () => {
    const flows = memoryFlows();
    const elsewhere = Array.from({ length: 100 }, (_, i) => `elsewhere-${i}`);
    await flows.append([...lanes, ...elsewhere].flatMap((lane) => hour(lane, NOW_MS)));
    const found = await recentFlow(flows, [crossroads], NOW_MS);
    expect(lanes.map((lane) => found.filter((each) => each.lane === lane).length)).toEqual(lanes.map(() => 60));
    expect(found).toHaveLength(60 * lanes.length);
  });

  it("goes back to earlier days for a lane of which nothing was seen", async () => {
    const flows = memoryFlows();
    await flows.append([
      ...[busy, ...others].flatMap((lane) => hour(lane, NOW_MS)),
      ...hour(silent, NOW_MS, "missing"),
    ]);
    await flows.append([...hour(silent, NOW_MS - 7 * DAY_MS), ...hour(busy, NOW_MS - 7 * DAY_MS)]);
    const found = await recentFlow(flows, [crossroads], NOW_MS);
    const of = (lane: string) => found.filter((each) => each.lane === lane && each.quality === "valid");
    expect(of(silent).map(({ start_ms }) => NOW_MS - start_ms > DAY_MS)).toEqual(
      Array.from({ length: 60 }, () => true),
    );
    expect(of(busy).map(({ start_ms }) => NOW_MS - start_ms > DAY_MS)).toEqual(Array.from({ length: 60 }, () => false));
  });
});
